// What the pointer and the keyboard do to a Timeline; what it shows stands in Timeline.cpp.
#include "widgets/timeline/Timeline.h"

#include "widgets/controls/ToolTip.h"

#include <QActionGroup>
#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleHints>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;

namespace sockeye {

namespace {

constexpr double ZoomStep = 1.25;
constexpr double KeyZoomStep = 2;
/// A notch of the wheel, in eighths of a degree.
constexpr double Notch = 120;
/// The part of the range that an arrow key moves by.
constexpr int PanParts = 8;
constexpr int FastColumns = 10;

} // namespace

bool Timeline::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QToolTip::showText(help->globalPos(), plainToolTip(textAt(help->pos())), this);
    return true;
}

void Timeline::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event);
    QPainter painter(this);
    TimelinePainter(painter, theme::colors(palette()), font(), rect()).paint(m_scene);
}

void Timeline::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const QRectF plot = places().plot;
    m_scene.geometry.setPlace(plot.left(), plot.width());
    takeModel();
    if (!isEmpty())
        setRange(m_isWhole ? whole() : m_scene.geometry.range(), m_isWhole);
}

void Timeline::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    m_scene.hasFocus = true;
    update();
}

void Timeline::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    m_scene.hasFocus = false;
    update();
}

// Moving about

void Timeline::zoom(double factor, Timestamp about)
{
    if (isEmpty())
        return;
    const TimeSpan limits = whole();
    const TimeSpan range = m_scene.geometry.zoomed(factor, about, limits);
    setRange(range, range == limits);
}

void Timeline::pan(Nanoseconds by)
{
    if (isEmpty() || m_isWhole)
        return;
    setRange(m_scene.geometry.panned(by, whole()), false);
}

void Timeline::wheelEvent(QWheelEvent *event)
{
    event->accept();
    if (isEmpty())
        return;
    const QPoint turned = event->angleDelta();
    if (std::abs(turned.x()) > std::abs(turned.y())) {
        const double part = turned.x() / Notch / PanParts;
        pan(-Nanoseconds(qint64(part * double(m_scene.geometry.range().length().count()))));
        return;
    }
    zoom(std::pow(ZoomStep, -turned.y() / Notch), m_scene.geometry.timeAt(event->position().x()));
    point(event->position().toPoint());
}

// The pointer

/// The range between where the button was pressed and here, as fine as can be pointed at.
TimeSpan Timeline::dragged(double x) const
{
    const QRectF plot = places().plot;
    const Timestamp a = m_scene.geometry.timeAt(std::clamp(m_pressed.x(), plot.left(), plot.right()));
    const Timestamp b = m_scene.geometry.timeAt(std::clamp(x, plot.left(), plot.right()));
    const qint64 precision = m_scene.geometry.precision().count();
    const qint64 first = toNs(std::min(a, b)) / precision * precision;
    const qint64 last = (toNs(std::max(a, b)) + precision - 1) / precision * precision;
    return {timestampFromNs(first), timestampFromNs(last)};
}

void Timeline::point(QPoint at)
{
    const bool isKnown = !isEmpty() && m_scene.buckets && m_scene.buckets->width.count() > 0;
    const bool onCross = TimelinePainter::crossPlace(m_scene, places()).contains(at);
    m_scene.isCrossHovered = onCross;
    m_scene.pointed.reset();
    if (isKnown && !onCross && m_drag == Drag::None && places().plot.contains(at))
        m_scene.pointed = bucketSpanAt(m_scene.geometry.timeAt(at.x()));
    setCursor(onCross ? Qt::PointingHandCursor : m_drag == Drag::Panning ? Qt::ClosedHandCursor : Qt::ArrowCursor);
    update();
}

void Timeline::mousePressEvent(QMouseEvent *event)
{
    m_click.stop();
    if (isEmpty() || m_drag != Drag::None)
        return;
    m_pressed = event->position();
    m_rangeBefore = m_scene.geometry.range();
    m_selectionBefore = m_scene.selection;
    const bool panning = event->button() == Qt::MiddleButton ||
                         (event->button() == Qt::LeftButton && event->modifiers().testFlag(Qt::ShiftModifier));
    if (panning)
        m_drag = Drag::Panning;
    else if (event->button() == Qt::LeftButton)
        m_drag = Drag::Pressed;
    point(event->position().toPoint());
}

void Timeline::mouseMoveEvent(QMouseEvent *event)
{
    const double moved = event->position().x() - m_pressed.x();
    if (m_drag == Drag::Pressed && std::abs(moved) >= QApplication::startDragDistance()) {
        m_drag = Drag::Selecting;
        m_told.stop();
    }
    if (m_drag == Drag::Selecting) {
        m_scene.selection = dragged(event->position().x());
        QToolTip::showText(event->globalPosition().toPoint(), spanText(*m_scene.selection), this);
    } else if (m_drag == Drag::Panning && !m_isWhole) {
        TimelineGeometry before = m_scene.geometry;
        before.setRange(m_rangeBefore);
        setRange(before.panned(before.timeAt(m_pressed.x()) - before.timeAt(event->position().x()), whole()), false);
    }
    point(event->position().toPoint());
    if (m_drag == Drag::None && m_scene.pointed)
        QToolTip::showText(event->globalPosition().toPoint(), plainToolTip(textAt(event->position().toPoint())), this);
}

