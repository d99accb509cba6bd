// Connections that go on where a rule is broken, and what is kept of how a connection ended.

#include "connection/SessionFixture.h"

#include "support/TestProgram.h"
#include "wire/FrameEncoder.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class TapLenientTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handshakes_data();
    void handshakes();
    void refusalsStayRefusals();
    void frames_data();
    void frames();
    void maskedFragments();
    void badCompression();
    void badCloses_data();
    void badCloses();
    void lengthThatMakesNoSense();
    void endOfACleanClose();
    void endInTheMiddle();
};

namespace {
constexpr Session::Options Lenient{.echo = false, .closeAfterMessages = 0, .lenient = true};
} // namespace

void TapLenientTest::handshakes_data()
{
    QTest::addColumn<QByteArray>("replaced");
    QTest::addColumn<QByteArray>("by");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char *name, const char *replaced, const char *by, const char *rule) {
        QTest::newRow(name) << QByteArray(replaced) << QByteArray(by) << QString::fromLatin1(rule);
    };
    row("wrong Accept", "Sec-WebSocket-Accept: ", "Sec-WebSocket-Accept: x", "accept");
    row("no Upgrade", "Upgrade: websocket\r\n", "", "upgrade");
    row("no Connection", "Connection: Upgrade\r\n", "", "connection");
    row("HTTP/2.0", "HTTP/1.1", "HTTP/2.0", "http-version");
    row("unknown subprotocol", "\r\n\r\n", "\r\nSec-WebSocket-Protocol: nobody-asked\r\n\r\n", "subprotocol");
    row("unknown extension", "\r\n\r\n", "\r\nSec-WebSocket-Extensions: x-snappy\r\n\r\n", "extensions");
}

void TapLenientTest::handshakes()
{
    QFETCH(QByteArray, replaced);
    QFETCH(QByteArray, by);
    QFETCH(QString, rule);
    SessionFixture f;
    f.server.setReply([&](const QByteArray &head) { return RawServer::acceptReply(head).replace(replaced, by); });
    QVERIFY(f.open(Lenient));
    QVERIFY(f.session->status().lenient);
    QCOMPARE(f.failedChecks(), QStringList{rule});
    QTRY_COMPARE(f.session->status().findings, 1);
    QVERIFY(f.session->send({Opcode::Text, "there"}));
    f.server.send(serverFrame(Opcode::Text, "and back"));
    QTRY_COMPARE(f.session->status().messagesIn, 1);
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
    QVERIFY(!f.session->status().lenient);
}

/// There is no connection to be studied behind a 403.
void TapLenientTest::refusalsStayRefusals()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &) { return QByteArray("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"); });
    QVERIFY(f.session->open(f.endpoint(), Lenient));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::HandshakeFailed);
    QVERIFY(!f.session->status().lenient);
    QCOMPARE(f.session->status().httpStatus, 403);
    for (const Entry &entry : f.entries())
        QVERIFY(entry.event != EventKind::Open);
}

void TapLenientTest::frames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("rules");
    const auto row = [](const char *name, const QByteArray &bytes, const char *rule) {
        QTest::newRow(name) << bytes << QStringList{QString::fromLatin1(rule)};
    };
    row("masked", encodeFrame({.opcode = Opcode::Text, .maskKey = std::array<quint8, 4>{1, 2, 3, 4}}, "bad"),
        "frame.masked");
    row("bad UTF-8", serverFrame(Opcode::Text, "bad\xff"), "message.utf8");
    row("reserved opcode", serverFrame(static_cast<Opcode>(3), "bad"), "frame.reserved-opcode");
    row("reserved control opcode", serverFrame(static_cast<Opcode>(12), "bad"), "frame.reserved-opcode");
    row("RSV3", serverFrame(Opcode::Binary, "bad", true, Rsv3), "frame.rsv");
    row("continuation of nothing", serverFrame(Opcode::Continuation, "bad"), "frame.unexpected-continuation");
    row("long ping", serverFrame(Opcode::Ping, QByteArray(200, 'p')), "frame.control-too-long");
    row("fragmented pong", serverFrame(Opcode::Pong, "bad", false), "frame.control-fragmented");
}

void TapLenientTest::frames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, rules);
    SessionFixture f;
    QVERIFY(f.open({.echo = true, .closeAfterMessages = 0, .lenient = true}));
    f.server.send(bytes.repeated(3) + serverFrame(Opcode::Text, "good"));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    // Neither echoed nor answered; QWebSocket, which would have ended the connection, still serves.
    QCOMPARE(decodeFrames(f.server.received())[0].payload, QByteArray("good"));
    QVERIFY(f.session->send({Opcode::Binary, "by way of it"}));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 2);
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
    QCOMPARE(f.brokenRules(), rules + rules + rules);
    QTRY_COMPARE(f.session->status().findings, 3);
    QCOMPARE(f.messages().size(), 6);
    f.session->abort();
    QVERIFY(f.waitClosed());
    QVERIFY(f.worksAgain());
}

