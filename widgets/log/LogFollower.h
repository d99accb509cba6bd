#pragma once

#include "base/StrongId.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

class QWidget;

namespace sockeye {

class LogModel;
class LogScroller;

/// Keeps the newest row in view while the log follows, and counts the rows that have come below the view since it
/// stopped. A row is shown only when it and those above it are loaded, so that a fast log never shows blank rows.
class LogFollower final : public QObject
{
    Q_OBJECT

public:
    /// `scroller` moves the rows of `view`, which is the parent.
    LogFollower(LogScroller &scroller, QWidget *view);

    /// Another log; null for none. Whether it follows stays as it is.
    void setLogModel(LogModel *log);
    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool following);
    /// How many rows have come since following stopped and are below the view.
    [[nodiscard]] qint64 newBelow() const;

    /// The rows have been reset: the row to show may not exist any more.
    void rowsReset();
    /// Shows the end as far as it is loaded, and requests the rest. Rows have come or have been loaded.
    void chaseEnd();
    /// Shows the end at once, if the log follows.
    void jumpToEnd();
    /// Scrolling up stops following, scrolling down to the end resumes it.
    void scrolledByUser(bool down);

Q_SIGNALS:
    void followingChanged(bool following);
    void newBelowChanged(qint64 rows);

private:
    [[nodiscard]] bool isLoadedUpTo(Row row) const;
    void setGoal(Row row);
    void updateNewBelow();

    LogScroller &m_scroller;
    const QWidget &m_view;
    QPointer<LogModel> m_log;
    bool m_isFollowing = true;
    /// The capture's last entry when following stopped.
    EntryId m_stoppedAt;
    qint64 m_newBelow = 0;
    /// The row to bring to the bottom as soon as it and those above it are loaded.
    Row m_goal{-1};
    /// A reader that takes longer than this must not stop the log from following.
    QTimer m_goalTimeout;
};

} // namespace sockeye
