#include "connection/PeerLink.h"

#include "connection/UnixSocket.h"
#include "proxy/HttpTunnel.h"
#include "proxy/SocksTunnel.h"
#include "tls/TlsErrors.h"
#include "tls/TlsSetup.h"

#include <QHostAddress>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslSocket>

namespace sockeye {

namespace {
/// The socket's buffer of bytes that the tap has not read yet. When the tap stops reading, it fills, then the kernel's,
/// and TCP slows the peer down.
constexpr qint64 ReadBuffer = 1024 * 1024;
/// What of a proxy's answer is looked at together.
constexpr qint64 ProxyChunk = 16 * 1024;
constexpr std::chrono::seconds ProxyBodyPatience{2};

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
    , m_bodyTimer(this)
{
    m_bodyTimer.setSingleShot(true);
    connect(&m_bodyTimer, &QTimer::timeout, this, [this] { takeTunnelEvent(int(m_tunnel->ended({}))); });
}

PeerLink::~PeerLink() = default;

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
    auto route = proxyRoute(url, endpoint);
    if (!route)
        return route.error();
    m_route = std::move(route).value();
    // Not the engines that Qt has for proxies: they fail on legal answers, and hide all of them.
    m_socket->setProxy(QNetworkProxy::NoProxy);
    const TunnelRequest request{m_route.name(), m_target.host, m_target.port, m_route.credentials};
    if (m_route.kind == ProxyRoute::Kind::Http) {
        m_tunnel = std::make_unique<HttpTunnel>(
            request, HttpTunnel::Options{{.maxBytes = static_cast<qsizetype>(endpoint.limits.headBytes),
                                          .maxLines = endpoint.limits.headLines},
                                         endpoint.basicAtOnce});
    } else if (m_route.kind == ProxyRoute::Kind::Socks5) {
        m_tunnel = std::make_unique<SocksTunnel>(request);
    }
    if (auto *ssl = qobject_cast<QSslSocket *>(m_socket)) {
        const auto setup = tlsSetup(m_options);
        if (!setup)
            return setup.error();
        ssl->setSslConfiguration(setup->configuration);
        m_expectedName = m_options.serverName.isEmpty() ? url.host.forTls() : withoutFinalDot(m_options.serverName);
        m_check = ServerCheck(m_options, setup->anchors, m_expectedName);
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
        if (m_phase == Phase::Resolving)
            setPhase(Phase::Connecting);
    });
    connect(m_socket, &QAbstractSocket::connected, this, [this] {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        if (m_tunnel)
            askProxy();
        else
            setPhase(m_encrypted ? Phase::Encrypting : Phase::Ready);
    });
    connect(m_socket, &QAbstractSocket::errorOccurred, this, &PeerLink::takeError);
    auto *ssl = qobject_cast<QSslSocket *>(m_socket);
    if (ssl)
        prepareTls(ssl);
    if (m_tunnel)
        connectToProxy();
    else if (ssl)
        ssl->connectToHostEncrypted(m_target.dialledHost(), m_target.port, m_expectedName, QIODevice::ReadWrite,
                                    networkLayer(m_preference));
    else
        m_socket->connectToHost(m_target.dialledHost(), m_target.port, QIODevice::ReadWrite,
                                networkLayer(m_preference));
    return {};
}

void PeerLink::prepareTls(QSslSocket *socket)
{
    connect(socket, &QSslSocket::sslErrors, this, &PeerLink::judgeCertificate);
    connect(socket, &QSslSocket::encrypted, this, &PeerLink::takeEncrypted);
}

void PeerLink::giveUp()
{
    m_failed = true;
    m_isAsking = false;
    m_bodyTimer.stop();
}

void PeerLink::connectToProxy()
{
    // The preference is about the peer's addresses, and behind a proxy they are the proxy's affair.
    m_socket->connectToHost(m_route.host, m_route.port);
}

void PeerLink::askProxy()
{
    if (m_failed)
        return;
    connect(m_socket, &QAbstractSocket::readyRead, this, &PeerLink::readProxy, Qt::UniqueConnection);
    // Not again on a further connection to the proxy: all of them together are the proxy's time.
    if (m_phase != Phase::Tunnelling)
        setPhase(Phase::Tunnelling);
    m_isAsking = true;
    sendToProxy();
}

void PeerLink::sendToProxy()
{
    m_socket->write(m_tunnel->takeOutput(m_clock.now()));
    tellNotices();
}

/// No byte more than what the proxy says for itself is taken: the rest comes from the peer.
void PeerLink::readProxy()
{
    while (m_isAsking) {
        const QByteArray bytes = m_socket->peek(ProxyChunk);
        if (bytes.isEmpty())
            return;
        QByteArrayView input(bytes);
        const ProxyTunnel::Event event = m_tunnel->feed(input, m_clock.now());
        m_socket->read(bytes.size() - input.size());
        takeTunnelEvent(int(event));
    }
}

