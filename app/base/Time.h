#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <chrono>

namespace sockeye {

using Nanoseconds = std::chrono::nanoseconds;
/// A moment, in nanoseconds since 1970-01-01T00:00:00Z.
using Timestamp = std::chrono::sys_time<Nanoseconds>;

[[nodiscard]] constexpr Timestamp timestampFromNs(qint64 ns)
{
    return Timestamp(Nanoseconds(ns));
}
[[nodiscard]] constexpr qint64 toNs(Timestamp time)
{
    return time.time_since_epoch().count();
}

/// "2026-11-22T15:20:00.123456789Z": RFC 3339, UTC, always nine decimals.
[[nodiscard]] QByteArray toIsoUtc(Timestamp time);
/// "15:20:00.123 456": the local time of day, to the microsecond.
[[nodiscard]] QString toLocalTimeOfDay(Timestamp time);
/// "84.2 ms", "12.0 µs", "1.20 s", "2 min 05 s": three significant digits, the unit that fits.
[[nodiscard]] QString durationText(Nanoseconds duration);

} // namespace sockeye

Q_DECLARE_METATYPE(sockeye::Timestamp)
