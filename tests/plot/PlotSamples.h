#pragma once

#include "plot/PlotScene.h"
#include "plot/Series.h"

#include <QRandomGenerator>
#include <QTest>

#include <chrono>

namespace sockeye::test {

inline const PlotField Price{PlotField::Kind::Field, QStringLiteral("$.price")};
inline constexpr qint64 PlotStart = 1'700'000'000'000'000'000;

[[nodiscard]] inline PlotPoint pointAt(qint64 entry, qint64 afterNs, double value)
{
    return {EntryId(entry), timestampFromNs(PlotStart + afterNs), value};
}

/// Prices that wander, a millisecond apart or so, with gaps.
[[nodiscard]] inline std::vector<PlotPoint> wanderingPoints(int count, quint32 seed = 7)
{
    QRandomGenerator random(seed);
    std::vector<PlotPoint> points;
    qint64 time = 0;
    qint64 entry = 0;
    double cents = 14'386;
    for (int i = 0; i < count; ++i) {
        time += 1 + random.bounded(2'000'000);
        if (random.bounded(1000) == 0)
            time += 400'000'000;
        entry += 1 + random.bounded(3);
        cents += random.bounded(21) - 10;
        points.push_back(pointAt(entry, time, cents / 100));
    }
    return points;
}

[[nodiscard]] inline TimeSpan spanOf(const std::vector<PlotPoint> &points)
{
    PlotColumn all;
    for (const PlotPoint &point : points)
        all.add(point);
    return {all.earliest, all.latest};
}

/// What a plain loop over all points makes of them.
[[nodiscard]] inline std::vector<PlotColumn> plainColumns(const std::vector<PlotPoint> &points, TimeSpan range,
                                                          int count)
{
    std::vector<PlotColumn> columns(static_cast<size_t>(count));
    for (const PlotPoint &point : points) {
        if (point.time >= range.first && point.time <= range.last)
            columns[static_cast<size_t>(Series::columnOf(point.time, range, count))].add(point);
    }
    return columns;
}

[[nodiscard]] inline PlotScene sceneOf(const std::vector<std::pair<PlotField, std::vector<PlotPoint>>> &lines,
                                       int columns, bool isLogarithmic = false)
{
    std::vector<PlotPoint> all;
    for (const auto &line : lines)
        all.insert(all.end(), line.second.begin(), line.second.end());
    PlotScene scene;
    scene.range = spanOf(all);
    scene.isLogarithmic = isLogarithmic;
    int style = 0;
    for (const auto &[field, points] : lines)
        scene.lines.push_back({field, style++, plainColumns(points, scene.range, columns)});
    return scene;
}

} // namespace sockeye::test
