// Ways to the peer other than straight TCP to the URL's host: proxies, another address, Unix domain sockets.

#include "connection/SessionFixture.h"

#include "peers/ProxyServer.h"
#include "peers/TlsServer.h"
#include "support/TestProgram.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QNetworkInterface>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class SessionRoutesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesThroughAProxy_data();
    void goesThroughAProxy();
    void speaksTlsThroughAProxy();
    void tellsWhyAProxyRefuses_data();
    void tellsWhyAProxyRefuses();
    void refusesAProxyThatIsNone();
    void dialsAnotherAddress();
    void asksForTheTargetAsTyped_data();
    void asksForTheTargetAsTyped();
    void keepsAZoneToItself();
    void keepsAFinalDotOutOfTls();
    void keepsToAnAddressFamily();
    void speaksOverAUnixSocket();
    void seesTheEndOfAUnixSocket();
    void tellsWhatIsWrongWithAUnixSocket_data();
    void tellsWhatIsWrongWithAUnixSocket();
};

namespace {
bool waitRouteOpen(const Session &session)
{
    return QTest::qWaitFor([&] { return session.status().state == SessionStatus::State::Open; }, 10'000);
}

/// Answers the handshake on a Unix domain socket and sends everything after it back as it came.
class UnixServer final : public QLocalServer
{
public:
    explicit UnixServer(const QString &path)
    {
        connect(this, &QLocalServer::newConnection, this, [this] {
            socket = nextPendingConnection();
            connect(socket, &QLocalSocket::readyRead, this, [this] {
                const QByteArray bytes = socket->readAll();
                if (!head.isEmpty()) {
                    received += bytes;
                    return;
                }
                head = bytes;
                socket->write(RawServer::acceptReply(head));
            });
        });
        listen(path);
    }

    QLocalSocket *socket = nullptr;
    QByteArray head;
    QByteArray received;
};
} // namespace

void SessionRoutesTest::goesThroughAProxy_data()
{
    QTest::addColumn<ProxyServer::Kind>("kind");
    QTest::addColumn<bool>("authenticated");
    QTest::addColumn<bool>("closes");
    QTest::newRow("HTTP") << ProxyServer::Kind::Http << false << false;
    QTest::newRow("HTTP with a password") << ProxyServer::Kind::Http << true << false;
    QTest::newRow("HTTP, ending each 407") << ProxyServer::Kind::Http << true << true;
    QTest::newRow("SOCKS5") << ProxyServer::Kind::Socks5 << false << false;
    QTest::newRow("SOCKS5 with a password") << ProxyServer::Kind::Socks5 << true << false;
}

void SessionRoutesTest::goesThroughAProxy()
{
    QFETCH(ProxyServer::Kind, kind);
    QFETCH(bool, authenticated);
    QFETCH(bool, closes);
    ProxyServer proxy(kind);
    if (closes)
        proxy.closeAfterDemand();
    if (authenticated)
        proxy.setCredentials("me", "p@ss:word");
    SessionFixture f;
    Endpoint endpoint;
    // A name that only the proxy can look up.
    endpoint.url = u"ws://peer.invalid:%1/"_s.arg(f.server.port());
    endpoint.proxy = proxy.url(authenticated ? u"me:p%40ss%3Aword"_s : QString());
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitRouteOpen(*f.session), qPrintable(f.session->status().endText));
    QCOMPARE(proxy.target(), "peer.invalid:" + QByteArray::number(f.server.port()));
    QCOMPARE(proxy.tunnels(), 1);
    QVERIFY(f.server.requestHead().contains("\r\nHost: peer.invalid:"));
    const PhaseTimings timings = f.record().timings;
    QVERIFY(timings.proxy.count() > 0);
    // To the proxy.
    QVERIFY(timings.tcp.count() > 0);
    f.server.send(serverFrame(Opcode::Text, "through"));
    QTRY_COMPARE(f.session->status().messagesIn, 1);
}

void SessionRoutesTest::speaksTlsThroughAProxy()
{
    TestCa ca;
    QVERIFY2(ca.create(), qPrintable(ca.errorText()));
    const TlsServer server({.certificate = ca.issue(u"DNS:peer.invalid"_s),
                            .clientCaFile = {},
                            .protocol = QSsl::SecureProtocols,
                            .alpn = {}});
    const ProxyServer proxy(ProxyServer::Kind::Http);
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = server.url(u"peer.invalid"_s);
    endpoint.tls.caFile = ca.caFile();
    endpoint.proxy = proxy.url();
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitRouteOpen(*f.session), qPrintable(f.session->status().endText));
    QVERIFY(server.clientHello().contains("peer.invalid"));
    QVERIFY(f.record().timings.proxy.count() > 0);
    QVERIFY(f.record().timings.tls.count() > 0);
}

