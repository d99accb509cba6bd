#include "widgets/tab/SilenceHint.h"

#include "base/Clock.h"
#include "widgets/controls/Banner.h"

#include <algorithm>

namespace sockeye {
namespace {

/// How often it says anew for how long.
constexpr std::chrono::seconds Step(10);

} // namespace

SilenceHint::SilenceHint(Banner &banner, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_banner(banner)
    , m_clock(clock)
{
    m_pause.setSingleShot(true);
    m_pause.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_pause, &QTimer::timeout, this, &SilenceHint::look);
    connect(&m_banner, &Banner::dismissed, this, [this] { m_isDismissed = m_isDismissed || !m_shown.isEmpty(); });
}

void SilenceHint::follow(const SessionStatus &status, bool hasKeepalive)
{
    const bool isWatching = status.state == SessionStatus::State::Open && !hasKeepalive;
    if (!isWatching) {
        m_isWatching = false;
        m_pause.stop();
        withdraw();
        return;
    }
    const Timestamp now = m_clock.now();
    if (!m_isWatching || m_connection != status.connection) {
        m_isWatching = true;
        m_connection = status.connection;
        m_silence.begin(now);
    } else if (status.bytesIn != m_bytes) {
        // Control frames are no messages.
        m_silence.heard(now, std::max<qint64>(status.messagesIn - m_messages, 1));
    } else {
        return;
    }
    m_bytes = status.bytesIn;
    m_messages = status.messagesIn;
    m_isDismissed = false;
    withdraw();
    if (!m_pause.isActive())
        wait();
}

void SilenceHint::look()
{
    if (!m_isWatching)
        return;
    if (m_silence.isUnusual(m_clock.now()) && !m_isDismissed) {
        if (isShown()) {
            m_shown = text();
            m_banner.amend(m_shown);
        } else if (m_banner.message().isEmpty()) {
            m_shown = text();
            m_banner.showOffer(Banner::Kind::Information, m_shown,
                               {tr("Ping now"), tr("Send a ping: a peer that is there answers with a pong"),
                                [this] { Q_EMIT pingWanted(); }});
        }
    }
    wait();
}

/// "The peer has been silent for 2 min, ..."
QString SilenceHint::text() const
{
    const auto silence = std::chrono::floor<std::chrono::seconds>(m_silence.duration(m_clock.now()));
    const auto minutes = std::chrono::floor<std::chrono::minutes>(silence);
    const QString time =
        minutes.count() > 0 ? tr("%1 min").arg(minutes.count()) : tr("%1 s").arg(static_cast<qint64>(silence.count()));
    return tr("The peer has been silent for %1, longer than usual. Keepalive is off, so nothing tells whether it is "
              "still there.")
        .arg(time);
}

bool SilenceHint::isShown() const
{
    return !m_shown.isEmpty() && m_banner.message() == m_shown;
}

void SilenceHint::withdraw()
{
    if (isShown())
        m_banner.dismiss();
    m_shown.clear();
}

/// Frames that come meanwhile change nothing here: a timer for each would cost more than a look too many.
void SilenceHint::wait()
{
    const auto left = m_silence.limit() - m_silence.duration(m_clock.now());
    const auto pause = std::max(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds(Step));
    // A timer holds 24 days.
    m_pause.start(std::min(pause, std::chrono::milliseconds(std::chrono::hours(24))));
}

} // namespace sockeye
