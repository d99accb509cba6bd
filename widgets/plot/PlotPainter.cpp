#include "widgets/plot/PlotPainter.h"

#include <QFontMetricsF>
#include <QPainter>

#include <array>

namespace sockeye::plotpainter {

namespace {

/// Which of the bars' colours a line has: neighbours differ in hue, and what is hard to see comes last.
constexpr std::array<size_t, 6> LineTints = {4, 1, 5, 3, 0, 2};

} // namespace

QFont labelFont(const QFont &font)
{
    QFont labels(font);
    if (font.pointSizeF() > 0)
        labels.setPointSizeF(font.pointSizeF() * 0.9);
    return labels;
}

PlotTextMeasure measureOf(const QFont &labels)
{
    const QFontMetricsF metrics(labels);
    return {[metrics](const QString &text) { return metrics.horizontalAdvance(text); }, metrics.ascent(),
            metrics.height()};
}

QColor colorOf(const ThemeColors &colors, PlotInk ink, int style)
{
    switch (ink) {
    case PlotInk::Base:
        return colors.base;
    case PlotInk::Frame:
        return theme::mixed(colors.line, colors.dimText, 0.5);
    case PlotInk::Grid:
        return theme::mixed(colors.base, colors.line, 0.7);
    case PlotInk::Text:
        return colors.text;
    case PlotInk::DimText:
        return colors.dimText;
    case PlotInk::Line:
        break;
    }
    return colors.tintBars[LineTints[static_cast<size_t>(style) % LineTints.size()]];
}

void paintMarker(QPainter &painter, QPointF at, int style, const QColor &color)
{
    const PlotDrawing::Shape shape = PlotDrawing::shapeOf(PlotDrawing::markerOf(style));
    painter.setPen(QPen(color, 1.4));
    painter.setBrush(shape.isFilled ? QBrush(color) : QBrush(Qt::NoBrush));
    for (const std::vector<QPointF> &line : shape.lines) {
        QPolygonF polygon;
        for (const QPointF &point : line)
            polygon.append(point + at);
        if (shape.isFilled)
            painter.drawPolygon(polygon);
        else
            painter.drawPolyline(polygon);
    }
}

void paint(QPainter &painter, const PlotDrawing &drawing, const ThemeColors &colors, const QFont &labels)
{
    using Kind = PlotDrawing::Item::Kind;
    painter.save();
    painter.setFont(labels);
    for (const PlotDrawing::Item &item : drawing.items) {
        const QColor color = colorOf(colors, item.ink, item.style);
        switch (item.kind) {
        case Kind::Fill:
            painter.fillRect(QRectF(item.points[0], item.points[1]), color);
            break;
        case Kind::Polyline: {
            const bool isLine = item.ink == PlotInk::Line;
            painter.setRenderHint(QPainter::Antialiasing, isLine);
            painter.setPen(QPen(color, item.width, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
            // What is straight stands on pixels.
            const QPointF shift = isLine ? QPointF() : QPointF(0.5, 0.5);
            painter.translate(shift);
            painter.drawPolyline(item.points.data(), static_cast<int>(item.points.size()));
            painter.translate(-shift);
            break;
        }
        case Kind::Text:
            painter.setPen(color);
            painter.drawText(item.points[0], item.text);
            break;
        case Kind::Marker:
            painter.setRenderHint(QPainter::Antialiasing);
            paintMarker(painter, item.points[0], item.style, color);
            break;
        }
    }
    painter.restore();
}

} // namespace sockeye::plotpainter
