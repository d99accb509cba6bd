#pragma once

#include "base/StrongId.h"
#include "base/Time.h"

#include <algorithm>

namespace sockeye {

/// A value that is drawn, and the entry that it stands in.
struct PlotPoint
{
    EntryId entry;
    Timestamp time;
    double value = 0;

    friend bool operator==(const PlotPoint &, const PlotPoint &) = default;
};

/// What is drawn of the points that share a column of pixels, or of any others that follow one another. Nothing that
/// stands out is lost: the lowest and the highest are among it.
struct PlotColumn
{
    qint64 count = 0;
    /// In the order of the entries.
    PlotPoint first, last;
    /// Of equal ones the first.
    PlotPoint lowest, highest;
    /// Not those of `first` and `last` where the clock was set back.
    Timestamp earliest, latest;

    [[nodiscard]] bool isEmpty() const { return count == 0; }

    void add(const PlotPoint &point)
    {
        if (isEmpty()) {
            *this = {1, point, point, point, point, point.time, point.time};
            return;
        }
        ++count;
        last = point;
        if (point.value < lowest.value)
            lowest = point;
        if (point.value > highest.value)
            highest = point;
        earliest = std::min(earliest, point.time);
        latest = std::max(latest, point.time);
    }

    /// Those of the other come behind these.
    void add(const PlotColumn &other)
    {
        if (isEmpty()) {
            *this = other;
            return;
        }
        if (other.isEmpty())
            return;
        count += other.count;
        last = other.last;
        if (other.lowest.value < lowest.value)
            lowest = other.lowest;
        if (other.highest.value > highest.value)
            highest = other.highest;
        earliest = std::min(earliest, other.earliest);
        latest = std::max(latest, other.latest);
    }

    friend bool operator==(const PlotColumn &, const PlotColumn &) = default;
};

} // namespace sockeye
