#include "plot/PlotSvg.h"

#include <QIODevice>
#include <QRectF>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// A hundredth of a pixel is finer than anybody sees.
QString placeText(double value)
{
    QString text = QString::number(value, 'f', 2);
    while (text.endsWith(u'0'))
        text.chop(1);
    if (text.endsWith(u'.'))
        text.chop(1);
    return text == u"-0" ? u"0"_s : text;
}

QString pointsText(const std::vector<QPointF> &points, QPointF origin = {})
{
    QString text;
    for (const QPointF &point : points) {
        if (!text.isEmpty())
            text += u' ';
        text += placeText(point.x() + origin.x()) + u',' + placeText(point.y() + origin.y());
    }
    return text;
}

/// Words from outside: no markup, and nothing that XML 1.0 forbids.
QString xmlText(const QString &words)
{
    QString text;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QChar c = words[i];
        const bool isPair = c.isHighSurrogate() && i + 1 < words.size() && words[i + 1].isLowSurrogate();
        if (isPair) {
            text += c;
            text += words[++i];
        } else if (c.isSurrogate() || c < u' ' || c.unicode() == 0xfffe || c.unicode() == 0xffff) {
            text += QChar(QChar::ReplacementCharacter);
        } else {
            text += c;
        }
    }
    return text.toHtmlEscaped();
}

QString itemText(const PlotDrawing::Item &item, const QString &color, double fontPixels)
{
    using Kind = PlotDrawing::Item::Kind;
    switch (item.kind) {
    case Kind::Polyline:
        return u"<polyline fill=\"none\" stroke=\"%1\" stroke-width=\"%2\" stroke-linejoin=\"round\" points=\"%3\"/>\n"_s
            .arg(color, placeText(item.width), pointsText(item.points));
    case Kind::Fill: {
        const QRectF place(item.points[0], item.points[1]);
        return u"<rect fill=\"%1\" x=\"%2\" y=\"%3\" width=\"%4\" height=\"%5\"/>\n"_s.arg(
            color, placeText(place.x()), placeText(place.y()), placeText(place.width()), placeText(place.height()));
    }
    case Kind::Text:
        return u"<text fill=\"%1\" font-size=\"%2\" x=\"%3\" y=\"%4\">"_s.arg(
                   color, placeText(fontPixels), placeText(item.points[0].x()), placeText(item.points[0].y())) +
               xmlText(item.text) + u"</text>\n"_s;
    case Kind::Marker: {
        const PlotDrawing::Shape shape = PlotDrawing::shapeOf(PlotDrawing::markerOf(item.style));
        QString text;
        for (const std::vector<QPointF> &line : shape.lines)
            text += u"<polyline fill=\"%1\" stroke=\"%2\" stroke-width=\"1.4\" points=\"%3\"/>\n"_s.arg(
                shape.isFilled ? color : u"none"_s, color, pointsText(line, item.points[0]));
        return text;
    }
    }
    return {};
}

} // namespace

Result<> PlotSvg::write(const PlotDrawing &drawing, const Look &look, QIODevice &out)
{
    const auto put = [&out](const QString &text) {
        const QByteArray bytes = text.toUtf8();
        return out.write(bytes) == bytes.size();
    };
    const QString wide = placeText(drawing.size.width());
    const QString tall = placeText(drawing.size.height());
    bool isWritten =
        put(u"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%1\" height=\"%2\" "
            "viewBox=\"0 0 %1 %2\" font-family=\"%3\">\n<title>"_s.arg(wide, tall, xmlText(look.fontFamily)) +
            xmlText(look.description) + u"</title>\n"_s);
    for (const PlotDrawing::Item &item : drawing.items)
        isWritten = isWritten && put(itemText(item, look.color(item.ink, item.style), look.fontPixels));
    isWritten = isWritten && put(u"</svg>\n"_s);
    return isWritten ? Result<>() : Error{out.errorString()};
}

} // namespace sockeye
