#include "widgets/notify/TabNotices.h"

#include "base/Clock.h"
#include "document/Recording.h"
#include "filter/Filter.h"
#include "notify/MatchWatch.h"
#include "notify/NoticeText.h"
#include "requests/RequestDecoding.h"
#include "secrets/SecretMasker.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/StateWords.h"

#include <utility>

namespace sockeye {
namespace {

constexpr std::chrono::seconds FailurePause{5};

} // namespace

TabNotices::TabNotices(WatchedId id, ConnectionTab &tab, const Clock &clock, Looked isLookedAt, QObject *parent)
    : QObject(parent)
    , m_id(id)
    , m_tab(&tab)
    , m_clock(clock)
    , m_isLookedAt(std::move(isLookedAt))
{
    m_again.setSingleShot(true);
    m_again.setInterval(FailurePause);
    connect(&m_again, &QTimer::timeout, this, &TabNotices::watchMatches);
    connect(&tab, &ConnectionTab::changed, this, &TabNotices::followTab);
    connect(&tab, &ConnectionTab::recordingLeft, this, &TabNotices::letGo);
    followTab();
}

TabNotices::~TabNotices() = default;

bool TabNotices::isReady() const
{
    return m_tab && m_recording && (m_options.ends || m_options.returns || m_matches) && m_tab->isActive();
}

void TabNotices::followTab()
{
    const bool isOther = m_options.filter != m_tab->notifyOptions().filter || m_formats != m_tab->formats();
    m_options = m_tab->notifyOptions();
    m_formats = m_tab->formats();
    if (m_recording != m_tab->recording())
        followRecording(m_tab->recording());
    else if (isOther)
        watchMatches();
    Q_EMIT changed();
}

void TabNotices::followRecording(const Recording *recording)
{
    letGo();
    m_recording = recording;
    if (!recording)
        return;
    connect(recording, &Recording::advanced, this, &TabNotices::advance);
    connect(&recording->session(), &Session::statusChanged, this, &TabNotices::takeStatus);
    watchMatches();
    takeStatus();
}

/// What is read must not keep the recording from being finished.
void TabNotices::letGo()
{
    m_matches.reset();
    m_again.stop();
    if (m_recording) {
        disconnect(m_recording.data(), nullptr, this, nullptr);
        disconnect(&m_recording->session(), nullptr, this, nullptr);
    }
    m_recording = nullptr;
    m_state = SessionStatus::State::Idle;
    m_wasOpen = false;
    m_hasEnded = false;
}

/// From now on, with the filter as it is now.
void TabNotices::watchMatches()
{
    m_matches.reset();
    m_again.stop();
    const auto parsed = parseFilter(m_options.filter);
    // What cannot be understood is told where it is edited.
    const auto *query = std::get_if<EntryQuery>(&parsed);
    if (!m_recording || m_options.filter.isEmpty() || !query)
        return;
    m_matches =
        std::make_unique<MatchWatch>(m_recording->path(), withRequests(*query, m_formats), m_recording->committed());
    connect(m_matches.get(), &MatchWatch::matched, this, &TabNotices::takeMatched);
    // What could not be read now may be read later, when there are file descriptors again for one.
    connect(m_matches.get(), &MatchWatch::failed, &m_again, qOverload<>(&QTimer::start));
}

void TabNotices::advance(EntryId last)
{
    if (!m_matches)
        return;
    if (isLookedAt())
        m_matches->skipTo(last);
    else
        m_matches->advanceTo(last);
}

void TabNotices::takeStatus()
{
    using State = SessionStatus::State;
    const SessionStatus &status = m_recording->session().status();
    const State before = std::exchange(m_state, status.state);
    if (before == status.state)
        return;
    if (status.state == State::Open) {
        m_wasOpen = true;
        if (m_hasEnded && m_options.returns)
            tell({.kind = Notice::Kind::Returned, .time = m_clock.now()});
        return;
    }
    const bool isAttempt = before == State::Connecting && status.state == State::Waiting;
    const bool hasEnded = status.state == State::Closed || status.state == State::Waiting;
    // Called off while it waited: the user knows.
    if (!hasEnded || before == State::Waiting || before == State::Idle)
        return;
    m_hasEnded = true;
    // Of attempts to come back, only that there will be no more is worth a notice.
    if (!std::exchange(m_wasOpen, false) && isAttempt)
        return;
    if (!m_options.ends)
        return;
    const QString end = status.endText.isEmpty() ? StateWords::of(status) : status.endText;
    tell({.kind = Notice::Kind::Ended, .time = m_clock.now(), .text = maskSecretsInText(end)});
}

void TabNotices::takeMatched(qint64 count, const Entry &first)
{
    tell({.kind = Notice::Kind::Matched,
          .count = count,
          .time = m_clock.now(),
          .entry = first.id,
          .text = NoticeText::preview(first)});
}

void TabNotices::tell(Notice notice)
{
    if (!m_tab || isLookedAt())
        return;
    notice.connection = m_id;
    notice.name = m_tab->title();
    Q_EMIT noticed(notice);
}

} // namespace sockeye
