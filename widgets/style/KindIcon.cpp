#include "widgets/style/KindIcon.h"

namespace sockeye {

namespace {

/// A part of the place, in sixteenths of it.
QRectF part(const QRectF &place, double left, double top, double width, double height)
{
    const double x = place.width() / 16;
    const double y = place.height() / 16;
    return QRectF(place.left() + left * x, place.top() + top * y, width * x, height * y);
}

/// Lines of writing.
QPainterPath lines(const QRectF &place)
{
    QPainterPath path;
    path.addRect(part(place, 1, 2, 14, 2));
    path.addRect(part(place, 1, 7, 14, 2));
    path.addRect(part(place, 1, 12, 9, 2));
    return path;
}

/// Bytes: blocks in two rows.
QPainterPath blocks(const QRectF &place)
{
    QPainterPath path;
    for (const double top : {2.0, 9.0}) {
        for (const double left : {1.0, 6.0, 11.0})
            path.addRect(part(place, left, top, 4, 5));
    }
    return path;
}

/// A ping's ring is empty, a pong's filled.
QPainterPath ring(const QRectF &place, bool isFilled)
{
    QPainterPath path;
    path.addEllipse(part(place, 2, 2, 12, 12));
    if (!isFilled)
        path.addEllipse(part(place, 4, 4, 8, 8));
    return path;
}

QPainterPath cross(const QRectF &place)
{
    QPainterPath line;
    line.addRect(part(place, -1, 7, 18, 2.4));
    const auto turned = [&](double degrees) {
        return QTransform()
            .translate(place.center().x(), place.center().y())
            .rotate(degrees)
            .translate(-place.center().x(), -place.center().y())
            .map(line);
    };
    return turned(45).united(turned(-45));
}

QPainterPath diamond(const QRectF &place)
{
    QPainterPath path;
    path.moveTo(place.center().x(), part(place, 0, 3, 0, 0).top());
    path.lineTo(part(place, 13, 0, 0, 0).left(), place.center().y());
    path.lineTo(place.center().x(), part(place, 0, 13, 0, 0).top());
    path.lineTo(part(place, 3, 0, 0, 0).left(), place.center().y());
    path.closeSubpath();
    return path;
}

/// A flash: bytes that keep to no rule.
QPainterPath flash(const QRectF &place)
{
    QPainterPath path;
    const auto at = [&place](double x, double y) { return part(place, x, y, 0, 0).topLeft(); };
    path.moveTo(at(10, 0));
    path.lineTo(at(3, 9));
    path.lineTo(at(7.5, 9));
    path.lineTo(at(6, 16));
    path.lineTo(at(13, 6.5));
    path.lineTo(at(8.5, 6.5));
    path.closeSubpath();
    return path;
}

} // namespace

QPainterPath kindIconPath(EntryKind kind, const QRectF &place)
{
    switch (kind) {
    case EntryKind::Text:
        return lines(place);
    case EntryKind::Binary:
        return blocks(place);
    case EntryKind::Ping:
        return ring(place, false);
    case EntryKind::Pong:
        return ring(place, true);
    case EntryKind::Close:
        return cross(place);
    case EntryKind::Raw:
        return flash(place);
    case EntryKind::Event:
        break;
    }
    return diamond(place);
}

} // namespace sockeye
