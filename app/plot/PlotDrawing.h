#pragma once

#include <QPointF>
#include <QSizeF>
#include <QString>

#include <vector>

namespace sockeye {

/// Colours by what they are for; whoever draws knows them.
enum class PlotInk : quint8 {
    Base,  ///< behind everything
    Frame, ///< around a lane
    Grid,
    Text,
    DimText,
    Line ///< that of a line, by its style
};

/// The marks of lines, by their style: they can be told apart without colours.
enum class PlotMarker : quint8 { Circle, Square, Triangle, Diamond, Cross, Plus, Wedge, Ring };
inline constexpr int PlotStyleCount = 8;

/// A plot as a list of what is to be drawn, first things first, in device-independent pixels: what is painted on the
/// screen, in a picture and in an SVG file is this list.
struct PlotDrawing
{
    struct Item
    {
        enum class Kind : quint8 { Polyline, Fill, Text, Marker };

        Kind kind = Kind::Polyline;
        PlotInk ink = PlotInk::Text;
        /// Of a line or a marker.
        int style = 0;
        /// Of a polyline.
        double width = 1;
        /// A fill has two corners; a text where its baseline begins, a marker where its middle is.
        std::vector<QPointF> points = {};
        QString text = {};
    };

    QSizeF size;
    std::vector<Item> items;

    [[nodiscard]] static PlotMarker markerOf(int style) { return static_cast<PlotMarker>(style % PlotStyleCount); }
    /// A marker's outline around (0, 0), as polylines; closed ones are filled.
    struct Shape
    {
        std::vector<std::vector<QPointF>> lines;
        bool isFilled = true;
    };
    [[nodiscard]] static Shape shapeOf(PlotMarker marker);
};

} // namespace sockeye
