#include "widgets/timeline/TimelineInput.h"

#include "widgets/controls/OutsideText.h"
#include "widgets/timeline/TimelineText.h"
#include "widgets/timeline/TimelineViewport.h"

#include <QApplication>
#include <QMouseEvent>
#include <QStyleHints>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace sockeye {

namespace {

constexpr auto KeyPause = std::chrono::milliseconds(300);
constexpr double ZoomStep = 1.25;
constexpr double KeyZoomStep = 2;
/// A notch of the wheel, in eighths of a degree.
constexpr double Notch = 120;
/// The part of the range that an arrow key moves by.
constexpr int PanParts = 8;
constexpr int FastColumns = 10;

} // namespace

TimelineInput::TimelineInput(QWidget &widget, TimelineViewport &viewport, QObject *parent)
    : QObject(parent)
    , m_widget(widget)
    , m_viewport(viewport)
{
    m_keyPause.setSingleShot(true);
    m_keyPause.setInterval(KeyPause);
    connect(&m_keyPause, &QTimer::timeout, this, [this] {
        if (const auto selection = m_viewport.scene().selection)
            Q_EMIT timeRangeSelected(selection->first, selection->last);
    });
    m_click.setSingleShot(true);
    connect(&m_click, &QTimer::timeout, this, [this] { Q_EMIT jumpRequested(m_clicked); });
}

TimelineInput::~TimelineInput() = default;

void TimelineInput::cancel()
{
    m_drag.release();
    m_viewport.setHeld(false);
    m_keyPause.stop();
    m_click.stop();
}

bool TimelineInput::isSelecting() const
{
    return m_drag.kind() == TimelineDrag::Kind::Selecting || m_keyPause.isActive();
}

void TimelineInput::clearSelection()
{
    m_keyPause.stop();
    m_viewport.setSelection(std::nullopt);
    Q_EMIT timeRangeCleared();
}

void TimelineInput::select(TimeSpan range)
{
    m_keyPause.stop();
    m_viewport.setSelection(range);
    Q_EMIT timeRangeSelected(range.first, range.last);
}

// The pointer

TimelinePainter::Places TimelineInput::places() const
{
    return TimelinePainter::places(m_widget.rect(), m_widget.font());
}

bool TimelineInput::isOnCross(const QPointF &point) const
{
    return TimelinePainter::crossPlace(m_viewport.scene(), places()).contains(point);
}

void TimelineInput::point(QPoint at)
{
    const TimelineScene &scene = m_viewport.scene();
    const bool onCross = isOnCross(at);
    std::optional<TimeSpan> bucket;
    if (scene.hasBuckets() && !onCross && !m_drag.isActive() && places().plot.contains(at))
        bucket = scene.bucketAt(scene.geometry.timeAt(at.x()));
    const bool isPanning = m_drag.kind() == TimelineDrag::Kind::Panning;
    m_widget.setCursor(onCross ? Qt::PointingHandCursor : isPanning ? Qt::ClosedHandCursor : Qt::ArrowCursor);
    m_viewport.setPointed(bucket, onCross);
}

void TimelineInput::wheel(const QWheelEvent &event)
{
    if (m_viewport.isEmpty())
        return;
    const TimelineGeometry &geometry = m_viewport.scene().geometry;
    const QPoint turned = event.angleDelta();
    if (std::abs(turned.x()) > std::abs(turned.y())) {
        const double part = turned.x() / Notch / PanParts;
        m_viewport.pan(-Nanoseconds(qint64(part * double(geometry.range().length().count()))));
        return;
    }
    m_viewport.zoom(std::pow(ZoomStep, -turned.y() / Notch), geometry.timeAt(event.position().x()));
    point(event.position().toPoint());
}

void TimelineInput::press(const QMouseEvent &event)
{
    m_click.stop();
    if (m_viewport.isEmpty() || m_drag.isActive())
        return;
    const bool isPanning = event.button() == Qt::MiddleButton ||
                           (event.button() == Qt::LeftButton && event.modifiers().testFlag(Qt::ShiftModifier));
    if (isPanning || event.button() == Qt::LeftButton) {
        const TimelineScene &scene = m_viewport.scene();
        m_drag.press(isPanning ? TimelineDrag::Kind::Panning : TimelineDrag::Kind::Pressed, event.position().x(),
                     scene.geometry.range(), scene.selection);
        m_viewport.setHeld(true);
    }
    point(event.position().toPoint());
}

