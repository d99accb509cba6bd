#pragma once

#include "decode/Node.h"

namespace sockeye {

/// What kind of message it is, in a word that equal kinds share: the names of its values down to some depth, and what
/// those say that tell kinds apart ("type", "event", "method", ...). Elements of arrays count once for each kind of
/// them. For comparing, not for showing; the same for the same message in every run of a version.
[[nodiscard]] QByteArray shapeOf(const NodeTree &tree);

/// A shape in eight hex digits, for people to name it by and for filters: "shape:1a2b3c4d".
[[nodiscard]] QString shapeId(const QByteArray &shape);

} // namespace sockeye
