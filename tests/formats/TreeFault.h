// What has to hold of every tree of nodes, whatever was decoded.
#pragma once

#include "decode/Node.h"

#include <algorithm>

namespace sockeye {

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

} // namespace sockeye
