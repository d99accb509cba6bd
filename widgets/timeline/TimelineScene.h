#pragma once

#include "log/TimelineModel.h"
#include "widgets/timeline/TimelineGeometry.h"

#include <optional>

namespace sockeye {

enum class TimelineUnit : quint8 { Messages, Bytes };
enum class TimelineScale : quint8 {
    Automatic, ///< by square roots where a spike would hide the rest, else linear
    Linear,
    SquareRoot
};

/// How high the bars are: one scale for both directions, so that they compare.
struct TimelineHeights
{
    /// The rate that reaches the top, a round number per second. 0 if there is nothing to show.
    double top = 0;
    bool squareRoot = false;

    /// The part of the upper area's height that shows this rate; a bar below has the same height.
    [[nodiscard]] double share(double rate) const;
};

/// What a live connection's messages or bytes a second are now.
struct TimelineRates
{
    qint64 messagesIn = 0;
    qint64 messagesOut = 0;
    qint64 bytesIn = 0;
    qint64 bytesOut = 0;

    friend bool operator==(const TimelineRates &, const TimelineRates &) = default;
};

/// All that a timeline shows, except for its place on the screen. Pointers are valid while it is painted.
struct TimelineScene
{
    TimelineGeometry geometry;
    const TimelineBuckets *buckets = nullptr;
    const QList<TimelineMark> *marks = nullptr;
    TimelineUnit unit = TimelineUnit::Messages;
    TimelineHeights heights;
    std::optional<TimeSpan> selection;
    /// Those of the last second; none unless a connection is open.
    std::optional<TimelineRates> now;
    /// The part of the session that the log shows.
    std::optional<TimeSpan> visible;
    /// The bucket under the pointer.
    std::optional<TimeSpan> pointed;
    bool hasFocus = false;
    bool isCrossHovered = false;

    /// Whether a part of the session is in view and its buckets have been read.
    [[nodiscard]] bool hasBuckets() const;
    /// The span of the bucket that the time belongs to. Only with buckets.
    [[nodiscard]] TimeSpan bucketAt(Timestamp time) const;
};

} // namespace sockeye
