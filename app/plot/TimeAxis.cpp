#include "plot/TimeAxis.h"

#include "base/LocalTime.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace sockeye::timeaxis {

namespace {

/// Distances between labels that read well.
constexpr std::array<Nanoseconds, 36> RoundTimes = {1us, 2us, 5us, 10us, 20us, 50us,    100us,    200us,    500us,
                                                    1ms, 2ms, 5ms, 10ms, 20ms, 50ms,    100ms,    200ms,    500ms,
                                                    1s,  2s,  5s,  15s,  30s,  1min,    5min,     15min,    30min,
                                                    1h,  3h,  6h,  12h,  24h,  24h * 7, 24h * 30, 24h * 91, 24h * 365};
/// A foreign file may claim any range of time.
constexpr int MostTicks = 100;

double lengthOf(Timestamp from, Timestamp to)
{
    return static_cast<double>(static_cast<quint64>(toNs(to)) - static_cast<quint64>(toNs(from)));
}

qint64 floorTo(qint64 ns, qint64 step)
{
    const qint64 rest = ns % step;
    return ns - (rest < 0 ? rest + step : rest);
}

qint64 offsetNs(Timestamp time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
    return qint64(QDateTime::fromSecsSinceEpoch(seconds).offsetFromUtc()) * 1'000'000'000;
}

} // namespace

double shareOf(Timestamp time, TimeSpan range)
{
    if (time <= range.first || range.last <= range.first)
        return 0;
    return std::min(lengthOf(range.first, time) / lengthOf(range.first, range.last), 1.0);
}

Timestamp timeAt(double share, TimeSpan range)
{
    if (range.last <= range.first || share <= 0)
        return range.first;
    if (share >= 1)
        return range.last;
    const double since = share * lengthOf(range.first, range.last);
    return timestampFromNs(static_cast<qint64>(static_cast<quint64>(toNs(range.first)) + static_cast<quint64>(since)));
}

std::vector<AxisTick> ticks(TimeSpan range, double distance)
{
    std::vector<AxisTick> ticks;
    if (range.last <= range.first)
        return ticks;
    const double least = lengthOf(range.first, range.last) * distance;
    const auto found = std::find_if(RoundTimes.begin(), RoundTimes.end(),
                                    [least](Nanoseconds step) { return double(step.count()) >= least; });
    const Nanoseconds step = found == RoundTimes.end() ? RoundTimes.back() : *found;
    // Far from both ends of what a clock can say.
    constexpr qint64 Furthest = std::numeric_limits<qint64>::max() / 2;
    const qint64 first = std::clamp(toNs(range.first), -Furthest, Furthest);
    const qint64 offset = offsetNs(timestampFromNs(first));
    qint64 at = floorTo(first + offset, step.count()) - offset;
    Timestamp before = range.first;
    for (int i = 0; i < MostTicks; ++i, at += step.count()) {
        const Timestamp time = timestampFromNs(at);
        if (time > range.last || at > Furthest)
            break;
        if (time < range.first)
            continue;
        const bool isSameDay = isSameLocalDay(before, time) && step < 24h;
        ticks.push_back({shareOf(time, range), isSameDay ? text(time, step) : dateText(time, step)});
        before = time;
    }
    return ticks;
}

QString text(Timestamp time, Nanoseconds step)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const QTime moment = QDateTime::fromSecsSinceEpoch(seconds.time_since_epoch().count()).time();
    QString text = moment.toString(step >= 1min ? u"HH:mm"_s : u"HH:mm:ss"_s);
    if (step < 1s) {
        // Three decimals or six.
        const bool isFine = step < 1ms;
        const qint64 fraction = (time - seconds).count() / (isFine ? 1'000 : 1'000'000);
        text += u'.' + QString::number(fraction).rightJustified(isFine ? 6 : 3, u'0');
    }
    const QString offset = ambiguousOffset(time);
    return offset.isEmpty() ? text : text + u' ' + offset;
}

QString dateText(Timestamp time, Nanoseconds step)
{
    return step >= 24h ? toLocalDate(time) : toLocalDate(time) + u' ' + text(time, step);
}

} // namespace sockeye::timeaxis
