#pragma once

#include "decode/NodeBuilder.h"

namespace sockeye {

// Fields by their numbers, for want of a schema, with notes that tell what else a value may be.

/// The message that the builder's bytes are.
void addProtobufMessage(NodeBuilder &builder, const QByteArray &bytes);
/// The one field that begins at `begin`, in a message whose fields end at `end`, with all that it holds. Returns where
/// it ends; -1 if it has none, which the builder was told, or if the builder was told to stop. `said` gets it as
/// "3=150".
[[nodiscard]] qsizetype addProtobufField(NodeBuilder &builder, const QByteArray &bytes, qsizetype begin, qsizetype end,
                                         QString &said);

} // namespace sockeye