void SessionRoutesTest::tellsWhyAProxyRefuses_data()
{
    QTest::addColumn<ProxyServer::Kind>("kind");
    QTest::addColumn<QString>("credentials");
    QTest::addColumn<int>("refusal");
    QTest::addColumn<QString>("says");
    using Kind = ProxyServer::Kind;
    QTest::newRow("HTTP, no password") << Kind::Http << QString() << 0 << u"wants a user and a password"_s;
    QTest::newRow("HTTP, wrong password")
        << Kind::Http << u"me:wr0ng"_s << 0 << u"did not take the user “me” with this password"_s;
    QTest::newRow("HTTP, 403") << Kind::Http << u"me:r1ght"_s << 403 << u"did not let us through to peer.invalid"_s;
    QTest::newRow("HTTP, 502") << Kind::Http << u"me:r1ght"_s << 502 << u"peer.invalid"_s;
    QTest::newRow("SOCKS5, no password") << Kind::Socks5 << QString() << 0 << u"wants a user and a password"_s;
    QTest::newRow("SOCKS5, wrong password")
        << Kind::Socks5 << u"me:wr0ng"_s << 0 << u"did not take the user “me” with this password"_s;
    QTest::newRow("SOCKS5, not allowed") << Kind::Socks5 << u"me:r1ght"_s << 2 << u"peer.invalid"_s;
    QTest::newRow("SOCKS5, host unreachable") << Kind::Socks5 << u"me:r1ght"_s << 4 << u"peer.invalid"_s;
    QTest::newRow("SOCKS5, refused") << Kind::Socks5 << u"me:r1ght"_s << 5 << u"could not connect to peer.invalid"_s;
}

void SessionRoutesTest::tellsWhyAProxyRefuses()
{
    QFETCH(ProxyServer::Kind, kind);
    QFETCH(QString, credentials);
    QFETCH(int, refusal);
    QFETCH(QString, says);
    ProxyServer proxy(kind);
    proxy.setCredentials("me", "r1ght");
    proxy.refuseWith(refusal);
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = u"ws://peer.invalid:%1/"_s.arg(f.server.port());
    endpoint.proxy = proxy.url(credentials);
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    const SessionStatus &status = f.session->status();
    QCOMPARE(status.endKind, EndKind::HandshakeFailed);
    QVERIFY2(status.endText.contains(says), qPrintable(status.endText));
    QVERIFY2(status.endText.startsWith(u"The proxy 127.0.0.1:"_s), qPrintable(status.endText));
    const QString password = credentials.section(u':', 1);
    QVERIFY2(password.isEmpty() || !status.endText.contains(password), qPrintable(status.endText));
    QCOMPARE(proxy.tunnels(), 0);
}

void SessionRoutesTest::refusesAProxyThatIsNone()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.proxy = u"ftp://me:secret@proxy.example"_s;
    const auto opened = f.session->open(endpoint);
    QVERIFY(!opened);
    QVERIFY2(opened.message().contains(u"is no proxy that Sockeye knows"_s), qPrintable(opened.message()));
    QVERIFY2(!opened.message().contains(u"secret"_s), qPrintable(opened.message()));
    QVERIFY(!f.session->status().isActive());
    QCOMPARE(f.server.connectionCount(), 0);
}

void SessionRoutesTest::dialsAnotherAddress()
{
    TestCa ca;
    QVERIFY2(ca.create(), qPrintable(ca.errorText()));
    const TlsServer server({.certificate = ca.issue(u"DNS:api.invalid"_s),
                            .clientCaFile = {},
                            .protocol = QSsl::SecureProtocols,
                            .alpn = {}});
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = u"wss://api.invalid/feed"_s;
    endpoint.tls.caFile = ca.caFile();
    endpoint.proxy = u"none"_s;
    endpoint.connectTo = u"127.0.0.1:%1"_s.arg(server.serverPort());
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitRouteOpen(*f.session), qPrintable(f.session->status().endText));
    QVERIFY(server.clientHello().contains("api.invalid"));
    QVERIFY(server.requestHead().contains("\r\nHost: api.invalid\r\n"));
    QCOMPARE(f.record().peerAddress, endpoint.connectTo);

    SessionFixture wrong;
    endpoint.connectTo = u"127.0.0.1/x"_s;
    const auto opened = wrong.session->open(endpoint);
    QVERIFY(!opened);
    QVERIFY2(opened.message().contains(u"no address to connect to"_s), qPrintable(opened.message()));
}

