// wss:// against servers whose certificates, versions and wishes are good and bad.

#include "connection/SessionFixture.h"

#include "peers/OpenSslServer.h"
#include "peers/ProxyServer.h"
#include "peers/TlsServer.h"
#include "support/TestProgram.h"
#include "tls/PublicKeyFacts.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class SessionTlsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void opensWhatIsInOrder();
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void trustsOneCertificate_data();
    void trustsOneCertificate();
    void asksForAnotherName();
    void offersApplicationProtocols();
    void presentsAClientCertificate_data();
    void presentsAClientCertificate();
    void refusesUnusableClientCertificates_data();
    void refusesUnusableClientCertificates();
    void tellsOfAMissingClientCertificate_data();
    void tellsOfAMissingClientCertificate();
    void trustsWhatTheCaFileHolds_data();
    void trustsWhatTheCaFileHolds();
    void refusesAWeakKey();
    void notesAnOutdatedName();
    void takesPinnedKeysOnly_data();
    void takesPinnedKeysOnly();
    void presentsOtherKindsOfKeys_data();
    void presentsOtherKindsOfKeys();
    void tellsOfVersions();
    void speaksOldVersionsIfAllowed();
    void tellsOfAServerWithoutTls();
    void tellsOfAServerThatStopsReading();

private:
    [[nodiscard]] Endpoint endpointFor(const TlsServer &server) const;

    TestCa m_ca;
    TestCa::Certificate m_good;
    TestCa::Client m_client;
    OpenSslFiles m_files;
};

namespace {
bool waitOpen(const Session &session)
{
    return QTest::qWaitFor([&] { return session.status().state == SessionStatus::State::Open; }, 10'000);
}
} // namespace

void SessionTlsTest::initTestCase()
{
    QVERIFY2(m_ca.create(), qPrintable(m_ca.errorText()));
    m_good = m_ca.issueLocal();
    m_client = m_ca.issueClient(u"secret"_s);
    QVERIFY2(!m_good.keyFile.isEmpty() && !m_client.pkcs12File.isEmpty(), qPrintable(m_ca.errorText()));
}

Endpoint SessionTlsTest::endpointFor(const TlsServer &server) const
{
    Endpoint endpoint;
    endpoint.url = server.url();
    endpoint.tls.caFile = m_ca.caFile();
    return endpoint;
}

void SessionTlsTest::opensWhatIsInOrder()
{
    const TlsServer server({.certificate = m_good, .clientCaFile = {}, .protocol = QSsl::SecureProtocols, .alpn = {}});
    SessionFixture f;
    QVERIFY(f.session->open(endpointFor(server)));
    QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
    const ConnectionRecord record = f.record();
    QCOMPARE(record.tls.version, u"TLS 1.3"_s);
    QVERIFY(record.tls.errors.isEmpty());
    QCOMPARE(record.tls.chainPem.size(), 1);
    QVERIFY(record.timings.tls.count() > 0);
    QCOMPARE(f.session->status().tlsVersion, u"TLS 1.3"_s);
}

void SessionTlsTest::tellsWhatIsWrong_data()
{
    QTest::addColumn<TestCa::Certificate>("certificate");
    QTest::addColumn<bool>("trustCa");
    QTest::addColumn<QString>("wrong");
    QTest::addColumn<QString>("advice");
    const QString local = u"DNS:localhost,IP:127.0.0.1"_s;
    QTest::newRow("self-signed") << m_ca.selfSigned(local) << false << u"It is self-signed"_s
                                 << u"trust it by its fingerprint under Connection options > TLS"_s;
    QTest::newRow("expired") << m_ca.issue(local, TestCa::Validity::Expired) << true
                             << u"It expired on 2020-02-01 00:00 UTC."_s << u"clock"_s;
    QTest::newRow("not yet valid") << m_ca.issue(local, TestCa::Validity::NotYet) << true
                                   << u"It is not valid before 2099-01-01 00:00 UTC."_s << u"clock"_s;
    QTest::newRow("wrong host") << m_ca.issue(u"DNS:a.example,DNS:b.example"_s) << true
                                << u"It is not for “127.0.0.1” but for “a.example”, “b.example”."_s
                                << u"Check the URL's host"_s;
    QTest::newRow("unknown CA") << m_good << false
                                << u"It was issued by “Sockeye test CA”, a certificate authority that is not known"_s
                                << u"name its file under Connection options > TLS"_s;
}

void SessionTlsTest::tellsWhatIsWrong()
{
    QFETCH(TestCa::Certificate, certificate);
    QFETCH(bool, trustCa);
    QFETCH(QString, wrong);
    QFETCH(QString, advice);
    const TlsServer server(
        {.certificate = certificate, .clientCaFile = {}, .protocol = QSsl::SecureProtocols, .alpn = {}});
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    if (!trustCa)
        endpoint.tls.caFile.clear();
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    const SessionStatus &status = f.session->status();
    QCOMPARE(status.endKind, EndKind::ConnectFailed);
    QVERIFY2(status.endText.contains(wrong), qPrintable(status.endText));
    QVERIFY2(status.endText.contains(advice), qPrintable(status.endText));
    // One thing is wrong, and it is said once.
    QCOMPARE(status.tls.errors.size(), 1);
    QVERIFY2(status.tls.errors[0].contains(wrong), qPrintable(status.tls.errors[0]));
    QVERIFY(!status.tls.chainPem.isEmpty());
    QCOMPARE(f.record().tls, status.tls);
    QVERIFY(server.requestHead().isEmpty());
}

void SessionTlsTest::trustsOneCertificate_data()
{
    QTest::addColumn<bool>("right");
    QTest::newRow("the right one") << true;
    QTest::newRow("another one") << false;
}

void SessionTlsTest::trustsOneCertificate()
{
    QFETCH(bool, right);
    const TestCa::Certificate certificate = m_ca.selfSigned(u"DNS:elsewhere.example"_s);
    const TlsServer server(
        {.certificate = certificate, .clientCaFile = {}, .protocol = QSsl::SecureProtocols, .alpn = {}});
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    endpoint.tls.trustedFingerprint = TestCa::fingerprint(right ? certificate : m_good);
    QVERIFY(f.session->open(endpoint));
    if (right) {
        QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
        // What is wrong with it stays on record.
        QCOMPARE(f.record().tls.errors.size(), 2);
        QCOMPARE(f.record().tls.chainPem.size(), 1);
        return;
    }
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::ConnectFailed);
    QVERIFY2(f.session->status().endText.contains(u"not the certificate that this connection trusts"_s),
             qPrintable(f.session->status().endText));
}

