#include "plot/PlotLayout.h"

#include "plot/TimeAxis.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sockeye {

namespace {

struct PlotLayoutWords
{
    Q_DECLARE_TR_FUNCTIONS(PlotLayout)
};

constexpr double Space = 8;
/// The mark before a name.
constexpr double LegendMark = 24;
constexpr double LeastLane = 24;
/// A tick of values for so many heights of a line of text.
constexpr double LinesPerTick = 2.5;
/// Between markers on a line that has more points than can be told apart.
constexpr double MarkerDistance = 96;
/// Points of a line stand so far apart, on an average, that each is marked.
constexpr double MarkedDistance = 12;

/// What is drawn of a column, from left to right: nothing twice.
std::vector<PlotPoint> pointsOf(const PlotColumn &column)
{
    std::vector<PlotPoint> points{column.first, column.lowest, column.highest, column.last};
    if (column.highest.entry < column.lowest.entry)
        std::swap(points[1], points[2]);
    points.erase(std::unique(points.begin(), points.end()), points.end());
    return points;
}

PlotColumn sumOf(const PlotScene &scene, PlotUnit unit)
{
    PlotColumn sum;
    for (const PlotLine &line : scene.lines) {
        if (line.field.unit() != unit)
            continue;
        for (const PlotColumn &column : line.columns)
            sum.add(column);
    }
    return sum;
}

/// The lowest of what is drawn that has a logarithm; 0 for none.
double lowestAboveZero(const PlotScene &scene, PlotUnit unit)
{
    double lowest = 0;
    for (const PlotLine &line : scene.lines) {
        if (line.field.unit() != unit)
            continue;
        for (const PlotColumn &column : line.columns) {
            for (const PlotPoint &point : {column.lowest, column.first, column.last, column.highest}) {
                if (!column.isEmpty() && point.value > 0 && (lowest == 0 || point.value < lowest))
                    lowest = point.value;
            }
        }
    }
    return lowest;
}

ValueAxis axisOf(const PlotScene &scene, PlotUnit unit, int ticks)
{
    const PlotColumn sum = sumOf(scene, unit);
    if (scene.isLogarithmic)
        return ValueAxis::logarithmic(lowestAboveZero(scene, unit), sum.isEmpty() ? 0 : sum.highest.value, ticks, unit);
    return sum.isEmpty() ? ValueAxis::linear(0, 1, ticks, unit)
                         : ValueAxis::linear(sum.lowest.value, sum.highest.value, ticks, unit);
}

} // namespace

PlotLayout::PlotLayout(const PlotScene &scene, QSizeF size, const PlotTextMeasure &measure)
    : m_size(size)
    , m_range(scene.range)
    , m_columns(scene.columnCount())
{
    makeLegend(scene, measure);
    makeLanes(scene, measure);
}

/// Names from left to right, in as many rows as they take.
void PlotLayout::makeLegend(const PlotScene &scene, const PlotTextMeasure &measure)
{
    double x = Space;
    double y = Space / 2 + measure.ascent;
    for (const PlotLine &line : scene.lines) {
        const double wide = LegendMark + measure.width(PlotScene::title(line.field)) + 2 * Space;
        if (x > Space && x + wide > m_size.width()) {
            // More names than these would leave no room for what they are the names of.
            if (y + measure.height > m_size.height() / 2)
                break;
            x = Space;
            y += measure.height;
        }
        m_legend.emplace_back(x, y);
        x += wide;
    }
    m_legendHeight = m_legend.empty() ? 0 : y - measure.ascent + measure.height;
}