void SessionRoutesTest::asksForTheTargetAsTyped_data()
{
    QTest::addColumn<QString>("target");
    for (const char *target :
         {"/a%2fb", "/%7Euser", "/%41bc", "/x?a=%0d%0a", "/x?t=2026-01-01T00%3a00", "/x?b=%2B+c", "/a/../b", "/x?"})
        QTest::newRow(target) << QString::fromLatin1(target);
}

void SessionRoutesTest::asksForTheTargetAsTyped()
{
    QFETCH(QString, target);
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.url = u"ws://127.0.0.1:%1"_s.arg(f.server.port()) + target;
    QVERIFY(f.open(endpoint));
    QVERIFY2(f.server.requestHead().startsWith("GET " + target.toLatin1() + " HTTP/1.1\r\n"),
             f.server.requestHead().constData());
    QCOMPARE(f.record().url, endpoint.url);
    QVERIFY(f.record().requestHead.startsWith("GET " + target.toLatin1() + " HTTP/1.1\r\n"));
}

/// RFC 6874 section 4.
void SessionRoutesTest::keepsAZoneToItself()
{
    QString loopback;
    const QList<QNetworkInterface> interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface &one : interfaces) {
        if (one.flags().testFlag(QNetworkInterface::IsLoopBack))
            loopback = one.name();
    }
    QTcpServer server;
    if (loopback.isEmpty() || !server.listen(QHostAddress::LocalHostIPv6))
        QSKIP("There is no IPv6 on this machine.");
    QByteArray head;
    connect(&server, &QTcpServer::newConnection, this, [&server, &head] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, &head] {
            head += socket->readAll();
            if (head.endsWith("\r\n\r\n"))
                socket->write(RawServer::acceptReply(head));
        });
    });
    for (const QString &percent : {u"%25"_s, u"%"_s}) {
        head.clear();
        SessionFixture f;
        Endpoint endpoint = f.endpoint();
        endpoint.url = u"ws://[::1%1%2]:%3/x"_s.arg(percent, loopback, QString::number(server.serverPort()));
        QVERIFY(f.session->open(endpoint));
        QVERIFY2(waitRouteOpen(*f.session), qPrintable(f.session->status().endText));
        QVERIFY2(head.contains("\r\nHost: [::1]:" + QByteArray::number(server.serverPort()) + "\r\n"),
                 head.constData());
        QVERIFY(!head.contains('%'));
    }
    // Nor does a proxy hear of it, for which it would be one of its own interfaces.
    const ProxyServer proxy(ProxyServer::Kind::Http);
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.url = u"ws://[::1%25%1]:%2/x"_s.arg(loopback, QString::number(f.server.port()));
    endpoint.proxy = proxy.url();
    QVERIFY(f.session->open(endpoint));
    QTRY_COMPARE_WITH_TIMEOUT(proxy.tunnels(), 1, 10'000);
    QVERIFY2(!proxy.target().contains('%'), proxy.target().constData());
}

/// It stays in the look-up and in Host, as it was typed; TLS knows names without it only (RFC 6066 section 3).
void SessionRoutesTest::keepsAFinalDotOutOfTls()
{
    TestCa ca;
    QVERIFY2(ca.create(), qPrintable(ca.errorText()));
    const TlsServer server({.certificate = ca.issue(u"DNS:peer.invalid"_s),
                            .clientCaFile = {},
                            .protocol = QSsl::SecureProtocols,
                            .alpn = {}});
    const ProxyServer proxy(ProxyServer::Kind::Http);
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = server.url(u"peer.invalid."_s);
    endpoint.tls.caFile = ca.caFile();
    endpoint.proxy = proxy.url();
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitRouteOpen(*f.session), qPrintable(f.session->status().endText));
    QVERIFY(server.clientHello().contains("peer.invalid"));
    QVERIFY(!server.clientHello().contains("peer.invalid."));
    QVERIFY(server.requestHead().contains("\r\nHost: peer.invalid.:"));
    QVERIFY2(proxy.target().startsWith("peer.invalid.:"), proxy.target().constData());
}

