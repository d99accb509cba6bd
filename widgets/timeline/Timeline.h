#pragma once

#include "log/TimelineModel.h"
#include "widgets/timeline/TimelinePainter.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace sockeye {

/// The strip above the log: messages or bytes a second, received above the middle line, sent below it, with what
/// happened to connections on top. It shows the whole session, or a part that the wheel, the pointer and the keyboard
/// choose; a range of time that is dragged over is told, for the log to be filtered by it. Nothing is drawn before
/// there is a second of data; its height is always the same. It costs the same at a thousand and at ten million
/// entries.
///
/// Keys: Left and Right pan, + and - zoom, Home shows the whole session, with Shift the arrows choose a range (Ctrl:
/// in longer steps), Return shows it in the log, Escape takes it away.
class Timeline final : public QWidget
{
    Q_OBJECT
    /// What it shows, in words, for screen readers.
    Q_PROPERTY(QString sentence READ sentence)

public:
    using Unit = TimelineUnit;
    using Scale = TimelineScale;

    explicit Timeline(QWidget *parent = nullptr);
    ~Timeline() override;

    /// Not owned; null for none. A live session's end moves.
    void setTimelineModel(TimelineModel *model, bool live);
    [[nodiscard]] TimelineModel *timelineModel() const { return m_model; }

    void setUnit(Unit unit);
    [[nodiscard]] Unit unit() const { return m_scene.unit; }
    void setScale(Scale scale);
    [[nodiscard]] Scale scale() const { return m_scale; }

    /// The range that the log is filtered by; none for none. Tells nobody.
    void setTimeRange(const std::optional<TimeSpan> &range);
    [[nodiscard]] std::optional<TimeSpan> timeRange() const { return m_scene.selection; }
    /// The stretch that the log shows now.
    void setVisiblePart(const std::optional<TimeSpan> &part);

    void showWholeSession();
    /// Zooms to the stretch that the log shows, with some of its surroundings.
    void showVisiblePart();

    /// What is shown, and where.
    [[nodiscard]] const TimelineScene &scene() const { return m_scene; }
    [[nodiscard]] TimelinePainter::Places places() const { return TimelinePainter::places(rect(), font()); }
    [[nodiscard]] QString sentence() const;
    /// What stands at this place, in words: rates, an event, what the cross does.
    [[nodiscard]] QString textAt(QPoint point) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user chose this range.
    void timeRangeSelected(sockeye::Timestamp first, sockeye::Timestamp last);
    /// The user took the range away.
    void timeRangeCleared();
    /// The log is to show this time.
    void jumpRequested(sockeye::Timestamp time);
    void unitChanged(sockeye::TimelineUnit unit);
    void scaleChanged(sockeye::TimelineScale scale);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    enum class Drag : quint8 { None, Pressed, Selecting, Panning };

    // What is shown (Timeline.cpp)
    [[nodiscard]] bool isEmpty() const { return m_scene.geometry.isEmpty(); }
    [[nodiscard]] TimeSpan whole() const;
    void takeModel();
    void moveWithSession();
    void setRange(TimeSpan range, bool whole);
    void look();
    void updateHeights();
    [[nodiscard]] QString bucketText(const TimelineBucket &bucket) const;
    [[nodiscard]] QString spanText(TimeSpan span) const;
    [[nodiscard]] TimeSpan bucketSpanAt(Timestamp time) const;

    // What is done to it (TimelineEvents.cpp)
    [[nodiscard]] TimeSpan dragged(double x) const;
    void point(QPoint at);
    void zoom(double factor, Timestamp about);
    void pan(Nanoseconds by);
    void extend(int columns);
    void select(TimeSpan range);
    void clearSelection();
    void endDrag();

    QPointer<TimelineModel> m_model;
    TimelineScene m_scene;
    Scale m_scale = Scale::Automatic;
    bool m_live = false;
    bool m_isWhole = true;
    /// The end of a live session was in view, and so it stays.
    bool m_atEnd = false;

    Drag m_drag = Drag::None;
    QPointF m_pressed;
    TimeSpan m_rangeBefore;
    std::optional<TimeSpan> m_selectionBefore;
    /// The edge that the arrows move is the right one.
    bool m_movesLast = true;
    /// Pressed keys become one filter.
    QTimer m_told;
    /// A click waits for the second one, which means something else.
    QTimer m_click;
    Timestamp m_clicked;
};

} // namespace sockeye
