// The handshake and the messages of an open connection, on the wire and in the capture.

#include "connection/SessionFixture.h"

#include "support/TestProgram.h"
#include "wire/Handshake.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class SessionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsTheRequestAsSent();
    void sendsHeadersAsWritten();
    void refusesBadInput_data();
    void refusesBadInput();
    void takesKeepAliveUpgrade();
    void takesFramesInTheSegmentOfThe101();
    void sendsAndRecords();
    void answersPings();
    void joinsFragments();
    void keepsByteOrderMark();
    void echoes();
    void closesAfterCount();
    void refusesControlPayloadTooLong();
    void refusedHandshake_data();
    void refusedHandshake();
    void brokenReply_data();
    void brokenReply();
    void silence();
    void refusedPort();
    void unknownHost();
    void slowCaptureSlowsThePeer();
    void connectsAgain();
};

void SessionTest::recordsTheRequestAsSent()
{
    SessionFixture f;
    QVERIFY(f.open());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.requestHead, f.server.requestHead());
    QVERIFY(record.requestHead.startsWith("GET / HTTP/1.1\r\nHost: 127.0.0.1:"));
    QVERIFY(record.responseHead.startsWith("HTTP/1.1 101 "));
    QCOMPARE(record.peerAddress, QStringLiteral("127.0.0.1:%1").arg(f.server.port()));
    QVERIFY(record.timings.total.count() > 0);
    QVERIFY(record.timings.tcp.count() >= 0);
    QVERIFY(std::all_of(record.checks.cbegin(), record.checks.cend(),
                        [](const HandshakeCheck &check) { return check.passed; }));

    const QList<Entry> entries = f.entries();
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries[0].event, EventKind::Connecting);
    QCOMPARE(entries[1].event, EventKind::Open);
    QVERIFY(entries[1].head.startsWith("Connected · 101 "));
}

void SessionTest::sendsHeadersAsWritten()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.url += QStringLiteral("feed?x=1&y=%20z");
    endpoint.headers = {{QStringLiteral("x-Trace"), QStringLiteral("1")},
                        {QStringLiteral("X-TRACE"), QStringLiteral("2")},
                        {QStringLiteral("X-Off"), QStringLiteral("3"), false},
                        {QStringLiteral("Host"), QStringLiteral("api.example.com")},
                        {QStringLiteral("Origin"), QStringLiteral("https://example.com")}};
    endpoint.subprotocols = {QStringLiteral("v2"), QStringLiteral("v1")};
    f.server.setReply(
        [](const QByteArray &head) { return RawServer::acceptReply(head, "Sec-WebSocket-Protocol: v1\r\n"); });
    QVERIFY(f.session->open(endpoint));
    QTRY_COMPARE(f.session->status().state, SessionStatus::State::Open);
    const QByteArray head = f.server.requestHead();
    QVERIFY2(head.startsWith("GET /feed?x=1&y=%20z HTTP/1.1\r\n"), head.constData());
    QVERIFY2(head.contains("x-Trace: 1\r\nX-TRACE: 2\r\n"), head.constData());
    QVERIFY2(!head.contains("X-Off"), head.constData());
    QVERIFY2(head.contains("Host: api.example.com\r\n"), head.constData());
    QCOMPARE(head.count("Host:"), 1);
    QVERIFY2(head.contains("Origin: https://example.com\r\n"), head.constData());
    QVERIFY2(head.contains("Sec-WebSocket-Protocol: v2, v1\r\n"), head.constData());
    QCOMPARE(f.session->status().subprotocol, QStringLiteral("v1"));
}

void SessionTest::refusesBadInput_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<RequestHeader>("header");
    QTest::addColumn<QString>("caFile");
    QTest::addColumn<QString>("word");
    const RequestHeader none{QStringLiteral("X-A"), QStringLiteral("1")};
    const QString any = QStringLiteral("ws://127.0.0.1:1/");
    QTest::newRow("scheme") << QStringLiteral("ftp://127.0.0.1/") << none << QString() << QStringLiteral("ftp");
    QTest::newRow("no host") << QStringLiteral("ws:///path") << none << QString() << QStringLiteral("host");
    QTest::newRow("line break in a value") << any << RequestHeader{QStringLiteral("X-A"), QStringLiteral("1\r\nX-B: 2")}
                                           << QString() << QStringLiteral("X-A");
    QTest::newRow("line break in a name") << any << RequestHeader{QStringLiteral("X-A: 1\r\nX-B"), QStringLiteral("2")}
                                          << QString() << QStringLiteral("header");
    QTest::newRow("no CA file") << any << none << QStringLiteral("/no/such/ca.pem")
                                << QStringLiteral("/no/such/ca.pem");
}

