// How connections end: closing handshakes, dropped TCP, and rules that are broken.

#include "connection/SessionFixture.h"

#include "support/TestProgram.h"
#include "wire/CloseCode.h"
#include "wire/FrameEncoder.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class SessionClosingTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void peerCloses_data();
    void peerCloses();
    void tellsTheLastFrameBeforeTheClose();
    void weClose();
    void bothClose();
    void closedRightBehindTheReply();
    void waitsForThePeersClose();
    void closeNeverAnswered();
    void peerLeavesTcpOpen();
    void dropped_data();
    void dropped();
    void droppedInAFrame();
    void droppedInAMessage();
    void dataAfterClose();
    void brokenRule_data();
    void brokenRule();
    void closeAfterABrokenRule();
    void aborts();
    void givesUpConnecting();
    void goneWhileOpen();
};

void SessionClosingTest::peerCloses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("code");
    QTest::newRow("1000") << encodeCloseBody(1000, u"done") << encodeCloseBody(1000, {}) << 1000;
    QTest::newRow("empty") << QByteArray() << QByteArray() << 1005;
    QTest::newRow("1012") << encodeCloseBody(1012, u"restart") << encodeCloseBody(1012, {}) << 1012;
    QTest::newRow("3000") << encodeCloseBody(3000, {}) << encodeCloseBody(3000, {}) << 3000;
    QTest::newRow("4999") << encodeCloseBody(4999, u"gr\u00fc\u00df") << encodeCloseBody(4999, {}) << 4999;
}

void SessionClosingTest::peerCloses()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, answer);
    QFETCH(int, code);
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Close, body));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());

    const Frame sent = decodeFrames(f.server.received())[0];
    QCOMPARE(sent.header.opcode, Opcode::Close);
    QVERIFY(sent.header.masked);
    QCOMPARE(sent.payload, answer);
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::Clean);
    QCOMPARE(int(record.closeCode), code);
    QCOMPARE(record.closeReason, QString::fromUtf8(body.sliced(std::min<qsizetype>(2, body.size()))));
    QVERIFY2(record.endText.startsWith(u"Closed by the peer"), qPrintable(record.endText));
    const QList<Entry> messages = f.messages();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0].direction, Direction::In);
    QCOMPARE(messages[1].direction, Direction::Out);
    QCOMPARE(f.entries().constLast().event, EventKind::Closed);
}

void SessionClosingTest::tellsTheLastFrameBeforeTheClose()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Text, "last words"));
    QTRY_COMPARE(f.messages().size(), 1);
    f.server.send(serverFrame(Opcode::Close, encodeCloseBody(1001, {})));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    const std::optional<EndDetails> end = f.record().end;
    QVERIFY(end);
    QCOMPARE(toNs(end->lastIn), toNs(f.messages()[0].time));
    QVERIFY(end->lastIn < end->receivedCloseTime);
    QCOMPARE(toNs(end->lastOut), 0);
}

void SessionClosingTest::weClose()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.session->close(4321, QStringLiteral("enough"));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    QCOMPARE(decodeFrames(f.server.received())[0].payload, encodeCloseBody(4321, u"enough"));
    QTRY_COMPARE(f.session->status().state, SessionStatus::State::Closing);
    f.server.send(serverFrame(Opcode::Close, encodeCloseBody(4321, {})));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    QVERIFY2(f.session->status().endText.startsWith(u"Closed by us"), qPrintable(f.session->status().endText));
}

void SessionClosingTest::bothClose()
{
    SessionFixture f;
    QVERIFY(f.open({.echo = false, .closeAfterMessages = 2, .lenient = false}));
    // Our own close is due with the second message, and the peer's comes right behind it.
    f.server.send(serverFrame(Opcode::Text, "1") + serverFrame(Opcode::Text, "2") +
                  serverFrame(Opcode::Close, encodeCloseBody(1001, {})));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    QCOMPARE(decodeFrames(f.server.received())[0].payload, encodeCloseBody(1001, {}));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
}

void SessionClosingTest::closedRightBehindTheReply()
{
    SessionFixture f;
    QSignalSpy opened(f.session.get(), &Session::opened);
    f.server.setReply([](const QByteArray &head) {
        return RawServer::acceptReply(head) + serverFrame(Opcode::Close, encodeCloseBody(1013, {}));
    });
    QVERIFY(f.session->open(f.endpoint()));
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    QCOMPARE(f.session->status().closeCode, quint16(1013));
    QCOMPARE(opened.count(), 0);
}

