#pragma once

#include "base/Time.h"

#include <QDate>
#include <QTime>

namespace sockeye {

/// What local clocks show, also in the hour that comes twice when they are set back.

/// When local clocks show this, in milliseconds since 1970: the first time, and how much later once more (0 for not).
struct LocalMoment
{
    qint64 ms = 0;
    qint64 againAfterMs = 0;
};
[[nodiscard]] LocalMoment localMoment(QDate date, QTime time);

/// "+02:00", but only where the local time comes twice on that day; empty at all other times.
[[nodiscard]] QString ambiguousOffset(Timestamp time);
/// The local date, "2026-10-25".
[[nodiscard]] QString toLocalDate(Timestamp time);
[[nodiscard]] bool isSameLocalDay(Timestamp a, Timestamp b);

} // namespace sockeye