void SessionTest::refusesBadInput()
{
    QFETCH(QString, url);
    QFETCH(RequestHeader, header);
    QFETCH(QString, caFile);
    QFETCH(QString, word);
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = url;
    endpoint.headers = {header};
    endpoint.tls.caFile = caFile;
    const auto opened = f.session->open(endpoint);
    QVERIFY(!opened);
    QVERIFY2(opened.message().contains(word), qPrintable(opened.message()));
    QCOMPARE(f.session->status().state, SessionStatus::State::Idle);
    QCOMPARE(f.entries().size(), 0);
}

void SessionTest::takesKeepAliveUpgrade()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &head) {
        return RawServer::acceptReply(head).replace("Connection: Upgrade", "Connection: keep-alive, Upgrade");
    });
    QVERIFY(f.open());
    QVERIFY(f.record().responseHead.contains("keep-alive, Upgrade"));
}

void SessionTest::takesFramesInTheSegmentOfThe101()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &head) {
        return RawServer::acceptReply(head) + serverFrame(Opcode::Text, "first") + serverFrame(Opcode::Ping, "now");
    });
    QVERIFY(f.open());
    // The ping reached QWebSocket, or nobody would have answered it.
    QTRY_COMPARE(f.messages().size(), 3);
    QCOMPARE(f.messages()[0].head, QByteArray("first"));
    QCOMPARE(f.messages()[2].kind, EntryKind::Pong);
    QCOMPARE(f.messages()[2].head, QByteArray("now"));
}

void SessionTest::sendsAndRecords()
{
    SessionFixture f;
    QVERIFY(f.open());
    const QByteArray binary = QByteArray::fromHex("00ff10");
    const QByteArray large(100'000, 'x');
    QVERIFY(f.session->send({Opcode::Text, "hello"}));
    QVERIFY(f.session->send({Opcode::Binary, binary}));
    QVERIFY(f.session->send({Opcode::Text, QByteArray()}));
    QVERIFY(f.session->send({Opcode::Binary, large}));
    QVERIFY(f.session->send({Opcode::Ping, "p"}));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 5);

    const QList<Frame> sent = decodeFrames(f.server.received());
    const QList<Entry> recorded = f.messages();
    QCOMPARE(recorded.size(), 5);
    for (qsizetype i = 0; i < sent.size(); ++i) {
        QCOMPARE(recorded[i].direction, Direction::Out);
        QVERIFY(sent[i].header.masked);
        QCOMPARE(f.payload(recorded[i]), sent[i].payload);
        QCOMPARE(f.frames(recorded[i]).size(), 1);
        QVERIFY(f.frames(recorded[i])[0] == sent[i].header);
        QCOMPARE(recorded[i].wireSize, sent[i].header.size + sent[i].payload.size());
    }
    QCOMPARE(sent[1].payload, binary);
    QCOMPARE(sent[3].payload, large);
    QTRY_COMPARE(f.session->status().messagesOut, 4);
}

void SessionTest::answersPings()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Ping, "hear"));
    QTRY_COMPARE(f.messages().size(), 2);
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    const Frame sent = decodeFrames(f.server.received())[0];
    QCOMPARE(sent.header.opcode, Opcode::Pong);
    QCOMPARE(sent.payload, QByteArray("hear"));
}

