#include "integration/Program.h"
#include "integration/Recorded.h"
#include "peers/PeerProcess.h"
#include "peers/ProxyServer.h"
#include "peers/RawServer.h"
#include "peers/TlsServer.h"
#include "support/TestProgram.h"
#include "tls/PublicKeyFacts.h"

#include <QtTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// Ways to a peer by the program's flags, with real servers at their ends.
class RoutesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void reachesAThirdPartysServer_data();
    void reachesAThirdPartysServer();
    void presentsAClientCertificate();
    void tellsWhatToDoAboutACertificate();
    void followsARedirect();
    void pings();

private:
    [[nodiscard]] QString capture() const { return m_directory->filePath(u"a.sockeye"_s); }
    [[nodiscard]] QStringList record(const QString &url, const QStringList &more) const
    {
        return QStringList{u"record"_s, url, u"-o"_s, capture()} + more;
    }

    TestCa m_ca;
    TestCa::Certificate m_selfSigned;
    PeerProcess m_peer;
    std::unique_ptr<QTemporaryDir> m_directory;
};

#define RUN_ROUTE(program, arguments, expected)                                                                        \
    do {                                                                                                               \
        const int code = (program).run(arguments);                                                                     \
        QVERIFY2(code == (expected),                                                                                   \
                 qPrintable(u"exit code %1: %2%3"_s.arg(code).arg(QString::fromUtf8((program).output()),               \
                                                                  QString::fromUtf8((program).errors()))));            \
    } while (false)

void RoutesTest::initTestCase()
{
    QVERIFY2(m_ca.create(), qPrintable(m_ca.errorText()));
    m_selfSigned = m_ca.selfSigned(u"DNS:api.invalid"_s);
    const PeerCommand command = echoPeer(u"websocketpp"_s);
    if (!command.isAvailable()) {
        QVERIFY2(!peersAreRequired(), "websocket++ is not installed, though it is required here");
        QSKIP("websocket++ is not installed");
    }
    QVERIFY2(m_peer.start(command, {u"--tls"_s, m_selfSigned.certificateFile, m_selfSigned.keyFile}),
             qPrintable(m_peer.errorText()));
}

void RoutesTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
}

void RoutesTest::reachesAThirdPartysServer_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QStringList>("flags");
    const QString address = u"127.0.0.1:%1"_s.arg(m_peer.port());
    const QString fingerprint = TestCa::fingerprint(m_selfSigned).toUpper();
    const QString pin = publicKeyPin(QSslCertificate::fromPath(m_selfSigned.certificateFile).value(0));
    const QString other = u"ab"_s.repeated(32);
    QTest::newRow("fingerprint") << m_peer.url(u"wss"_s) << QStringList{u"--fingerprint"_s, fingerprint};
    QTest::newRow("pin") << m_peer.url(u"wss"_s) << QStringList{u"--ca"_s,  m_selfSigned.certificateFile,
                                                                u"--pin"_s, other,
                                                                u"--pin"_s, pin,
                                                                u"--sni"_s, u"api.invalid"_s};
    QTest::newRow("connect-to") << u"wss://api.invalid/"_s
                                << QStringList{u"--ca"_s,         m_selfSigned.certificateFile,
                                               u"--connect-to"_s, address,
                                               u"--proxy"_s,      u"none"_s};
    QTest::newRow("sni") << m_peer.url(u"wss"_s) << QStringList{u"--ca"_s,      m_selfSigned.certificateFile,
                                                                u"--sni"_s,     u"api.invalid"_s,
                                                                u"--tls-min"_s, u"1.3"_s,
                                                                u"--ipv4"_s};
}

void RoutesTest::reachesAThirdPartysServer()
{
    QFETCH(QString, url);
    QFETCH(QStringList, flags);
    Program program;
    RUN_ROUTE(program, record(url, flags + QStringList{u"--send"_s, u"hello"_s, u"--count"_s, u"1"_s}), 0);
    const Result<Recorded> recorded = readCapture(capture());
    QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
    QCOMPARE(recorded->messages(Direction::In), QList<QByteArray>{"hello"});
    QCOMPARE(recorded->connections.constFirst().peerAddress, u"127.0.0.1:%1"_s.arg(m_peer.port()));
}