void SessionTlsTest::asksForAnotherName()
{
    const TestCa::Certificate certificate = m_ca.issue(u"DNS:api.example"_s);
    const TlsServer server(
        {.certificate = certificate, .clientCaFile = {}, .protocol = QSsl::SecureProtocols, .alpn = {}});
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    endpoint.tls.serverName = u"api.example"_s;
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
    QVERIFY(server.clientHello().contains("api.example"));
    // Host stays the URL's.
    QVERIFY2(server.requestHead().contains("\r\nHost: 127.0.0.1:"), server.requestHead().constData());
}

void SessionTlsTest::offersApplicationProtocols()
{
    const TlsServer server(
        {.certificate = m_good, .clientCaFile = {}, .protocol = QSsl::SecureProtocols, .alpn = {"http/1.1", "chat/2"}});
    for (const auto &[offered, chosen] :
         QList<std::pair<QStringList, QByteArray>>{{{}, "http/1.1"}, {{u"chat/3"_s, u"chat/2"_s}, "chat/2"}}) {
        SessionFixture f;
        Endpoint endpoint = endpointFor(server);
        endpoint.tls.alpn = offered;
        QVERIFY(f.session->open(endpoint));
        QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
        QCOMPARE(server.alpn(), chosen);
        QCOMPARE(f.record().tls.alpn, QString::fromLatin1(chosen));
    }
}

void SessionTlsTest::presentsAClientCertificate_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("passphrase");
    QTest::newRow("PEM") << m_client.plain.certificateFile << m_client.plain.keyFile << QString();
    QTest::newRow("PEM with a passphrase")
        << m_client.plain.certificateFile << m_client.encryptedKeyFile << u"secret"_s;
    QTest::newRow("PKCS#12") << m_client.pkcs12File << QString() << u"secret"_s;
}

void SessionTlsTest::presentsAClientCertificate()
{
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(QString, passphrase);
    const TlsServer server(
        {.certificate = m_good, .clientCaFile = m_ca.caFile(), .protocol = QSsl::SecureProtocols, .alpn = {}});
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    endpoint.tls.certificateFile = certificate;
    endpoint.tls.keyFile = key;
    endpoint.tls.passphrase = passphrase;
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
    QVERIFY(server.clientCertificateName().startsWith(u"server"_s));
}

