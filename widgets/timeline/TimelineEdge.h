#pragma once

#include "record/TimelineBucket.h"

#include <optional>

namespace sockeye {

/// The edge of a selected range of time that the keyboard moves. It is the one that was moved last: an edge that is
/// moved across the other one takes its place.
class TimelineEdge final
{
public:
    /// The selection with the edge moved by `step`, within `limits`. Without a selection, one begins at `start`.
    [[nodiscard]] TimeSpan move(const std::optional<TimeSpan> &selection, Nanoseconds step, Timestamp start,
                                TimeSpan limits);
    /// Where the edge of this selection is.
    [[nodiscard]] Timestamp of(const TimeSpan &selection) const;

private:
    bool m_isLast = true;
};

} // namespace sockeye
