#include "connection/ClosingHandshake.h"

#include "support/TestProgram.h"
#include "wire/FrameEncoder.h"

#include <QTest>

using namespace sockeye;
using namespace std::chrono_literals;
using Answer = ControlPolicy::Answer;

class ClosingHandshakeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void weClose();
    void peerCloses_data();
    void peerCloses();
    void answersWithTheCodeThatCame_data();
    void answersWithTheCodeThatCame();
    void leavesACloseUnanswered();
    void failsForABrokenRule();
    void failsWithoutACloseFrame();
    void timesOut();
    void timesOutBeforeTheCloseCouldBeSent();
    void waitsWhileThePeerTakesBytes();
    void tellsWhenItWasQuiet();
    void cutsOff();
    void tcpEndsFirst();
};

namespace {
constexpr Timestamp Start{1'000s};
constexpr std::chrono::milliseconds Timeout{700};

ClosingHandshake closing(Answer answer = Answer::AtOnce)
{
    ControlPolicy policy;
    policy.close = answer;
    policy.closeDelay = 300ms;
    return ClosingHandshake(policy, Timeout);
}

Finding brokenRule()
{
    return {
        .rule = QStringLiteral("frame.rsv"), .section = {}, .text = QStringLiteral("RSV2 is set."), .failWith = 1002};
}
} // namespace

void ClosingHandshakeTest::weClose()
{
    ClosingHandshake handshake = closing();
    QVERIFY(!handshake.patience());
    QVERIFY(handshake.requestClose());
    QVERIFY(handshake.hasBegun());
    QCOMPARE(handshake.patience(), Timeout);
    handshake.closeSent(encodeCloseBody(1000, u"bye"), Start);
    QVERIFY(!handshake.requestClose());
    QCOMPARE(handshake.patience(), Timeout);
    QVERIFY(!handshake.closeReceived(encodeCloseBody(1000, {}), Start + 5ms));
    // Now TCP is to end.
    QVERIFY(*handshake.patience() > Timeout);
    const ConnectionEnd end = handshake.end(TcpEnd::PeerFin, {}, 0, 0);
    QCOMPARE(end.kind, EndKind::Clean);
    QVERIFY2(end.text.startsWith(u"Closed by us with 1000 (normal closure, “bye”)"), qPrintable(end.text));
    QCOMPARE(end.details->sentCloseTime, Start);
    QCOMPARE(end.details->receivedCloseTime, Start + 5ms);
    QCOMPARE(end.details->closeTimedOutAfter, Nanoseconds(-1));
}

void ClosingHandshakeTest::peerCloses_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<int>("after");
    QTest::newRow("at once") << Answer::AtOnce << 0;
    QTest::newRow("delayed") << Answer::Delayed << 300;
}

void ClosingHandshakeTest::peerCloses()
{
    QFETCH(Answer, answer);
    QFETCH(int, after);
    ClosingHandshake handshake = closing(answer);
    QCOMPARE(handshake.closeReceived(encodeCloseBody(4001, u"enough"), Start), std::chrono::milliseconds(after));
    QVERIFY(!handshake.patience());
    const auto body = handshake.answer();
    QCOMPARE(body, encodeCloseBody(4001, {}));
    handshake.closeSent(*body, Start);
    QVERIFY(!handshake.answer());
    QVERIFY(handshake.patience());
    const ConnectionEnd end = handshake.end(TcpEnd::PeerFin, {}, 0, 0);
    QCOMPARE(end.kind, EndKind::Clean);
    QCOMPARE(end.code, quint16(4001));
    QVERIFY2(end.text.startsWith(u"Closed by the peer with 4001"), qPrintable(end.text));
}

void ClosingHandshakeTest::answersWithTheCodeThatCame_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("1012") << encodeCloseBody(1012, u"restart") << encodeCloseBody(1012, {});
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("one that must not be sent") << encodeCloseBody(1005, {}) << QByteArray();
    QTest::newRow("half a code") << QByteArray("x") << QByteArray();
}

void ClosingHandshakeTest::answersWithTheCodeThatCame()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, answer);
    ClosingHandshake handshake = closing();
    QVERIFY(!handshake.answer());
    QVERIFY(handshake.closeReceived(body, Start));
    QVERIFY(handshake.answer());
    QCOMPARE(*handshake.answer(), answer);
}

void ClosingHandshakeTest::leavesACloseUnanswered()
{
    ClosingHandshake handshake = closing(Answer::Never);
    QVERIFY(!handshake.closeReceived(encodeCloseBody(1000, {}), Start));
    QVERIFY(!handshake.patience());
    const ConnectionEnd end = handshake.end(TcpEnd::PeerFin, {}, 0, 0);
    QCOMPARE(end.kind, EndKind::Dropped);
    QVERIFY2(end.text.contains(u"our policy left it unanswered"), qPrintable(end.text));
}