void SessionTlsTest::refusesUnusableClientCertificates_data()
{
    QTest::addColumn<QString>("certificate");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("passphrase");
    QTest::addColumn<QString>("says");
    const QString pem = m_client.plain.certificateFile;
    QTest::newRow("no passphrase") << pem << m_client.encryptedKeyFile << QString() << u"has a passphrase. Enter it"_s;
    QTest::newRow("wrong passphrase") << pem << m_client.encryptedKeyFile << u"guess"_s
                                      << u"The passphrase does not open the private key"_s;
    QTest::newRow("PKCS#12, no passphrase")
        << m_client.pkcs12File << QString() << QString() << u"could not be opened without a passphrase"_s;
    QTest::newRow("PKCS#12, wrong passphrase")
        << m_client.pkcs12File << QString() << u"guess"_s << u"The passphrase does not open the PKCS#12 file"_s;
    QTest::newRow("no key") << pem << QString() << QString() << u"holds no private key"_s;
    QTest::newRow("no certificate") << m_client.plain.keyFile << QString() << QString()
                                    << u"holds no client certificate"_s;
    QTest::newRow("another's key") << pem << m_good.keyFile << QString() << u"does not belong to the certificate in "_s;
}

void SessionTlsTest::refusesUnusableClientCertificates()
{
    QFETCH(QString, certificate);
    QFETCH(QString, key);
    QFETCH(QString, passphrase);
    QFETCH(QString, says);
    const TlsServer server(
        {.certificate = m_good, .clientCaFile = m_ca.caFile(), .protocol = QSsl::SecureProtocols, .alpn = {}});
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    endpoint.tls.certificateFile = certificate;
    endpoint.tls.keyFile = key;
    endpoint.tls.passphrase = passphrase;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::ConnectFailed);
    QVERIFY2(f.session->status().endText.contains(says), qPrintable(f.session->status().endText));
}

void SessionTlsTest::tellsOfAMissingClientCertificate_data()
{
    QTest::addColumn<QSsl::SslProtocol>("protocol");
    QTest::newRow("TLS 1.2") << QSsl::TlsV1_2;
    QTest::newRow("TLS 1.3") << QSsl::TlsV1_3;
}

void SessionTlsTest::tellsOfAMissingClientCertificate()
{
    QFETCH(QSsl::SslProtocol, protocol);
    const TlsServer server({.certificate = m_good, .clientCaFile = m_ca.caFile(), .protocol = protocol, .alpn = {}});
    SessionFixture f;
    QVERIFY(f.session->open(endpointFor(server)));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::ConnectFailed);
    QVERIFY2(f.session->status().endText.contains(u"wants a client certificate"_s),
             qPrintable(f.session->status().endText));
    QVERIFY2(f.session->status().endText.contains(u"Connection options > TLS"_s),
             qPrintable(f.session->status().endText));
}

void SessionTlsTest::trustsWhatTheCaFileHolds_data()
{
    QTest::addColumn<QString>("caFile");
    QTest::addColumn<bool>("trusted");
    QTest::newRow("the root") << u"root.pem"_s << false;
    QTest::newRow("the intermediate") << u"inter.pem"_s << true;
    QTest::newRow("the server's own") << u"leaf.pem"_s << true;
    QTest::newRow("the root and the intermediate") << u"both.pem"_s << true;
}

/// The server does not send its intermediate.
void SessionTlsTest::trustsWhatTheCaFileHolds()
{
    QFETCH(QString, caFile);
    QFETCH(bool, trusted);
    QVERIFY2(m_files.makeRoot(u"root"_s) &&
                 m_files.issue(u"inter"_s, u"root"_s, "basicConstraints=critical,CA:TRUE\n") &&
                 m_files.issue(u"leaf"_s, u"inter"_s, "subjectAltName=IP:127.0.0.1\n") &&
                 m_files.write(u"both.pem"_s, m_files.read(u"root.pem"_s) + m_files.read(u"inter.pem"_s)),
             qPrintable(m_files.errorText()));
    const TlsServer server({.certificate = {m_files.path(u"leaf.pem"_s), m_files.path(u"leaf.key"_s)},
                            .clientCaFile = {},
                            .protocol = QSsl::SecureProtocols,
                            .alpn = {}});
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    endpoint.tls.caFile = m_files.path(caFile);
    QVERIFY(f.session->open(endpoint));
    if (QSslSocket::activeBackend() != u"openssl")
        QSKIP("Qt's verdict stands here");
    if (!trusted) {
        QVERIFY(f.waitClosed());
        QVERIFY2(
            f.session->status().endText.contains(u"It was issued by “inter”, a certificate authority that is not"_s),
            qPrintable(f.session->status().endText));
        return;
    }
    QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
    QVERIFY(f.record().tls.errors.isEmpty());
}

