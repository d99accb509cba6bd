// What a session makes of proxies, of every kind of answer to a CONNECT, and what the capture keeps of it.

#include "connection/SessionFixture.h"

#include "peers/ProxyServer.h"
#include "peers/TlsServer.h"
#include "support/TestProgram.h"
#include "wire/HttpChallenge.h"

#include <QPointer>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class SessionProxyTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void opensThroughAnyAnswer_data();
    void opensThroughAnyAnswer();
    void recordsTheStep();
    void recordsARefusal();
    void leavesThePeersBytesToThePeer();
    void takesNothingBeforeTls();
    void survivesHostileProxies_data();
    void survivesHostileProxies();
    void triesOnlySoOften();
    void doesNotTryAgainWhereItIsRefused();
    void canBeGivenUp();
    void saysWhatItWaitedFor();
    void keepsAnIpv6AddressInBrackets();
    void takesTheEnvironmentsProxy();
    void saysWhichVariableItDidNotUse();

private:
    [[nodiscard]] Endpoint throughProxy(const SessionFixture &f, quint16 port, const QString &credentials = {}) const
    {
        Endpoint endpoint;
        endpoint.url = u"ws://peer.invalid:%1/"_s.arg(f.server.port());
        endpoint.proxy = u"http://"_s + credentials + u"127.0.0.1:%1"_s.arg(port);
        return endpoint;
    }
};

namespace {
/// One answer of a proxy to one request.
struct ProxyAnswer
{
    enum class Then : quint8 { Keep, Close, Reset, Tunnel };

    QByteArray bytes;
    Then then = Then::Keep;
};
using Then = ProxyAnswer::Then;

/// A proxy that answers one request after the other with what it is told, whichever connection it comes on. A tunnel
/// leads to the port of the request on this machine, whatever the host.
class ScriptedProxy final : public QTcpServer
{
public:
    explicit ScriptedProxy(QList<ProxyAnswer> answers, qsizetype pieces = 0)
        : m_answers(std::move(answers))
        , m_pieces(pieces)
    {
        connect(this, &QTcpServer::newConnection, this, [this] {
            ++connections;
            QTcpSocket *client = nextPendingConnection();
            connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
        });
        listen(QHostAddress::LocalHost);
    }

    int connections = 0;
    QByteArrayList requests;

private:
    void read(QTcpSocket *client)
    {
        const QByteArray head = client->property("head").toByteArray() + client->readAll();
        client->setProperty("head", head);
        if (!head.endsWith("\r\n\r\n"))
            return;
        client->setProperty("head", QByteArray());
        requests += head;
        if (m_answers.isEmpty())
            return;
        // The last one serves for all that follow.
        const ProxyAnswer answer = m_answers.size() > 1 ? m_answers.takeFirst() : m_answers.first();
        const qsizetype step = m_pieces > 0 ? m_pieces : std::max<qsizetype>(answer.bytes.size(), 1);
        for (qsizetype at = 0; at < answer.bytes.size(); at += step) {
            client->write(answer.bytes.mid(at, step));
            client->flush();
        }
        switch (answer.then) {
        case Then::Keep:
            break;
        case Then::Close:
            client->disconnectFromHost();
            break;
        case Then::Reset:
            client->setSocketOption(QAbstractSocket::KeepAliveOption, 0);
            client->abort();
            break;
        case Then::Tunnel:
            tunnel(client, head.split(' ').value(1).split(':').last().toUShort());
            break;
        }
    }

    void tunnel(QTcpSocket *client, quint16 port)
    {
        client->disconnect(this);
        auto *peer = new QTcpSocket(client);
        const auto relay = [](QTcpSocket *from, QTcpSocket *to) {
            connect(from, &QTcpSocket::readyRead, to, [from, to] { to->write(from->readAll()); });
            connect(from, &QTcpSocket::disconnected, to, [to] { to->disconnectFromHost(); });
        };
        relay(client, peer);
        relay(peer, client);
        peer->connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    }

    QList<ProxyAnswer> m_answers;
    qsizetype m_pieces;
};

const QByteArray Ok = "HTTP/1.1 200 Connection established\r\n\r\n";

QByteArray proxyDemand(const QByteArray &fields, const QByteArray &body = {})
{
    return "HTTP/1.1 407 Proxy Authentication Required\r\n" + fields + "\r\n" + body;
}

const QByteArray Basic = "Proxy-Authenticate: Basic realm=\"r\"\r\n";
const QByteArray Digest = "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256\r\n";

QStringList eventTexts(SessionFixture &f)
{
    QStringList texts;
    const QList<Entry> entries = f.entries();
    for (const Entry &entry : entries) {
        if (entry.kind == EntryKind::Event)
            texts += QString::fromUtf8(f.payload(entry));
    }
    return texts;
}
} // namespace

