#pragma once

#include "widgets/timeline/TimelineInput.h"
#include "widgets/timeline/TimelinePainter.h"
#include "widgets/timeline/TimelineViewport.h"

#include <QWidget>

namespace sockeye {

/// The strip above the log: messages or bytes a second, received above the middle line, sent below it, with the events
/// of connections on top. It shows the whole session, or a part that the wheel, the pointer and the keyboard choose; a
/// range of time that is selected is told, for the log to be filtered by it. Nothing is drawn before there is a second
/// of data; its height is always the same. It costs the same at a thousand and at ten million entries.
///
/// TimelineViewport holds what is shown, TimelineInput does what the pointer and the keys ask for, TimelinePainter
/// paints; this class is the widget around them.
///
/// Keys: Left and Right pan, + and - zoom, Home shows the whole session, with Shift the arrows choose a range (Ctrl:
/// in longer steps), Return shows it in the log, Escape clears it.
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

    /// Not owned; null for none. `live`: the session grows.
    void setTimelineModel(TimelineModel *model, bool live);
    [[nodiscard]] TimelineModel *timelineModel() const { return m_viewport.model(); }

    void setUnit(Unit unit);
    [[nodiscard]] Unit unit() const { return scene().unit; }
    void setScale(Scale scale);
    [[nodiscard]] Scale scale() const { return m_viewport.scale(); }

    /// The range that the log is filtered by; none for none. Emits nothing.
    void setTimeRange(const std::optional<TimeSpan> &range);
    [[nodiscard]] std::optional<TimeSpan> timeRange() const { return scene().selection; }
    /// The part of the session that the log shows.
    void setVisiblePart(const std::optional<TimeSpan> &part);

    /// What is written beside the bars: the rates of the last second of an open connection; none without one.
    void setRates(const std::optional<TimelineRates> &rates);

    void showWholeSession();
    /// Zooms to the part that the log shows, with some of its surroundings.
    void showVisiblePart();

    [[nodiscard]] const TimelineScene &scene() const { return m_viewport.scene(); }
    [[nodiscard]] bool showsWholeSession() const { return m_viewport.showsWhole(); }
    [[nodiscard]] TimelinePainter::Places places() const { return TimelinePainter::places(rect(), font()); }
    [[nodiscard]] QString sentence() const;
    /// What is at this place, in words: rates, an event, what the cross does.
    [[nodiscard]] QString textAt(QPoint point) const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Emitted when what it shows, or would show if it were not hidden, has changed.
    void changed();
    /// The user selected this range.
    void timeRangeSelected(sockeye::Timestamp first, sockeye::Timestamp last);
    /// The user cleared the range.
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
    TimelineViewport m_viewport;
    TimelineInput m_input;
};

} // namespace sockeye
