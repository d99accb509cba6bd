#include "proxy/HttpTunnel.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;
using Event = ProxyTunnel::Event;

class HttpTunnelTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asks_data();
    void asks();
    void opens_data();
    void opens();
    void authenticates_data();
    void authenticates();
    void sendsBasicAtOnceIfTold();
    void answersAStaleNonce();
    void goesOnlySoFar();
    void asksAgainWhereAKeptConnectionEnds();
    void refuses_data();
    void refuses();
    void refusesWhatIsNoHead_data();
    void refusesWhatIsNoHead();
    void skipsOnlySoManyInterimReplies();
    void saysWhyItEndedEarly();
    void readsAHugeDemand();
};

namespace {
const HttpCredentials HttpUser{u"me"_s, u"s3cret"_s};

HttpTunnel httpTo(const QString &host, quint16 port, const HttpCredentials &credentials = {}, bool atOnce = false)
{
    return {{u"proxy.test:3128"_s, host, port, credentials},
            {.limits = {.maxBytes = 4'000, .maxLines = 20}, .basicAtOnce = atOnce}};
}

HttpTunnel tunnel(const HttpCredentials &credentials = {}, bool atOnce = false)
{
    return httpTo(u"peer.test"_s, 443, credentials, atOnce);
}

/// What a run of the tunnel came to: every event but NeedsMore, the requests that it sent, and what it left of the last
/// bytes.
struct Run
{
    QList<Event> events;
    QByteArrayList requests;
    QByteArray rest;
};

/// Has the tunnel ask and answers each of its requests with the next of the replies, `step` bytes at a time.
Run run(HttpTunnel &tunnel, const QByteArrayList &replies, qsizetype step)
{
    Run run;
    const auto over = [&run] {
        return !run.events.isEmpty() && (run.events.last() == Event::Opened || run.events.last() == Event::Refused);
    };
    for (const QByteArray &reply : replies) {
        run.requests += tunnel.takeOutput(timestampFromNs(1));
        bool isNext = false;
        for (qsizetype at = 0; at < reply.size() && !isNext && !over(); at += step) {
            QByteArrayView input = QByteArrayView(reply).sliced(at, std::min(step, reply.size() - at));
            Event event = Event::NeedsMore;
            while (!isNext && !over() && (event = tunnel.feed(input, timestampFromNs(2))) != Event::NeedsMore) {
                run.events += event;
                isNext = event == Event::Send || event == Event::Reconnect;
            }
            run.rest = input.toByteArray() + reply.sliced(std::min(at + step, reply.size()));
        }
        if (over())
            break;
    }
    return run;
}

const QByteArray Ok = "HTTP/1.1 200 Connection established\r\n\r\n";
const QByteArray Basic = "Proxy-Authenticate: Basic realm=\"r\"\r\n";
const QByteArray Digest = "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256\r\n";

QByteArray demand(const QByteArray &fields, const QByteArray &body = {}, const QByteArray &version = "1.1")
{
    return "HTTP/" + version + " 407 Proxy Authentication Required\r\n" + fields + "\r\n" + body;
}
} // namespace

void HttpTunnelTest::asks_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<quint16>("port");
    QTest::addColumn<QByteArray>("authority");
    QTest::newRow("name") << u"peer.test"_s << quint16(443) << QByteArray("peer.test:443");
    QTest::newRow("port 80") << u"peer.test"_s << quint16(80) << QByteArray("peer.test:80");
    QTest::newRow("IPv4") << u"192.0.2.7"_s << quint16(9001) << QByteArray("192.0.2.7:9001");
    QTest::newRow("IPv6") << u"2001:db8::1"_s << quint16(443) << QByteArray("[2001:db8::1]:443");
    QTest::newRow("IPv6 with a zone") << u"fe80::1%eth0"_s << quint16(443) << QByteArray("[fe80::1]:443");
    QTest::newRow("IDN") << u"exämple.test"_s << quint16(443) << QByteArray("xn--exmple-cua.test:443");
}

void HttpTunnelTest::asks()
{
    QFETCH(QString, host);
    QFETCH(quint16, port);
    QFETCH(QByteArray, authority);
    HttpTunnel tunnel = httpTo(host, port, HttpUser);
    QCOMPARE(tunnel.takeOutput(timestampFromNs(7)),
             "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
    QCOMPARE(tunnel.steps().size(), 1);
    QCOMPARE(tunnel.steps().first().proxy, u"proxy.test:3128"_s);
    QCOMPARE(tunnel.steps().first().sent, timestampFromNs(7));
    QVERIFY(tunnel.takeNotices().constFirst().contains(QString::fromLatin1(authority)));
    QVERIFY(tunnel.takeNotices().isEmpty());
}

void HttpTunnelTest::opens_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::newRow("200") << Ok;
    QTest::newRow("201") << QByteArray("HTTP/1.1 201 Created\r\n\r\n");
    QTest::newRow("204") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n");
    QTest::newRow("299") << QByteArray("HTTP/1.1 299 \r\n\r\n");
    QTest::newRow("HTTP/1.0") << QByteArray("HTTP/1.0 200 OK\r\n\r\n");
    QTest::newRow("no reason") << QByteArray("HTTP/1.1 200\r\n\r\n");
    QTest::newRow("bare LF") << QByteArray("HTTP/1.1 200 OK\n\n");
    // RFC 9110 section 9.3.6: to be ignored.
    QTest::newRow("Content-Length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n");
    QTest::newRow("chunked") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    QTest::newRow("Connection: close") << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    QTest::newRow("interim replies") << "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + Ok;
}

void HttpTunnelTest::opens()
{
    QFETCH(QByteArray, reply);
    const QByteArray behind = "\x81\x02hi";
    for (qsizetype step = 1; step <= reply.size() + behind.size(); ++step) {
        HttpTunnel opened = tunnel();
        const Run result = run(opened, {reply + behind}, step);
        QCOMPARE(result.events, QList<Event>{Event::Opened});
        // Not a byte of the peer's is taken.
        QCOMPARE(result.rest, behind);
        const ProxyStep &asked = opened.steps().constFirst();
        QVERIFY(reply.endsWith(asked.reply));
        QVERIFY(asked.body.isEmpty());
        QCOMPARE(asked.replied, timestampFromNs(2));
    }
}

void HttpTunnelTest::authenticates_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<Event>("event");
    QTest::addColumn<QByteArray>("scheme");
    const QByteArray length = "Content-Length: 3\r\n";
    const QByteArray none = "Content-Length: 0\r\n";
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    const QByteArray chunks = "3\r\nabc\r\n0\r\n\r\n";
    QTest::newRow("no body") << demand(Basic + none) << Event::Send << QByteArray("Basic");
    QTest::newRow("length") << demand(Basic + length, "abc") << Event::Send << QByteArray("Basic");
    QTest::newRow("chunked") << demand(Basic + chunked, chunks) << Event::Send << QByteArray("Basic");
    QTest::newRow("after an interim reply")
        << "HTTP/1.1 100 Continue\r\n\r\n" + demand(Basic + none) << Event::Send << QByteArray("Basic");
    QTest::newRow("Digest") << demand(Digest + none) << Event::Send << QByteArray("Digest");
    QTest::newRow("both") << demand(Basic + Digest + "Proxy-Authenticate: NTLM\r\n" + none) << Event::Send
                          << QByteArray("Digest");
    QTest::newRow("close") << demand(Basic + length + "Connection: close\r\n", "abc") << Event::Reconnect
                           << QByteArray("Basic");
    QTest::newRow("Proxy-Connection: close")
        << demand(Basic + none + "Proxy-Connection: close\r\n") << Event::Reconnect << QByteArray("Basic");
    QTest::newRow("HTTP/1.0") << demand(Basic + none, {}, "1.0") << Event::Reconnect << QByteArray("Basic");
    QTest::newRow("HTTP/1.0, kept") << demand(Basic + none + "Proxy-Connection: Keep-Alive\r\n", {}, "1.0")
                                    << Event::Send << QByteArray("Basic");
    QTest::newRow("no length at all") << demand(Basic, "abc") << Event::Reconnect << QByteArray("Basic");
    QTest::newRow("length and chunks") << demand(Basic + length + chunked, chunks) << Event::Reconnect
                                       << QByteArray("Basic");
    QTest::newRow("two lengths") << demand(Basic + length + "Content-Length: 4\r\n", "abcd") << Event::Reconnect
                                 << QByteArray("Basic");
}

void HttpTunnelTest::authenticates()
{
    QFETCH(QByteArray, reply);
    QFETCH(Event, event);
    QFETCH(QByteArray, scheme);
    for (qsizetype step = 1; step <= reply.size(); ++step) {
        HttpTunnel asking = tunnel(HttpUser);
        const Run result = run(asking, {reply, Ok}, step);
        QCOMPARE(result.events, (QList<Event>{event, Event::Opened}));
        QVERIFY(!result.requests[0].contains("Proxy-Authorization"));
        QVERIFY2(result.requests[1].contains("\r\nProxy-Authorization: " + scheme + ' '),
                 result.requests[1].constData());
        QCOMPARE(result.requests[1].contains("uri=\"peer.test:443\""), scheme == "Digest");
        QCOMPARE(asking.steps().size(), 2);
        QCOMPARE(asking.steps()[1].request, result.requests[1]);
        const QString said = asking.takeNotices().join(u'\n');
        QVERIFY2(said.contains(u"with credentials by "_s + QString::fromLatin1(scheme)), qPrintable(said));
        QVERIFY2(!said.contains(u"s3cret"_s) && !said.contains(u"bWU6"_s), qPrintable(said));
    }
}

void HttpTunnelTest::sendsBasicAtOnceIfTold()
{
    HttpTunnel told = tunnel(HttpUser, true);
    QVERIFY(told.takeOutput({}).contains("\r\nProxy-Authorization: Basic bWU6czNjcmV0\r\n"));
    // Digest is another chance, Basic is none.
    QByteArray reply = demand(Digest + "Content-Length: 0\r\n");
    QByteArrayView input(reply);
    QCOMPARE(told.feed(input, {}), Event::Send);
    HttpTunnel refused = tunnel(HttpUser, true);
    QCOMPARE(run(refused, {demand(Basic + "Content-Length: 0\r\n")}, 100).events, QList<Event>{Event::Refused});
    QVERIFY(!tunnel({}, true).takeOutput({}).contains("Authorization"));
}

void HttpTunnelTest::answersAStaleNonce()
{
    const QByteArray stale = demand("Proxy-Authenticate: Digest realm=\"r\", nonce=\"fresh\", stale=true\r\n"
                                    "Content-Length: 0\r\n");
    HttpTunnel asking = tunnel(HttpUser);
    const Run result = run(asking, {demand(Digest + "Content-Length: 0\r\n"), stale, Ok}, 1'000);
    QCOMPARE(result.events, (QList<Event>{Event::Send, Event::Send, Event::Opened}));
    QVERIFY(result.requests[2].contains("nonce=\"fresh\""));
}

void HttpTunnelTest::goesOnlySoFar()
{
    const QByteArray stale = demand("Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\", stale=true\r\n"
                                    "Content-Length: 0\r\n");
    HttpTunnel asking = tunnel(HttpUser);
    const Run result = run(asking, QByteArrayList(50, stale), 1'000);
    QCOMPARE(result.events.last(), Event::Refused);
    QCOMPARE(result.requests.size(), HttpTunnel::MaxRequests);
    QVERIFY2(asking.refusalText().contains(u"went on asking"_s), qPrintable(asking.refusalText()));
}

void HttpTunnelTest::asksAgainWhereAKeptConnectionEnds()
{
    HttpTunnel asking = tunnel(HttpUser);
    QCOMPARE(run(asking, {demand(Basic + "Content-Length: 0\r\n")}, 1'000).events, QList<Event>{Event::Send});
    (void)asking.takeOutput({});
    QCOMPARE(asking.ended({}), Event::Reconnect);
    QVERIFY(asking.takeOutput({}).contains("Proxy-Authorization: Basic "));
    QCOMPARE(asking.ended({}), Event::Refused);

    // In the middle of the demand's body, which says enough.
    HttpTunnel cut = tunnel(HttpUser);
    QCOMPARE(run(cut, {demand(Basic + "Content-Length: 9\r\n", "abc")}, 1'000).events, QList<Event>{});
    QCOMPARE(cut.ended({}), Event::Reconnect);
    QCOMPARE(cut.steps().constFirst().body, "abc");
}

void HttpTunnelTest::refuses_data()
{
    QTest::addColumn<HttpCredentials>("credentials");
    QTest::addColumn<QByteArrayList>("replies");
    QTest::addColumn<int>("status");
    QTest::addColumn<QStringList>("says");
    using Says = QStringList;
    const QByteArray none = "Content-Length: 0\r\n";
    QTest::newRow("403") << HttpUser
                         << QByteArrayList{"HTTP/1.1 403 Forbidden\r\nContent-Length: 15\r\n\r\nblocked: rule 7"} << 403
                         << Says{u"403 Forbidden."_s, u"“blocked: rule 7”"_s, u"peer.test:443"_s};
    QTest::newRow("403 in chunks")
        << HttpUser << QByteArrayList{"HTTP/1.1 403 No\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"}
        << 403 << Says{u"“abc”"_s};
    QTest::newRow("a page") << HttpUser << QByteArrayList{"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>"}
                            << 502 << Says{u"502 Bad Gateway. The Handshake page"_s};
    QTest::newRow("302") << HttpUser
                         << QByteArrayList{"HTTP/1.1 302 Found\r\nLocation: http://login/\r\n" + none + "\r\n"} << 302
                         << Says{u"302 Found"_s};
    QTest::newRow("101") << HttpUser << QByteArrayList{"HTTP/1.1 101 Switching Protocols\r\n\r\n"} << 101
                         << Says{u"101"_s};
    QTest::newRow("no status") << HttpUser << QByteArrayList{"HTTP/1.1 hello\r\n" + none + "\r\n"} << 0
                               << Says{u"HTTP/1.1 hello"_s};
    QTest::newRow("no credentials") << HttpCredentials{} << QByteArrayList{demand(Basic + Digest + none)} << 407
                                    << Says{u"wants a user and a password"_s, u"Basic (realm “r”)"_s,
                                            u"Digest (SHA-256, realm “r”)"_s, u"http://user:password@host:port"_s};
    QTest::newRow("wrong password") << HttpUser << QByteArrayList{demand(Basic + none), demand(Basic + none)} << 407
                                    << Says{u"did not take the user “me” with this password"_s};
    QTest::newRow("wrong password for Digest")
        << HttpUser << QByteArrayList{demand(Digest + none), demand(Digest + Basic + none)} << 407
        << Says{u"did not take the user “me”"_s};
    QTest::newRow("others") << HttpUser
                            << QByteArrayList{demand("Proxy-Authenticate: NTLM\r\nProxy-Authenticate: Negotiate\r\n" +
                                                     none)}
                            << 407 << Says{u"The proxy offers NTLM, Negotiate; Sockeye can do Basic and Digest"_s};
    QTest::newRow("others, no credentials")
        << HttpCredentials{} << QByteArrayList{demand("Proxy-Authenticate: Bearer realm=\"x\"\r\n" + none)} << 407
        << Says{u"The proxy offers Bearer (realm “x”); Sockeye can do"_s};
    QTest::newRow("an unknown algorithm")
        << HttpUser
        << QByteArrayList{demand("Proxy-Authenticate: Digest realm=r, nonce=n, algorithm=SHA-512-256\r\n" + none)}
        << 407 << Says{u"Digest (SHA-512-256, realm “r”)"_s};
    QTest::newRow("no scheme") << HttpUser << QByteArrayList{demand(none)} << 407
                               << Says{u"does not say of which kind"_s};
    QTest::newRow("a user with a colon") << HttpCredentials{u"a:b"_s, u"s3cret"_s}
                                         << QByteArrayList{demand(Basic + none)} << 407 << Says{u"“a:b”"_s};
}

void HttpTunnelTest::refuses()
{
    QFETCH(HttpCredentials, credentials);
    QFETCH(QByteArrayList, replies);
    QFETCH(int, status);
    QFETCH(QStringList, says);
    for (const qsizetype step : {1, 7, 10'000}) {
        HttpTunnel refused = tunnel(credentials);
        const Run result = run(refused, replies, step);
        QCOMPARE(result.events.last(), Event::Refused);
        QCOMPARE(refused.refusalStatus(), status);
        QVERIFY(refused.refusalText().startsWith(u"The proxy proxy.test:3128 "_s));
        for (const QString &part : says)
            QVERIFY2(refused.refusalText().contains(part), qPrintable(refused.refusalText()));
        QVERIFY(!refused.refusalText().contains(u"s3cret"_s));
        QCOMPARE(refused.steps().last().reply + refused.steps().last().body, replies.last());
    }
}

void HttpTunnelTest::refusesWhatIsNoHead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("says");
    QTest::newRow("TLS") << QByteArray("\x15\x03\x01\x00\x02\x02\x16", 7) << u"does not speak HTTP"_s;
    QTest::newRow("SSH") << QByteArray("SSH-2.0-OpenSSH_9.2\r\n") << u"does not speak HTTP"_s;
    QTest::newRow("endless line") << "HTTP/1.1 200 " + QByteArray(100'000, 'x') << u"too large"_s;
    QTest::newRow("endless fields") << "HTTP/1.1 200 OK\r\n" + QByteArray("a: b\r\n").repeated(1'000) << u"too large"_s;
    QTest::newRow("endless demand") << "HTTP/1.1 407 No\r\n" + Basic.repeated(1'000) << u"too large"_s;
}

void HttpTunnelTest::refusesWhatIsNoHead()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, says);
    for (const qsizetype step : {1, 1'000, 200'000}) {
        HttpTunnel refused = tunnel(HttpUser);
        QCOMPARE(run(refused, {bytes}, step).events, QList<Event>{Event::Refused});
        QCOMPARE(refused.refusalStatus(), 0);
        QVERIFY2(refused.refusalText().contains(says), qPrintable(refused.refusalText()));
        const QByteArray &kept = refused.steps().first().reply;
        QVERIFY(!kept.isEmpty() && kept.size() <= 4'000 && bytes.startsWith(kept));
    }
}

void HttpTunnelTest::skipsOnlySoManyInterimReplies()
{
    HttpTunnel flooded = tunnel();
    QCOMPARE(run(flooded, {QByteArray("HTTP/1.1 103 Early Hints\r\n\r\n").repeated(1'000)}, 10'000).events,
             QList<Event>{Event::Refused});
}

void HttpTunnelTest::saysWhyItEndedEarly()
{
    HttpTunnel silent = tunnel();
    (void)silent.takeOutput({});
    QCOMPARE(silent.ended({}), Event::Refused);
    QVERIFY2(silent.refusalText().contains(u"without an answer to our CONNECT peer.test:443"_s),
             qPrintable(silent.refusalText()));
    HttpTunnel cut = tunnel();
    QCOMPARE(run(cut, {"HTTP/1.1 200 OK\r\nVia:"}, 100).events, QList<Event>{});
    QCOMPARE(cut.ended({}), Event::Refused);
    QVERIFY2(cut.refusalText().contains(u"in the middle"_s), qPrintable(cut.refusalText()));
    QCOMPARE(cut.steps().first().reply, "HTTP/1.1 200 OK\r\nVia:");
    QCOMPARE(cut.steps().first().replied, Timestamp());
    HttpTunnel failed = tunnel();
    (void)failed.takeOutput({});
    QCOMPARE(failed.ended(u"reset"_s), Event::Refused);
    QVERIFY(failed.refusalText().endsWith(u": reset."_s));
    // What has come of a refusal's body is kept and quoted.
    HttpTunnel declined = tunnel();
    QCOMPARE(run(declined, {"HTTP/1.1 403 No\r\n\r\nrule 7"}, 100).events, QList<Event>{Event::Declined});
    QCOMPARE(declined.ended({}), Event::Refused);
    QVERIFY2(declined.refusalText().contains(u"“rule 7”"_s), qPrintable(declined.refusalText()));
}

void HttpTunnelTest::readsAHugeDemand()
{
    // Longer than what is kept: this connection is of no more use.
    const QByteArray body(ReplyBody::Limit + 5, 'x');
    HttpTunnel asking = tunnel(HttpUser);
    const QByteArray reply = demand(Basic + "Content-Length: " + QByteArray::number(body.size()) + "\r\n", body);
    QCOMPARE(run(asking, {reply, Ok}, 64 * 1024).events, (QList<Event>{Event::Reconnect, Event::Opened}));
    QCOMPARE(asking.steps().first().body.size(), ReplyBody::Limit);
}

SOCKEYE_TEST(HttpTunnelTest, QCoreApplication)
#include "tst_httptunnel.moc"
