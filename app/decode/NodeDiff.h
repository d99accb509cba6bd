#pragma once

#include "decode/Node.h"

#include <memory>

namespace sockeye {

/// What differs between two messages, value by value: members are those of the same name, elements those at the same
/// place, counted from the nearer end of what is equal.
struct NodeDiff
{
    enum class Change : quint8 {
        Same,
        Inside,  ///< something that it holds differs
        Changed, ///< it was another value
        Added    ///< there was none
    };

    /// Of each node of the later message.
    std::vector<Change> changes;
    /// The node of the earlier message that each is compared with; Node::None for none.
    std::vector<qint32> former;
    /// Nodes of the earlier message that are in the later one no more, without what they hold.
    std::vector<qint32> gone;
    /// How many values were changed or added, without what these hold.
    qint32 changedCount = 0;
    qint32 addedCount = 0;

    [[nodiscard]] Change change(qint32 node) const { return changes[static_cast<size_t>(node)]; }
    [[nodiscard]] bool isSame() const { return changedCount == 0 && addedCount == 0 && gone.empty(); }
};

/// A message that another one was compared with, and what differs.
struct ComparedNodes
{
    std::shared_ptr<const NodeTree> before;
    NodeDiff diff;
};

/// Compares values by what they say, not by where they stand or how they are encoded. Does not recurse.
[[nodiscard]] NodeDiff compareNodes(const NodeTree &before, const NodeTree &now);

} // namespace sockeye
