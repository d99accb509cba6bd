#include "connection/ConnectionEnd.h"

#include "base/Units.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class ConnectionEndTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void peerClosed();
    void weClosed();
    void closeWithoutCode();
    void peerLeavesTcpOpen();
    void closeUnanswered();
    void closeThenFin();
    void dropped_data();
    void dropped();
    void brokenRule();
    void brokenRuleAfterOurClose();
    void brokenRuleThatNobodyHeardOf();
    void closeThatCouldNotBeSent();
    void reasonBelongsToTheCode();
    void tellsTheSilenceBefore();
    void aborted();
};

void ConnectionEndTest::peerClosed()
{
    EndFacts facts;
    facts.details.receivedClose = CloseBody{4001, QStringLiteral("bye"), true};
    facts.details.sentClose = CloseBody{4001, {}, true};
    facts.peerClosedFirst = true;
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::Clean);
    QCOMPARE(end.code, quint16(4001));
    QCOMPARE(end.reason, QStringLiteral("bye"));
    QVERIFY2(end.text.startsWith(u"Closed by the peer with 4001 (private use, “bye”)"), qPrintable(end.text));
    QVERIFY2(end.text.contains(u"FIN"), qPrintable(end.text));
}

void ConnectionEndTest::weClosed()
{
    EndFacts facts;
    facts.details.sentClose = CloseBody{1000, {}, true};
    facts.details.receivedClose = CloseBody{1000, {}, true};
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::Clean);
    QVERIFY2(end.text.startsWith(u"Closed by us with 1000 (normal closure); the peer answered 1000"),
             qPrintable(end.text));
}

void ConnectionEndTest::closeWithoutCode()
{
    EndFacts facts;
    facts.details.receivedClose = CloseBody{};
    facts.details.sentClose = CloseBody{};
    facts.peerClosedFirst = true;
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.code, quint16(1005));
    QVERIFY2(end.text.contains(u"a close frame without a code"), qPrintable(end.text));
}

void ConnectionEndTest::peerLeavesTcpOpen()
{
    EndFacts facts;
    facts.details.receivedClose = CloseBody{1000, {}, true};
    facts.details.sentClose = CloseBody{1000, {}, true};
    facts.details.tcp = TcpEnd::Ours;
    facts.details.closeTimedOutAfter = std::chrono::seconds(2);
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::Clean);
    QVERIFY2(end.text.contains(u"left TCP open for 2.00 s"), qPrintable(end.text));
}

void ConnectionEndTest::closeUnanswered()
{
    EndFacts facts;
    facts.details.sentClose = CloseBody{1000, {}, true};
    facts.details.tcp = TcpEnd::Ours;
    facts.details.closeTimedOutAfter = std::chrono::seconds(5);
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::CloseTimeout);
    QVERIFY2(end.text.contains(u"not answered within 5.00 s"), qPrintable(end.text));
}

void ConnectionEndTest::closeThenFin()
{
    EndFacts facts;
    facts.details.sentClose = CloseBody{1000, {}, true};
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::Dropped);
    QVERIFY2(end.text.startsWith(u"Our close 1000 (normal closure) was not answered. The peer ended TCP (FIN)."),
             qPrintable(end.text));
}

void ConnectionEndTest::dropped_data()
{
    QTest::addColumn<TcpEnd>("tcp");
    QTest::addColumn<QString>("word");
    QTest::newRow("fin") << TcpEnd::PeerFin << QStringLiteral("FIN");
    QTest::newRow("rst") << TcpEnd::PeerReset << QStringLiteral("RST");
    QTest::newRow("network") << TcpEnd::Failed << QStringLiteral("cable pulled");
}

void ConnectionEndTest::dropped()
{
    QFETCH(TcpEnd, tcp);
    QFETCH(QString, word);
    EndFacts facts;
    facts.details.tcp = tcp;
    facts.details.networkError = QStringLiteral("cable pulled");
    facts.details.partialBytes = 7;
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::Dropped);
    QCOMPARE(end.code, quint16(1006));
    QVERIFY2(end.text.contains(u"without a closing handshake"), qPrintable(end.text));
    QVERIFY2(end.text.contains(word), qPrintable(end.text));
    QVERIFY2(end.text.contains(u"7 byte"), qPrintable(end.text));
}

void ConnectionEndTest::brokenRule()
{
    EndFacts facts;
    Finding finding;
    finding.text = QStringLiteral("The server masked this frame.");
    finding.failWith = 1002;
    facts.brokenRule = finding;
    facts.details.sentClose = CloseBody{1002, {}, true};
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::RuleBroken);
    QCOMPARE(end.code, quint16(1002));
    QVERIFY2(end.text.contains(u"1002 (protocol error): The server masked this frame."), qPrintable(end.text));
}

