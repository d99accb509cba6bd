#include "widgets/timeline/TimelineLink.h"

#include "filter/TimeRangeTerm.h"
#include "log/LogModel.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/log/LogView.h"
#include "widgets/timeline/Timeline.h"

#include <QScrollBar>

#include <algorithm>

namespace sockeye {

TimelineLink::TimelineLink(Timeline &timeline, LogView &log, FilterBar &filter, QObject *parent)
    : QObject(parent)
    , m_timeline(timeline)
    , m_log(log)
    , m_filter(filter)
{
    connect(&m_pace, &Pace::due, this, &TimelineLink::takeVisiblePart);
    connect(m_log.verticalScrollBar(), &QScrollBar::valueChanged, &m_pace, &Pace::request);
    connect(m_log.verticalScrollBar(), &QScrollBar::rangeChanged, &m_pace, &Pace::request);
    connect(&m_filter, &FilterBar::applied, this, &TimelineLink::takeFilter);
    connect(&m_timeline, &Timeline::timeRangeSelected, this, [this](Timestamp first, Timestamp last) {
        take({first, last});
    });
    connect(&m_timeline, &Timeline::timeRangeCleared, this, [this] {
        setRange(std::nullopt);
        takeFilter();
    });
    connect(&m_filter, &FilterBar::choiceChanged, this, [this] {
        if (m_filter.filterMode() == FilterMode::Hide)
            takeFilter();
    });
    connect(&m_timeline, &Timeline::jumpRequested, this, &TimelineLink::jumpTo);
}

void TimelineLink::setTimelineModel(TimelineModel &model, bool live)
{
    m_timeline.setTimelineModel(&model, live);
    if (LogModel *log = m_log.logModel()) {
        connect(log, &LogModel::dataChanged, &m_pace, &Pace::request);
        connect(log, &LogModel::modelReset, &m_pace, &Pace::request);
    }
    takeFilter();
}

void TimelineLink::close()
{
    m_timeline.setTimelineModel(nullptr, false);
}

void TimelineLink::take(const TimeSpan &range)
{
    if (m_filter.filterMode() == FilterMode::Mark)
        goTo(range);
    else
        setRange(range);
}

void TimelineLink::setRange(const std::optional<TimeSpan> &range)
{
    // What is selected then follows from the filter (takeFilter): it may keep a range among alternatives.
    m_filter.setText(withTimeRange(m_filter.text(), range));
}

/// Selects the range that the filter names, whoever wrote it.
void TimelineLink::takeFilter()
{
    const EntryQuery query = m_filter.query();
    std::optional<TimeSpan> range;
    const std::optional<Timestamp> notBefore = query.notBefore();
    const std::optional<Timestamp> notAfter = query.notAfter();
    if (notBefore && notAfter && *notBefore < *notAfter)
        range = TimeSpan{*notBefore, *notAfter};
    m_timeline.setTimeRange(range);
}

void TimelineLink::goTo(const TimeSpan &range)
{
    m_timeline.setTimeRange(range);
    LogModel *log = m_log.logModel();
    if (!log)
        return;
    log->rowsInSpan(range, this, [this, log, range](const RowRanges &rows) {
        // Another stretch may have been chosen meanwhile.
        if (m_log.logModel() != log || m_timeline.timeRange() != range)
            return;
        if (rows.isEmpty())
            return jumpTo(range.first);
        const auto &[first, last] = rows.first();
        m_log.setFollowing(false);
        const QModelIndex begin = log->index(first.value(), 0);
        m_log.scrollTo(begin, LogView::PositionAtTop);
        m_log.setCurrentIndex(begin);
        const QItemSelection stretch(begin, log->index(last.value(), log->columnCount() - 1));
        m_log.selectionModel()->select(stretch, QItemSelectionModel::ClearAndSelect);
    });
}

void TimelineLink::jumpTo(Timestamp time)
{
    LogModel *log = m_log.logModel();
    if (!log)
        return;
    log->rowAtTime(time, this, [this, log](Row row) {
        if (row.value() < 0 || m_log.logModel() != log)
            return;
        m_log.setFollowing(false);
        const QModelIndex there = log->index(row.value(), 0);
        m_log.scrollTo(there, LogView::PositionAtCenter);
        m_log.setCurrentIndex(there);
    });
}

void TimelineLink::takeVisiblePart()
{
    const LogModel *log = m_log.logModel();
    const LogGeometry &rows = m_log.geometryOfRows();
    const auto at = [log](Row row) { return log->entry(log->entryAt(row)); };
    std::optional<TimeSpan> part;
    if (log && rows.rows() > 0) {
        const Row bottom = std::min(rows.lastVisible(), Row(log->rowCount() - 1));
        const Row top = std::clamp(rows.firstVisible(), Row(0), std::max(bottom, Row(0)));
        const Entry *first = at(top);
        const Entry *last = at(bottom);
        // The model tells when the rows are loaded.
        if (!first || !last)
            return;
        part = TimeSpan{first->time, std::max(first->time, last->time)};
    }
    m_timeline.setVisiblePart(part);
}

} // namespace sockeye
