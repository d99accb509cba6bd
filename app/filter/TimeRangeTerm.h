#pragma once

#include "record/TimelineBucket.h"

#include <QString>

#include <optional>

namespace sockeye {

/// The filter language's term for a range of time, with all the digits it takes:
/// "time:2026-11-22T12:00:01.5..2026-11-22T12:00:03", in local time.
[[nodiscard]] QString timeRangeTerm(TimeSpan range);

/// The filter with this range of time as a term of its own, in place of one that stands there already; without any for
/// none. What else is in the filter keeps its meaning: alternatives are put in parentheses.
[[nodiscard]] QString withTimeRange(const QString &filter, const std::optional<TimeSpan> &range);

} // namespace sockeye
