#pragma once

#include "connection/IdleTimer.h"
#include "connection/Redirect.h"
#include "connection/Session.h"
#include "connection/WireTap.h"
#include "wire/HttpAuthentication.h"

#include <QWebSocket>

#include <atomic>
#include <functional>
#include <vector>

namespace sockeye {

/// One attempt to connect and what came of it: the QWebSocket, its tap, and the record of both. Lives in the session's
/// thread from its creation to ended(), and is used for one attempt only.
class Connection final : public QObject, private WireTap::Listener
{
    Q_OBJECT

public:
    /// What may follow an end.
    enum class Next : quint8 {
        Any,
        Redirect, ///< SessionStatus::redirect is to be followed
        Answer,   ///< the peer wants to know who asks: the same again, with the answer that came with ended()
        Idle,     ///< we closed a silent connection: our code decides, whatever the peer has answered
        Nothing   ///< another attempt would fail in the same way
    };

    /// What has been answered to a peer that wants to know who asks (401, RFC 9110 section 11.6).
    struct Authorization
    {
        /// Of the header; empty for none.
        QByteArray value;
        /// How often it was answered since the address was first dialled.
        int answers = 0;
    };

    Connection(CaptureWriter &writer, const Clock &clock, Session::Options options);
    ~Connection() override;

    /// Dials the trail's latest URL.
    void open(const RedirectTrail &trail, const Endpoint &endpoint, const Authorization &authorization);
    void send(const Outgoing &message);
    void close(quint16 code, const QString &reason);
    void abort();
    /// Said by whoever has taken a status: before that, none follows that only counts on. Otherwise statuses would
    /// queue up without end in a thread that is slower than all its connections together. Thread-safe.
    void noteTaken() { m_isUntaken = false; }

Q_SIGNALS:
    void statusChanged(const sockeye::SessionStatus &status);
    /// The last signal; what it tells has been handed to the writer.
    void ended(const sockeye::SessionStatus &status, sockeye::Connection::Next next, const QByteArray &answer);

private:
    bool hasRoom() const override;
    void requestSent(const QByteArray &head) override;
    void replyReceived(const HttpHead &head, const HandshakeVerdict &verdict) override;
    void messagePassed(Message &&message) override;
    void rawPassed(Direction direction, const QByteArray &bytes, Timestamp time, const Findings &findings) override;

    [[nodiscard]] QString connectingText(const Endpoint &endpoint) const;
    void takeProxyNotice(const QString &notice);
    void takeUnsent(const Outgoing &message);
    void takeOpened();
    void takeRefusal(const HttpHead &head);
    void takeDemand(const HttpHead &head);
    void takeEnd(ConnectionEnd end);
    [[nodiscard]] EventKind endEvent(EndKind kind) const;
    [[nodiscard]] bool wantsEcho(const Message &message) const;
    void countCompression(const Message &message);
    void keepAlive();
    void closeIdle();
    void answerLater(std::function<void()> answer);
    void appendEvent(EventKind kind, const QString &text);
    void setState(SessionStatus::State state);
    void statusDirty();
    void publish();
    void publishProgress();

    CaptureWriter &m_writer;
    const Clock &m_clock;
    Session::Options m_options;
    QWebSocket m_socket;
    WireTap m_tap;
    ConnectionRecord m_record;
    RedirectTrail m_trail;
    /// Where a refused handshake redirects to, if it does.
    std::optional<RedirectStep> m_redirect;
    /// Who asks, and with what: for an answer to a 401.
    HttpCredentials m_credentials;
    ChallengedRequest m_asked;
    int m_answers = 0;
    /// The answer, and in words what was demanded; empty for none.
    QByteArray m_answer;
    QString m_demandText;
    SessionStatus m_status;
    QTimer m_publishTimer;
    std::atomic<bool> m_isUntaken{false};
    IdleTimer m_idleTimer;
    std::chrono::milliseconds m_idleTimeout{0};
    bool m_closedIdle = false;
    QTimer m_keepaliveTimer;
    KeepalivePolicy m_keepalive;
    int m_keepaliveId = 0;
    /// Pings of the keepalive since the latest pong that answered a ping of ours.
    int m_unansweredPings = 0;
    /// What is to be done about messages that came right behind the peer's reply, once QWebSocket is open too: it
    /// learns of the reply a moment later.
    std::vector<std::function<void()>> m_whenOpened;
};

} // namespace sockeye
