#pragma once

#include "base/Clock.h"
#include "endpoint/Endpoint.h"
#include "endpoint/Target.h"
#include "proxy/ProxyRoute.h"
#include "record/ConnectionRecord.h"
#include "tls/ServerCheck.h"

#include <QTcpSocket>
#include <QTimer>

#include <memory>

class QSslSocket;

namespace sockeye {

class ProxyTunnel;

/// The outer end of the tap: dials the peer over TCP or TLS, through a proxy where one is set, or over a Unix domain
/// socket, and times each phase.
class PeerLink final : public QObject
{
    Q_OBJECT

public:
    /// The step of dialling that is under way.
    enum class Phase : quint8 {
        Resolving,
        Connecting,
        Tunnelling, ///< the proxy is asked to let us through
        Encrypting,
        Ready
    };

    explicit PeerLink(const Clock &clock, QObject *parent = nullptr);
    ~PeerLink() override;

    /// Errors of the options themselves (a CA file that cannot be read, a proxy that is no URL, a socket that is not
    /// there); nothing is dialled then.
    [[nodiscard]] Result<> dial(const WebSocketUrl &url, const Endpoint &endpoint);
    /// Nothing is dialled and told of any more.
    void giveUp();

    [[nodiscard]] QTcpSocket *socket() const { return m_socket; }
    /// Bytes handed to the link that TCP has not taken yet; under TLS those too that are encrypted already.
    [[nodiscard]] qint64 backlog() const;
    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const PhaseTimings &timings() const { return m_timings; }
    /// Facts of an encrypted link; version empty for plain TCP. Of a refused certificate too: its chain and what is
    /// wrong with it.
    [[nodiscard]] const TlsFacts &tlsFacts() const { return m_tls; }
    /// What is to be said of a certificate that was accepted, as a check of the handshake; most often nothing.
    [[nodiscard]] QList<HandshakeCheck> certificateChecks() const;
    /// What was asked of an HTTP proxy on the way so far.
    [[nodiscard]] QList<ProxyStep> proxySteps() const;
    /// Whether it was the proxy that did not let us through, though it was reached; or that had not answered yet.
    [[nodiscard]] bool endedAtProxy() const { return m_tunnelRefused || m_phase == Phase::Tunnelling; }
    /// "203.0.113.7:443", or the path of a Unix domain socket; empty until connected, and for a name behind a proxy.
    [[nodiscard]] QString peerAddress() const;
    /// "the name resolution of example.com", "TCP to example.com:443", ...: what a timeout was waiting for.
    [[nodiscard]] QString phaseText() const;
    /// The TLS alert with which the peer refused us after all, explained; empty if it did not. In TLS 1.3 the handshake
    /// is over before the peer looks at the client's certificate.
    [[nodiscard]] QString alertText() const;
    /// Whether the next attempt could only fail in the same way: an option that cannot be used, a certificate that is
    /// not trusted.
    [[nodiscard]] bool wouldFailAgain() const { return m_wouldFailAgain; }

Q_SIGNALS:
    void phaseChanged();
    /// A proxy was asked or has answered, in a sentence for the log; proxySteps() are up to date.
    void proxyNoticed(const QString &notice);
    /// Bytes can be exchanged.
    void ready();
    /// TCP has taken some of the backlog.
    void bytesTaken();
    /// The link could not be made; `message` is a sentence for people.
    void failed(const QString &message);

private:
    [[nodiscard]] Result<> dialUnixSocket();
    [[nodiscard]] Result<> dialTcp(const WebSocketUrl &url, const Endpoint &endpoint);
    [[nodiscard]] Result<> configure(const WebSocketUrl &url, const Endpoint &endpoint);
    void prepareTls(QSslSocket *socket);
    void connectToProxy();
    void askProxy();
    void sendToProxy();
    void readProxy();
    /// `event`: a ProxyTunnel::Event.
    void takeTunnelEvent(int event);
    void tunnelOpened();
    void tellNotices();
    void fail(const QString &message);
    void setPhase(Phase phase);
    void judgeCertificate(const QList<QSslError> &errors);
    void takeEncrypted();
    void takeTlsFacts();
    void takeError(QAbstractSocket::SocketError error);
    [[nodiscard]] bool isCertificateRefused() const { return m_verdict && !m_verdict->accepted; }
    [[nodiscard]] QString errorText(QAbstractSocket::SocketError error) const;
    [[nodiscard]] QString notFoundText() const;
    [[nodiscard]] QString tlsErrorText() const;
    [[nodiscard]] QString certificateErrorText() const;
    /// "203.0.113.7:443", and whose place that takes.
    [[nodiscard]] QString targetName() const;

    const Clock &m_clock;
    QTcpSocket *m_socket = nullptr;
    Target m_target;
    IpPreference m_preference = IpPreference::Any;
    TlsOptions m_options;
    /// The name that is asked for in TLS, and that the certificate must be for.
    QString m_expectedName;
    ServerCheck m_check;
    /// Of the peer's certificate, once it has come.
    std::optional<ServerCheck::Verdict> m_verdict;
    QString m_urlPeer;
    bool m_encrypted = false;
    ProxyRoute m_route;
    std::unique_ptr<ProxyTunnel> m_tunnel;
    /// The proxy has got what it was asked, and is to answer.
    bool m_isAsking = false;
    /// The connection to the proxy has served, and another one is about to be made.
    bool m_isReconnecting = false;
    /// How long the rest of a proxy's refusal is waited for.
    QTimer m_bodyTimer;
    bool m_tunnelRefused = false;
    bool m_failed = false;
    bool m_wouldFailAgain = false;
    Phase m_phase = Phase::Resolving;
    Timestamp m_phaseStart;
    PhaseTimings m_timings;
    TlsFacts m_tls;
};

} // namespace sockeye