void PlotLayout::makeLanes(const PlotScene &scene, const PlotTextMeasure &measure)
{
    std::vector<PlotUnit> units;
    for (const PlotLine &line : scene.lines) {
        if (std::find(units.begin(), units.end(), line.field.unit()) == units.end())
            units.push_back(line.field.unit());
    }
    const double top = m_legendHeight + Space;
    const double bottom = std::max(m_size.height() - measure.height - Space, top);
    // Labels of neighbouring lanes do not touch.
    const double gap = std::max(Space, measure.height);
    const double room = std::floor((bottom - top + gap) / (LeastLane + gap));
    const double count = std::clamp(room, 1.0, std::max(double(units.size()), 1.0));
    const double tall = std::max((bottom - top - (count - 1) * gap) / count, 1.0);
    if (const auto fitting = static_cast<size_t>(count); units.size() > fitting) {
        m_hiddenLanes = static_cast<int>(units.size() - fitting);
        units.resize(fitting);
    }
    const int ticks = std::max(static_cast<int>(tall / (measure.height * LinesPerTick)), 1);
    double beside = 0;
    double y = top;
    for (const PlotUnit unit : units) {
        Lane lane{unit, QRectF(0, y, 0, tall), axisOf(scene, unit, ticks)};
        for (const AxisTick &tick : lane.axis.ticks())
            beside = std::max(beside, measure.width(tick.text));
        m_lanes.push_back(std::move(lane));
        y += tall + gap;
    }
    const double left = std::min(std::ceil(beside) + 2 * Space, m_size.width() / 2);
    const double wide = std::max(m_size.width() - left - 2 * Space, 1.0);
    m_plot = QRectF(left, top, wide, std::max(y - gap - top, 0.0));
    for (Lane &lane : m_lanes)
        lane.place = QRectF(left, lane.place.top(), wide, tall);
}

const PlotLayout::Lane *PlotLayout::laneOf(PlotUnit unit) const
{
    const auto found =
        std::find_if(m_lanes.begin(), m_lanes.end(), [unit](const Lane &lane) { return lane.unit == unit; });
    return found == m_lanes.end() ? nullptr : &*found;
}

double PlotLayout::xOf(Timestamp time) const
{
    return m_plot.left() + timeaxis::shareOf(time, m_range) * m_plot.width();
}

Timestamp PlotLayout::timeAt(double x) const
{
    return timeaxis::timeAt(m_plot.width() > 0 ? (x - m_plot.left()) / m_plot.width() : 0, m_range);
}

int PlotLayout::columnAt(double x) const
{
    const double share = m_plot.width() > 0 ? (x - m_plot.left()) / m_plot.width() : 0;
    return std::clamp(static_cast<int>(std::clamp(share, 0.0, 1.0) * m_columns), 0, std::max(m_columns - 1, 0));
}

QPointF PlotLayout::pointOf(const PlotPoint &point, PlotUnit unit) const
{
    const Lane *lane = laneOf(unit);
    if (!lane)
        return {};
    return {xOf(point.time), lane->place.bottom() - lane->axis.shareOf(point.value) * lane->place.height()};
}

PlotDrawing PlotLayout::drawing(const PlotScene &scene, const PlotTextMeasure &measure) const
{
    PlotDrawing drawing;
    drawing.size = m_size;
    drawing.items.push_back({.kind = PlotDrawing::Item::Kind::Fill,
                             .ink = PlotInk::Base,
                             .points = {{0, 0}, {m_size.width(), m_size.height()}}});
    drawAxes(drawing, measure);
    drawTimes(drawing, measure);
    for (const PlotLine &line : scene.lines)
        drawLine(drawing, line);
    for (const PlotLine &line : scene.lines)
        drawMarkers(drawing, line);
    drawLegend(drawing, scene);
    return drawing;
}

void PlotLayout::drawAxes(PlotDrawing &drawing, const PlotTextMeasure &measure) const
{
    using Item = PlotDrawing::Item;
    for (const Lane &lane : m_lanes) {
        const QRectF &place = lane.place;
        double free = std::numeric_limits<double>::infinity();
        for (const AxisTick &tick : lane.axis.ticks()) {
            const double y = std::round(place.bottom() - tick.share * place.height());
            drawing.items.push_back({.ink = PlotInk::Grid, .points = {{place.left(), y}, {place.right(), y}}});
            if (free - y < measure.height)
                continue;
            free = y;
            const double x = place.left() - Space - measure.width(tick.text);
            const double baseline = y - measure.height / 2 + measure.ascent;
            drawing.items.push_back(
                {.kind = Item::Kind::Text, .ink = PlotInk::DimText, .points = {{x, baseline}}, .text = tick.text});
        }
        drawing.items.push_back(
            {.ink = PlotInk::Frame, .points = {place.topLeft(), place.bottomLeft(), place.bottomRight()}});
    }
}