void ClosingHandshakeTest::failsForABrokenRule()
{
    ClosingHandshake handshake = closing();
    const auto body = handshake.fail(brokenRule());
    QCOMPARE(body, encodeCloseBody(1002, u"RSV2 is set."));
    QVERIFY(handshake.hasFailed());
    handshake.closeSent(*body, Start);
    QVERIFY(handshake.patience());
    // Whatever the peer makes of it, the rule is why it ended.
    handshake.timedOut();
    const ConnectionEnd end = handshake.end(TcpEnd::Ours, {}, 0, 0);
    QCOMPARE(end.kind, EndKind::RuleBroken);
    QCOMPARE(end.code, quint16(1002));
    QCOMPARE(end.details->brokenRule, QStringLiteral("frame.rsv"));
    QCOMPARE(end.details->closeTimedOutAfter, Nanoseconds(-1));
}

void ClosingHandshakeTest::failsWithoutACloseFrame()
{
    ClosingHandshake closed = closing();
    closed.closeSent(encodeCloseBody(1000, {}), Start);
    QVERIFY(!closed.fail(brokenRule()));
    QCOMPARE(closed.end(TcpEnd::Ours, {}, 0, 0).code, quint16(1000));
    ClosingHandshake cutOff = closing();
    cutOff.tcpEnded(TcpEnd::PeerReset, {});
    QVERIFY(!cutOff.fail(brokenRule()));
    QCOMPARE(cutOff.end(TcpEnd::PeerReset, {}, 0, 0).code, quint16(1006));
}

void ClosingHandshakeTest::timesOut()
{
    ClosingHandshake handshake = closing();
    handshake.closeSent(encodeCloseBody(1000, {}), Start);
    handshake.timedOut();
    const ConnectionEnd end = handshake.end(TcpEnd::Ours, {}, 17, 0);
    QCOMPARE(end.kind, EndKind::CloseTimeout);
    QCOMPARE(end.details->closeTimedOutAfter, Nanoseconds(Timeout));
    QCOMPARE(end.details->unsentBytes, 17);
    QVERIFY2(end.text.contains(u"not answered within 700 ms"), qPrintable(end.text));
}

void ClosingHandshakeTest::timesOutBeforeTheCloseCouldBeSent()
{
    ClosingHandshake handshake = closing();
    QVERIFY(handshake.requestClose());
    handshake.timedOut();
    const ConnectionEnd end = handshake.end(TcpEnd::Ours, {}, 0, 0);
    QCOMPARE(end.kind, EndKind::CloseTimeout);
    QVERIFY2(end.text.contains(u"could not be sent within 700 ms"), qPrintable(end.text));
}

void ClosingHandshakeTest::waitsWhileThePeerTakesBytes()
{
    ClosingHandshake handshake = closing();
    QVERIFY(!handshake.isDelayedByBacklog(true));
    QVERIFY(handshake.requestClose());
    QVERIFY(handshake.isDelayedByBacklog(false));
    handshake.closeSent({}, Start);
    QVERIFY(handshake.isDelayedByBacklog(true));
    QVERIFY(!handshake.isDelayedByBacklog(false));
    (void)handshake.closeReceived({}, Start);
    QVERIFY(!handshake.isDelayedByBacklog(true));
}

void ClosingHandshakeTest::tellsWhenItWasQuiet()
{
    ClosingHandshake handshake = closing();
    handshake.frameReceived(Start);
    handshake.frameSent(Start + 1s);
    (void)handshake.closeReceived({}, Start + 2s);
    handshake.frameReceived(Start + 3s);
    // What we still send before our own close counts.
    handshake.frameSent(Start + 4s);
    handshake.closeSent({}, Start + 5s);
    handshake.frameSent(Start + 6s);
    const ConnectionEnd end = handshake.end(TcpEnd::PeerFin, {}, 0, 3);
    QCOMPARE(end.details->lastIn, Start);
    QCOMPARE(end.details->lastOut, Start + 4s);
    QCOMPARE(end.details->partialBytes, 3);
}

void ClosingHandshakeTest::cutsOff()
{
    ClosingHandshake aborted = closing();
    QVERIFY(!aborted.isCutOff());
    aborted.abort();
    QVERIFY(aborted.isCutOff());
    QCOMPARE(aborted.end(TcpEnd::Ours, {}, 0, 0).kind, EndKind::Aborted);
    ClosingHandshake dead = closing();
    dead.giveUp(3);
    QVERIFY(dead.isCutOff());
    const ConnectionEnd end = dead.end(TcpEnd::Ours, {}, 0, 0);
    QCOMPARE(end.kind, EndKind::Dropped);
    QVERIFY2(end.text.contains(u"3 pings in a row"), qPrintable(end.text));
}

void ClosingHandshakeTest::tcpEndsFirst()
{
    ClosingHandshake handshake = closing();
    QVERIFY(!handshake.tcpEnd());
    handshake.tcpEnded(TcpEnd::Failed, QStringLiteral("cable pulled"));
    QVERIFY(handshake.tcpEnd() == TcpEnd::Failed);
    // What had come before may still be read, but nothing can be sent.
    QVERIFY(handshake.closeReceived(encodeCloseBody(1000, {}), Start));
    QVERIFY(!handshake.answer());
    const ConnectionEnd end = handshake.end(TcpEnd::Failed, {}, 0, 0);
    QCOMPARE(end.kind, EndKind::Dropped);
    QVERIFY2(end.text.contains(u"cable pulled"), qPrintable(end.text));
}

SOCKEYE_TEST(ClosingHandshakeTest, QCoreApplication)
#include "tst_closinghandshake.moc"
