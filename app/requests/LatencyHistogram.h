#pragma once

#include "base/Time.h"

#include <optional>
#include <vector>

namespace sockeye {

/// How long answers took, as counts of durations that lie close together: each stands for those that differ from it by
/// less than 0.4 %, from nanoseconds to days, however many there are. The longest one is kept as it is. After
/// HdrHistogram, with 128 stretches for each power of two.
class LatencyHistogram final
{
public:
    /// A negative one counts as none at all.
    void add(Nanoseconds latency);
    [[nodiscard]] qint64 count() const { return m_count; }
    [[nodiscard]] std::optional<Nanoseconds> max() const;
    /// The duration that this share of all does not exceed, by nearest rank: 0.5 for the median. Nothing without any.
    [[nodiscard]] std::optional<Nanoseconds> percentile(double share) const;

private:
    /// Those from the first that there is to the last.
    std::vector<quint32> m_counts;
    size_t m_first = 0;
    qint64 m_count = 0;
    qint64 m_max = 0;
    qint64 m_min = 0;
};

} // namespace sockeye
