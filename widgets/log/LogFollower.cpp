#include "widgets/log/LogFollower.h"

#include "log/LogModel.h"
#include "widgets/log/LogScroller.h"

#include <QWidget>

#include <algorithm>
#include <chrono>

namespace sockeye {

namespace {

constexpr auto GoalTimeout = std::chrono::milliseconds(100);

} // namespace

LogFollower::LogFollower(LogScroller &scroller, QWidget *view)
    : QObject(view)
    , m_scroller(scroller)
    , m_view(*view)
{
    m_goalTimeout.setSingleShot(true);
    m_goalTimeout.setInterval(GoalTimeout);
    connect(&m_goalTimeout, &QTimer::timeout, this, &LogFollower::jumpToEnd);
    connect(&scroller, &LogScroller::synced, this, &LogFollower::updateNewBelow);
}

void LogFollower::setLogModel(LogModel *log)
{
    m_log = log;
    m_goal = Row(-1);
    m_stoppedAt = {};
}

void LogFollower::setFollowing(bool following)
{
    if (m_isFollowing != following) {
        m_isFollowing = following;
        // An entry of the capture, not of the shown rows: another filter shows other entries, but none of them is new.
        m_stoppedAt = m_log ? m_log->lastEntry() : EntryId();
        Q_EMIT followingChanged(following);
        updateNewBelow();
    }
    setGoal(Row(-1));
    chaseEnd();
}

qint64 LogFollower::newBelow() const
{
    if (m_isFollowing || !m_log || m_scroller.geometry().rows() == 0)
        return 0;
    const Row known = m_stoppedAt.value() > 0 ? m_log->rowOf(m_stoppedAt) : Row(-1);
    return std::max(m_scroller.lastRow() - std::max(known, m_scroller.geometry().lastVisible()), 0);
}

void LogFollower::updateNewBelow()
{
    // If following stopped before there was any entry, the first ones are not new.
    if (!m_isFollowing && m_log && m_stoppedAt.value() == 0)
        m_stoppedAt = m_log->lastEntry();
    const qint64 below = newBelow();
    if (below == m_newBelow)
        return;
    m_newBelow = below;
    Q_EMIT newBelowChanged(below);
}

void LogFollower::rowsReset()
{
    m_goal = Row(-1);
}

bool LogFollower::isLoadedUpTo(Row row) const
{
    bool allLoaded = true;
    // The loop does not end early, because asking is what gets a row loaded.
    for (Row at = std::max(row - m_scroller.geometry().rowsPerPage(), Row(0)); at <= row; ++at)
        allLoaded = m_log->data(m_log->index(at.value(), 0), LogModel::LoadedRole).toBool() && allLoaded;
    return allLoaded;
}

void LogFollower::setGoal(Row row)
{
    m_goal = row;
    if (row.value() < 0)
        m_goalTimeout.stop();
    else
        m_goalTimeout.start();
}

void LogFollower::chaseEnd()
{
    if (!m_isFollowing || !m_log || m_scroller.geometry().rows() == 0)
        return;
    if (!m_view.isVisible())
        return jumpToEnd();
    for (bool moved = true; moved;) {
        moved = false;
        if (m_goal.value() < 0 && !m_scroller.geometry().isAtEnd())
            setGoal(m_scroller.lastRow());
        if (m_goal.value() >= 0 && isLoadedUpTo(m_goal)) {
            const Row goal = m_goal;
            moved = goal < m_scroller.lastRow();
            setGoal(Row(-1));
            m_scroller.showAtBottom(goal);
        }
    }
}

void LogFollower::jumpToEnd()
{
    setGoal(Row(-1));
    if (m_isFollowing)
        m_scroller.showEnd();
}

void LogFollower::scrolledByUser(bool down)
{
    if (!down)
        setFollowing(false);
    else if (m_scroller.geometry().isAtEnd())
        setFollowing(true);
}

} // namespace sockeye
