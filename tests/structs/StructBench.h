// Structs in the tests: parsed, decoded and written as lines.
#pragma once

#include "formats/Formats.h"
#include "formats/MessageDecoder.h"
#include "formats/TreeFault.h"
#include "structs/StructDecoder.h"

#include <QStringList>
#include <QTest>

namespace sockeye::structs {

inline ParsedDefinition parsed(const QString &text)
{
    return StructDefinition::parse(text, formatOf);
}

/// "3:7 sentence" of what is wrong with a text; empty if nothing is.
inline QString faultOf(const QString &text)
{
    const ParsedDefinition result = parsed(text);
    if (!result.fault)
        return {};
    return QStringLiteral("%1:%2 %3").arg(result.fault->line).arg(result.fault->column).arg(result.fault->message);
}

inline std::shared_ptr<const StructDefinition> definitionOf(const QString &text)
{
    const ParsedDefinition result = parsed(text);
    if (result.fault)
        qWarning("%s", qPrintable(faultOf(text)));
    return result.definition;
}

inline NodeTree treeOf(const StructDefinition &definition, const QByteArray &payload)
{
    // Not owned: it outlives the decoder.
    const StructDecoder decoder(std::shared_ptr<const StructDefinition>(&definition, [](const auto *) {}));
    return *decodeMessage({payload, false}, {}, &decoder)->tree;
}

/// "name=text" a line, indented by depth; notes in parentheses behind.
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

/// The lines of what a struct makes of bytes, without that of the message itself; then, if it is none, "! offset rule".
inline QString decoded(const QString &text, const QByteArray &payload)
{
    const auto definition = definitionOf(text);
    if (!definition)
        return QStringLiteral("?");
    const NodeTree tree = treeOf(*definition, payload);
    if (const QString broken = fault(tree); !broken.isEmpty())
        return broken;
    QStringList lines = linesOf(tree).split(u'\n');
    if (!definition->repeats())
        lines.removeFirst();
    if (tree.error)
        lines += QStringLiteral("! %1 %2").arg(tree.error->offset).arg(tree.error->rule);
    return lines.join(u'\n');
}

inline QString decodedHex(const QString &text, const char *hex)
{
    return decoded(text, QByteArray::fromHex(hex));
}

} // namespace sockeye::structs
