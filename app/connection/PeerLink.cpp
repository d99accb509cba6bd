#include "connection/PeerLink.h"

#include <QFile>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslCipher>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslSocket>

namespace sockeye {

namespace {
/// The socket's buffer of bytes that the tap has not read yet. When the tap stops reading, it fills, then the kernel's,
/// and TCP slows the peer down.
constexpr qint64 ReadBuffer = 1024 * 1024;

bool isLoopback(const QString &host)
{
    return host.compare(u"localhost", Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return QStringLiteral("TLS 1.2");
    case QSsl::TlsV1_3:
        return QStringLiteral("TLS 1.3");
    default:
        return QStringLiteral("TLS");
    }
}

Result<QByteArray> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{PeerLink::tr("The file %1 could not be read: %2.").arg(path, file.errorString())};
    return file.readAll();
}

QSslKey privateKey(const QByteArray &pem)
{
    for (const auto algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        if (QSslKey key(pem, algorithm); !key.isNull())
            return key;
    }
    return {};
}
} // namespace

PeerLink::PeerLink(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
}

Result<> PeerLink::dial(const QUrl &url, const Endpoint &endpoint)
{
    m_encrypted = url.scheme() == u"wss";
    m_host = url.host(QUrl::FullyDecoded);
    m_port = static_cast<quint16>(url.port(m_encrypted ? 443 : 80));
    m_socket = m_encrypted ? new QSslSocket(this) : new QTcpSocket(this);
    m_socket->setReadBufferSize(ReadBuffer);
    if (m_encrypted) {
        if (const auto configured = configureTls(endpoint.tls); !configured)
            return configured;
    }
    if (const auto configured = configureProxy(url, endpoint.proxy); !configured)
        return configured;

    connect(m_socket, &QAbstractSocket::hostFound, this, [this] {
        if (!m_proxied)
            setPhase(Phase::Connecting);
    });
    connect(m_socket, &QAbstractSocket::connected, this, [this] {
        m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        setPhase(m_encrypted ? Phase::Encrypting : Phase::Ready);
    });
    connect(m_socket, &QAbstractSocket::errorOccurred, this, &PeerLink::takeError);
    m_phaseStart = m_clock.now();
    if (auto *ssl = qobject_cast<QSslSocket *>(m_socket)) {
        connect(ssl, &QSslSocket::encrypted, this, [this] { setPhase(Phase::Ready); });
        connect(ssl, &QSslSocket::sslErrors, this,
                [this, ssl, verify = endpoint.tls.verify](const QList<QSslError> &errors) {
                    m_sslErrors = errors;
                    if (!verify)
                        ssl->ignoreSslErrors(errors);
                });
        ssl->connectToHostEncrypted(m_host, m_port);
    } else {
        m_socket->connectToHost(m_host, m_port);
    }
    return {};
}

Result<> PeerLink::configureTls(const TlsOptions &options)
{
    if (!QSslSocket::supportsSsl()) {
        return Error{tr("This installation of Qt has no TLS library, so wss:// cannot be used. Install OpenSSL %1.")
                         .arg(QSslSocket::sslLibraryBuildVersionString())};
    }
    auto *ssl = qobject_cast<QSslSocket *>(m_socket);
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    if (!options.caFile.isEmpty()) {
        const auto pem = readFile(options.caFile);
        if (!pem)
            return pem.error();
        const auto certificates = QSslCertificate::fromData(pem.value());
        if (certificates.isEmpty())
            return Error{tr("The CA file %1 holds no certificate in PEM form.").arg(options.caFile)};
        configuration.addCaCertificates(certificates);
    }
    if (!options.certificateFile.isEmpty()) {
        const auto pem = readFile(options.certificateFile);
        if (!pem)
            return pem.error();
        const auto chain = QSslCertificate::fromData(pem.value());
        if (chain.isEmpty())
            return Error{tr("The file %1 holds no client certificate in PEM form.").arg(options.certificateFile)};
        const QString &keyFile = options.keyFile.isEmpty() ? options.certificateFile : options.keyFile;
        const auto keyPem = readFile(keyFile);
        if (!keyPem)
            return keyPem.error();
        const QSslKey key = privateKey(keyPem.value());
        if (key.isNull())
            return Error{tr("The file %1 holds no private key in PEM form, or one with a passphrase.").arg(keyFile)};
        configuration.setLocalCertificateChain(chain);
        configuration.setPrivateKey(key);
    }
    ssl->setSslConfiguration(configuration);
    return {};
}

