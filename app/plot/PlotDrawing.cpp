#include "plot/PlotDrawing.h"

#include <cmath>
#include <numbers>

namespace sockeye {

namespace {

/// Half of a marker's width.
constexpr double MarkerReach = 3.5;

std::vector<QPointF> polygon(int corners, double turned, double reach)
{
    std::vector<QPointF> points;
    for (int i = 0; i <= corners; ++i) {
        const double angle = turned + 2 * std::numbers::pi * i / corners;
        points.emplace_back(reach * std::cos(angle), reach * std::sin(angle));
    }
    return points;
}

} // namespace

PlotDrawing::Shape PlotDrawing::shapeOf(PlotMarker marker)
{
    constexpr double quarter = std::numbers::pi / 2;
    constexpr double r = MarkerReach;
    switch (marker) {
    case PlotMarker::Circle:
        return {{polygon(16, 0, r)}};
    case PlotMarker::Square:
        return {{polygon(4, quarter / 2, r * 1.25)}};
    case PlotMarker::Triangle:
        return {{polygon(3, -quarter, r * 1.3)}};
    case PlotMarker::Diamond:
        return {{polygon(4, 0, r * 1.3)}};
    case PlotMarker::Cross:
        return {{{{-r, -r}, {r, r}}, {{-r, r}, {r, -r}}}, false};
    case PlotMarker::Plus:
        return {{{{-r, 0}, {r, 0}}, {{0, -r}, {0, r}}}, false};
    case PlotMarker::Wedge:
        return {{polygon(3, quarter, r * 1.3)}};
    case PlotMarker::Ring:
        return {{polygon(16, 0, r)}, false};
    }
    return {};
}

} // namespace sockeye
