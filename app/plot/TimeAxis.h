#pragma once

#include "plot/ValueAxis.h"
#include "record/TimelineBucket.h"

namespace sockeye::timeaxis {

/// Ticks at round local times, at least this share of the axis apart. The first one of another day than that before it
/// says its date.
[[nodiscard]] std::vector<AxisTick> ticks(TimeSpan range, double distance);
/// Where in the range a time is: from 0 to 1.
[[nodiscard]] double shareOf(Timestamp time, TimeSpan range);
/// The time that is there.
[[nodiscard]] Timestamp timeAt(double share, TimeSpan range);
/// The local time, as fine as is needed to tell two moments `step` apart.
[[nodiscard]] QString text(Timestamp time, Nanoseconds step);
/// With its date.
[[nodiscard]] QString dateText(Timestamp time, Nanoseconds step);

} // namespace sockeye::timeaxis