void RoutesTest::presentsAClientCertificate()
{
    const TestCa::Client client = m_ca.issueClient(u"secret"_s);
    const TlsServer server({.certificate = m_ca.issueLocal(),
                            .clientCaFile = m_ca.caFile(),
                            .protocol = QSsl::SecureProtocols,
                            .alpn = {}});
    const ProxyServer proxy(ProxyServer::Kind::Socks5);
    const QString pass = m_directory->filePath(u"pass"_s);
    QFile file(pass);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("secret\n") > 0 && file.flush());
    Program program;
    RUN_ROUTE(program,
              record(server.url(), {u"--ca"_s, m_ca.caFile(), u"--cert"_s, client.pkcs12File, u"--pass"_s, u'@' + pass,
                                    u"--proxy"_s, proxy.url(), u"--for"_s, u"0.01"_s}),
              0);
    QCOMPARE(proxy.tunnels(), 1);
    const Result<Recorded> recorded = readCapture(capture());
    QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
    QVERIFY(recorded->connections.constFirst().timings.proxy.count() > 0);
}

void RoutesTest::tellsWhatToDoAboutACertificate()
{
    Program program;
    RUN_ROUTE(program, record(m_peer.url(u"wss"_s), {}), 2);
    const QByteArray said = program.errors();
    QVERIFY2(said.contains("It is self-signed") && said.contains("It is not for “127.0.0.1” but for “api.invalid”."),
             said.constData());
    const Result<Recorded> recorded = readCapture(capture());
    QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
    const TlsFacts &tls = recorded->connections.constFirst().tls;
    QCOMPARE(tls.errors.size(), 2);
    QCOMPARE(tls.chainPem.size(), 1);
}

void RoutesTest::followsARedirect()
{
    RawServer server;
    server.setReply([this](const QByteArray &) {
        return "HTTP/1.1 307 Temporary Redirect\r\nLocation: https://127.0.0.1:" + QByteArray::number(m_peer.port()) +
               "/moved\r\nContent-Length: 0\r\n\r\n";
    });
    // Leave to skip the check of a certificate ends at the first origin; trust in one certificate does not.
    Program refused;
    QCOMPARE(refused.run(record(server.url(), {u"--max-redirects"_s, u"1"_s, u"--insecure"_s})), 2);
    QVERIFY2(refused.output().contains("Not sent to wss://127.0.0.1:"), refused.output().constData());
    QVERIFY(QFile::remove(capture()));
    Program program;
    RUN_ROUTE(program,
              record(server.url(), {u"--max-redirects"_s, u"1"_s, u"--fingerprint"_s, TestCa::fingerprint(m_selfSigned),
                                    u"--send"_s, u"hello"_s, u"--count"_s, u"1"_s}),
              0);
    QVERIFY2(program.output().contains("Redirected with 307 to wss://127.0.0.1:"), program.output().constData());
    const Result<Recorded> recorded = readCapture(capture());
    QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
    QCOMPARE(recorded->connections.size(), 2);
    QVERIFY(recorded->connections[1].requestHead.startsWith("GET /moved HTTP/1.1\r\n"));
    QCOMPARE(recorded->messages(Direction::In), QList<QByteArray>{"hello"});
}

void RoutesTest::pings()
{
    Program program;
    program.start(record(m_peer.url(u"wss"_s), {u"--insecure"_s, u"--ping"_s, u"0.02"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(program.output().count(" pong ") >= 3, 20'000);
    program.kill();
    const Result<Recorded> recorded = readCapture(capture());
    QVERIFY2(recorded.ok(), qPrintable(recorded.message()));
    const QList<RecordedEntry> pongs = recorded->of(EntryKind::Pong, Direction::In);
    QVERIFY(pongs.size() >= 3);
    for (const RecordedEntry &pong : pongs)
        QVERIFY(pong.entry.latency.count() > 0);
}

SOCKEYE_TEST(RoutesTest, QCoreApplication)
#include "tst_routes.moc"
