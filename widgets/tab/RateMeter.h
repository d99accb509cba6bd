#pragma once

#include <QtGlobal>

#include <deque>

namespace sockeye {

/// How much a total has grown within the last second, and at most within any, from what it was at some moments. Times
/// are in milliseconds, from any origin, and never go back.
class RateMeter final
{
public:
    void add(qint64 total, qint64 time);
    /// Within the second up to this time, which is not before the last one added.
    [[nodiscard]] qint64 perSecond(qint64 time) const;
    [[nodiscard]] qint64 peak() const { return m_peak; }

private:
    struct Sample
    {
        qint64 time = 0;
        qint64 total = 0;
    };

    /// The last one that is a second old, and those after it, some twenty.
    std::deque<Sample> m_samples;
    qint64 m_peak = 0;
};

} // namespace sockeye
