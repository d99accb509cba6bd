#include "base/LocalTime.h"

#include <QDateTime>

#include <algorithm>
#include <limits>

namespace sockeye {

namespace {

/// Clocks are set forward and back by two hours at most, and not twice within so many hours.
constexpr qint64 NearSeconds = 3 * 3600;

qint64 secondsOf(Timestamp time)
{
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

int offsetAt(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds).offsetFromUtc();
}

/// Whether clocks are set neither in this hour nor near it. Asking the system's rules costs more than all else that is
/// to be done for a time, and a log asks for many of one hour.
bool isFarFromChange(qint64 hour)
{
    struct Known
    {
        QByteArray zone;
        qint64 hour = std::numeric_limits<qint64>::min();
        bool isFar = false;
    };
    thread_local Known known;
    const QByteArray zone = qgetenv("TZ");
    if (known.hour != hour || known.zone != zone) {
        const qint64 begin = hour * 3600;
        const int before = offsetAt(begin - NearSeconds);
        known = {zone, hour, before == offsetAt(begin) && before == offsetAt(begin + 3600 + NearSeconds)};
    }
    return known.isFar;
}

/// The other moment at which local clocks show what they show at this one, or else this one.
qint64 twinOf(qint64 seconds)
{
    if (isFarFromChange(seconds / 3600))
        return seconds;
    const int offset = offsetAt(seconds);
    for (const qint64 near : {seconds - NearSeconds, seconds + NearSeconds}) {
        const int other = offsetAt(near);
        const qint64 twin = seconds + offset - other;
        if (other != offset && offsetAt(twin) == other)
            return twin;
    }
    return seconds;
}

} // namespace

LocalMoment localMoment(QDate date, QTime time)
{
    const qint64 ms = QDateTime(date, time).toMSecsSinceEpoch();
    const qint64 seconds = secondsOf(timestampFromNs(ms * 1'000'000));
    const qint64 twin = twinOf(seconds);
    return {ms + std::min<qint64>(twin - seconds, 0) * 1000, std::abs(twin - seconds) * 1000};
}

QString ambiguousOffset(Timestamp time)
{
    const qint64 seconds = secondsOf(time);
    if (twinOf(seconds) == seconds)
        return {};
    const int minutes = offsetAt(seconds) / 60;
    const auto padded = [](int value) { return QString::number(value).rightJustified(2, QLatin1Char('0')); };
    return (minutes < 0 ? QLatin1Char('-') : QLatin1Char('+')) + padded(std::abs(minutes) / 60) + QLatin1Char(':') +
           padded(std::abs(minutes) % 60);
}

QString toLocalDate(Timestamp time)
{
    return QDateTime::fromSecsSinceEpoch(secondsOf(time)).date().toString(Qt::ISODate);
}

bool isSameLocalDay(Timestamp a, Timestamp b)
{
    return QDateTime::fromSecsSinceEpoch(secondsOf(a)).date() == QDateTime::fromSecsSinceEpoch(secondsOf(b)).date();
}

} // namespace sockeye