void SessionTlsTest::refusesAWeakKey()
{
    if (QSslSocket::activeBackend() != u"openssl")
        QSKIP("Qt's verdict stands here");
    QVERIFY2(m_files.makeRoot(u"root"_s) &&
                 m_files.issue(u"weak"_s, u"root"_s, "subjectAltName=IP:127.0.0.1\n", u"rsa:1024"_s),
             qPrintable(m_files.errorText()));
    const TestCa::Certificate certificate{m_files.path(u"weak.pem"_s), m_files.path(u"weak.key"_s)};
    OpenSslServer server;
    QVERIFY2(server.start(m_files, u"weak"_s, {u"-cipher"_s, u"DEFAULT@SECLEVEL=0"_s}), server.said().constData());
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = u"wss://127.0.0.1:%1/"_s.arg(server.port());
    endpoint.tls.caFile = m_files.path(u"root.pem"_s);
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::ConnectFailed);
    QCOMPARE(f.session->status().tls.errors, QStringList{u"It has a key that is too weak."_s});
    QVERIFY2(f.session->status().endText.contains(u"with a key that is strong today"_s),
             qPrintable(f.session->status().endText));
    // What the advice says helps; the server only speaks no WebSocket.
    endpoint.tls.trustedFingerprint = TestCa::fingerprint(certificate);
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QCOMPARE(f.session->status().httpStatus, 200);
}

void SessionTlsTest::notesAnOutdatedName()
{
    QVERIFY2(m_files.run(u"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
                         "-keyout old.key -out old.pem"_s),
             qPrintable(m_files.errorText()));
    const TlsServer server({.certificate = {m_files.path(u"old.pem"_s), m_files.path(u"old.key"_s)},
                            .clientCaFile = {},
                            .protocol = QSsl::SecureProtocols,
                            .alpn = {}});
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    endpoint.url = server.url(u"localhost"_s);
    endpoint.ipPreference = IpPreference::V4;
    endpoint.tls.caFile = m_files.path(u"old.pem"_s);
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
    QCOMPARE(f.failedChecks(), QStringList{u"tls.common-name"_s});
    QCOMPARE(f.session->status().findings, 1);
    QVERIFY(f.record().tls.errors.isEmpty());
}

void SessionTlsTest::takesPinnedKeysOnly_data()
{
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<bool>("pinned");
    QTest::newRow("valid, pinned") << true << true;
    QTest::newRow("valid, another pinned") << true << false;
    QTest::newRow("invalid, pinned") << false << true;
    QTest::newRow("invalid, another pinned") << false << false;
}

void SessionTlsTest::takesPinnedKeysOnly()
{
    QFETCH(bool, trusted);
    QFETCH(bool, pinned);
    const TlsServer server({.certificate = m_good, .clientCaFile = {}, .protocol = QSsl::SecureProtocols, .alpn = {}});
    const auto pinOf = [](const TestCa::Certificate &certificate) {
        return publicKeyPin(QSslCertificate::fromPath(certificate.certificateFile).value(0));
    };
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    endpoint.reconnect.enabled = true;
    endpoint.tls.pinnedKeys = {pinOf(m_client.plain)};
    if (pinned)
        endpoint.tls.pinnedKeys += pinOf(m_good);
    if (!trusted)
        endpoint.tls.caFile.clear();
    QVERIFY(f.session->open(endpoint));
    if (trusted && pinned) {
        QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
        return;
    }
    // It would not help to try again.
    QVERIFY(f.waitClosed());
    const SessionStatus &status = f.session->status();
    QCOMPARE(status.state, SessionStatus::State::Closed);
    QCOMPARE(status.endKind, EndKind::ConnectFailed);
    QVERIFY(server.requestHead().isEmpty());
    QCOMPARE(status.tls.errors.size(), qsizetype(!trusted) + qsizetype(!pinned));
    QCOMPARE(status.endText.contains(u"is none of those that this connection is pinned to, but "_s + pinOf(m_good)),
             !pinned);
    QCOMPARE(status.endText.contains(u"is not known here"_s), !trusted);
    QCOMPARE(f.record().tls, status.tls);
}

void SessionTlsTest::presentsOtherKindsOfKeys_data()
{
    QTest::addColumn<QString>("newKey");
    QTest::newRow("Ed25519") << u"ed25519"_s;
    QTest::newRow("Ed448") << u"ed448"_s;
    QTest::newRow("RSA-PSS") << u"rsa-pss"_s;
}

