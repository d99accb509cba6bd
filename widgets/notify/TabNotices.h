#pragma once

#include "connection/SessionStatus.h"
#include "notify/Notice.h"
#include "profiles/NotifyOptions.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>

namespace sockeye {

class Clock;
class ConnectionTab;
class FormatSet;
class MatchWatch;
class Recording;
struct Entry;

/// What the user is to be told of one tab, as its options say now: entries that come from when they were set, the ends
/// of its connection and its returns. While the user looks at the tab nothing is searched, and nothing told.
class TabNotices final : public QObject
{
    Q_OBJECT

public:
    /// Tells whether the user looks at the tab now.
    using Looked = std::function<bool(const ConnectionTab &)>;

    /// The clock outlives it.
    TabNotices(WatchedId id, ConnectionTab &tab, const Clock &clock, Looked isLookedAt, QObject *parent = nullptr);
    ~TabNotices() override;

    [[nodiscard]] WatchedId id() const { return m_id; }
    /// Null once the tab is gone.
    [[nodiscard]] ConnectionTab *tab() const { return m_tab; }
    /// Whether notices may come: the tab is connected, or about to be, and its options want some.
    [[nodiscard]] bool isReady() const;

Q_SIGNALS:
    void noticed(const sockeye::Notice &notice);
    /// Emitted when isReady() may have changed.
    void changed();

private:
    void followTab();
    void followRecording(const Recording *recording);
    void letGo();
    void watchMatches();
    void advance(EntryId last);
    void takeStatus();
    void takeMatched(qint64 count, const Entry &first);
    void tell(Notice notice);
    [[nodiscard]] bool isLookedAt() const { return m_isLookedAt(*m_tab); }

    WatchedId m_id;
    QPointer<ConnectionTab> m_tab;
    const Clock &m_clock;
    Looked m_isLookedAt;
    NotifyOptions m_options;
    std::shared_ptr<const FormatSet> m_formats;
    QPointer<const Recording> m_recording;
    SessionStatus::State m_state = SessionStatus::State::Idle;
    /// The connection was open at some time since it was dialled.
    bool m_wasOpen = false;
    /// A connection of this recording has ended: the next one that opens is a return.
    bool m_hasEnded = false;
    std::unique_ptr<MatchWatch> m_matches;
    /// Until it is tried again to read what failed.
    QTimer m_again;
};

} // namespace sockeye