void SessionClosingTest::waitsForThePeersClose()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.session->close();
    QTRY_COMPARE(decodeFrames(f.server.received()).size(), 1);
    // QWebSocket is gone by now; what the peer still sends is recorded all the same, and its ping is not answered.
    f.server.send(serverFrame(Opcode::Text, "last words") + serverFrame(Opcode::Ping, "?"));
    QTRY_COMPARE(f.messages().size(), 3);
    QCOMPARE(f.session->status().state, SessionStatus::State::Closing);
    f.server.send(serverFrame(Opcode::Close, encodeCloseBody(1000, {})));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    QCOMPARE(decodeFrames(f.server.received()).size(), 1);
    QCOMPARE(f.messages()[1].head, QByteArray("last words"));
}

void SessionClosingTest::closeNeverAnswered()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.close = std::chrono::milliseconds(200);
    QVERIFY(f.session->open(endpoint));
    QTRY_COMPARE(f.session->status().state, SessionStatus::State::Open);
    f.session->close();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::CloseTimeout);
    QVERIFY2(f.session->status().endText.contains(u"not answered within 200 ms"),
             qPrintable(f.session->status().endText));
}

void SessionClosingTest::peerLeavesTcpOpen()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Close, encodeCloseBody(1000, {})));
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    QVERIFY2(f.session->status().endText.contains(u"left TCP open"), qPrintable(f.session->status().endText));
}

void SessionClosingTest::dropped_data()
{
    QTest::addColumn<RawServer::End>("end");
    QTest::addColumn<QString>("word");
    QTest::newRow("fin") << RawServer::End::Fin << QStringLiteral("FIN");
    QTest::newRow("rst") << RawServer::End::Reset << QStringLiteral("RST");
}

void SessionClosingTest::dropped()
{
    QFETCH(RawServer::End, end);
    QFETCH(QString, word);
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Text, "before"));
    QTRY_COMPARE(f.messages().size(), 1);
    f.server.end(end);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Dropped);
    QCOMPARE(f.session->status().closeCode, quint16(1006));
    QVERIFY2(f.session->status().endText.contains(word), qPrintable(f.session->status().endText));
    QCOMPARE(f.entries().constLast().event, EventKind::Broken);
}

void SessionClosingTest::droppedInAFrame()
{
    SessionFixture f;
    QVERIFY(f.open());
    const QByteArray half = serverFrame(Opcode::Text, "whole").first(4);
    f.server.send(half);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.messages().size(), 1);
    QCOMPARE(f.messages()[0].kind, EntryKind::Raw);
    QCOMPARE(f.messages()[0].head, half);
    QVERIFY2(f.session->status().endText.contains(u"4 byte"), qPrintable(f.session->status().endText));
}

void SessionClosingTest::droppedInAMessage()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Text, "half", false));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.messages().size(), 1);
    QCOMPARE(f.messages()[0].head, QByteArray("half"));
    QVERIFY(!f.messages()[0].complete);
}

void SessionClosingTest::dataAfterClose()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Close, encodeCloseBody(1000, {})) + serverFrame(Opcode::Text, "too late"));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    const QList<Entry> messages = f.messages();
    const auto late =
        std::find_if(messages.cbegin(), messages.cend(), [](const Entry &e) { return e.head == "too late"; });
    QVERIFY(late != messages.cend());
    QCOMPARE(f.findings(*late).constFirst().rule, QStringLiteral("frame.after-close"));
}

