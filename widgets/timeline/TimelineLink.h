#pragma once

#include "base/Pace.h"
#include "record/TimelineBucket.h"

#include <QObject>

#include <optional>

namespace sockeye {

class FilterBar;
class LogView;
class Timeline;
class TimelineModel;

/// Ties a timeline to the log below it and the filter between them: a selected range of time becomes a term of the
/// filter and the filter's range shows in the timeline, a click goes there in the log, and what the log shows is
/// marked. Where the filter marks instead of hiding, the log goes to a selected range and selects its rows, and the
/// filter stays. The widgets outlive it.
class TimelineLink final : public QObject
{
    Q_OBJECT

public:
    TimelineLink(Timeline &timeline, LogView &log, FilterBar &filter, QObject *parent = nullptr);

    /// Shows the timeline of the capture whose log is shown; not owned. A live one's end moves.
    void setTimelineModel(TimelineModel &model, bool live);
    /// Shows no timeline.
    void close();

private:
    void take(const TimeSpan &range);
    void setRange(const std::optional<TimeSpan> &range);
    void goTo(const TimeSpan &range);
    void takeFilter();
    void jumpTo(Timestamp time);
    void takeVisiblePart();

    Timeline &m_timeline;
    LogView &m_log;
    FilterBar &m_filter;
    /// When the part that the log shows is marked.
    Pace m_pace{Pace::Figures};
};

} // namespace sockeye
