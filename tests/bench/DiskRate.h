#pragma once

#include <QString>

namespace sockeye::bench {

/// In bytes a second.
struct DiskRate
{
    /// Until the kernel has taken it all.
    double written = 0;
    /// Until the disk has.
    double synced = 0;
};

/// What the disk itself can take: plain write() of `count` messages of `size` bytes into a file of that folder, and the
/// sync at its end.
[[nodiscard]] DiskRate diskRate(const QString &folder, qint64 size, qint64 count);

} // namespace sockeye::bench
