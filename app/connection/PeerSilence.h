#pragma once

#include "base/Time.h"

#include <array>

namespace sockeye {

/// How long the peer of one connection has said nothing, and how long it usually does. A connection that nobody closed
/// stays open for ever when the peer's machine or the way to it is gone: only a silence that is out of the usual gives
/// a hint of that. Not thread-safe; holds a few hundred bytes however long the connection lasts.
class PeerSilence final
{
public:
    /// No silence is unusual before this.
    static constexpr Nanoseconds Least = std::chrono::seconds(30);

    /// A connection has been opened.
    void begin(Timestamp now);
    /// So many frames have come since the last call, the first of them at once with `now`.
    void heard(Timestamp now, qint64 frames = 1);
    /// For how long nothing has come.
    [[nodiscard]] Nanoseconds duration(Timestamp now) const;
    /// A longer one is unusual: 3 times the 99th percentile of the gaps between frames, at least `Least`.
    [[nodiscard]] Nanoseconds limit() const;
    [[nodiscard]] bool isUnusual(Timestamp now) const { return duration(now) > limit(); }

private:
    /// Gaps of one order of length.
    struct Bucket
    {
        qint64 count = 0;
        Nanoseconds longest{};
    };

    void add(Nanoseconds gap, qint64 count);

    /// The first for gaps below a second, each of the others up to a quarter of an octave longer, the last for all that
    /// are longer still.
    std::array<Bucket, 96> m_buckets{};
    qint64 m_count = 0;
    Timestamp m_last;
};

} // namespace sockeye
