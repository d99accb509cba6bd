#include "connection/ConnectionEnd.h"

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
