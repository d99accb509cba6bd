#pragma once

#include "widgets/timeline/TimelineScene.h"

#include <QObject>
#include <QPointer>

namespace sockeye {

/// Which part of a session a timeline shows, on which scale, and which range is selected in it. Requests from the model
/// what comes into view, and keeps the end of a live session in view. Knows no widget.
class TimelineViewport final : public QObject
{
    Q_OBJECT

public:
    explicit TimelineViewport(QObject *parent = nullptr);
    ~TimelineViewport() override;

    /// Not owned; null for none. Shows the whole session, with nothing selected.
    void setModel(TimelineModel *model, bool live);
    [[nodiscard]] TimelineModel *model() const { return m_model; }
    [[nodiscard]] const TimelineScene &scene() const { return m_scene; }
    /// Whether there is nothing to show: no model, or too little of a live session.
    [[nodiscard]] bool isEmpty() const { return m_scene.geometry.isEmpty(); }

    /// The left edge and the width that times are laid out on, in pixels.
    void setPlace(double left, double width);
    void setUnit(TimelineUnit unit);
    void setScale(TimelineScale scale);
    [[nodiscard]] TimelineScale scale() const { return m_scale; }
    void setSelection(const std::optional<TimeSpan> &range);
    /// The part of the session that the log shows.
    void setVisiblePart(const std::optional<TimeSpan> &part);
    /// Those of the last second; none unless a connection is open.
    void setRates(const std::optional<TimelineRates> &rates);
    void setPointed(const std::optional<TimeSpan> &bucket, bool onCross);
    void setFocus(bool focus);
    /// While it is held by the pointer it does not follow a live session.
    void setHeld(bool held) { m_held = held; }

    /// The range that holds the whole session. Not while it is empty.
    [[nodiscard]] TimeSpan whole() const;
    [[nodiscard]] bool showsWhole() const { return m_showsWhole; }
    // The following do nothing while it is empty.
    void showWhole();
    /// Shows the part that the log shows, with some of its surroundings.
    void showVisiblePart();
    void showRange(TimeSpan range);
    /// Multiplies the length of the range in view; `about` keeps its place.
    void zoom(double factor, Timestamp about);
    void pan(Nanoseconds by);

Q_SIGNALS:
    /// What is shown has changed and is to be painted again.
    void changed();

private:
    void takeModel();
    void followSession();
    void setRange(TimeSpan range, bool isWhole);
    void updateHeights();

    QPointer<TimelineModel> m_model;
    TimelineScene m_scene;
    TimelineScale m_scale = TimelineScale::Automatic;
    bool m_live = false;
    bool m_held = false;
    bool m_showsWhole = true;
    /// Whether the session's end was in view when the range was set; then it stays in view.
    bool m_atEnd = false;
};

} // namespace sockeye
