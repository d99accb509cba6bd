#pragma once

#include "decode/Node.h"
#include "search/FieldPath.h"

#include <optional>

namespace sockeye {

/// Finds the fields of decoded messages that a path means. Keeps its memory from message to message. One thread.
class FieldFinder final
{
public:
    explicit FieldFinder(FieldPath path);

    [[nodiscard]] const FieldPath &path() const { return m_path; }
    /// The nodes in the tree's order; valid until the next call.
    [[nodiscard]] const std::vector<qint32> &in(const NodeTree &tree);
    /// The first one; None if there is none.
    [[nodiscard]] qint32 firstIn(const NodeTree &tree) const;

private:
    [[nodiscard]] bool isMeant(const NodeTree &tree, qint32 index) const;

    FieldPath m_path;
    std::vector<qint32> m_found;
};

/// A number's or boolean's value, and that of a string that is written as a number; nothing for others and for what no
/// double can hold.
[[nodiscard]] std::optional<double> numberAt(const NodeTree &tree, qint32 node);

} // namespace sockeye
