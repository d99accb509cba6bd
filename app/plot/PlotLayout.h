#pragma once

#include "plot/PlotDrawing.h"
#include "plot/PlotScene.h"
#include "plot/ValueAxis.h"

#include <QRectF>

#include <functional>

namespace sockeye {

/// How wide and how high the texts of a plot are, in the font that it is drawn with.
struct PlotTextMeasure
{
    std::function<double(const QString &)> width;
    /// From the top of a line to its baseline, and to its bottom.
    double ascent = 11;
    double height = 15;
};

/// Where everything of a plot stands. Lines of one unit share a lane, with an axis of their own; lanes stand one below
/// the other over one axis of time.
class PlotLayout final
{
public:
    struct Lane
    {
        PlotUnit unit = PlotUnit::None;
        QRectF place;
        ValueAxis axis;
    };

    PlotLayout() = default;
    PlotLayout(const PlotScene &scene, QSizeF size, const PlotTextMeasure &measure);

    /// All lanes together.
    [[nodiscard]] const QRectF &plot() const { return m_plot; }
    [[nodiscard]] const std::vector<Lane> &lanes() const { return m_lanes; }
    /// Null for a unit that nothing is drawn in, and for one whose lane has no room.
    [[nodiscard]] const Lane *laneOf(PlotUnit unit) const;
    [[nodiscard]] double xOf(Timestamp time) const;
    [[nodiscard]] Timestamp timeAt(double x) const;
    /// The column of the scene that is there, also for places beside the plot.
    [[nodiscard]] int columnAt(double x) const;
    /// Where a point of a line stands.
    [[nodiscard]] QPointF pointOf(const PlotPoint &point, PlotUnit unit) const;

    /// What is drawn.
    [[nodiscard]] PlotDrawing drawing(const PlotScene &scene, const PlotTextMeasure &measure) const;

private:
    void makeLegend(const PlotScene &scene, const PlotTextMeasure &measure);
    void makeLanes(const PlotScene &scene, const PlotTextMeasure &measure);
    void drawAxes(PlotDrawing &drawing, const PlotTextMeasure &measure) const;
    void drawTimes(PlotDrawing &drawing, const PlotTextMeasure &measure) const;
    void drawLine(PlotDrawing &drawing, const PlotLine &line) const;
    void drawMarkers(PlotDrawing &drawing, const PlotLine &line) const;
    void drawLegend(PlotDrawing &drawing, const PlotScene &scene) const;

    QSizeF m_size;
    TimeSpan m_range;
    int m_columns = 0;
    QRectF m_plot;
    std::vector<Lane> m_lanes;
    /// Those that there is no room for.
    int m_hiddenLanes = 0;
    /// Where the mark of each line's name stands, on the baseline.
    std::vector<QPointF> m_legend;
    double m_legendHeight = 0;
};

} // namespace sockeye
