#include "base/Time.h"

#include "base/LocalTime.h"

#include <QDateTime>

#include <cstdlib>

namespace sockeye {

QByteArray toIsoUtc(Timestamp time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto fraction = (time - seconds).count();
    const QDateTime utc = QDateTime::fromSecsSinceEpoch(seconds.time_since_epoch().count(), Qt::UTC);
    return utc.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")).toLatin1() + '.' +
           QByteArray::number(static_cast<qlonglong>(fraction)).rightJustified(9, '0') + 'Z';
}

QString toLocalTimeOfDay(Timestamp time)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
    const auto micros = static_cast<int>((time - seconds).count() / 1000);
    const QTime local = QDateTime::fromSecsSinceEpoch(seconds.time_since_epoch().count()).time();
    const QString offset = ambiguousOffset(time);
    return QStringLiteral("%1.%2 %3%4")
        .arg(local.toString(QStringLiteral("HH:mm:ss")))
        .arg(micros / 1000, 3, 10, QLatin1Char('0'))
        .arg(micros % 1000, 3, 10, QLatin1Char('0'))
        .arg(offset.isEmpty() ? QString() : QLatin1Char(' ') + offset);
}

QString durationText(Nanoseconds duration)
{
    const qint64 ns = duration.count();
    const qint64 magnitude = std::llabs(ns);
    const auto threeDigits = [](double value) {
        const double size = value < 0 ? -value : value;
        return QString::number(value, 'f', size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
    };
    if (magnitude < 999'500)
        return QStringLiteral("%1 µs").arg(threeDigits(static_cast<double>(ns) / 1e3));
    if (magnitude < 999'500'000)
        return QStringLiteral("%1 ms").arg(threeDigits(static_cast<double>(ns) / 1e6));
    if (magnitude < 59'950'000'000)
        return QStringLiteral("%1 s").arg(threeDigits(static_cast<double>(ns) / 1e9));
    const qint64 totalSeconds = (magnitude + 500'000'000) / 1'000'000'000;
    const QString sign = ns < 0 ? QStringLiteral("-") : QString();
    if (totalSeconds < 3600)
        return QStringLiteral("%1%2 min %3 s")
            .arg(sign)
            .arg(totalSeconds / 60)
            .arg(totalSeconds % 60, 2, 10, QLatin1Char('0'));
    return QStringLiteral("%1%2 h %3 min")
        .arg(sign)
        .arg(totalSeconds / 3600)
        .arg(totalSeconds % 3600 / 60, 2, 10, QLatin1Char('0'));
}

} // namespace sockeye
