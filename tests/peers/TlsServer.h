#pragma once

#include "peers/TestCa.h"

#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>

namespace sockeye::test {

/// A server over TLS that answers an opening handshake with a correct 101, and the first frame with a close. It lives
/// in the test's thread and remembers the latest connection.
class TlsServer final : public QTcpServer
{
    Q_OBJECT

public:
    struct Options
    {
        TestCa::Certificate certificate;
        /// Ask for a client's certificate of this CA, and refuse who has none.
        QString clientCaFile;
        /// Speak this version only.
        QSsl::SslProtocol protocol = QSsl::SecureProtocols;
        QList<QByteArray> alpn;
    };

    explicit TlsServer(const Options &options, QObject *parent = nullptr);

    /// wss://HOST:PORT/
    [[nodiscard]] QString url(const QString &host = QStringLiteral("127.0.0.1")) const;
    /// The first record of the client, in which the server's name (SNI) stands in the clear.
    [[nodiscard]] QByteArray clientHello() const { return m_clientHello; }
    [[nodiscard]] QByteArray requestHead() const { return m_requestHead; }
    [[nodiscard]] QByteArray alpn() const;
    [[nodiscard]] QString clientCertificateName() const;

    /// From now on nothing is read, so that TCP stops the client's sending.
    void stopReading();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void begin();
    void read();

    QSslConfiguration m_configuration;
    QPointer<QSslSocket> m_socket;
    QByteArray m_clientHello;
    QByteArray m_requestHead;
    bool m_reads = true;
};

} // namespace sockeye::test
