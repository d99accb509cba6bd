#pragma once

#include "base/StrongId.h"
#include "base/Time.h"

namespace sockeye {

/// From a capture's first entry to its last.
struct TimeSpan
{
    Timestamp first;
    Timestamp last;

    [[nodiscard]] Nanoseconds length() const { return last - first; }
    friend bool operator==(const TimeSpan &, const TimeSpan &) = default;
};

/// What crossed the wire in one stretch of time, both directions apart. Events count as neither.
struct TimelineBucket
{
    /// A whole multiple of the buckets' width since 1970-01-01T00:00:00Z.
    Timestamp start;
    /// Messages and control frames.
    qint64 inCount = 0;
    qint64 outCount = 0;
    /// Bytes on the wire, headers included.
    qint64 inBytes = 0;
    qint64 outBytes = 0;
    /// The first and the last entry of any kind in it.
    EntryId first;
    EntryId last;

    friend bool operator==(const TimelineBucket &, const TimelineBucket &) = default;
};

} // namespace sockeye
