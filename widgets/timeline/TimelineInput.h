#pragma once

#include "widgets/timeline/TimelineDrag.h"
#include "widgets/timeline/TimelineEdge.h"
#include "widgets/timeline/TimelinePainter.h"

#include <QObject>
#include <QTimer>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace sockeye {

class TimelineViewport;

/// What the pointer, the wheel and the keys do to a timeline. The widget forwards its events.
class TimelineInput final : public QObject
{
    Q_OBJECT

public:
    /// The widget and the viewport outlive this object.
    TimelineInput(QWidget &widget, TimelineViewport &viewport, QObject *parent = nullptr);
    ~TimelineInput() override;

    /// Drops whatever is under way: a drag, a range that is not told yet, a click.
    void cancel();
    /// Whether a range is being selected that has not been told yet.
    [[nodiscard]] bool isSelecting() const;
    /// Clears the selection, and tells.
    void clearSelection();

    void wheel(const QWheelEvent &event);
    void press(const QMouseEvent &event);
    void move(const QMouseEvent &event);
    void release(const QMouseEvent &event);
    void doubleClick(const QMouseEvent &event);
    void leave();
    /// Whether the key does something here.
    [[nodiscard]] bool key(const QKeyEvent &event);

Q_SIGNALS:
    void timeRangeSelected(sockeye::Timestamp first, sockeye::Timestamp last);
    void timeRangeCleared();
    void jumpRequested(sockeye::Timestamp time);

private:
    [[nodiscard]] TimelinePainter::Places places() const;
    [[nodiscard]] bool isOnCross(const QPointF &point) const;
    void point(QPoint at);
    void select(TimeSpan range);
    void endDrag();
    void extendSelection(int columns);
    [[nodiscard]] bool escape();

    QWidget &m_widget;
    TimelineViewport &m_viewport;
    TimelineDrag m_drag;
    TimelineEdge m_edge;
    /// Runs while keys select a range: it is told once they rest, so that their steps become one filter.
    QTimer m_keyPause;
    /// Runs after a click, which may be the first of a double click.
    QTimer m_click;
    Timestamp m_clicked;
};

} // namespace sockeye
