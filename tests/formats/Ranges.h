// Which bytes the nodes of a tree are.
#pragma once

#include "encodings/JsonShape.h"
#include "tests/formats/Vectors.h"

namespace sockeye::vectors {

/// "name begin size" a node; of what a step made "name begin size in NAME".
inline QStringList rangesOf(const NodeTree &tree)
{
    QStringList lines;
    for (qint32 i = 0; i < tree.size(); ++i) {
        const Node &node = tree.at(i);
        const QString name = NodeTree::isNamed(node) ? tree.name(i) : QStringLiteral("-");
        lines += QStringLiteral("%1 %2 %3").arg(name).arg(node.value.begin).arg(node.value.size);
        if (node.source > 0)
            lines.last() += QStringLiteral(" in ") + tree.sources[node.source].name;
    }
    return lines;
}

/// The value of a node that is written as JSON.
inline QJsonValue jsonOf(const NodeTree &tree, const JsonView &view)
{
    if (!view.exists())
        return QJsonValue::Undefined;
    const QByteArray json = '[' + tree.valueBytes(tree.at(view.index())).toByteArray() + ']';
    return QJsonDocument::fromJson(json).array().first();
}

} // namespace sockeye::vectors
