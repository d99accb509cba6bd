#pragma once

#include "decode/Node.h"

#include <optional>

namespace sockeye {

/// What kind of message it is, in a word that equal kinds share: the names of its values down to some depth, and what
/// those say that tell kinds apart ("type", "event", "method", ...). Elements of arrays count once for each kind of
/// them. For comparing, not for showing; the same for the same message in every run of a version.
[[nodiscard]] QByteArray shapeOf(const NodeTree &tree);

/// By what messages are grouped, as numbers; the same for the same message in every run of a version.
struct ShapeIds
{
    /// Of what it says it is (shapeKind()); that of its keys if it says nothing.
    quint32 kind = 0;
    /// Of what it says it is and the set of its keys, with the kinds of their values. Names that are ids (isIdName())
    /// are one key.
    quint32 keys = 0;

    [[nodiscard]] bool contains(quint32 id) const { return id == kind || id == keys; }
    friend bool operator==(const ShapeIds &, const ShapeIds &) = default;
};
[[nodiscard]] ShapeIds shapeIds(const NodeTree &tree);

/// Which message it says it is: the words of its protocol ("emit price", "PUBLISH sensors/+/temp"), else its members
/// that tell kinds apart ("type=trade"). Ids in these words are a "+". UTF-8; empty if it says nothing of the kind.
[[nodiscard]] QByteArray shapeKind(const NodeTree &tree);
/// The set of its keys, as people read it: "{price, symbol, levels[{p, s}]}". At most some hundred characters.
[[nodiscard]] QString shapeKeys(const NodeTree &tree);

/// Whether a name is one of many of its kind and says nothing by itself: a number, a UUID, a hash, "user-12345".
[[nodiscard]] bool isIdName(QByteArrayView name);

/// "0a1b2c3d": what the filter calls it after "shape:".
[[nodiscard]] QString shapeIdText(quint32 id);
[[nodiscard]] std::optional<quint32> shapeIdFromText(QStringView text);

} // namespace sockeye
