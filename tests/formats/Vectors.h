// Real traffic (tests/vectors), decoded and written as lines.
#pragma once

#include "formats/Formats.h"
#include "formats/MessageDecoder.h"
#include "formats/TreeFault.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

namespace sockeye::vectors {

struct Vector
{
    QString from;
    DecodeInput input;
    QJsonObject meaning;
};

/// The messages of a file in tests/vectors, in the order of their connection: "cbor.jsonl".
inline QList<Vector> read(const QString &name)
{
    QFile file(QStringLiteral(SOCKEYE_VECTORS "/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read %s", qPrintable(file.fileName()));
    QList<Vector> vectors;
    while (!file.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
        if (!line.contains(QStringLiteral("hex")))
            continue;
        Vector vector;
        vector.from = line.value(QStringLiteral("from")).toString();
        vector.input.payload = QByteArray::fromHex(line.value(QStringLiteral("hex")).toString().toLatin1());
        vector.input.isText = line.value(QStringLiteral("opcode")).toInt() == 1;
        vector.input.direction =
            line.value(QStringLiteral("direction")).toString() == u"client" ? Direction::Out : Direction::In;
        vector.meaning = line.value(QStringLiteral("meaning")).toObject();
        vectors.append(vector);
    }
    return vectors;
}

/// "name=text" a line, indented by depth; what a container holds below it, notes in parentheses behind.
inline QString linesOf(const NodeTree &tree)
{
    QStringList lines;
    for (qint32 i = 0; i < tree.size(); ++i) {
        const Node &node = tree.at(i);
        QString line = QString(node.depth, u' ') + (NodeTree::isNamed(node) ? tree.name(i) : QStringLiteral("-"));
        if (!node.isContainer())
            line += u'=' + tree.text(i);
        if (const QString note = tree.note(i); !note.isEmpty())
            line += QStringLiteral(" (%1)").arg(note);
        lines += line;
    }
    return lines.join(u'\n');
}

/// The tree of a payload as that format says it; empty for none.
inline NodeTree treeOf(QStringView format, const DecodeInput &input)
{
    const Decoder *decoder = formatOf(format);
    if (!decoder)
        qFatal("No such format: %s", qPrintable(format.toString()));
    return *decodeMessage(input, {}, decoder)->tree;
}

/// What a vector is to be read as.
struct VectorMeaning
{
    /// How sure the choice is; None for one that nothing but its format's name makes a message of it.
    Certainty certainty = Certainty::Sure;
    QString summary;
    /// linesOf()
    QString lines;
};

/// Decoded as that format it says what it means, and by itself it is taken for it.
inline void checkVector(QStringView format, const DecodeInput &input, const VectorMeaning &meaning)
{
    const NodeTree tree = treeOf(format, input);
    QCOMPARE(linesOf(tree), meaning.lines);
    QCOMPARE(tree.summary, meaning.summary);
    QVERIFY(!tree.error);
    const FormatChoice choice = chooseFormat(input);
    QCOMPARE(int(choice.certainty), int(meaning.certainty));
    QCOMPARE(choice.format ? choice.format->id() : QString(),
             meaning.certainty == Certainty::None ? QString() : format.toString());
}

} // namespace sockeye::vectors
