#pragma once

#include "record/Entry.h"

namespace sockeye {

/// How long one line for the log is where nobody says otherwise.
inline constexpr int PreviewChars = 160;
/// One line for the log: text with line breaks made visible as spaces and control characters as U+FFFD-free symbols,
/// binary and pings as hex, a close as "1000 normal closure · bye", an event's sentence; cut to what fits `maxChars`,
/// with "…".
[[nodiscard]] QString previewText(const Entry &entry, int maxChars = PreviewChars);
/// The text in one line: line breaks and tabs as spaces, other control characters as symbols, one for one.
[[nodiscard]] QString oneLine(QString text);
/// "↓", "↑" or "–".
[[nodiscard]] QString directionArrow(Direction direction);

} // namespace sockeye
