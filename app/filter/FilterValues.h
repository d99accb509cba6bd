#pragma once

#include "filter/Filter.h"

#include <QDate>
#include <QStringView>

/// The numbers of the filter language, as people write them.
namespace sockeye::filter {

/// "500", "64k", "1.5MB": bytes, with decimal units.
[[nodiscard]] std::optional<qint64> byteCount(QStringView text);
/// "50ms", "1.5s", "2min": nanoseconds; units ns, us or µs, ms, s, min or m, h. A unit is needed.
[[nodiscard]] std::optional<qint64> durationNs(QStringView text);
/// A whole number, counted from 1.
[[nodiscard]] std::optional<qint64> ordinal(QStringView text);

/// The stretch of time that a literal names: "12:00" a minute, "2026-11-22" a day, "12:00:01.250" a millisecond.
struct TimeLiteral
{
    /// Nanoseconds since 1970, from `begin` to before `end`.
    qint64 begin = 0;
    qint64 end = 0;
    /// How much later it comes once more, where clocks are set back; 0 for not.
    qint64 againAfter = 0;
    /// A date without a time: it counts as a whole, where a time of day means the moment that it begins.
    bool isDay = false;
    /// A time of day without a date.
    bool isTimeOfDay = false;
    /// A time of day that means the capture's second day, since on the first one it lies before the first entry.
    bool isNextDay = false;
    QDate day;
};

/// A time of day, a date, both (ISO 8601; local without a zone), seconds since 1970 (nine digits and more), or "+5m"
/// (after the capture's first entry) and "-5m" (before its last one). `day`: the date of a time of day; without it, the
/// first day of the capture on which it lies within it, or else the first one.
[[nodiscard]] std::optional<TimeLiteral> timeLiteral(QStringView text, const FilterContext &context, QDate day = {});

} // namespace sockeye::filter