void TimelineInput::move(const QMouseEvent &event)
{
    const double x = event.position().x();
    const QPoint at = event.position().toPoint();
    const QPoint onScreen = event.globalPosition().toPoint();
    const TimelineGeometry &geometry = m_viewport.scene().geometry;
    if (m_drag.startsSelecting(x, QApplication::startDragDistance()))
        m_keyPause.stop();
    if (m_drag.kind() == TimelineDrag::Kind::Selecting) {
        const TimeSpan selection = m_drag.selectedTo(x, geometry);
        m_viewport.setSelection(selection);
        QToolTip::showText(onScreen, TimelineText::spanText(selection), &m_widget);
    } else if (m_drag.kind() == TimelineDrag::Kind::Panning && !m_viewport.showsWhole()) {
        m_viewport.showRange(m_drag.pannedTo(x, geometry, m_viewport.whole()));
    }
    point(at);
    if (!m_drag.isActive() && m_viewport.scene().pointed)
        QToolTip::showText(onScreen, plainToolTip(TimelineText::textAt(m_viewport.scene(), places(), at)), &m_widget);
}

void TimelineInput::release(const QMouseEvent &event)
{
    const TimelineDrag::Kind drag = m_drag.kind();
    if (!m_drag.isActive() || (event.buttons() & (Qt::LeftButton | Qt::MiddleButton)))
        return;
    const TimelineGeometry &geometry = m_viewport.scene().geometry;
    const double x = event.position().x();
    endDrag();
    if (drag == TimelineDrag::Kind::Selecting) {
        select(m_drag.selectedTo(x, geometry));
    } else if (drag == TimelineDrag::Kind::Pressed && isOnCross(event.position())) {
        clearSelection();
    } else if (drag == TimelineDrag::Kind::Pressed) {
        m_clicked = geometry.timeAt(x);
        // A double click shows the whole session: there is nothing to wait for where that is shown already.
        m_click.start(m_viewport.showsWhole() ? 0 : QApplication::doubleClickInterval());
    }
    point(event.position().toPoint());
}

void TimelineInput::doubleClick(const QMouseEvent &event)
{
    m_click.stop();
    if (event.button() != Qt::LeftButton)
        return;
    endDrag();
    m_viewport.showWhole();
}

void TimelineInput::endDrag()
{
    m_drag.release();
    m_viewport.setHeld(false);
    m_widget.unsetCursor();
}

void TimelineInput::leave()
{
    m_viewport.setPointed(std::nullopt, false);
}

// The keyboard

void TimelineInput::extendSelection(int columns)
{
    const TimelineScene &scene = m_viewport.scene();
    if (!scene.hasBuckets())
        return;
    const TimeSpan range = scene.geometry.range();
    const Timestamp middle = scene.bucketAt(range.first + range.length() / 2).first;
    const TimeSpan selection = m_edge.move(scene.selection, scene.buckets->width * columns, middle, m_viewport.whole());
    m_viewport.setSelection(selection);
    // The edge that moves stays in view.
    const Timestamp moved = m_edge.of(selection);
    if (moved > range.last)
        m_viewport.pan(moved - range.last);
    else if (moved < range.first)
        m_viewport.pan(moved - range.first);
    m_keyPause.start();
}

bool TimelineInput::escape()
{
    if (m_drag.kind() == TimelineDrag::Kind::Selecting) {
        m_viewport.setSelection(m_drag.selectionBefore());
        endDrag();
        return true;
    }
    if (!m_viewport.scene().selection)
        return false;
    clearSelection();
    return true;
}

bool TimelineInput::key(const QKeyEvent &event)
{
    const bool shift = event.modifiers().testFlag(Qt::ShiftModifier);
    const int columns = event.modifiers().testFlag(Qt::ControlModifier) ? FastColumns : 1;
    const TimeSpan range = m_viewport.scene().geometry.range();
    const Timestamp middle = range.first + range.length() / 2;
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int way = event.key() == Qt::Key_Left ? -columns : columns;
        if (shift)
            extendSelection(way);
        else
            m_viewport.pan(range.length() / PanParts * way);
        return true;
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        m_viewport.zoom(1 / KeyZoomStep, middle);
        return true;
    case Qt::Key_Minus:
        m_viewport.zoom(KeyZoomStep, middle);
        return true;
    case Qt::Key_Home:
        m_viewport.showWhole();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_viewport.isEmpty()) {
            const auto &selection = m_viewport.scene().selection;
            Q_EMIT jumpRequested(selection ? selection->first : middle);
        }
        return true;
    case Qt::Key_Escape:
        return escape();
    default:
        return false;
    }
}

} // namespace sockeye
