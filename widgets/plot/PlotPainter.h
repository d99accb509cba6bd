#pragma once

#include "plot/PlotDrawing.h"
#include "plot/PlotLayout.h"
#include "widgets/style/Theme.h"

class QPainter;

namespace sockeye::plotpainter {

/// The font of a plot's texts in a widget of this one.
[[nodiscard]] QFont labelFont(const QFont &font);
[[nodiscard]] PlotTextMeasure measureOf(const QFont &labels);
/// The colour of an ink; that of a line by its style.
[[nodiscard]] QColor colorOf(const ThemeColors &colors, PlotInk ink, int style);
void paint(QPainter &painter, const PlotDrawing &drawing, const ThemeColors &colors, const QFont &labels);
/// A marker around a place.
void paintMarker(QPainter &painter, QPointF at, int style, const QColor &color);

} // namespace sockeye::plotpainter
