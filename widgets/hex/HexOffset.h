#pragma once

#include "base/Result.h"
#include "base/StrongId.h"

#include <QString>

namespace sockeye {

/// The place in `size` bytes that somebody typed: in decimal, in hex ("0x1f"), or from the end ("-1" is the last byte).
[[nodiscard]] Result<ByteOffset> parseOffset(const QString &text, qint64 size);

} // namespace sockeye