void ConnectionEndTest::brokenRuleAfterOurClose()
{
    EndFacts facts;
    Finding finding;
    finding.text = QStringLiteral("The server masked this frame.");
    finding.failWith = 1002;
    facts.brokenRule = finding;
    facts.details.sentClose = CloseBody{1000, {}, true};
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::RuleBroken);
    QCOMPARE(end.code, quint16(1000));
    QVERIFY2(end.text.startsWith(u"We had closed with 1000 (normal closure) when the peer broke a rule: The server"),
             qPrintable(end.text));
}

void ConnectionEndTest::brokenRuleThatNobodyHeardOf()
{
    EndFacts facts;
    Finding finding;
    finding.text = QStringLiteral("The server masked this frame.");
    finding.failWith = 1002;
    facts.brokenRule = finding;
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::RuleBroken);
    QCOMPARE(end.code, quint16(1006));
    QVERIFY2(!end.text.contains(u"1002"), qPrintable(end.text));
}

void ConnectionEndTest::closeThatCouldNotBeSent()
{
    EndFacts facts;
    facts.details.closeTimedOutAfter = std::chrono::seconds(5);
    facts.details.tcp = TcpEnd::Ours;
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::CloseTimeout);
    QCOMPARE(end.code, quint16(1006));
    QVERIFY2(end.text.contains(u"could not be sent within 5.00 s"), qPrintable(end.text));
}

/// The code and the reason are one frame's: ours, whatever the peer sent afterwards.
void ConnectionEndTest::reasonBelongsToTheCode()
{
    EndFacts facts;
    facts.brokenRule = Finding();
    facts.brokenRule->rule = QStringLiteral("frame.rsv");
    facts.brokenRule->text = QStringLiteral("RSV2 is set.");
    facts.brokenRule->failWith = 1002;
    facts.details.sentClose = CloseBody{1002, QStringLiteral("RSV2 is set."), true};
    facts.details.receivedClose = CloseBody{1000, QStringLiteral("bye"), true};
    const ConnectionEnd failed = describeEnd(facts);
    QCOMPARE(failed.kind, EndKind::RuleBroken);
    QCOMPARE(failed.code, quint16(1002));
    QCOMPARE(failed.reason, QStringLiteral("RSV2 is set."));
    QCOMPARE(closeCodeFrom(failed.kind, failed.code, *failed.details), Direction::Out);

    facts.brokenRule.reset();
    const ConnectionEnd clean = describeEnd(facts);
    QCOMPARE(clean.code, quint16(1000));
    QCOMPARE(clean.reason, QStringLiteral("bye"));
    QCOMPARE(closeCodeFrom(clean.kind, clean.code, *clean.details), Direction::In);

    facts.abortedByUser = true;
    const ConnectionEnd aborted = describeEnd(facts);
    QCOMPARE(aborted.code, CloseCode::Abnormal);
    QCOMPARE(aborted.reason, QString());
    QVERIFY(!closeCodeFrom(aborted.kind, aborted.code, *aborted.details));
}

void ConnectionEndTest::tellsTheSilenceBefore()
{
    const Timestamp start(std::chrono::seconds(1'000'000));
    EndFacts facts;
    facts.ended = start + std::chrono::seconds(75);
    QCOMPARE(silentBefore(facts.details, facts.ended), Nanoseconds(-1));
    QVERIFY(!describeEnd(facts).text.contains(QStringLiteral("Nothing had crossed")));
    facts.details.lastIn = start;
    facts.details.lastOut = start + std::chrono::seconds(15);
    QCOMPARE(silentBefore(facts.details, facts.ended), Nanoseconds(std::chrono::seconds(60)));
    QVERIFY2(
        describeEnd(facts).text.endsWith(
            QStringLiteral("Nothing had crossed the wire for %1 before.").arg(durationText(std::chrono::seconds(60)))),
        qPrintable(describeEnd(facts).text));
    // Until the closing began, not until TCP ended.
    facts.details.receivedClose = CloseBody{1001, {}, true};
    facts.details.receivedCloseTime = start + std::chrono::milliseconds(15'400);
    QCOMPARE(silentBefore(facts.details, facts.ended), Nanoseconds(std::chrono::milliseconds(400)));
    QVERIFY(!describeEnd(facts).text.contains(QStringLiteral("Nothing had crossed")));
}

void ConnectionEndTest::aborted()
{
    EndFacts facts;
    facts.abortedByUser = true;
    const ConnectionEnd end = describeEnd(facts);
    QCOMPARE(end.kind, EndKind::Aborted);
    QCOMPARE(end.code, quint16(1006));
}

SOCKEYE_TEST(ConnectionEndTest, QCoreApplication)
#include "tst_connectionend.moc"