/// Each message is one entry with one finding: its later fragments break nothing by belonging to it.
void TapLenientTest::maskedFragments()
{
    const auto masked = [](Opcode opcode, QByteArrayView payload, bool fin) {
        return encodeFrame({.fin = fin, .opcode = opcode, .maskKey = std::array<quint8, 4>{1, 2, 3, 4}}, payload);
    };
    SessionFixture f;
    QVERIFY(f.open(Lenient));
    f.server.send((masked(Opcode::Text, "a", false) + masked(Opcode::Continuation, "b", false) +
                   masked(Opcode::Continuation, "c", true))
                      .repeated(2));
    QTRY_COMPARE(f.session->status().messagesIn, 2);
    QCOMPARE(f.brokenRules(), QStringList(2, QStringLiteral("frame.masked")));
    QCOMPARE(f.messages().size(), 2);
    QCOMPARE(f.messages()[1].head, QByteArray("abc"));
    QCOMPARE(f.messages()[1].frameCount, 3);
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
}

void TapLenientTest::badCompression()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &head) {
        return RawServer::acceptReply(head, "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    });
    QVERIFY(f.open(Lenient));
    Deflater deflater(15, false);
    f.server.send(serverFrame(Opcode::Text, "\x07", true, Rsv1) +
                  serverFrame(Opcode::Text, deflater.deflate("lost with the window"), true, Rsv1) +
                  serverFrame(Opcode::Text, "plain"));
    QTRY_COMPARE(f.session->status().messagesIn, 3);
    QCOMPARE(f.brokenRules(), QStringList(2, QStringLiteral("message.deflate")));
    QCOMPARE(f.messages()[2].head, QByteArray("plain"));
    QCOMPARE(f.session->status().state, SessionStatus::State::Open);
}

void TapLenientTest::badCloses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("rule");
    QTest::newRow("1005") << encodeCloseBody(1005, {}) << QStringLiteral("close.code");
    QTest::newRow("one byte") << QByteArray("x") << QStringLiteral("close.one-byte");
    QTest::newRow("bad reason") << QByteArray(encodeCloseBody(1000, {}) + "\xff") << QStringLiteral("close.utf8");
}

/// A close is a close: it is answered, with its code where that may be said.
void TapLenientTest::badCloses()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, rule);
    SessionFixture f;
    QVERIFY(f.open(Lenient));
    f.server.send(serverFrame(Opcode::Close, body));
    const int expected = rule == QStringLiteral("close.utf8") ? 1000 : 1005;
    QTRY_COMPARE(closeCodeIn(f.server.received()), expected);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    QCOMPARE(f.brokenRules(), QStringList{rule});
}

/// Where the next frame begins nobody knows then.
void TapLenientTest::lengthThatMakesNoSense()
{
    SessionFixture f;
    QVERIFY(f.open(Lenient));
    f.server.send(QByteArray::fromHex("827f8000000000000000"));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1002);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::RuleBroken);
}

void TapLenientTest::endOfACleanClose()
{
    SessionFixture f;
    QVERIFY(f.open());
    QVERIFY(f.session->send({Opcode::Text, "out"}));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    f.server.send(serverFrame(Opcode::Text, "in"));
    QTRY_COMPARE(f.session->status().messagesIn, 1);
    f.server.send(serverFrame(Opcode::Close, encodeCloseBody(4001, u"enough")));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 4001);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());

    const ConnectionRecord record = f.record();
    const QList<Entry> messages = f.messages();
    QCOMPARE(messages.size(), 4);
    QVERIFY(record.end);
    const EndDetails &end = *record.end;
    QCOMPARE(*end.receivedClose, (CloseBody{4001, QStringLiteral("enough"), true}));
    QCOMPARE(*end.sentClose, (CloseBody{4001, {}, true}));
    QCOMPARE(end.receivedCloseTime, messages[2].time);
    QVERIFY(end.sentCloseTime >= end.receivedCloseTime && end.sentCloseTime <= messages[3].time);
    QCOMPARE(end.tcp, TcpEnd::PeerFin);
    QCOMPARE(end.brokenRule, QString());
    QCOMPARE(end.unsentBytes, 0);
    QCOMPARE(end.partialBytes, 0);
    QCOMPARE(end.lastOut, messages[0].time);
    QCOMPARE(end.closeTimedOutAfter, Nanoseconds(-1));
}

void TapLenientTest::endInTheMiddle()
{
    SessionFixture f;
    QVERIFY(f.open());
    const QByteArray half = serverFrame(Opcode::Binary, QByteArray(1000, 'x')).first(500);
    f.server.send(serverFrame(Opcode::Text, "in") + half);
    QTRY_COMPARE(f.session->status().messagesIn, 1);
    f.server.end(RawServer::End::Reset);
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QVERIFY(record.end);
    QVERIFY(!record.end->receivedClose && !record.end->sentClose);
#ifdef Q_OS_LINUX
    QCOMPARE(record.end->tcp, TcpEnd::PeerReset);
#endif
    QCOMPARE(record.end->partialBytes, 500);
    QCOMPARE(record.end->lastIn, f.messages()[0].time);
    QCOMPARE(record.end->lastOut, Timestamp());
}

SOCKEYE_TEST(TapLenientTest, QCoreApplication)
#include "tst_tap_lenient.moc"
