#include "widgets/timeline/TimelineDrag.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace sockeye {

void TimelineDrag::press(Kind kind, double x, TimeSpan range, const std::optional<TimeSpan> &selection)
{
    m_kind = kind;
    m_pressed = x;
    m_rangeBefore = range;
    m_selectionBefore = selection;
}

bool TimelineDrag::startsSelecting(double x, double startDistance)
{
    if (m_kind != Kind::Pressed || std::abs(x - m_pressed) < startDistance)
        return false;
    m_kind = Kind::Selecting;
    return true;
}

TimelineDrag::Kind TimelineDrag::release()
{
    return std::exchange(m_kind, Kind::None);
}

TimeSpan TimelineDrag::selectedTo(double x, const TimelineGeometry &geometry) const
{
    const double left = geometry.left();
    const double right = left + geometry.width();
    const Timestamp a = geometry.timeAt(std::clamp(m_pressed, left, right));
    const Timestamp b = geometry.timeAt(std::clamp(x, left, right));
    const qint64 precision = geometry.precision().count();
    const qint64 first = toNs(std::min(a, b)) / precision * precision;
    const qint64 last = (toNs(std::max(a, b)) + precision - 1) / precision * precision;
    return {timestampFromNs(first), timestampFromNs(last)};
}

TimeSpan TimelineDrag::pannedTo(double x, const TimelineGeometry &geometry, TimeSpan limits) const
{
    TimelineGeometry before = geometry;
    before.setRange(m_rangeBefore);
    return before.panned(before.timeAt(m_pressed) - before.timeAt(x), limits);
}

} // namespace sockeye