void SessionClosingTest::brokenRule_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("rule");
    const auto row = [](const char *name, const QByteArray &bytes, int code, const char *rule) {
        QTest::newRow(name) << bytes << code << QString::fromLatin1(rule);
    };
    row("masked", encodeFrame({.opcode = Opcode::Text, .maskKey = std::array<quint8, 4>{1, 2, 3, 4}}, "x"), 1002,
        "frame.masked");
    row("rsv1", serverFrame(Opcode::Text, "x", true, Rsv1), 1002, "frame.rsv");
    row("reserved opcode", serverFrame(static_cast<Opcode>(3), "x"), 1002, "frame.reserved-opcode");
    row("reserved control", serverFrame(static_cast<Opcode>(11), ""), 1002, "frame.reserved-opcode");
    row("continuation of nothing", serverFrame(Opcode::Continuation, "x"), 1002, "frame.unexpected-continuation");
    row("text in a message", serverFrame(Opcode::Text, "a", false) + serverFrame(Opcode::Text, "b"), 1002,
        "frame.expected-continuation");
    row("long ping", serverFrame(Opcode::Ping, QByteArray(126, 'x')), 1002, "frame.control-too-long");
    row("fragmented ping", serverFrame(Opcode::Ping, "x", false), 1002, "frame.control-fragmented");
    row("utf-8", serverFrame(Opcode::Text, "ok\xff"), 1007, "message.utf8");
    row("close of one byte", serverFrame(Opcode::Close, "\x03"), 1002, "close.one-byte");
    row("close 1005", serverFrame(Opcode::Close, encodeCloseBody(1005, {})), 1002, "close.code");
    row("close reason", serverFrame(Opcode::Close, QByteArray::fromHex("03e8ff")), 1007, "close.utf8");
    row("length of 2^63", QByteArray::fromHex("827f8000000000000000"), 1002, "frame.length");
    row("1 GiB announced", QByteArray::fromHex("827f0000000040000000"), 1009, "message.too-large");
}

void SessionClosingTest::brokenRule()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, code);
    QFETCH(QString, rule);
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(bytes + serverFrame(Opcode::Text, "only recorded"));
    QTRY_VERIFY(!decodeFrames(f.server.received()).isEmpty());
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());

    const Frame close = decodeFrames(f.server.received()).constLast();
    QCOMPARE(close.header.opcode, Opcode::Close);
    QCOMPARE(int(parseCloseBody(close.payload).code), code);
    QCOMPARE(f.session->status().endKind, EndKind::RuleBroken);
    QCOMPARE(int(f.session->status().closeCode), code);
    QVERIFY(f.session->status().findings > 0);
    QStringList rules;
    // Where the length is not known the rest is bytes.
    QCOMPARE(f.unprocessed().size(), 1);
    QVERIFY(f.unprocessed().constFirst().endsWith("only recorded"));
    for (const Entry &entry : f.messages()) {
        for (const Finding &finding : f.findings(entry))
            rules += finding.rule;
    }
    QVERIFY2(rules.contains(rule), qPrintable(rules.join(u' ')));
}

void SessionClosingTest::aborts()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.session->abort();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Aborted);
    QTRY_VERIFY(!f.server.isConnected());
    QVERIFY(f.server.received().isEmpty());
}

void SessionClosingTest::givesUpConnecting()
{
    SessionFixture f;
    f.server.setReply([](const QByteArray &) { return QByteArray(); });
    QVERIFY(f.session->open(f.endpoint()));
    QTRY_VERIFY(!f.server.requestHead().isEmpty());
    f.session->close();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Aborted);
}

/// A session that is destroyed while open leaves no thread and no socket behind.
void SessionClosingTest::goneWhileOpen()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.session.reset();
    QTRY_VERIFY(!f.server.isConnected());
    QCOMPARE(f.record().endKind, EndKind::Aborted);
}

/// The peer's close often says what it thinks went wrong: it is part of the record, and answered by nothing.
void SessionClosingTest::closeAfterABrokenRule()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(static_cast<Opcode>(3), "bad"));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1002);
    f.server.send(serverFrame(Opcode::Ping, "late") +
                  serverFrame(Opcode::Close, encodeCloseBody(4005, QStringLiteral("my own reason"))));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::RuleBroken);
    QCOMPARE(record.closeCode, quint16(1002));
    QVERIFY(record.end->receivedClose);
    QCOMPARE(record.end->receivedClose->code, quint16(4005));
    // The reason is that of the code.
    QCOMPARE(record.closeReason, record.end->sentClose->reason);
    QCOMPARE(f.unprocessed().size(), 2);
    QCOMPARE(f.unprocessed().constFirst(), QByteArray("late"));
    QCOMPARE(decodeFrames(f.server.received()).size(), 1);
    QVERIFY(f.worksAgain());
}

SOCKEYE_TEST(SessionClosingTest, QCoreApplication)
#include "tst_session_closing.moc"