void PeerLink::takeTunnelEvent(int event)
{
    tellNotices();
    switch (static_cast<ProxyTunnel::Event>(event)) {
    case ProxyTunnel::Event::NeedsMore:
        break;
    case ProxyTunnel::Event::Send:
        sendToProxy();
        break;
    case ProxyTunnel::Event::Reconnect:
        m_isAsking = false;
        m_isReconnecting = true;
        // Not within a signal of the socket's own.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_failed)
                    return;
                m_socket->abort();
                m_isReconnecting = false;
                connectToProxy();
            },
            Qt::QueuedConnection);
        break;
    case ProxyTunnel::Event::Opened:
        tunnelOpened();
        break;
    case ProxyTunnel::Event::Declined:
        m_bodyTimer.start(ProxyBodyPatience);
        break;
    case ProxyTunnel::Event::Refused:
        m_wouldFailAgain = m_tunnel->wouldRefuseAgain();
        m_tunnelRefused = true;
        fail(m_tunnel->refusalText());
        break;
    }
}

void PeerLink::tunnelOpened()
{
    m_isAsking = false;
    disconnect(m_socket, &QAbstractSocket::readyRead, this, &PeerLink::readProxy);
    auto *ssl = qobject_cast<QSslSocket *>(m_socket);
    if (!ssl) {
        setPhase(Phase::Ready);
        return;
    }
    // In TLS the client speaks first. What lies there already would be taken for what the peer says under TLS.
    if (const qint64 early = m_socket->bytesAvailable(); early > 0) {
        fail(tr("%1 bytes came through the proxy %2 before TLS began, and nobody knows from whom. Check that %3 speaks "
                "TLS (wss://), and the proxy.")
                 .arg(early)
                 .arg(m_route.name(), targetName()));
        return;
    }
    setPhase(Phase::Encrypting);
    ssl->setPeerVerifyName(m_expectedName);
    ssl->startClientEncryption();
}

void PeerLink::tellNotices()
{
    const QStringList notices = m_tunnel->takeNotices();
    for (const QString &notice : notices)
        Q_EMIT proxyNoticed(notice);
}

void PeerLink::fail(const QString &message)
{
    if (m_failed)
        return;
    giveUp();
    Q_EMIT failed(message);
}

QList<ProxyStep> PeerLink::proxySteps() const
{
    return m_tunnel ? m_tunnel->steps() : QList<ProxyStep>();
}

void PeerLink::setPhase(Phase phase)
{
    const Timestamp now = m_clock.now();
    const Nanoseconds took = now - m_phaseStart;
    switch (m_phase) {
    case Phase::Resolving:
        m_timings.resolve = took;
        break;
    case Phase::Connecting:
        m_timings.tcp = took;
        break;
    case Phase::Tunnelling:
        m_timings.proxy = took;
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
    if (m_isAsking) {
        // What the proxy said before it ended the connection may say more than the end.
        readProxy();
        if (m_isAsking) {
            takeTunnelEvent(int(m_tunnel->ended(
                error == QAbstractSocket::RemoteHostClosedError ? QString() : m_socket->errorString())));
        }
        return;
    }
    // The proxy has ended a connection that has served.
    if (m_isReconnecting)
        return;
    m_wouldFailAgain = isCertificateRefused() || error == QAbstractSocket::SslInvalidUserDataError;
    fail(errorText(error));
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
    if (m_tunnel && m_phase <= Phase::Tunnelling)
        return proxyErrorText(m_route, error, words);
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
                   .arg(m_target.host) +
               m_route.unusedText();
    }
    return tr("The host “%1” was not found, or has no %2 address. Check the spelling of the name, or allow both "
              "families "
              "of addresses in the connection's options.")
               .arg(m_target.host, m_preference == IpPreference::V4 ? QStringLiteral("IPv4") : QStringLiteral("IPv6")) +
           m_route.unusedText();
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
    // Behind a proxy, TCP ends at the proxy.
    const QHostAddress address = m_tunnel ? QHostAddress(m_target.host) : m_socket->peerAddress();
    if (address.isNull())
        return {};
    const QString host = address.protocol() == QAbstractSocket::IPv6Protocol
                             ? QStringLiteral("[%1]").arg(address.toString())
                             : address.toString();
    return QStringLiteral("%1:%2").arg(host).arg(m_tunnel ? m_target.port : m_socket->peerPort());
}

QString PeerLink::phaseText() const
{
    switch (m_phase) {
    case Phase::Resolving:
        return tr("looking up %1").arg(m_tunnel ? m_route.host : m_target.host);
    case Phase::Connecting:
        return m_tunnel ? tr("connecting to the proxy %1").arg(m_route.name())
                        : tr("connecting to %1").arg(targetName());
    case Phase::Tunnelling:
        return tr("waiting for the proxy %1 to let us through to %2").arg(m_route.name(), targetName());
    case Phase::Encrypting:
        return tr("negotiating TLS with %1").arg(targetName());
    case Phase::Ready:
        return tr("waiting for the reply of %1 to the handshake").arg(m_urlPeer);
    }
    return {};
}

} // namespace sockeye
