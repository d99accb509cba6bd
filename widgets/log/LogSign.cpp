#include "widgets/log/LogSign.h"

#include "wire/CloseCode.h"

#include <QPainterPathStroker>

#include <algorithm>

namespace sockeye {

namespace {

/// Whether the peer says that something went wrong. What we send is somebody's choice, or the answer to that.
bool isPeersError(const Entry &entry, std::optional<Severity> end)
{
    // An answer repeats our own code: the end knows which of the two came first.
    return entry.kind == EntryKind::Close && entry.direction == Direction::In &&
           isErrorCloseCode(parseCloseBody(entry.head).code) && end != Severity::Note;
}

Severity eventSeverity(const Entry &entry, std::optional<Severity> end)
{
    switch (entry.event) {
    case EventKind::Failed:
        return Severity::Error;
    case EventKind::Broken:
        return end.value_or(Severity::Warning);
    case EventKind::Closed:
        return end.value_or(Severity::Note);
    default:
        return Severity::Note;
    }
}

QPainterPath triangle(const QRectF &place)
{
    QPainterPath path;
    path.moveTo(place.center().x(), place.top());
    path.lineTo(place.bottomRight());
    path.lineTo(place.bottomLeft());
    path.closeSubpath();
    return path;
}

/// The stroke of an exclamation mark, or of an i where it is turned upside down.
QPainterPath mark(const QRectF &place, bool dotBelow)
{
    const double stroke = place.height() / 7;
    const double left = place.center().x() - stroke / 2;
    QPainterPath path;
    if (dotBelow) {
        path.addRect(QRectF(left, place.top() + place.height() * 0.36, stroke, place.height() * 0.3));
        path.addRect(QRectF(left, place.top() + place.height() * 0.76, stroke, stroke));
    } else {
        path.addRect(QRectF(left, place.top() + place.height() * 0.24, stroke, stroke));
        path.addRect(QRectF(left, place.top() + place.height() * 0.44, stroke, place.height() * 0.34));
    }
    return path;
}

QPainterPath outline(const QPainterPath &path, double width)
{
    QPainterPathStroker stroker;
    stroker.setWidth(width);
    stroker.setJoinStyle(Qt::RoundJoin);
    return stroker.createStroke(path).simplified();
}

/// An arrow up and then to the right.
QPainterPath arrow(const QRectF &place)
{
    const double width = place.height() / 6;
    const QPointF tip(place.right(), place.top() + place.height() * 0.35);
    QPainterPath line;
    line.moveTo(place.left() + width, place.bottom());
    line.lineTo(place.left() + width, tip.y());
    line.lineTo(tip.x() - width, tip.y());
    QPainterPath head;
    head.moveTo(tip.x() - place.width() * 0.35, place.top());
    head.lineTo(tip);
    head.lineTo(tip.x() - place.width() * 0.35, place.top() + place.height() * 0.7);
    head.closeSubpath();
    return outline(line, width).united(head);
}

} // namespace

Severity severityOf(const Entry &entry, std::optional<Severity> end)
{
    const Severity findings = entry.findingCount > 0 ? entry.severity : Severity::Note;
    const Severity close = isPeersError(entry, end) ? Severity::Warning : Severity::Note;
    return std::max({findings, close, eventSeverity(entry, end)});
}

LogSign signOf(const Entry &entry, std::optional<Severity> end)
{
    switch (severityOf(entry, end)) {
    case Severity::Error:
        return LogSign::Trouble;
    case Severity::Warning:
        return LogSign::Warning;
    case Severity::Note:
        break;
    }
    if (entry.findingCount > 0)
        return LogSign::Note;
    return entry.event == EventKind::Redirect ? LogSign::Redirect : LogSign::None;
}

/// The signs are drawn, because fonts show characters such as U+26A0 in colour, as a box, or not at all.
QPainterPath signPath(LogSign sign, const QRectF &place)
{
    const double width = place.height() / 8;
    const QRectF inner = place.adjusted(width / 2, width / 2, -width / 2, -width / 2);
    switch (sign) {
    case LogSign::Trouble:
        return triangle(place) - mark(place, true);
    case LogSign::Warning:
        return outline(triangle(inner), width).united(mark(place, true));
    case LogSign::Note: {
        QPainterPath circle;
        circle.addEllipse(inner.center(), inner.height() / 2, inner.height() / 2);
        return outline(circle, width).united(mark(place, false));
    }
    case LogSign::Redirect:
        return arrow(place);
    case LogSign::None:
        break;
    }
    return {};
}

QColor signColor(LogSign sign, const ThemeColors &colors)
{
    switch (sign) {
    case LogSign::Trouble:
        return colors.error;
    case LogSign::Warning:
        return colors.warning;
    case LogSign::Redirect:
        return colors.control;
    case LogSign::Note:
    case LogSign::None:
        break;
    }
    return colors.dimText;
}

} // namespace sockeye