Result<> PeerLink::configureProxy(const QUrl &url, const QString &proxy)
{
    QNetworkProxy chosen = QNetworkProxy::NoProxy;
    if (proxy.isEmpty()) {
        if (!isLoopback(m_host)) {
            QUrl http = url;
            http.setScheme(m_encrypted ? QStringLiteral("https") : QStringLiteral("http"));
            chosen =
                QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(http)).value(0, QNetworkProxy::NoProxy);
        }
    } else if (proxy != u"none") {
        const QUrl address(proxy, QUrl::StrictMode);
        const bool socks = address.scheme() == u"socks5";
        if ((!socks && address.scheme() != u"http") || address.host().isEmpty()) {
            return Error{
                tr("“%1” is no proxy that Sockeye knows. Write http://host:port or socks5://host:port, or “none”.")
                    .arg(proxy)};
        }
        chosen = QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, address.host(),
                               static_cast<quint16>(address.port(socks ? 1080 : 8080)), address.userName(),
                               address.password());
    }
    m_proxied = chosen.type() != QNetworkProxy::NoProxy && chosen.type() != QNetworkProxy::DefaultProxy;
    m_socket->setProxy(chosen);
    return {};
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
        Q_EMIT ready();
    }
}

void PeerLink::takeError(QAbstractSocket::SocketError error)
{
    // A failed TLS handshake reports twice: the certificate first, the closed connection after it.
    if (m_failed)
        return;
    m_failed = true;
    Q_EMIT failed(errorText(error));
}

QString PeerLink::errorText(QAbstractSocket::SocketError error) const
{
    const QString peer = QStringLiteral("%1:%2").arg(m_host).arg(m_port);
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return tr("The host “%1” was not found. Check the spelling of the name and that this machine can resolve it.")
            .arg(m_host);
    case QAbstractSocket::ConnectionRefusedError:
        return tr("%1 refused the connection: nothing listens on port %2 there. Check that the server runs and the "
                  "port is "
                  "right.")
            .arg(m_host)
            .arg(m_port);
    case QAbstractSocket::SocketTimeoutError:
        return tr("%1 did not answer. Check the address, and whether a firewall drops the packets.").arg(peer);
    case QAbstractSocket::NetworkError:
        return tr("%1 could not be reached: %2. Check this machine's network.").arg(peer, m_socket->errorString());
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return tr("The proxy %1:%2 did not let us through to %3: %4. Check the proxy's address and its user and "
                  "password.")
            .arg(m_socket->proxy().hostName())
            .arg(m_socket->proxy().port())
            .arg(peer, m_socket->errorString());
    case QAbstractSocket::SslHandshakeFailedError:
        return m_sslErrors.isEmpty() ? tr("The TLS handshake with %1 failed: %2. Check that the port speaks TLS "
                                          "(wss://) and which TLS versions it "
                                          "takes.")
                                           .arg(peer, m_socket->errorString())
                                     : certificateErrorText();
    case QAbstractSocket::RemoteHostClosedError:
        return m_phase == Phase::Encrypting
                   ? tr("%1 closed the connection during the TLS handshake. Check that the port speaks TLS (wss://).")
                         .arg(peer)
                   : tr("%1 closed the connection at once.").arg(peer);
    default:
        return tr("No connection to %1: %2.").arg(peer, m_socket->errorString());
    }
}

QString PeerLink::certificateErrorText() const
{
    QStringList wrongs;
    for (const QSslError &error : m_sslErrors) {
        if (!wrongs.contains(error.errorString()))
            wrongs += error.errorString();
    }
    const QSslCertificate certificate = m_sslErrors.constFirst().certificate();
    const QString subject = certificate.subjectDisplayName();
    return tr("The certificate of %1:%2 is not trusted: %3 (%4). If it comes from a CA of your own, name the CA's file "
              "in the "
              "connection's options.")
        .arg(m_host)
        .arg(m_port)
        .arg(wrongs.join(u"; "), subject.isEmpty() ? tr("no subject") : subject);
}

TlsFacts PeerLink::tlsFacts() const
{
    const auto *ssl = qobject_cast<QSslSocket *>(m_socket);
    if (!ssl || !ssl->isEncrypted())
        return {};
    TlsFacts facts;
    facts.version = protocolName(ssl->sessionProtocol());
    facts.cipher = ssl->sessionCipher().name();
    facts.alpn = QString::fromLatin1(ssl->sslConfiguration().nextNegotiatedProtocol());
    for (const QSslCertificate &certificate : ssl->peerCertificateChain())
        facts.chainPem += certificate.toPem();
    return facts;
}

QString PeerLink::peerAddress() const
{
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
        return m_proxied ? tr("waiting for the proxy") : tr("looking up %1").arg(m_host);
    case Phase::Connecting:
        return tr("connecting to %1:%2").arg(m_host).arg(m_port);
    case Phase::Encrypting:
        return tr("negotiating TLS with %1:%2").arg(m_host).arg(m_port);
    case Phase::Ready:
        return tr("waiting for the reply of %1:%2 to the handshake").arg(m_host).arg(m_port);
    }
    return {};
}

} // namespace sockeye
