#include "decode/NodeText.h"

namespace sockeye {

QString nodesText(const NodeTree &tree, qsizetype maxChars)
{
    constexpr int Indent = 2;
    QString text;
    for (qint32 i = 0; i < tree.size(); ++i) {
        if (text.size() >= maxChars)
            return text + u'…';
        const Node &node = tree.at(i);
        text += QString(qsizetype(node.depth) * Indent, u' ');
        text += NodeTree::isNamed(node) ? tree.name(i) : QString::number(node.row);
        if (!node.isContainer())
            text += QStringLiteral(": ") + tree.text(i);
        if (const QString note = tree.note(i); !note.isEmpty())
            text += QStringLiteral(" (%1)").arg(note);
        text += u'\n';
    }
    return text;
}

} // namespace sockeye