void SessionTest::joinsFragments()
{
    SessionFixture f;
    QVERIFY(f.open());
    // A character split over two fragments, with a ping between them.
    const QByteArray text = "caf\xc3\xa9!";
    f.server.send(serverFrame(Opcode::Text, text.first(4), false) + serverFrame(Opcode::Ping, "") +
                  serverFrame(Opcode::Continuation, text.sliced(4)));
    QTRY_COMPARE(f.messages().size(), 3);
    const QList<Entry> messages = f.messages();
    const auto whole =
        std::find_if(messages.cbegin(), messages.cend(), [](const Entry &e) { return e.kind == EntryKind::Text; });
    QVERIFY(whole != messages.cend());
    QCOMPARE(whole->head, text);
    QCOMPARE(whole->frameCount, 2);
    QCOMPARE(whole->findingCount, 0);
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
}

void SessionTest::keepsByteOrderMark()
{
    SessionFixture f;
    QVERIFY(f.open({.echo = true, .closeAfterMessages = 0}));
    const QByteArray text = "\xef\xbb\xbfmarked";
    f.server.send(serverFrame(Opcode::Text, text));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    QCOMPARE(decodeFrames(f.server.received())[0].payload, text);
}

void SessionTest::echoes()
{
    SessionFixture f;
    QVERIFY(f.open({.echo = true, .closeAfterMessages = 0}));
    const QByteArray binary(70'000, '\x7f');
    f.server.send(serverFrame(Opcode::Text, "a") + serverFrame(Opcode::Binary, binary) + serverFrame(Opcode::Text, ""));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 3);
    const QList<Frame> sent = decodeFrames(f.server.received());
    QCOMPARE(sent[0].header.opcode, Opcode::Text);
    QCOMPARE(sent[0].payload, QByteArray("a"));
    QCOMPARE(sent[1].header.opcode, Opcode::Binary);
    QCOMPARE(sent[1].payload, binary);
    QCOMPARE(sent[2].payload, QByteArray());
}

void SessionTest::closesAfterCount()
{
    SessionFixture f;
    QVERIFY(f.open({.echo = false, .closeAfterMessages = 2}));
    f.server.send(serverFrame(Opcode::Text, "1") + serverFrame(Opcode::Ping, "") + serverFrame(Opcode::Text, "2"));
    QTRY_VERIFY(!decodeFrames(f.server.received()).isEmpty() &&
                decodeFrames(f.server.received()).constLast().header.opcode == Opcode::Close);
    QCOMPARE(decodeFrames(f.server.received()).constLast().payload, QByteArray::fromHex("03e8"));
    f.server.send(serverFrame(Opcode::Close, QByteArray::fromHex("03e8")));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
}

void SessionTest::refusesControlPayloadTooLong()
{
    SessionFixture f;
    QVERIFY(!f.session->send({Opcode::Text, "too early"}));
    QVERIFY(f.open());
    QVERIFY(f.session->send({Opcode::Ping, QByteArray(125, 'x')}));
    QVERIFY(!f.session->send({Opcode::Ping, QByteArray(126, 'x')}));
    QVERIFY(!f.session->send({Opcode::Text, "\xff"}));
}

void SessionTest::refusedHandshake_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("word");
    QTest::newRow("200") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") << QByteArray("hello")
                         << QStringLiteral("200 OK");
    QTest::newRow("403") << QByteArray("HTTP/1.1 403 Forbidden\r\nContent-Length: 9\r\n\r\nno entry\n")
                         << QByteArray("no entry\n") << QStringLiteral("403 Forbidden");
    QTest::newRow("body until the end of TCP") << QByteArray("HTTP/1.0 404 Not Found\r\n\r\nnothing here")
                                               << QByteArray("nothing here") << QStringLiteral("404");
    QTest::newRow("redirect") << QByteArray("HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n")
                              << QByteArray() << QStringLiteral("302");
}

void SessionTest::refusedHandshake()
{
    QFETCH(QByteArray, reply);
    QFETCH(QByteArray, body);
    QFETCH(QString, word);
    SessionFixture f;
    f.server.setReply([&](const QByteArray &) { return reply; });
    f.server.endAfterReply(RawServer::End::Fin);
    QVERIFY(f.session->open(f.endpoint()));
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::HandshakeFailed);
    QCOMPARE(record.responseBody, body);
    QCOMPARE(record.responseHead + record.responseBody, reply);
    QVERIFY2(record.endText.contains(word), qPrintable(record.endText));
    QCOMPARE(f.entries().constLast().event, EventKind::Failed);
}