void SessionTlsTest::presentsOtherKindsOfKeys()
{
    if (QSslSocket::activeBackend() != u"openssl")
        QSKIP("Only OpenSSL reads them all");
    QFETCH(QString, newKey);
    QTest::failOnWarning(QRegularExpression(u"."_s));
    QVERIFY2(
        m_files.makeRoot(u"root"_s) && m_files.issue(u"client"_s, u"root"_s, "basicConstraints=CA:FALSE\n", newKey) &&
            m_files.run(u"pkcs12 -export -legacy -inkey client.key -in client.pem -passout pass:pw -out client.p12"_s),
        qPrintable(m_files.errorText()));
    const TlsServer server({.certificate = m_good,
                            .clientCaFile = m_files.path(u"root.pem"_s),
                            .protocol = QSsl::SecureProtocols,
                            .alpn = {}});
    for (const bool isPkcs12 : {false, true}) {
        SessionFixture f;
        Endpoint endpoint = endpointFor(server);
        endpoint.tls.certificateFile = m_files.path(isPkcs12 ? u"client.p12"_s : u"client.pem"_s);
        endpoint.tls.keyFile = isPkcs12 ? QString() : m_files.path(u"client.key"_s);
        endpoint.tls.passphrase = u"pw"_s;
        QVERIFY(f.session->open(endpoint));
        QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
        QCOMPARE(server.clientCertificateName(), u"client"_s);
    }
}

void SessionTlsTest::tellsOfVersions()
{
    const TlsServer server({.certificate = m_good, .clientCaFile = {}, .protocol = QSsl::TlsV1_2, .alpn = {}});
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    endpoint.tls.minimumVersion = TlsVersion::Tls13;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::ConnectFailed);
    QVERIFY2(f.session->status().endText.contains(u"no TLS version that we take: TLS 1.3 is the oldest"_s),
             qPrintable(f.session->status().endText));
    endpoint.tls.minimumVersion = TlsVersion::Tls12;
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
    QCOMPARE(f.session->status().tlsVersion, u"TLS 1.2"_s);
}

void SessionTlsTest::speaksOldVersionsIfAllowed()
{
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    const TlsServer server({.certificate = m_good, .clientCaFile = {}, .protocol = QSsl::TlsV1_1, .alpn = {}});
    QT_WARNING_POP
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QVERIFY2(f.session->status().endText.contains(u"no TLS version that we take: TLS 1.2 is the oldest"_s),
             qPrintable(f.session->status().endText));
    endpoint.tls.minimumVersion = TlsVersion::Tls10;
    QVERIFY(f.session->open(endpoint));
    if (!waitOpen(*f.session))
        QSKIP("This TLS library does not speak TLS 1.1 any more");
    QCOMPARE(f.session->status().tlsVersion, u"TLS 1.1"_s);
}

void SessionTlsTest::tellsOfAServerWithoutTls()
{
    // It takes our hello for the beginning of a very long request line, so it has to speak first.
    QTcpServer server;
    connect(&server, &QTcpServer::newConnection, &server,
            [&server] { server.nextPendingConnection()->write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = u"wss://127.0.0.1:%1/"_s.arg(server.serverPort());
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::ConnectFailed);
    QVERIFY2(f.session->status().endText.contains(u"write ws:// instead of wss://"_s),
             qPrintable(f.session->status().endText));
}

/// Qt encrypts whatever it is given: that TCP takes nothing must be seen all the same.
void SessionTlsTest::tellsOfAServerThatStopsReading()
{
    TlsServer server({.certificate = m_good, .clientCaFile = {}, .protocol = QSsl::SecureProtocols, .alpn = {}});
    SessionFixture f;
    Endpoint endpoint = endpointFor(server);
    endpoint.timeouts.close = std::chrono::milliseconds(500);
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitOpen(*f.session), qPrintable(f.session->status().endText));
    server.stopReading();
    for (int i = 0; i < 32; ++i)
        QVERIFY(f.session->send({Opcode::Binary, QByteArray(1024 * 1024, 'x')}));
    f.session->close();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::CloseTimeout);
    QVERIFY2(f.session->status().endText.contains(u"could not be sent"_s), qPrintable(f.session->status().endText));
    QVERIFY(f.record().end->unsentBytes > 0);
}

SOCKEYE_TEST(SessionTlsTest, QCoreApplication)
#include "tst_session_tls.moc"
