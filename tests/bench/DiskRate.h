#pragma once

#include <QString>

namespace sockeye::bench {

/// What the disk itself can take: plain write() of `count` messages of `size` bytes into a file of that folder, and the
/// sync at its end. In MB (1,000,000 bytes) a second.
[[nodiscard]] double diskRate(const QString &folder, qint64 size, qint64 count);

} // namespace sockeye::bench