void Timeline::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag drag = m_drag;
    if (drag == Drag::None || (event->buttons() & (Qt::LeftButton | Qt::MiddleButton)))
        return;
    endDrag();
    if (drag == Drag::Selecting) {
        select(dragged(event->position().x()));
    } else if (drag == Drag::Pressed && TimelinePainter::crossPlace(m_scene, places()).contains(event->position())) {
        clearSelection();
    } else if (drag == Drag::Pressed) {
        m_clicked = m_scene.geometry.timeAt(event->position().x());
        // Where a second click would mean nothing there is nothing to wait for.
        m_click.start(m_isWhole ? 0 : QApplication::doubleClickInterval());
    }
    point(event->position().toPoint());
}

void Timeline::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_click.stop();
    if (event->button() != Qt::LeftButton)
        return;
    endDrag();
    showWholeSession();
}

void Timeline::endDrag()
{
    m_drag = Drag::None;
    unsetCursor();
}

void Timeline::leaveEvent(QEvent *event)
{
    QWidget::leaveEvent(event);
    m_scene.pointed.reset();
    m_scene.isCrossHovered = false;
    update();
}

void Timeline::select(TimeSpan range)
{
    m_told.stop();
    m_scene.selection = range;
    update();
    Q_EMIT timeRangeSelected(range.first, range.last);
}

void Timeline::clearSelection()
{
    m_told.stop();
    m_scene.selection.reset();
    update();
    Q_EMIT timeRangeCleared();
}

// The keyboard

/// Moves the edge that was moved last; without a range there is one now, in the middle.
void Timeline::extend(int columns)
{
    if (isEmpty() || !m_scene.buckets || m_scene.buckets->width.count() == 0)
        return;
    const TimeSpan range = m_scene.geometry.range();
    const Nanoseconds step = m_scene.buckets->width * columns;
    const bool isNew = !m_scene.selection;
    if (isNew) {
        const Timestamp middle = bucketSpanAt(range.first + range.length() / 2).first;
        m_scene.selection = TimeSpan{middle, middle};
        m_movesLast = columns > 0;
    }
    TimeSpan &chosen = *m_scene.selection;
    Timestamp &edge = m_movesLast ? chosen.last : chosen.first;
    edge = std::clamp(edge + step, whole().first, whole().last);
    if (chosen.last < chosen.first) {
        std::swap(chosen.first, chosen.last);
        m_movesLast = !m_movesLast;
    }
    // The edge that moves stays in view.
    const Timestamp moved = m_movesLast ? chosen.last : chosen.first;
    if (moved > range.last)
        pan(moved - range.last);
    else if (moved < range.first)
        pan(moved - range.first);
    m_told.start();
    update();
}

void Timeline::keyPressEvent(QKeyEvent *event)
{
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    const int columns = event->modifiers().testFlag(Qt::ControlModifier) ? FastColumns : 1;
    const TimeSpan range = m_scene.geometry.range();
    const Timestamp middle = range.first + range.length() / 2;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        const int way = event->key() == Qt::Key_Left ? -1 : 1;
        return shift ? extend(way * columns) : pan(range.length() / PanParts * way * columns);
    }
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(1 / KeyZoomStep, middle);
    case Qt::Key_Minus:
        return zoom(KeyZoomStep, middle);
    case Qt::Key_Home:
        return showWholeSession();
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!isEmpty())
            Q_EMIT jumpRequested(m_scene.selection ? m_scene.selection->first : middle);
        return;
    case Qt::Key_Escape:
        if (m_drag == Drag::Selecting) {
            m_scene.selection = m_selectionBefore;
            endDrag();
            return update();
        }
        if (m_scene.selection)
            return clearSelection();
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void Timeline::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto choice = [menu](QActionGroup *group, const QString &text, bool checked) {
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(checked);
        group->addAction(action);
        return action;
    };
    auto *units = new QActionGroup(menu);
    const auto addUnit = [this, &choice, units](const QString &text, Unit value) {
        connect(choice(units, text, m_scene.unit == value), &QAction::triggered, this,
                [this, value] { setUnit(value); });
    };
    addUnit(tr("&Messages per second"), Unit::Messages);
    addUnit(tr("&Bytes per second"), Unit::Bytes);
    menu->addSeparator();
    auto *scales = new QActionGroup(menu);
    const auto addScale = [this, &choice, scales](const QString &text, Scale value) {
        connect(choice(scales, text, m_scale == value), &QAction::triggered, this, [this, value] { setScale(value); });
    };
    addScale(tr("&Automatic scale"), Scale::Automatic);
    addScale(tr("&Linear scale"), Scale::Linear);
    addScale(tr("&Square root scale"), Scale::SquareRoot);
    menu->addSeparator();
    QAction *all = menu->addAction(tr("&Whole session") + QStringLiteral("\tHome"));
    all->setEnabled(!isEmpty() && !m_isWhole);
    connect(all, &QAction::triggered, this, &Timeline::showWholeSession);
    QAction *part = menu->addAction(tr("&What the log shows"));
    part->setEnabled(!isEmpty() && m_scene.visible.has_value());
    connect(part, &QAction::triggered, this, &Timeline::showVisiblePart);
    QAction *clear = menu->addAction(tr("&Clear the time range") + QStringLiteral("\tEsc"));
    clear->setEnabled(m_scene.selection.has_value());
    connect(clear, &QAction::triggered, this, &Timeline::clearSelection);
    menu->popup(event->globalPos());
}

} // namespace sockeye
