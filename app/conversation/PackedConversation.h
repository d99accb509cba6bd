#pragma once

#include "decode/Conversation.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace sockeye {

/// A conversation as bytes, as checkpoints are kept: what was unpacked last of a stream is text, more often than not,
/// and takes a fraction of its room. Empty for one that is too much to be kept.
[[nodiscard]] QByteArray packConversation(const Conversation &conversation);
/// Nothing if these are no such bytes.
[[nodiscard]] std::optional<Conversation> unpackConversation(QByteArrayView packed);

} // namespace sockeye
