#include "widgets/timeline/TimelineEdge.h"

#include <algorithm>
#include <utility>

namespace sockeye {

TimeSpan TimelineEdge::move(const std::optional<TimeSpan> &selection, Nanoseconds step, Timestamp start,
                            TimeSpan limits)
{
    if (!selection)
        m_isLast = step.count() > 0;
    TimeSpan moved = selection.value_or(TimeSpan{start, start});
    Timestamp &edge = m_isLast ? moved.last : moved.first;
    edge = std::clamp(edge + step, limits.first, limits.last);
    if (moved.last < moved.first) {
        std::swap(moved.first, moved.last);
        m_isLast = !m_isLast;
    }
    return moved;
}

Timestamp TimelineEdge::of(const TimeSpan &selection) const
{
    return m_isLast ? selection.last : selection.first;
}

} // namespace sockeye
