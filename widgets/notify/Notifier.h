#pragma once

#include "notify/NoticePace.h"
#include "widgets/notify/NoticePresenter.h"
#include "widgets/notify/TabNotices.h"
#include "widgets/tab/ConnectionTab.h"

#include <QTimer>

#include <memory>
#include <vector>

namespace sockeye {

/// Tells the user of what the tabs' options want to be told of, while the user looks elsewhere: never more than one
/// notice in five seconds over the whole program. A tab that something was told of has a mark until it is looked at.
class Notifier final : public QObject
{
    Q_OBJECT

public:
    using Looked = TabNotices::Looked;

    /// The clock outlives it.
    Notifier(std::unique_ptr<NoticePresenter> presenter, const Clock &clock, Looked isLookedAt = isInFront,
             Nanoseconds pause = NoticePace::Pause);
    ~Notifier() override;

    /// Until the tab is gone.
    void watch(ConnectionTab *tab);
    /// The user has come back to the program or gone to another tab.
    void look();
    /// The tab is shown in a window of the program that has the focus.
    [[nodiscard]] static bool isInFront(const ConnectionTab &tab);

Q_SIGNALS:
    /// Emitted when the user wants to see what the latest notice was about: the tab, and the entry if it was one.
    void wanted(sockeye::ConnectionTab *tab, sockeye::EntryId entry);

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    void take(const Notice &notice);
    void showDue();
    void showWanted();
    void update();
    [[nodiscard]] ConnectionTab *tabOf(WatchedId id) const;

    std::unique_ptr<NoticePresenter> m_presenter;
    const Clock &m_clock;
    Looked m_isLookedAt;
    NoticePace m_pace;
    QTimer m_due;
    std::vector<std::unique_ptr<TabNotices>> m_watched;
    WatchedId m_lastId;
    /// What the latest notice was about most.
    Notice m_shown;
    bool m_isReady = false;
};

} // namespace sockeye
