#pragma once

#include "record/ConnectionRecord.h"

namespace sockeye {

/// What the reply to an opening handshake that was not accepted says, in a few words: "403 Forbidden", "101, but a
/// check failed"; empty if no reply came.
[[nodiscard]] QString refusalStatus(const ConnectionRecord &record);
/// What to do about it, in sentences, the likeliest first. Pure, and only what can be told from the record.
[[nodiscard]] QStringList refusalAdvice(const ConnectionRecord &record);

} // namespace sockeye
