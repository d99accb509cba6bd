#include "peers/TlsServer.h"

#include "peers/RawServer.h"

#include <QFile>
#include <QSslKey>

namespace sockeye::test {

TlsServer::TlsServer(const Options &options, QObject *parent)
    : QTcpServer(parent)
    , m_configuration(QSslConfiguration::defaultConfiguration())
{
    m_configuration.setLocalCertificateChain(QSslCertificate::fromPath(options.certificate.certificateFile));
    QFile key(options.certificate.keyFile);
    if (key.open(QIODevice::ReadOnly))
        m_configuration.setPrivateKey(QSslKey(&key, m_configuration.localCertificate().publicKey().algorithm()));
    m_configuration.setProtocol(options.protocol);
    // OpenSSL 3 speaks nothing before TLS 1.2 above this level.
    if (QSslSocket::activeBackend() == u"openssl")
        m_configuration.setBackendConfigurationOption("CipherString", QByteArrayLiteral("DEFAULT@SECLEVEL=0"));
    m_configuration.setAllowedNextProtocols(options.alpn);
    if (!options.clientCaFile.isEmpty()) {
        m_configuration.setCaCertificates(QSslCertificate::fromPath(options.clientCaFile));
        m_configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
        // With these the client hears of it by a TLS alert, as from other servers.
        m_configuration.setMissingCertificateIsFatal(true);
        m_configuration.setHandshakeMustInterruptOnError(true);
    } else {
        m_configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    }
    listen(QHostAddress::LocalHost);
}

QString TlsServer::url(const QString &host) const
{
    return QStringLiteral("wss://%1:%2/").arg(host).arg(serverPort());
}

QByteArray TlsServer::alpn() const
{
    return m_socket ? m_socket->sslConfiguration().nextNegotiatedProtocol() : QByteArray();
}

QString TlsServer::clientCertificateName() const
{
    return m_socket ? m_socket->peerCertificate().subjectDisplayName() : QString();
}

void TlsServer::incomingConnection(qintptr descriptor)
{
    m_socket = new QSslSocket(this);
    m_clientHello.clear();
    m_requestHead.clear();
    m_socket->setSslConfiguration(m_configuration);
    if (!m_socket->setSocketDescriptor(descriptor))
        return;
    connect(m_socket, &QSslSocket::encrypted, this,
            [this] { connect(m_socket, &QSslSocket::readyRead, this, &TlsServer::read); });
    connect(m_socket, &QSslSocket::readyRead, this, &TlsServer::begin, Qt::SingleShotConnection);
}

void TlsServer::begin()
{
    m_clientHello = m_socket->peek(16 * 1024);
    m_socket->startServerEncryption();
}

void TlsServer::stopReading()
{
    m_reads = false;
    if (m_socket)
        m_socket->setReadBufferSize(1);
}

void TlsServer::read()
{
    if (!m_reads)
        return;
    const QByteArray bytes = m_socket->readAll();
    if (m_requestHead.endsWith("\r\n\r\n")) {
        // Whatever it is, the answer is a close with 1000.
        m_socket->write(QByteArrayLiteral("\x88\x02\x03\xe8"));
        m_socket->disconnectFromHost();
        return;
    }
    m_requestHead += bytes;
    if (m_requestHead.endsWith("\r\n\r\n"))
        m_socket->write(RawServer::acceptReply(m_requestHead));
}

} // namespace sockeye::test
