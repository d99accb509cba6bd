#pragma once

#include "record/TimelineBucket.h"

#include <QList>
#include <QString>

namespace sockeye {

/// A label of the time axis.
struct TimelineTick
{
    Timestamp time;
    QString text;
};

/// The places of times in a timeline, and the ranges that panning and zooming lead to: arithmetic apart from painting.
/// Pixels are device-independent ones.
class TimelineGeometry final
{
public:
    /// The shortest range that can be shown: a hundred buckets of the finest width.
    static constexpr Nanoseconds Shortest{100'000'000};
    /// The range that a live session is shown in from its first second on: the strip fills instead of rescaling.
    static constexpr Nanoseconds LiveStart{20'000'000'000};
    /// A bar with the gap beside it, in pixels.
    static constexpr int ColumnWidth = 6;

    void setPlace(double left, double width);
    [[nodiscard]] double left() const { return m_left; }
    [[nodiscard]] double width() const { return m_width; }
    /// How many bars fit.
    [[nodiscard]] int columns() const;

    void setRange(TimeSpan range) { m_range = range; }
    [[nodiscard]] TimeSpan range() const { return m_range; }
    [[nodiscard]] bool isEmpty() const { return m_width <= 0 || m_range.length().count() <= 0; }

    [[nodiscard]] double xOf(Timestamp time) const;
    [[nodiscard]] Timestamp timeAt(double x) const;
    /// The largest power of ten of nanoseconds within a pixel: nobody can point at finer times.
    [[nodiscard]] Nanoseconds precision() const;

    /// The range that shows the whole session. Its end stays for some columns while a live session grows.
    [[nodiscard]] TimeSpan whole(TimeSpan session, bool live) const;
    /// The range times `factor`, with the time `about` in its place, within `limits`.
    [[nodiscard]] TimeSpan zoomed(double factor, Timestamp about, TimeSpan limits) const;
    [[nodiscard]] TimeSpan panned(Nanoseconds by, TimeSpan limits) const;

    /// Labels at round local times, at least `distance` pixels apart. The first one of another day than that before it
    /// says its date.
    [[nodiscard]] QList<TimelineTick> ticks(double distance) const;
    /// The local time as fine as is needed to tell two moments `step` apart.
    [[nodiscard]] static QString timeText(Timestamp time, Nanoseconds step);
    /// With its date: "2026-10-25 00:01".
    [[nodiscard]] static QString dateTimeText(Timestamp time, Nanoseconds step);

private:
    double m_left = 0;
    double m_width = 0;
    TimeSpan m_range;
};

} // namespace sockeye
