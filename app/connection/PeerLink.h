#pragma once

#include "base/Clock.h"
#include "capture/Connection.h"
#include "profiles/Endpoint.h"

#include <QSslError>
#include <QTcpSocket>
#include <QUrl>

#include <memory>

namespace sockeye {

/// The outer end of the tap: dials the peer over TCP or TLS, through a proxy where one is set, and times each phase.
class PeerLink final : public QObject
{
    Q_OBJECT

public:
    /// What is being waited for while dialling.
    enum class Phase : quint8 { Resolving, Connecting, Encrypting, Ready };

    explicit PeerLink(const Clock &clock, QObject *parent = nullptr);

    /// Errors of the options themselves (a CA file that cannot be read, a proxy that is no URL); nothing is dialled
    /// then.
    [[nodiscard]] Result<> dial(const QUrl &url, const Endpoint &endpoint);

    [[nodiscard]] QTcpSocket *socket() const { return m_socket; }
    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] const PhaseTimings &timings() const { return m_timings; }
    /// Facts of an encrypted link; version empty for plain TCP.
    [[nodiscard]] TlsFacts tlsFacts() const;
    [[nodiscard]] QString peerAddress() const;
    /// "the name resolution of example.com", "TCP to example.com:443", ...: what a timeout was waiting for.
    [[nodiscard]] QString phaseText() const;

Q_SIGNALS:
    void phaseChanged();
    /// Bytes can be exchanged.
    void ready();
    /// No link came about; a sentence for people.
    void failed(const QString &message);

private:
    [[nodiscard]] Result<> configureTls(const TlsOptions &options);
    [[nodiscard]] Result<> configureProxy(const QUrl &url, const QString &proxy);
    void setPhase(Phase phase);
    void takeError(QAbstractSocket::SocketError error);
    [[nodiscard]] QString errorText(QAbstractSocket::SocketError error) const;
    [[nodiscard]] QString certificateErrorText() const;

    const Clock &m_clock;
    QTcpSocket *m_socket = nullptr;
    QString m_host;
    quint16 m_port = 0;
    bool m_encrypted = false;
    bool m_proxied = false;
    bool m_failed = false;
    Phase m_phase = Phase::Resolving;
    Timestamp m_phaseStart;
    PhaseTimings m_timings;
    QList<QSslError> m_sslErrors;
};

} // namespace sockeye