void SessionRoutesTest::keepsToAnAddressFamily()
{
    // "localhost" has addresses of both families, or at least the first.
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = u"ws://localhost:%1/"_s.arg(f.server.port());
    endpoint.ipPreference = IpPreference::V4;
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitRouteOpen(*f.session), qPrintable(f.session->status().endText));

    // The address of one family is none of the other's.
    SessionFixture none;
    endpoint.url = u"ws://127.0.0.1:%1/"_s.arg(none.server.port());
    endpoint.ipPreference = IpPreference::V6;
    QVERIFY(none.session->open(endpoint));
    QVERIFY(none.waitClosed());
    QVERIFY2(none.session->status().endText.contains(u"has no IPv6 address"_s),
             qPrintable(none.session->status().endText));

    // A server on 127.0.0.1 alone is not there for IPv6.
    SessionFixture g;
    endpoint.url = u"ws://localhost:%1/"_s.arg(g.server.port());
    endpoint.ipPreference = IpPreference::V6;
    QVERIFY(g.session->open(endpoint));
    QVERIFY(g.waitClosed());
    QCOMPARE(g.session->status().endKind, EndKind::ConnectFailed);
    QCOMPARE(g.server.connectionCount(), 0);
}

void SessionRoutesTest::speaksOverAUnixSocket()
{
#ifdef Q_OS_WIN
    QSKIP("Not on Windows");
#endif
    QTemporaryDir directory;
    UnixServer server(directory.filePath(u"my app.sock"_s));
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = u"ws+unix://"_s + directory.filePath(u"my%20app.sock"_s) + u":/feed?x=1"_s;
    QVERIFY(f.session->open(endpoint, {.echo = true, .closeAfterMessages = 0, .lenient = false}));
    QVERIFY2(waitRouteOpen(*f.session), qPrintable(f.session->status().endText));
    QVERIFY2(server.head.startsWith("GET /feed?x=1 HTTP/1.1\r\nHost: localhost\r\n"), server.head.constData());
    QCOMPARE(f.record().peerAddress, server.fullServerName());
    QVERIFY(f.record().timings.resolve.count() < 0);
    QVERIFY(f.record().timings.tcp.count() >= 0);

    const QByteArray large(3'000'000, 'x');
    server.socket->write(serverFrame(Opcode::Text, "hello") + serverFrame(Opcode::Binary, large));
    QTRY_COMPARE(decodeFrames(server.received).size(), 2);
    QCOMPARE(decodeFrames(server.received)[0].payload, "hello");
    QCOMPARE(decodeFrames(server.received)[1].payload, large);

    f.session->close();
    QTRY_COMPARE(decodeFrames(server.received).size(), 3);
    server.socket->write(serverFrame(Opcode::Close, QByteArray::fromHex("03e8")));
    server.socket->disconnectFromServer();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
}

void SessionRoutesTest::seesTheEndOfAUnixSocket()
{
#ifdef Q_OS_WIN
    QSKIP("Not on Windows");
#endif
    QTemporaryDir directory;
    UnixServer server(directory.filePath(u"a.sock"_s));
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = u"ws+unix://"_s + directory.filePath(u"a.sock"_s);
    QVERIFY(f.session->open(endpoint));
    QVERIFY2(waitRouteOpen(*f.session), qPrintable(f.session->status().endText));
    QVERIFY(server.head.startsWith("GET / HTTP/1.1\r\n"));
    server.socket->disconnectFromServer();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Dropped);
    QVERIFY2(f.session->status().endText.contains(u"FIN"_s), qPrintable(f.session->status().endText));
}

void SessionRoutesTest::tellsWhatIsWrongWithAUnixSocket_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing there") << u"/no/such.sock"_s << u"There is no socket /no/such.sock"_s;
    QTest::newRow("no socket") << QCoreApplication::applicationFilePath() << u"server runs"_s;
    QTest::newRow("too long") << u"/tmp/"_s + QString(200, u'x') << u"too long"_s;
}

void SessionRoutesTest::tellsWhatIsWrongWithAUnixSocket()
{
#ifdef Q_OS_WIN
    QSKIP("Not on Windows");
#endif
    QFETCH(QString, path);
    QFETCH(QString, says);
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = u"ws+unix://"_s + path + u":/"_s;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::ConnectFailed);
    QVERIFY2(f.session->status().endText.contains(says), qPrintable(f.session->status().endText));
}

SOCKEYE_TEST(SessionRoutesTest, QCoreApplication)
#include "tst_session_routes.moc"
