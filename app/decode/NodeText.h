#pragma once

#include "decode/Node.h"

namespace sockeye {

/// The tree as text, a line for each node: its name and its value, indented by what holds it; a note in parentheses.
/// Longer ones end with "…".
[[nodiscard]] QString nodesText(const NodeTree &tree, qsizetype maxChars = 16 * 1024 * 1024);

} // namespace sockeye