void SessionProxyTest::init()
{
    for (const char *name : {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY",
                             "ALL_PROXY", "NO_PROXY", "ws_proxy", "wss_proxy"})
        qunsetenv(name);
}

void SessionProxyTest::opensThroughAnyAnswer_data()
{
    QTest::addColumn<QList<ProxyAnswer>>("answers");
    QTest::addColumn<int>("connections");
    using Answers = QList<ProxyAnswer>;
    QTest::newRow("200") << Answers{{Ok, Then::Tunnel}} << 1;
    QTest::newRow("201 with a length") << Answers{{"HTTP/1.1 201 Created\r\nContent-Length: 99\r\n\r\n", Then::Tunnel}}
                                       << 1;
    QTest::newRow("chunked 200") << Answers{{"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", Then::Tunnel}}
                                 << 1;
    QTest::newRow("interim replies") << Answers{{"HTTP/1.1 103 Early Hints\r\n\r\n" + Ok, Then::Tunnel}} << 1;
    QTest::newRow("chunked 407")
        << Answers{{proxyDemand(Basic + "Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n"), Then::Keep},
                   {Ok, Then::Tunnel}}
        << 1;
    QTest::newRow("long 407") << Answers{{proxyDemand(Basic + "Content-Length: 300000\r\n", QByteArray(300'000, 'x')),
                                          Then::Keep},
                                         {Ok, Then::Tunnel}}
                              << 1;
    QTest::newRow("closing 407") << Answers{{proxyDemand(Basic + "Content-Length: 3\r\nConnection: close\r\n", "abc"),
                                             Then::Close},
                                            {Ok, Then::Tunnel}}
                                 << 2;
    QTest::newRow("407 without a length") << Answers{{proxyDemand(Basic, "abc"), Then::Close}, {Ok, Then::Tunnel}} << 2;
    QTest::newRow("407 without a length that stays")
        << Answers{{proxyDemand(Basic), Then::Keep}, {Ok, Then::Tunnel}} << 2;
    QTest::newRow("407 that closes unannounced")
        << Answers{{proxyDemand(Basic + "Content-Length: 0\r\n"), Then::Close}, {Ok, Then::Tunnel}} << 2;
    QTest::newRow("407, reset") << Answers{{proxyDemand(Basic + "Content-Length: 9\r\n", "abc"), Then::Close},
                                           {Ok, Then::Tunnel}}
                                << 2;
    QTest::newRow("Digest") << Answers{{proxyDemand(Basic + Digest + "Content-Length: 0\r\n"), Then::Keep},
                                       {Ok, Then::Tunnel}}
                            << 1;
    QTest::newRow("Digest, stale and closing")
        << Answers{{proxyDemand(Digest + "Connection: close\r\n"), Then::Close},
                   {proxyDemand(
                        "Proxy-Authenticate: Digest realm=\"r\", nonce=\"m\", stale=true\r\nConnection: close\r\n"),
                    Then::Close},
                   {Ok, Then::Tunnel}}
        << 3;
}

void SessionProxyTest::opensThroughAnyAnswer()
{
    QFETCH(QList<ProxyAnswer>, answers);
    QFETCH(int, connections);
    for (const qsizetype pieces : {0, 11}) {
        ScriptedProxy proxy(answers, pieces);
        SessionFixture f;
        QVERIFY2(f.open(throughProxy(f, proxy.serverPort(), u"me:s3cret@"_s)), qPrintable(f.session->status().endText));
        QCOMPARE(proxy.connections, connections);
        QCOMPARE(proxy.requests.size(), answers.size());
        QVERIFY(!proxy.requests[0].contains("Proxy-Authorization"));
        f.server.send(serverFrame(Opcode::Text, "through"));
        QTRY_COMPARE(f.session->status().messagesIn, 1);
        // A request that met the end of its connection stands there too.
        QVERIFY(f.record().proxySteps.size() >= answers.size());
        QCOMPARE(f.record().proxySteps.constLast().reply.right(4), "\r\n\r\n");
        QVERIFY(f.record().requestHead.contains("\r\nHost: peer.invalid:"));
        QVERIFY(!f.record().requestHead.contains("Proxy-Authorization"));
        f.session->abort();
        QVERIFY(f.waitClosed());
    }
}

void SessionProxyTest::recordsTheStep()
{
    const QByteArray asked = proxyDemand(Basic + "Content-Length: 3\r\n");
    ScriptedProxy proxy({{asked + "abc", Then::Keep}, {Ok, Then::Tunnel}});
    SessionFixture f;
    QVERIFY(f.open(throughProxy(f, proxy.serverPort(), u"me:s3cret@"_s)));
    const ConnectionRecord record = f.record();
    QCOMPARE(record.proxySteps.size(), 2);
    const QString name = u"127.0.0.1:%1"_s.arg(proxy.serverPort());
    const ProxyStep &first = record.proxySteps[0];
    const ProxyStep &second = record.proxySteps[1];
    QCOMPARE(first.proxy, name);
    QCOMPARE(first.request, proxy.requests[0]);
    QCOMPARE(first.reply, asked);
    QCOMPARE(first.body, "abc");
    QVERIFY(first.sent >= record.started && first.replied >= first.sent && second.sent >= first.replied);
    QCOMPARE(second.request, proxy.requests[1]);
    QCOMPARE(second.reply, Ok);
    QVERIFY(second.body.isEmpty());
    QVERIFY(record.timings.proxy.count() > 0 && record.timings.tcp.count() > 0);
    QVERIFY(record.peerAddress.isEmpty());

    const QStringList events = eventTexts(f);
    QCOMPARE(events.size(), 6);
    QCOMPARE(events[0],
             u"Connecting to ws://peer.invalid:%1/ through the proxy http://%2"_s.arg(f.server.port()).arg(name));
    QVERIFY(events[1].startsWith(u"CONNECT peer.invalid:"_s));
    QVERIFY(events[2].contains(u"407 Proxy Authentication Required, by Basic (realm “r”)"_s));
    QVERIFY(events[3].contains(u"with credentials by Basic"_s));
    QVERIFY(events[4].contains(u"opened the tunnel: 200 Connection established"_s));
    QVERIFY(events[5].startsWith(u"Connected"_s));
    QVERIFY(!events.join(u' ').contains(u"s3cret"_s));
}

void SessionProxyTest::recordsARefusal()
{
    // The body ends with the connection, the patience, or its length.
    for (const ProxyAnswer &answer :
         {ProxyAnswer{"HTTP/1.1 403 Forbidden\r\nContent-Length: 15\r\n\r\nblocked: rule 7", Then::Keep},
          ProxyAnswer{"HTTP/1.1 403 Forbidden\r\n\r\nblocked: rule 7", Then::Close},
          ProxyAnswer{"HTTP/1.1 403 Forbidden\r\n\r\nblocked: rule 7", Then::Keep}}) {
        ScriptedProxy proxy({answer});
        SessionFixture f;
        QVERIFY(f.session->open(throughProxy(f, proxy.serverPort())));
        QVERIFY(f.waitClosed());
        const ConnectionRecord record = f.record();
        QCOMPARE(record.endKind, EndKind::HandshakeFailed);
        QVERIFY2(record.endText.contains(u"403 Forbidden. It says: “blocked: rule 7”."_s), qPrintable(record.endText));
        QCOMPARE(record.proxySteps.size(), 1);
        QCOMPARE(record.proxySteps[0].reply + record.proxySteps[0].body, answer.bytes);
        QVERIFY(record.requestHead.isEmpty() && record.responseHead.isEmpty());
        QVERIFY(eventTexts(f).join(u'\n').contains(u"refused the tunnel: 403 Forbidden"_s));
        QCOMPARE(f.server.connectionCount(), 0);
    }
}

void SessionProxyTest::leavesThePeersBytesToThePeer()
{
    ScriptedProxy proxy({{Ok + "SSH-2.0-peer\r\n", Then::Keep}});
    SessionFixture f;
    QVERIFY(f.session->open(throughProxy(f, proxy.serverPort())));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.record().proxySteps[0].reply, Ok);
    QVERIFY2(f.record().endText.contains(u"does not speak HTTP: its reply begins with “SSH-2.0-peer”"_s),
             qPrintable(f.record().endText));
    QCOMPARE(f.messages().size(), 1);
    QCOMPARE(f.payload(f.messages()[0]), "SSH-2.0-peer\r\n");
}

void SessionProxyTest::takesNothingBeforeTls()
{
    TestCa ca;
    QVERIFY2(ca.create(), qPrintable(ca.errorText()));
    const TlsServer server({.certificate = ca.issue(u"DNS:peer.invalid"_s),
                            .clientCaFile = {},
                            .protocol = QSsl::SecureProtocols,
                            .alpn = {}});
    Endpoint endpoint;
    endpoint.url = server.url(u"peer.invalid"_s);
    endpoint.tls.caFile = ca.caFile();
    {
        // What is slipped in behind the proxy's answer must not count as what the peer says under TLS.
        ScriptedProxy proxy({{Ok + "HTTP/1.1 101 Switching Protocols\r\n\r\n", Then::Tunnel}});
        endpoint.proxy = u"http://127.0.0.1:%1"_s.arg(proxy.serverPort());
        SessionFixture f;
        QVERIFY(f.session->open(endpoint));
        QVERIFY(f.waitClosed());
        QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
        QVERIFY2(f.session->status().endText.startsWith(u"36 bytes came through the proxy"_s),
                 qPrintable(f.session->status().endText));
    }
    for (const qsizetype pieces : {0, 1}) {
        ScriptedProxy proxy({{proxyDemand(Basic + "Connection: close\r\n"), Then::Close}, {Ok, Then::Tunnel}}, pieces);
        endpoint.proxy = u"http://me:x@127.0.0.1:%1"_s.arg(proxy.serverPort());
        SessionFixture f;
        QVERIFY2(f.open(endpoint), qPrintable(f.session->status().endText));
        QVERIFY(server.clientHello().contains("peer.invalid"));
        QCOMPARE(f.record().proxySteps.size(), 2);
        QVERIFY(f.record().tls.version.startsWith(u"TLS"_s));
        QVERIFY(f.record().timings.tls.count() > 0);
    }
    // The certificate must still be for the peer, not for the proxy.
    ScriptedProxy proxy({{Ok, Then::Tunnel}});
    endpoint.proxy = u"http://127.0.0.1:%1"_s.arg(proxy.serverPort());
    endpoint.url = server.url(u"other.invalid"_s);
    SessionFixture f;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QVERIFY2(f.session->status().endText.contains(u"not for “other.invalid”"_s),
             qPrintable(f.session->status().endText));
}

void SessionProxyTest::survivesHostileProxies_data()
{
    QTest::addColumn<ProxyAnswer>("answer");
    QTest::addColumn<QString>("says");
    QTest::newRow("garbage") << ProxyAnswer{QByteArray("\x00\x01\x02", 3), Then::Keep} << u"does not speak HTTP"_s;
    QTest::newRow("endless line") << ProxyAnswer{"HTTP/1.1 200 " + QByteArray(2'000'000, 'x'), Then::Keep}
                                  << u"too large"_s;
    QTest::newRow("endless head") << ProxyAnswer{"HTTP/1.1 200 OK\r\n" + QByteArray("a: b\r\n").repeated(200'000),
                                                 Then::Keep}
                                  << u"too large"_s;
    QTest::newRow("interim replies without end")
        << ProxyAnswer{QByteArray("HTTP/1.1 103 Early Hints\r\n\r\n").repeated(10'000), Then::Keep} << u"103"_s;
    QTest::newRow("closes") << ProxyAnswer{{}, Then::Close} << u"without an answer"_s;
    QTest::newRow("closes in its head") << ProxyAnswer{"HTTP/1.1 2", Then::Close} << u"in the middle"_s;
    QTest::newRow("a body without end") << ProxyAnswer{"HTTP/1.1 500 No\r\n\r\n" + QByteArray(3'000'000, 'x'),
                                                       Then::Keep}
                                        << u"500 No"_s;
    QTest::newRow("a lie about its body")
        << ProxyAnswer{"HTTP/1.1 500 No\r\nContent-Length: 99\r\n\r\nx", Then::Close} << u"500 No"_s;
}

void SessionProxyTest::survivesHostileProxies()
{
    QFETCH(ProxyAnswer, answer);
    QFETCH(QString, says);
    ScriptedProxy proxy({answer});
    SessionFixture f;
    QVERIFY(f.session->open(throughProxy(f, proxy.serverPort(), u"me:s3cret@"_s)));
    QVERIFY(f.waitClosed());
    QVERIFY2(f.session->status().endText.contains(says), qPrintable(f.session->status().endText));
    QCOMPARE(proxy.connections, 1);
    QVERIFY(f.record().proxySteps[0].body.size() <= 1024 * 1024);
    QVERIFY(f.record().proxySteps[0].reply.size() <= 256 * 1024);
    QVERIFY(f.worksAgain());
}

void SessionProxyTest::triesOnlySoOften()
{
    const QByteArray stale = "Proxy-Authenticate: Digest realm=\"r\", nonce=\"m\", stale=true\r\n";
    for (const ProxyAnswer &answer : {ProxyAnswer{proxyDemand(stale + "Content-Length: 0\r\n"), Then::Keep},
                                      ProxyAnswer{proxyDemand(stale + "Connection: close\r\n"), Then::Close}}) {
        ScriptedProxy proxy({answer});
        SessionFixture f;
        QVERIFY(f.session->open(throughProxy(f, proxy.serverPort(), u"me:s3cret@"_s)));
        QVERIFY(f.waitClosed());
        QVERIFY2(f.session->status().endText.contains(u"went on asking"_s), qPrintable(f.session->status().endText));
        QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
        QCOMPARE(proxy.requests.size(), 5);
    }
    // Each connection ends without a word.
    ScriptedProxy proxy({{proxyDemand(stale + "Content-Length: 0\r\n"), Then::Close}});
    SessionFixture f;
    QVERIFY(f.session->open(throughProxy(f, proxy.serverPort(), u"me:s3cret@"_s)));
    QVERIFY(f.waitClosed());
    QVERIFY(proxy.requests.size() <= 5);
}

void SessionProxyTest::doesNotTryAgainWhereItIsRefused()
{
    ScriptedProxy proxy({{"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", Then::Keep}});
    SessionFixture f;
    Endpoint endpoint = throughProxy(f, proxy.serverPort());
    endpoint.reconnect.enabled = true;
    endpoint.reconnect.first = std::chrono::milliseconds(1);
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(proxy.connections, 1);
}

void SessionProxyTest::canBeGivenUp()
{
    ScriptedProxy proxy({});
    SessionFixture f;
    QVERIFY(f.session->open(throughProxy(f, proxy.serverPort())));
    QTRY_COMPARE(proxy.requests.size(), 1);
    f.session->close();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Aborted);
    QCOMPARE(f.record().proxySteps.size(), 1);
    QCOMPARE(proxy.connections, 1);
}

void SessionProxyTest::saysWhatItWaitedFor()
{
    ScriptedProxy proxy({});
    SessionFixture f;
    Endpoint endpoint = throughProxy(f, proxy.serverPort());
    endpoint.timeouts.connect = std::chrono::milliseconds(200);
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QVERIFY2(f.session->status().endText.contains(u"still waiting for the proxy 127.0.0.1:"_s),
             qPrintable(f.session->status().endText));
}

void SessionProxyTest::keepsAnIpv6AddressInBrackets()
{
    ScriptedProxy proxy({{Ok, Then::Tunnel}});
    SessionFixture f;
    Endpoint endpoint = throughProxy(f, proxy.serverPort());
    endpoint.url = u"ws://[2001:db8::7]:%1/"_s.arg(f.server.port());
    QVERIFY2(f.open(endpoint), qPrintable(f.session->status().endText));
    const QByteArray authority = "[2001:db8::7]:" + QByteArray::number(f.server.port());
    QCOMPARE(proxy.requests[0], "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
    QCOMPARE(f.record().peerAddress, QString::fromLatin1(authority));
}

void SessionProxyTest::takesTheEnvironmentsProxy()
{
    ScriptedProxy proxy({{Ok, Then::Tunnel}});
    SessionFixture f;
    Endpoint endpoint = throughProxy(f, 0);
    endpoint.proxy.clear();
    qputenv("http_proxy", "127.0.0.1:" + QByteArray::number(proxy.serverPort()));
    QVERIFY2(f.open(endpoint), qPrintable(f.session->status().endText));
    QVERIFY2(eventTexts(f)[0].endsWith(u"through the proxy http://127.0.0.1:%1 (http_proxy)"_s.arg(proxy.serverPort())),
             qPrintable(eventTexts(f)[0]));

    qputenv("http_proxy", "https://127.0.0.1");
    SessionFixture g;
    QVERIFY(g.session->open(endpoint));
    QVERIFY(g.waitClosed());
    QVERIFY2(g.session->status().endText.contains(u"reached over TLS"_s), qPrintable(g.session->status().endText));
}

void SessionProxyTest::saysWhichVariableItDidNotUse()
{
    qputenv("https_proxy", "http://127.0.0.1:1");
    SessionFixture f;
    Endpoint endpoint;
    // Not found without a look-up.
    endpoint.url = u"ws://127.0.0.1:%1/"_s.arg(f.server.port());
    endpoint.ipPreference = IpPreference::V6;
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QVERIFY2(f.session->status().endText.endsWith(
                 u"Proxy variables that are set and were not used: https_proxy (for wss:// only)."_s),
             qPrintable(f.session->status().endText));
    QVERIFY(eventTexts(f)[0].endsWith(u"directly; not used: https_proxy (for wss:// only)"_s));
}

SOCKEYE_TEST(SessionProxyTest, QCoreApplication)
#include "tst_session_proxy.moc"
