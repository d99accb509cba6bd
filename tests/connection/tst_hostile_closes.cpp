// Peers that close in ways that the RFC forbids, or that no one would expect.

#include "connection/SessionFixture.h"

#include "support/TestProgram.h"
#include "wire/FrameEncoder.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class HostileClosesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badCloses_data();
    void badCloses();
    void goodCloses_data();
    void goodCloses();
    void neverAnswers();
    void floodsInsteadOfAnswering();
    void dataAfterClose();
    void closesTwice();
    void breaksARuleAfterOurClose();
    void closesAtOnce();
    void closesBetweenFragments();
};

namespace {
QByteArray closeFrame(quint16 code, QStringView reason = {})
{
    return serverFrame(Opcode::Close, encodeCloseBody(code, reason));
}
} // namespace

void HostileClosesTest::badCloses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("answer");
    QTest::addColumn<QString>("rule");
    // encodeCloseBody() takes 0 for no code at all.
    QTest::newRow("code 0") << QByteArray::fromHex("0000") << 1002 << QStringLiteral("close.code");
    for (const int code : {999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
        QTest::addRow("code %d", code) << encodeCloseBody(quint16(code), {}) << 1002 << QStringLiteral("close.code");
    QTest::newRow("one byte") << QByteArray("\x03") << 1002 << QStringLiteral("close.one-byte");
    QTest::newRow("bad UTF-8 in the reason")
        << QByteArray(encodeCloseBody(1000, u"bad: ") + "\xff") << 1007 << QStringLiteral("close.utf8");
    QTest::newRow("reason that ends inside a character")
        << QByteArray(encodeCloseBody(1000, {}) + "\xe2\x82") << 1007 << QStringLiteral("close.utf8");
}

void HostileClosesTest::badCloses()
{
    QFETCH(QByteArray, body);
    QFETCH(int, answer);
    QFETCH(QString, rule);
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Close, body));
    QTRY_COMPARE(closeCodeIn(f.server.received()), answer);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::RuleBroken);
    QCOMPARE(record.end->brokenRule, rule);
    QCOMPARE(f.brokenRules(), QStringList{rule});
    QVERIFY(record.end->receivedClose);
    QCOMPARE(record.end->receivedClose->wellFormed, body.size() != 1);
    QCOMPARE(int(record.end->sentClose->code), answer);
    QVERIFY(f.worksAgain());
}

void HostileClosesTest::goodCloses_data()
{
    QTest::addColumn<quint16>("code");
    for (const int code : {1000, 1001, 1003, 1007, 1011, 1012, 1014, 3000, 4000, 4999})
        QTest::addRow("code %d", code) << quint16(code);
}

void HostileClosesTest::goodCloses()
{
    QFETCH(quint16, code);
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(closeFrame(code, u"so long"));
    QTRY_COMPARE(closeCodeIn(f.server.received()), int(code));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    QCOMPARE(f.session->status().closeCode, code);
    QCOMPARE(f.session->status().closeReason, QStringLiteral("so long"));
    QVERIFY(f.brokenRules().isEmpty());
    QVERIFY(f.worksAgain());
}

void HostileClosesTest::neverAnswers()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.close = std::chrono::milliseconds(200);
    QVERIFY(f.open(endpoint));
    f.session->close(4000, QStringLiteral("anybody?"));
    QVERIFY(f.waitClosed());
    const ConnectionRecord record = f.record();
    QCOMPARE(record.endKind, EndKind::CloseTimeout);
    QCOMPARE(record.closeCode, quint16(4000));
    QCOMPARE(record.end->closeTimedOutAfter, Nanoseconds(std::chrono::milliseconds(200)));
    QCOMPARE(record.end->tcp, TcpEnd::Ours);
    QVERIFY(!record.end->receivedClose);
    QTRY_VERIFY(!f.server.isConnected());
    QVERIFY(f.worksAgain());
}

void HostileClosesTest::floodsInsteadOfAnswering()
{
    SessionFixture f;
    Endpoint endpoint = f.endpoint();
    endpoint.timeouts.close = std::chrono::milliseconds(200);
    QVERIFY(f.open(endpoint));
    f.server.sendInPieces(1000, std::chrono::milliseconds(1));
    f.server.send(serverFrame(Opcode::Text, QByteArray(998, 'x')).repeated(100'000));
    QTRY_VERIFY(f.session->status().messagesIn > 0);
    f.session->close();
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::CloseTimeout);
    QVERIFY(f.worksAgain());
}

void HostileClosesTest::dataAfterClose()
{
    SessionFixture f;
    QVERIFY(f.open({.echo = true, .closeAfterMessages = 0, .lenient = false}));
    f.server.send(closeFrame(1000) + serverFrame(Opcode::Text, "late").repeated(3) + serverFrame(Opcode::Ping, "p") +
                  serverFrame(static_cast<Opcode>(3), "odd"));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1000);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    // The end is a clean one all the same; nothing that came after it is echoed or answered.
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    QCOMPARE(decodeFrames(f.server.received()).size(), 1);
    QCOMPARE(f.brokenRules().count(QStringLiteral("frame.after-close")), 5);
    QCOMPARE(f.messages().size(), 7);
    QVERIFY(f.worksAgain());
}

void HostileClosesTest::closesTwice()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(closeFrame(1000, u"first") + closeFrame(4001, u"second"));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().closeCode, quint16(1000));
    QCOMPARE(f.session->status().closeReason, QStringLiteral("first"));
    QCOMPARE(f.brokenRules(), QStringList{QStringLiteral("frame.after-close")});
    QVERIFY(f.worksAgain());
}

void HostileClosesTest::breaksARuleAfterOurClose()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.session->close();
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1000);
    f.server.send(serverFrame(static_cast<Opcode>(4), "?"));
    QTRY_VERIFY(f.brokenRules().contains(QStringLiteral("frame.reserved-opcode")));
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    // One close frame has gone out, and no other may; the record says which.
    QCOMPARE(decodeFrames(f.server.received()).size(), 1);
    QCOMPARE(f.session->status().endKind, EndKind::RuleBroken);
    QCOMPARE(f.session->status().closeCode, quint16(1000));
    QVERIFY(f.worksAgain());
}

void HostileClosesTest::closesAtOnce()
{
    SessionFixture f;
    f.server.setReply(
        [](const QByteArray &head) { return RawServer::acceptReply(head) + closeFrame(1013, u"try again later"); });
    QVERIFY(f.session->open(f.endpoint()));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1013);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    QCOMPARE(f.session->status().closeReason, QStringLiteral("try again later"));
    QVERIFY(f.worksAgain());
}

void HostileClosesTest::closesBetweenFragments()
{
    SessionFixture f;
    QVERIFY(f.open());
    f.server.send(serverFrame(Opcode::Text, "never ", false) + closeFrame(1001));
    QTRY_COMPARE(closeCodeIn(f.server.received()), 1001);
    f.server.end(RawServer::End::Fin);
    QVERIFY(f.waitClosed());
    QCOMPARE(f.session->status().endKind, EndKind::Clean);
    const QList<Entry> messages = f.messages();
    QCOMPARE(messages.size(), 3);
    QCOMPARE(messages[2].head, QByteArray("never "));
    QVERIFY(!messages[2].complete);
    QVERIFY(f.worksAgain());
}

SOCKEYE_TEST(HostileClosesTest, QCoreApplication)
#include "tst_hostile_closes.moc"
