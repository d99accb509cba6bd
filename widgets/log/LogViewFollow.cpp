// The part of LogView that keeps the newest row in view. Rows and places are in LogView.cpp.
#include "widgets/log/LogView.h"

#include <algorithm>

namespace sockeye {

void LogView::setFollowing(bool following)
{
    if (m_following != following) {
        m_following = following;
        // Of the capture, not of what is shown of it: another filter shows others, but none of them is new.
        m_stoppedAt = m_log ? m_log->lastEntry() : EntryId();
        Q_EMIT followingChanged(following);
        updateNewBelow();
    }
    m_goal = Row(-1);
    m_goalTimeout.stop();
    chaseEnd();
}

qint64 LogView::newBelow() const
{
    if (m_following || !m_log || m_geometry.rows() == 0)
        return 0;
    const Row known = m_stoppedAt.value() > 0 ? m_log->rowOf(m_stoppedAt) : Row(-1);
    return std::max(lastRow() - std::max(known, m_geometry.lastVisible()), 0);
}

void LogView::updateNewBelow()
{
    // Stopped before there was anything: what comes first is not new.
    if (!m_following && m_log && m_stoppedAt.value() == 0)
        m_stoppedAt = m_log->lastEntry();
    const qint64 below = newBelow();
    if (below == m_newBelow)
        return;
    m_newBelow = below;
    Q_EMIT newBelowChanged(below);
}

bool LogView::isLoadedUpTo(Row row) const
{
    bool allLoaded = true;
    // No early end: asking is what gets a row loaded.
    for (Row at = std::max(row - m_geometry.rowsPerPage(), Row(0)); at <= row; ++at)
        allLoaded = m_log->data(rowIndex(at), LogModel::LoadedRole).toBool() && allLoaded;
    return allLoaded;
}

/// Brings the end into view as far as it is loaded, and asks for the rest.
void LogView::chaseEnd()
{
    if (!m_following || !m_log || m_geometry.rows() == 0)
        return;
    if (!isVisible())
        return jumpToEnd();
    for (bool moved = true; moved;) {
        moved = false;
        if (m_goal.value() < 0 && !m_geometry.isAtEnd()) {
            m_goal = lastRow();
            m_goalTimeout.start();
        }
        if (m_goal.value() >= 0 && isLoadedUpTo(m_goal)) {
            LogGeometry there = m_geometry;
            there.showRowAtBottom(m_goal);
            moved = m_goal < lastRow();
            m_goal = Row(-1);
            m_goalTimeout.stop();
            moveTo(there);
        }
    }
}

void LogView::jumpToEnd()
{
    m_goal = Row(-1);
    m_goalTimeout.stop();
    if (!m_following)
        return;
    LogGeometry end = m_geometry;
    end.setOffset(end.maxOffset());
    moveTo(end);
}

void LogView::scrolledByUser(bool down)
{
    if (!down)
        setFollowing(false);
    else if (m_geometry.isAtEnd())
        setFollowing(true);
}

} // namespace sockeye
