#pragma once

#include "decode/Node.h"

namespace sockeye {

/// Whether paths begin with this node: a root, or where a JSON text begins in a message of another format.
[[nodiscard]] bool isPathRoot(const NodeTree &tree, qint32 index);
/// Whether its place among others stands for it in a path, and not its name.
[[nodiscard]] bool isPathElement(const NodeTree &tree, qint32 index);
/// Where a node stands in its JSON text, as JsonPath reads it: `$.data[0]["a key"]`; in the same form where one of
/// another format stands in its message.
[[nodiscard]] QString nodePath(const NodeTree &tree, qint32 index);
/// The term of the filter's language that finds messages with the same value at the same place; of an object or an
/// array, those in which there is one. Empty for null, which the language knows nothing of, and for a string that no
/// line of text can hold; of what is no JSON, too.
[[nodiscard]] QString nodeFilter(const NodeTree &tree, qint32 index);

/// Likewise of every format, by a term that has messages decoded; of bytes, those in which there are some.
[[nodiscard]] QString fieldFilter(const NodeTree &tree, qint32 index);

} // namespace sockeye
