#pragma once

#include "base/Result.h"
#include "base/StrongId.h"

#include <QString>

namespace sockeye {

/// The place in `size` bytes that somebody typed: in decimal, in hex ("0x1f"), or from the end ("-1" is the last byte).
/// Numbers can be reckoned with: "0x10 + 4*(3-1)", "end-4", and "here+16" from the byte at the caret.
[[nodiscard]] Result<ByteOffset> parseOffset(const QString &text, qint64 size, ByteOffset here = {});

} // namespace sockeye
