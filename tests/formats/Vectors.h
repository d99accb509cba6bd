// Real traffic (tests/vectors), and what has to hold of every tree of nodes.
#pragma once

#include "formats/Formats.h"
#include "formats/MessageDecoder.h"

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

/// The rule that the tree breaks; empty if it holds together: children in their parents, siblings apart.
inline QString fault(const NodeTree &tree)
{
    std::vector<qint32> rowsOf(static_cast<size_t>(tree.size()) + 1);
    for (qint32 i = 0; i < tree.size(); ++i) {
        const Node &node = tree.at(i);
        const QString where = QStringLiteral("node %1 (%2): ").arg(i).arg(tree.name(i));
        if (node.source >= tree.sources.size() ||
            node.value.end() > static_cast<size_t>(tree.sources[node.source].bytes.size()))
            return where + QStringLiteral("its bytes are not in its source");
        if (node.name.size > 0 && node.name.end() > static_cast<size_t>(tree.sources[node.source].bytes.size()))
            return where + QStringLiteral("its name is not in its source");
        if (node.parent >= i || node.end <= i || node.end > tree.size())
            return where + QStringLiteral("it does not stand behind what holds it");
        if (node.row != rowsOf[static_cast<size_t>(node.parent + 1)]++)
            return where + QStringLiteral("its row is not its place");
        if (node.parent != Node::None) {
            const Node &parent = tree.at(node.parent);
            if (i >= parent.end || node.end > parent.end || node.depth != parent.depth + 1)
                return where + QStringLiteral("it is not within what holds it");
            if (parent.source == node.source &&
                (node.value.begin < parent.value.begin || node.value.end() > parent.value.end()))
                return where + QStringLiteral("its bytes are not within those of what holds it");
        }
        quint32 last = 0;
        for (const qint32 child : tree.children(i)) {
            const Node &one = tree.at(child);
            if (one.source != node.source)
                continue;
            if (one.value.size > 0 && one.value.begin < last)
                return where + QStringLiteral("what it holds overlaps: ") + tree.name(child);
            last = std::max(last, one.value.end());
        }
    }
    return {};
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

} // namespace sockeye::vectors
