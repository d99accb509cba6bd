#include "connection/PeerLink.h"

#include "connection/Proxy.h"
#include "connection/UnixSocket.h"
#include "tls/TlsErrors.h"
#include "tls/TlsSetup.h"

#include <QSslCertificate>
#include <QSslCipher>
#include <QSslSocket>

namespace sockeye {

namespace {
/// The socket's buffer of bytes that the tap has not read yet. When the tap stops reading, it fills, then the kernel's,
/// and TCP slows the peer down.
constexpr qint64 ReadBuffer = 1024 * 1024;

QAbstractSocket::NetworkLayerProtocol networkLayer(IpPreference preference)
{
    switch (preference) {
    case IpPreference::V4:
        return QAbstractSocket::IPv4Protocol;
    case IpPreference::V6:
        return QAbstractSocket::IPv6Protocol;
    case IpPreference::Any:
        break;
    }
    return QAbstractSocket::AnyIPProtocol;
}
} // namespace

PeerLink::PeerLink(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

Result<> PeerLink::dial(const WebSocketUrl &url, const Endpoint &endpoint)
{
    auto target = targetOf(url, endpoint.connectTo);
    if (!target)
        return target.error();
    m_target = std::move(target).value();
    m_encrypted = url.isSecure();
    m_urlPeer = peerName(url);
    m_socket = m_encrypted ? new QSslSocket(this) : new QTcpSocket(this);
    m_socket->setReadBufferSize(ReadBuffer);
    m_phaseStart = m_clock.now();
    return m_target.socketPath.isEmpty() ? dialTcp(url, endpoint) : dialUnixSocket();
}

Result<> PeerLink::dialUnixSocket()
{
    m_phase = Phase::Connecting;
    const auto descriptor = connectUnixSocket(m_target.socketPath);
    if (!descriptor)
        return descriptor.error();
    // A QTcpSocket does not mind what family its stream is of; QLocalSocket is made of the same parts.
    if (!m_socket->setSocketDescriptor(descriptor.value()))
        return Error{tr("No connection to the socket %1: %2.").arg(m_target.socketPath, m_socket->errorString())};
    QMetaObject::invokeMethod(
        this, [this] { setPhase(Phase::Ready); }, Qt::QueuedConnection);
    return {};
}

Result<> PeerLink::configure(const WebSocketUrl &url, const Endpoint &endpoint)
{
    m_options = endpoint.tls;
    m_preference = endpoint.ipPreference;
    const auto proxy = proxyFor(url, endpoint.proxy);
    if (!proxy)
        return proxy.error();
    m_proxied = proxy->type() != QNetworkProxy::NoProxy && proxy->type() != QNetworkProxy::DefaultProxy;
    m_socket->setProxy(proxy.value());
    if (auto *ssl = qobject_cast<QSslSocket *>(m_socket)) {
        const auto setup = tlsSetup(m_options);
        if (!setup)
            return setup.error();
        ssl->setSslConfiguration(setup->configuration);
        m_check = ServerCheck(m_options, setup->anchors, expectedName(url));
    }
    return {};
}

Result<> PeerLink::dialTcp(const WebSocketUrl &url, const Endpoint &endpoint)
{
    if (auto configured = configure(url, endpoint); !configured) {
        m_wouldFailAgain = true;
        return configured;
    }
    connect(m_socket, &QAbstractSocket::hostFound, this, [this] {
        if (!m_proxied)
            setPhase(Phase::Connecting);
    });
    connect(m_socket, &QAbstractSocket::connected, this, [this] {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        setPhase(m_encrypted ? Phase::Encrypting : Phase::Ready);
    });
    connect(m_socket, &QAbstractSocket::errorOccurred, this, &PeerLink::takeError);
    if (auto *ssl = qobject_cast<QSslSocket *>(m_socket))
        dialTls(ssl, url);
    else
        m_socket->connectToHost(dialledHost(), m_target.port, QIODevice::ReadWrite, networkLayer(m_preference));
    return {};
}

QString PeerLink::dialledHost() const
{
    // A zone means nothing to a proxy.
    return m_proxied ? m_target.host : m_target.dialledHost();
}

void PeerLink::dialTls(QSslSocket *socket, const WebSocketUrl &url)
{
    connect(socket, &QSslSocket::sslErrors, this, &PeerLink::judgeCertificate);
    connect(socket, &QSslSocket::encrypted, this, &PeerLink::takeEncrypted);
    socket->connectToHostEncrypted(dialledHost(), m_target.port, expectedName(url), QIODevice::ReadWrite,
                                   networkLayer(m_preference));
}

void PeerLink::setPhase(Phase phase)
{
    const Timestamp now = m_clock.now();
    const Nanoseconds took = now - m_phaseStart;
    switch (m_phase) {
    case Phase::Resolving:
        (m_proxied ? m_timings.proxy : m_timings.resolve) = took;
        break;
    case Phase::Connecting:
        m_timings.tcp = took;
        break;
    case Phase::Encrypting:
        m_timings.tls = took;
        break;
    case Phase::Ready:
        break;
    }
    m_phaseStart = now;
    m_phase = phase;
    Q_EMIT phaseChanged();
    if (phase == Phase::Ready) {
        disconnect(m_socket, &QAbstractSocket::errorOccurred, this, &PeerLink::takeError);
        connect(m_socket, &QAbstractSocket::bytesWritten, this, &PeerLink::bytesTaken);
        if (auto *ssl = qobject_cast<QSslSocket *>(m_socket))
            connect(ssl, &QSslSocket::encryptedBytesWritten, this, &PeerLink::bytesTaken);
        Q_EMIT ready();
    }
}

qint64 PeerLink::backlog() const
{
    if (!m_socket)
        return 0;
    // Qt encrypts at once what it is given, and holds as much of that as there may be.
    const auto *ssl = qobject_cast<const QSslSocket *>(m_socket);
    return m_socket->bytesToWrite() + (ssl ? ssl->encryptedBytesToWrite() : 0);
}

QString PeerLink::expectedName(const WebSocketUrl &url) const
{
    return m_options.serverName.isEmpty() ? url.host.forTls() : withoutFinalDot(m_options.serverName);
}

/// Ours is the verdict, not Qt's: before the socket is encrypted if Qt has found errors, right after it if not.
void PeerLink::judgeCertificate(const QList<QSslError> &errors)
{
    auto *ssl = qobject_cast<QSslSocket *>(m_socket);
    m_verdict = m_check.judge(ssl->peerCertificateChain(), errors);
    m_tls.errors = m_verdict->errors;
    takeTlsFacts();
    if (m_verdict->accepted)
        ssl->ignoreSslErrors();
}

void PeerLink::takeEncrypted()
{
    if (!m_verdict)
        judgeCertificate({});
    takeTlsFacts();
    if (m_verdict->accepted) {
        setPhase(Phase::Ready);
        return;
    }
    // Nothing has been sent yet. Not from within the socket's own signal, which goes on in the middle of its handshake.
    QMetaObject::invokeMethod(
        this, [this] { takeError(QAbstractSocket::SslHandshakeFailedError); }, Qt::QueuedConnection);
}

QList<HandshakeCheck> PeerLink::certificateChecks() const
{
    if (!m_verdict || m_verdict->outdatedName.isEmpty())
        return {};
    return {{QStringLiteral("tls.common-name"), QStringLiteral("RFC 9525 2"), false, m_verdict->outdatedName}};
}

void PeerLink::takeTlsFacts()
{
    const auto *ssl = qobject_cast<QSslSocket *>(m_socket);
    m_tls.version = tlsVersionName(ssl->sessionProtocol());
    m_tls.cipher = ssl->sessionCipher().name();
    m_tls.alpn = QString::fromUtf8(ssl->sslConfiguration().nextNegotiatedProtocol());
    m_tls.chainPem.clear();
    for (const QSslCertificate &certificate : ssl->peerCertificateChain())
        m_tls.chainPem += certificate.toPem();
}

void PeerLink::takeError(QAbstractSocket::SocketError error)
{
    // A failed TLS handshake reports twice: the certificate first, the closed connection after it.
    if (m_failed)
        return;
    m_failed = true;
    m_wouldFailAgain = isCertificateRefused() || error == QAbstractSocket::SslInvalidUserDataError;
    Q_EMIT failed(errorText(error));
}

QString PeerLink::targetName() const
{
    const QString host = m_target.host.contains(u':') ? u'[' + m_target.host + u']' : m_target.host;
    const QString name = QStringLiteral("%1:%2").arg(host).arg(m_target.port);
    const bool isUrls = m_urlPeer == name || m_urlPeer == host;
    return isUrls ? name : tr("%1 (for %2)").arg(name, m_urlPeer);
}

QString PeerLink::errorText(QAbstractSocket::SocketError error) const
{
    const QString peer = targetName();
    const QString words = m_socket->errorString();
    // The peer may have ended the connection before us.
    if (isCertificateRefused())
        return certificateErrorText();
    if (m_proxied && m_phase == Phase::Resolving)
        return proxyErrorText(m_socket->proxy(), peer, error, words);
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return notFoundText();
    case QAbstractSocket::ConnectionRefusedError:
        return tr("%1 refused the connection: nothing listens on that port there. Check that the server runs and the "
                  "port "
                  "is right.")
            .arg(peer);
    case QAbstractSocket::SocketTimeoutError:
        return tr("%1 did not answer. Check the address, and whether a firewall drops the packets.").arg(peer);
    case QAbstractSocket::NetworkError:
        return tr("%1 could not be reached: %2. Check this machine's network.").arg(peer, words);
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
        return tlsErrorText();
    case QAbstractSocket::SslInvalidUserDataError:
        return tr("The client certificate cannot be used: %1. Check it under Connection options > TLS.").arg(words);
    case QAbstractSocket::RemoteHostClosedError:
        return m_phase == Phase::Encrypting
                   ? tr("%1 closed the connection during the TLS handshake. Check that the port speaks TLS (wss://).")
                         .arg(peer)
                   : tr("%1 closed the connection at once.").arg(peer);
    default:
        return tr("No connection to %1: %2.").arg(peer, words);
    }
}

QString PeerLink::notFoundText() const
{
    if (m_preference == IpPreference::Any) {
        return tr("The host “%1” was not found. Check the spelling of the name and that this machine can resolve it.")
            .arg(m_target.host);
    }
    return tr("The host “%1” was not found, or has no %2 address. Check the spelling of the name, or allow both "
              "families "
              "of addresses in the connection's options.")
        .arg(m_target.host, m_preference == IpPreference::V4 ? QStringLiteral("IPv4") : QStringLiteral("IPv6"));
}

QString PeerLink::tlsErrorText() const
{
    const QString words = m_socket->errorString();
    if (const QString alert = tlsAlertText(targetName(), words, m_options); !alert.isEmpty())
        return alert;
    return tr("The TLS handshake with %1 failed: %2. Check that the port speaks TLS (wss://) and which TLS versions it "
              "takes.")
        .arg(targetName(), words);
}

QString PeerLink::certificateErrorText() const
{
    const QString subject = QSslCertificate(m_tls.chainPem.value(0)).subjectDisplayName();
    return tr("The certificate of %1 (%2) was refused. %3 %4")
        .arg(targetName(), subject.isEmpty() ? tr("no subject") : subject, m_tls.errors.join(u' '), m_verdict->advice);
}

QString PeerLink::alertText() const
{
    return m_encrypted && m_socket ? tlsAlertText(targetName(), m_socket->errorString(), m_options) : QString();
}

QString PeerLink::peerAddress() const
{
    if (!m_target.socketPath.isEmpty())
        return m_target.socketPath;
    const QHostAddress address = m_socket->peerAddress();
    if (address.isNull())
        return {};
    const QString host = address.protocol() == QAbstractSocket::IPv6Protocol
                             ? QStringLiteral("[%1]").arg(address.toString())
                             : address.toString();
    return QStringLiteral("%1:%2").arg(host).arg(m_socket->peerPort());
}

QString PeerLink::phaseText() const
{
    switch (m_phase) {
    case Phase::Resolving:
        return m_proxied ? tr("waiting for the proxy") : tr("looking up %1").arg(m_target.host);
    case Phase::Connecting:
        return tr("connecting to %1").arg(targetName());
    case Phase::Encrypting:
        return tr("negotiating TLS with %1").arg(targetName());
    case Phase::Ready:
        return tr("waiting for the reply of %1 to the handshake").arg(m_urlPeer);
    }
    return {};
}

} // namespace sockeye
