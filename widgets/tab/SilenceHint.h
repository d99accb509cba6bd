#pragma once

#include "connection/PeerSilence.h"
#include "connection/SessionStatus.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace sockeye {

class Banner;
class Clock;

/// Tells on a tab's banner that the peer has been silent for longer than is usual with it while nothing checks that it
/// is still there, and offers a ping. Goes with the next frame. Never takes the place of another message.
class SilenceHint final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it.
    SilenceHint(Banner &banner, const Clock &clock, QObject *parent = nullptr);

    /// `hasKeepalive` says whether pings are sent regularly: then there is nothing to tell.
    void follow(const SessionStatus &status, bool hasKeepalive);
    /// Tells if it is time; called by itself when it may be.
    void look();

Q_SIGNALS:
    void pingWanted();

private:
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool isShown() const;
    void withdraw();
    void wait();

    Banner &m_banner;
    const Clock &m_clock;
    PeerSilence m_silence;
    ConnectionId m_connection;
    qint64 m_bytes = 0;
    qint64 m_messages = 0;
    bool m_isWatching = false;
    /// The user has seen this silence.
    bool m_isDismissed = false;
    QString m_shown;
    QTimer m_pause;
};

} // namespace sockeye