void PlotLayout::drawTimes(PlotDrawing &drawing, const PlotTextMeasure &measure) const
{
    using Item = PlotDrawing::Item;
    if (m_lanes.empty() || m_plot.width() <= 1)
        return;
    const double distance = measure.width(QStringLiteral("00:00:00.000")) + 3 * Space;
    double free = 0;
    const double baseline = m_plot.bottom() + Space / 2 + measure.ascent;
    if (m_hiddenLanes > 0) {
        const QString text = PlotLayoutWords::tr("%1 not shown: too low").arg(m_hiddenLanes);
        drawing.items.push_back(
            {.kind = Item::Kind::Text, .ink = PlotInk::Text, .points = {{Space, baseline}}, .text = text});
        free = Space + measure.width(text) + Space;
    }
    for (const AxisTick &tick : timeaxis::ticks(m_range, distance / m_plot.width())) {
        const double x = std::round(m_plot.left() + tick.share * m_plot.width());
        for (const Lane &lane : m_lanes)
            drawing.items.push_back(
                {.ink = PlotInk::Grid, .points = {{x, lane.place.top()}, {x, lane.place.bottom()}}});
        const double wide = measure.width(tick.text);
        const double left = std::max(x - wide / 2, Space / 2);
        if (left < free || left + wide > m_size.width())
            continue;
        free = left + wide + Space;
        drawing.items.push_back(
            {.kind = Item::Kind::Text, .ink = PlotInk::DimText, .points = {{left, baseline}}, .text = tick.text});
    }
}

void PlotLayout::drawLine(PlotDrawing &drawing, const PlotLine &line) const
{
    if (!laneOf(line.field.unit()))
        return;
    PlotDrawing::Item item{.ink = PlotInk::Line, .style = line.style, .width = 1.4};
    for (const PlotColumn &column : line.columns) {
        if (column.isEmpty())
            continue;
        for (const PlotPoint &point : pointsOf(column))
            item.points.push_back(pointOf(point, line.field.unit()));
    }
    if (item.points.size() > 1)
        drawing.items.push_back(std::move(item));
}

/// Each point where they can be told apart, else some along the line.
void PlotLayout::drawMarkers(PlotDrawing &drawing, const PlotLine &line) const
{
    if (!laneOf(line.field.unit()))
        return;
    qint64 count = 0;
    for (const PlotColumn &column : line.columns)
        count += column.count;
    const bool marksAll = double(count) * MarkedDistance <= m_plot.width();
    // Those of several lines do not cover each other.
    double next = m_plot.left() + MarkerDistance * line.style / PlotStyleCount;
    const auto mark = [&](const PlotPoint &point) {
        drawing.items.push_back({.kind = PlotDrawing::Item::Kind::Marker,
                                 .ink = PlotInk::Line,
                                 .style = line.style,
                                 .points = {pointOf(point, line.field.unit())}});
    };
    for (const PlotColumn &column : line.columns) {
        if (column.isEmpty())
            continue;
        if (marksAll) {
            for (const PlotPoint &point : pointsOf(column))
                mark(point);
        } else if (const double x = xOf(column.last.time); x >= next) {
            mark(column.last);
            next = x + MarkerDistance;
        }
    }
}

void PlotLayout::drawLegend(PlotDrawing &drawing, const PlotScene &scene) const
{
    using Item = PlotDrawing::Item;
    for (size_t i = 0; i < scene.lines.size() && i < m_legend.size(); ++i) {
        const PlotLine &line = scene.lines[i];
        const QPointF at = m_legend[i];
        const double y = at.y() - 4;
        drawing.items.push_back({.ink = PlotInk::Line,
                                 .style = line.style,
                                 .width = 1.4,
                                 .points = {{at.x(), y}, {at.x() + LegendMark - Space, y}}});
        drawing.items.push_back({.kind = Item::Kind::Marker,
                                 .ink = PlotInk::Line,
                                 .style = line.style,
                                 .points = {{at.x() + (LegendMark - Space) / 2, y}}});
        drawing.items.push_back({.kind = Item::Kind::Text,
                                 .ink = PlotInk::Text,
                                 .points = {{at.x() + LegendMark, at.y()}},
                                 .text = PlotScene::title(line.field)});
    }
}

} // namespace sockeye
