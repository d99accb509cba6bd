#pragma once

#include <QString>

namespace sockeye {

/// "84 B", "1.2 kB", "3.1 MB": decimal units (1 kB = 1,000 B), as the log and the status line show sizes.
[[nodiscard]] QString sizeText(qint64 bytes);
/// "1,204": a count with the group separators of the user's locale.
[[nodiscard]] QString countText(qint64 count);

} // namespace sockeye
