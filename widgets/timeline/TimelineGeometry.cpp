#include "widgets/timeline/TimelineGeometry.h"

#include "base/LocalTime.h"
#include "log/TimelineModel.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace sockeye {

namespace {

/// Distances between labels that read well.
constexpr std::array<Nanoseconds, 30> Steps = {1ms,   2ms, 5ms, 10ms, 20ms, 50ms, 100ms, 200ms,   500ms,    1s,
                                               2s,    5s,  10s, 15s,  30s,  1min, 2min,  5min,    10min,    15min,
                                               30min, 1h,  2h,  3h,   6h,   12h,  24h,   24h * 7, 24h * 30, 24h * 365};

/// Columns for which the end of a live session stays where it is.
constexpr int CalmColumns = 16;

Nanoseconds scaled(Nanoseconds length, double factor)
{
    return Nanoseconds(qint64(std::llround(double(length.count()) * factor)));
}

Timestamp floorTo(Timestamp time, Nanoseconds step)
{
    const qint64 rest = toNs(time) % step.count();
    return time - Nanoseconds(rest < 0 ? rest + step.count() : rest);
}

TimeSpan within(TimeSpan range, TimeSpan limits)
{
    const Nanoseconds length = std::min(range.length(), limits.length());
    const Timestamp first = std::clamp(range.first, limits.first, limits.last - length);
    return {first, first + length};
}

QDateTime local(Timestamp time)
{
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(time);
    return QDateTime::fromMSecsSinceEpoch(ms.time_since_epoch().count());
}

} // namespace

void TimelineGeometry::setPlace(double left, double width)
{
    m_left = left;
    m_width = std::max(width, 0.0);
}

int TimelineGeometry::columns() const
{
    return std::max(int(m_width) / ColumnWidth, 1);
}

double TimelineGeometry::xOf(Timestamp time) const
{
    if (isEmpty())
        return m_left;
    return m_left + double((time - m_range.first).count()) / double(m_range.length().count()) * m_width;
}

Timestamp TimelineGeometry::timeAt(double x) const
{
    if (isEmpty())
        return m_range.first;
    return m_range.first + scaled(m_range.length(), (x - m_left) / m_width);
}

Nanoseconds TimelineGeometry::precision() const
{
    Nanoseconds precision{1};
    if (!isEmpty()) {
        while (double(precision.count()) * 10 * m_width <= double(m_range.length().count()))
            precision *= 10;
    }
    return precision;
}

TimeSpan TimelineGeometry::whole(TimeSpan session, bool live) const
{
    const Nanoseconds length = std::max(session.length(), live ? LiveStart : Shortest);
    const Nanoseconds column = TimelineModel::widthFor(length, columns());
    const Timestamp first = floorTo(session.first, std::min<Nanoseconds>(column, 1s));
    if (!live)
        return {first, std::max(floorTo(session.last, column) + column, first + length)};
    const Timestamp end = std::max(session.last + column, first + length);
    return {first, floorTo(end - Nanoseconds(1), column * CalmColumns) + column * CalmColumns};
}

TimeSpan TimelineGeometry::zoomed(double factor, Timestamp about, TimeSpan limits) const
{
    const Nanoseconds length =
        std::clamp(scaled(m_range.length(), factor), std::min(Shortest, limits.length()), limits.length());
    const double before = isEmpty() ? 0.5 : double((about - m_range.first).count()) / double(m_range.length().count());
    const Timestamp first = about - scaled(length, before);
    return within({first, first + length}, limits);
}

TimeSpan TimelineGeometry::panned(Nanoseconds by, TimeSpan limits) const
{
    return within({m_range.first + by, m_range.last + by}, limits);
}

QList<TimelineTick> TimelineGeometry::ticks(double distance) const
{
    QList<TimelineTick> ticks;
    if (isEmpty())
        return ticks;
    const Nanoseconds least = scaled(m_range.length(), distance / m_width);
    const auto found = std::find_if(Steps.begin(), Steps.end(), [least](Nanoseconds step) { return step >= least; });
    const Nanoseconds step = found == Steps.end() ? Steps.back() : *found;
    const Nanoseconds offset = std::chrono::seconds(local(m_range.first).offsetFromUtc());
    for (Timestamp at = floorTo(m_range.first + offset, step) - offset; at < m_range.last; at += step) {
        if (at < m_range.first)
            continue;
        const Timestamp before = ticks.isEmpty() ? m_range.first : ticks.constLast().time;
        ticks.append({at, isSameLocalDay(before, at) ? timeText(at, step) : dateTimeText(at, step)});
    }
    return ticks;
}

QString TimelineGeometry::timeText(Timestamp time, Nanoseconds step)
{
    const QDateTime moment = local(time);
    if (step >= 24h)
        return toLocalDate(time);
    const QString offset = ambiguousOffset(time);
    const QString text = moment.toString(step >= 1min ? u"HH:mm"_s : step >= 1s ? u"HH:mm:ss"_s : u"HH:mm:ss.zzz"_s);
    return offset.isEmpty() ? text : text + u' ' + offset;
}

QString TimelineGeometry::dateTimeText(Timestamp time, Nanoseconds step)
{
    return step >= 24h ? toLocalDate(time) : toLocalDate(time) + u' ' + timeText(time, step);
}

} // namespace sockeye