void SessionTest::brokenReply_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<RawServer::End>("end");
    QTest::addColumn<QString>("word");
    const QByteArray good = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Accept: bm90IHRoZSByaWdodCBvbmU=\r\n\r\n";
    QTest::newRow("wrong accept") << good << RawServer::End::Fin << QStringLiteral("Sec-WebSocket-Accept");
    QTest::newRow("garbage") << QByteArray("\x16\x03\x01garbage") << RawServer::End::Fin
                             << QStringLiteral("does not speak HTTP");
    QTest::newRow("fin") << QByteArray("HTTP/1.1 10") << RawServer::End::Fin
                         << QStringLiteral("closed the connection in the middle");
    QTest::newRow("rst") << QByteArray("HTTP/1.1 10") << RawServer::End::Reset << QStringLiteral("RST");
    QTest::newRow("too large") << QByteArray("HTTP/1.1 101 x\r\nX: " + QByteArray(300 * 1024, 'y'))
                               << RawServer::End::Fin << QStringLiteral("too large");
}

void SessionTest::brokenReply()
{
    QFETCH(QByteArray, reply);
    QFETCH(RawServer::End, end);
    QFETCH(QString, word);
    SessionFixture f;
    f.server.setReply([&](const QByteArray &) { return reply; });
    f.server.endAfterReply(end);
    QVERIFY(f.session->open(f.endpoint()));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QVERIFY2(f.session->status().endText.contains(word), qPrintable(f.session->status().endText));
}

void SessionTest::silence()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &) { return QByteArray(); });
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.connect = std::chrono::milliseconds(300);
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QVERIFY2(f.session->status().endText.contains(u"waiting for the reply"), qPrintable(f.session->status().endText));
}

void SessionTest::refusedPort()
{
    SessionFixture f;
    quint16 port = 0;
    {
        RawServer gone;
        port = gone.port();
    }
    Endpoint endpoint;
    endpoint.url = QStringLiteral("ws://127.0.0.1:%1/").arg(port);
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::ConnectFailed);
    QVERIFY2(f.session->status().endText.contains(u"refused"), qPrintable(f.session->status().endText));
}

void SessionTest::unknownHost()
{
    SessionFixture f;
    Endpoint endpoint;
    endpoint.url = QStringLiteral("ws://no-such-host.invalid/");
    endpoint.proxy = QStringLiteral("none");
    QVERIFY(f.session->open(endpoint));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::ConnectFailed);
    QVERIFY2(f.session->status().endText.contains(u"no-such-host.invalid"), qPrintable(f.session->status().endText));
}

void SessionTest::slowCaptureSlowsThePeer()
{
    // A queue of a few entries: room runs out again and again, and nothing may be lost by it.
    SessionFixture f({.maxQueuedEntries = 64, .maxQueuedBytes = 64 * 1024});
    QVERIFY(f.open());
    constexpr int Count = 20'000;
    QByteArray flood;
    for (int i = 0; i < Count; ++i)
        flood += serverFrame(Opcode::Text, QByteArray::number(i));
    f.server.send(flood);
    QTRY_COMPARE_WITH_TIMEOUT(f.session->status().messagesIn, Count, 30'000);
    const QList<Entry> messages = f.messages();
    QCOMPARE(messages.size(), Count);
    for (int i = 0; i < Count; ++i)
        QCOMPARE(messages[i].head, QByteArray::number(i));
}

void SessionTest::connectsAgain()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &) { return QByteArray("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"); });
    QVERIFY(f.session->open(f.endpoint()));
    QVERIFY(f.waitClosed());
    f.server.setReply([](const QByteArray &head) { return RawServer::acceptReply(head); });
    QVERIFY(f.open());
    QVERIFY(!f.session->open(f.endpoint()));
    QCOMPARE(f.session->status().connection, ConnectionId(2));
    QCOMPARE(f.record(1).endKind, EndKind::HandshakeFailed);
    QCOMPARE(f.record(2).endKind, EndKind::Live);
    f.session->abort();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.record(2).endKind, EndKind::Aborted);
}

SOCKEYE_TEST(SessionTest, QCoreApplication)
#include "tst_session.moc"
