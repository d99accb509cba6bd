#include "explain/CloseForensics.h"
#include "explain/ClosePatterns.h"
#include "support/TestProgram.h"

#include <QTest>

#include <algorithm>

using namespace sockeye;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp Start = timestampFromNs(1'800'000'000'000'000'000);

/// Opened 100 ms after its start, closed by the peer with 1001 after `life`, `idle` after the last frame received.
ConnectionRecord closedByPeer(Nanoseconds life, Nanoseconds idle = 10s)
{
    ConnectionRecord record;
    record.started = Start;
    record.timings.total = 100ms;
    record.endKind = EndKind::Clean;
    record.closeCode = 1001;
    EndDetails end;
    end.receivedClose = CloseBody{1001, QStringLiteral("bye"), true};
    end.receivedCloseTime = Start + 100ms + life;
    end.sentClose = CloseBody{1001, {}, true};
    end.sentCloseTime = end.receivedCloseTime + 1ms;
    end.lastIn = end.receivedCloseTime - idle;
    record.end = end;
    record.ended = end.sentCloseTime + 5ms;
    return record;
}

ConnectionRecord dropped(TcpEnd tcp)
{
    ConnectionRecord record = closedByPeer(30s);
    record.endKind = EndKind::Dropped;
    record.closeCode = CloseCode::Abnormal;
    record.end->receivedClose.reset();
    record.end->sentClose.reset();
    record.end->receivedCloseTime = record.end->sentCloseTime = {};
    record.end->tcp = tcp;
    record.ended = Start + 30s;
    return record;
}

QString factOf(const ConnectionRecord &record, const char *name)
{
    for (const CloseFact &fact : closeFacts(record)) {
        if (fact.name == QLatin1String(name))
            return fact.text;
    }
    return {};
}

bool isTrouble(const ConnectionRecord &record, const char *name)
{
    const QList<CloseFact> facts = closeFacts(record);
    return std::any_of(facts.begin(), facts.end(),
                       [name](const CloseFact &fact) { return fact.name == QLatin1String(name) && fact.isTrouble; });
}

QString patternsOf(const QList<ConnectionRecord> &records)
{
    return closePatterns(records).join(u'\n');
}

} // namespace

class TestCloseForensics final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCloseByThePeer();
    void aCloseByUs();
    void aDrop_data();
    void aDrop();
    void whatWasLost();
    void everyKindOfEndHasItsSentence();
    void meanings_data();
    void meanings();
    void anOpenConnectionHasNoEnd();
    void idlePattern();
    void idleIsFoundInOneDirection();
    void lifePattern();
    void codePattern();
    void anotherEndDoesNotHideAPattern();
    void tooFewOrTooDifferent();
    void oursSayNothing();
};

void TestCloseForensics::aCloseByThePeer()
{
    const ConnectionRecord record = closedByPeer(30s);
    QVERIFY(whoEnded(record).startsWith(QStringLiteral("The peer closed it")));
    QVERIFY(endedByPeer(record));
    QCOMPARE(openFor(record), Nanoseconds(30s));
    QCOMPARE(closingBegan(record), Start + 30s + 100ms);
    QCOMPARE(factOf(record, "Code"), QStringLiteral("1001 (going away), from the peer"));
    QVERIFY(factOf(record, "Peer's close frame").startsWith(QStringLiteral("1001 (going away), “bye” · ")));
    QVERIFY(factOf(record, "Our close frame").startsWith(QStringLiteral("1001 (going away), no reason given · ")));
    QVERIFY(factOf(record, "Last frame received").startsWith(QStringLiteral("10.0 s before the end")));
    QCOMPARE(factOf(record, "Last frame sent"), QStringLiteral("none"));
    QCOMPARE(factOf(record, "Open for"), QStringLiteral("30.0 s"));
    QCOMPARE(factOf(record, "Sent, on its way"), QStringLiteral("nothing"));
    for (const CloseFact &fact : closeFacts(record))
        QVERIFY2(!fact.isTrouble, qPrintable(fact.name));
    ConnectionRecord answering = record;
    answering.end->unsentBytes = 8;
    QVERIFY(!isTrouble(answering, "Sent, on its way"));
}

void TestCloseForensics::aCloseByUs()
{
    ConnectionRecord record = closedByPeer(30s);
    record.end->sentCloseTime = record.end->receivedCloseTime - 5ms;
    QVERIFY(whoEnded(record).startsWith(QStringLiteral("We closed it")));
    QVERIFY(!endedByPeer(record));
    QCOMPARE(openFor(record), Nanoseconds(30s - 5ms));
}

void TestCloseForensics::aDrop_data()
{
    QTest::addColumn<int>("tcp");
    QTest::addColumn<QString>("who");
    QTest::addColumn<QString>("tcpWords");
    QTest::addColumn<bool>("byPeer");
    QTest::newRow("FIN") << int(TcpEnd::PeerFin) << QStringLiteral("The peer ended it, without")
                         << QStringLiteral("FIN") << true;
    QTest::newRow("RST") << int(TcpEnd::PeerReset) << QStringLiteral("cut it off") << QStringLiteral("RST") << true;
    QTest::newRow("network") << int(TcpEnd::Failed) << QStringLiteral("failed") << QStringLiteral("unexpected eof")
                             << true;
    QTest::newRow("ours") << int(TcpEnd::Ours) << QStringLiteral("We ended it") << QStringLiteral("We ended it")
                          << false;
}

void TestCloseForensics::aDrop()
{
    QFETCH(int, tcp);
    QFETCH(QString, who);
    QFETCH(QString, tcpWords);
    QFETCH(bool, byPeer);
    ConnectionRecord record = dropped(static_cast<TcpEnd>(tcp));
    record.end->networkError = QStringLiteral("unexpected eof");
    QVERIFY2(whoEnded(record).contains(who), qPrintable(whoEnded(record)));
    QVERIFY2(factOf(record, "TCP").contains(tcpWords), qPrintable(factOf(record, "TCP")));
    QCOMPARE(endedByPeer(record), byPeer);
    QCOMPARE(factOf(record, "Peer's close frame"), QStringLiteral("none"));
    QVERIFY(factOf(record, "What it means").contains(QStringLiteral("1006 stands for that")));
}

void TestCloseForensics::whatWasLost()
{
    ConnectionRecord record = dropped(TcpEnd::PeerReset);
    record.end->unsentBytes = 4096;
    record.end->partialBytes = 17;
    QVERIFY(factOf(record, "Sent, on its way").startsWith(QStringLiteral("4.1 kB")));
    QVERIFY(factOf(record, "Unfinished frame").startsWith(QStringLiteral("17 B")));
    QVERIFY(isTrouble(record, "Sent, on its way"));
    QVERIFY(isTrouble(record, "Unfinished frame"));
    record.endKind = EndKind::CloseTimeout;
    record.end->closeTimedOutAfter = 5s;
    QCOMPARE(factOf(record, "Waited in vain"), QStringLiteral("5.00 s"));
    record.endKind = EndKind::RuleBroken;
    record.end->brokenRule = QStringLiteral("frame.rsv");
    QCOMPARE(factOf(record, "Rule broken"), QStringLiteral("frame.rsv"));
    QVERIFY(isTrouble(record, "Rule broken"));
}

void TestCloseForensics::everyKindOfEndHasItsSentence()
{
    QStringList sentences;
    for (int kind = 0; kind <= int(EndKind::Aborted); ++kind) {
        ConnectionRecord record = closedByPeer(1s);
        record.endKind = static_cast<EndKind>(kind);
        const QString sentence = whoEnded(record);
        QVERIFY2(sentence.endsWith(u'.') && !sentences.contains(sentence), qPrintable(sentence));
        sentences += sentence;
    }
}

void TestCloseForensics::meanings_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("1000") << 1000 << QStringLiteral("done what it was for");
    QTest::newRow("1005") << 1005 << QStringLiteral("without a code");
    QTest::newRow("1006") << 1006 << QStringLiteral("No close frame");
    QTest::newRow("1011") << 1011 << QStringLiteral("error of its own");
    QTest::newRow("3001") << 3001 << QStringLiteral("registered");
    QTest::newRow("4999") << 4999 << QStringLiteral("documentation");
    QTest::newRow("999") << 999 << QStringLiteral("must not be sent");
    QTest::newRow("1015") << 1015 << QStringLiteral("must not be sent");
}

void TestCloseForensics::meanings()
{
    QFETCH(int, code);
    QFETCH(QString, words);
    ConnectionRecord record = closedByPeer(1s);
    record.closeCode = static_cast<quint16>(code);
    QVERIFY2(closeCodeMeaning(record).contains(words), qPrintable(closeCodeMeaning(record)));
    // Of a close frame that did hold one of the codes that stand for something, that is not said.
    record.end->brokenRule = QStringLiteral("close.code");
    QVERIFY(!closeCodeMeaning(record).contains(QStringLiteral("stands for that")));

    ConnectionRecord refused;
    refused.endKind = EndKind::ConnectFailed;
    refused.closeCode = CloseCode::Abnormal;
    refused.tls.errors = {QStringLiteral("expired")};
    QVERIFY(closeCodeMeaning(refused).contains(QStringLiteral("1015")));
    QCOMPARE(factOf(refused, "Code"), QString());

    // An alert or no cipher in common: only the phases tell.
    refused.tls.errors.clear();
    refused.url = QStringLiteral("wss://127.0.0.1/");
    QVERIFY(!closeCodeMeaning(refused).contains(QStringLiteral("1015")));
    refused.timings.tcp = 1ms;
    QVERIFY(closeCodeMeaning(refused).contains(QStringLiteral("1015")));
    refused.timings.tls = 1ms;
    QVERIFY(!closeCodeMeaning(refused).contains(QStringLiteral("1015")));
    refused.timings = {};
    refused.timings.proxy = 1ms;
    QVERIFY(closeCodeMeaning(refused).contains(QStringLiteral("1015")));
    refused.url = QStringLiteral("ws://127.0.0.1/");
    QVERIFY(!closeCodeMeaning(refused).contains(QStringLiteral("1015")));
}

void TestCloseForensics::anOpenConnectionHasNoEnd()
{
    const ConnectionRecord record;
    QVERIFY(closeFacts(record).isEmpty());
    QVERIFY(openFor(record) < Nanoseconds(0));
    QVERIFY(!endedByPeer(record));
}

void TestCloseForensics::idlePattern()
{
    const QString text =
        patternsOf({closedByPeer(100s, 60s), closedByPeer(200s, 59'900ms), closedByPeer(70s, 60'100ms)});
    QCOMPARE(text,
             QStringLiteral("All 3 connections that the peer closed with 1001 (going away) ended 60.0 s (59.9 s to "
                            "60.1 s) after the last frame."));
}

void TestCloseForensics::idleIsFoundInOneDirection()
{
    QList<ConnectionRecord> records{closedByPeer(100s, 60s), closedByPeer(200s, 60s), closedByPeer(70s, 60s)};
    for (qsizetype i = 0; i < records.size(); ++i)
        records[i].end->lastOut = records[i].end->receivedCloseTime - (i + 1) * 3s;
    const QString text = patternsOf(records);
    QVERIFY2(text.contains(QStringLiteral("after the last frame received.")), qPrintable(text));
    for (ConnectionRecord &record : records)
        std::swap(record.end->lastIn, record.end->lastOut);
    QVERIFY(patternsOf(records).contains(QStringLiteral("after the last frame sent.")));
}

void TestCloseForensics::lifePattern()
{
    const QString text = patternsOf({closedByPeer(30s, 1s), closedByPeer(30'100ms, 7s), closedByPeer(29'900ms, 3s)});
    QVERIFY2(text.contains(QStringLiteral("ended after 30.0 s (29.9 s to 30.1 s) of life.")), qPrintable(text));
    QVERIFY(!text.contains(QStringLiteral("after the last frame")));
}

void TestCloseForensics::codePattern()
{
    QList<ConnectionRecord> records{closedByPeer(1s, 600ms), closedByPeer(20s, 2s), closedByPeer(90s, 9s)};
    QCOMPARE(patternsOf(records),
             QStringLiteral("All 3 connections that the peer closed with 1001 (going away): no other end was seen."));
    records[1].closeCode = 1000;
    QCOMPARE(patternsOf(records), QString());
    QVERIFY(patternsOf({dropped(TcpEnd::PeerFin), dropped(TcpEnd::PeerReset), dropped(TcpEnd::PeerFin)})
                .startsWith(QStringLiteral("All 3 connections that went without a close frame (1006) ended")));
}

void TestCloseForensics::anotherEndDoesNotHideAPattern()
{
    ConnectionRecord other = closedByPeer(1s, 600ms);
    other.closeCode = 1002;
    const QString text =
        patternsOf({closedByPeer(100s, 60s), other, closedByPeer(200s, 60s), closedByPeer(70s, 60s), other});
    QCOMPARE(text,
             QStringLiteral("All 3 connections that the peer closed with 1001 (going away) ended 60.0 s after the "
                            "last frame."));
}

void TestCloseForensics::tooFewOrTooDifferent()
{
    QCOMPARE(patternsOf({closedByPeer(30s), closedByPeer(30s)}), QString());
    QList<ConnectionRecord> records{closedByPeer(30s), closedByPeer(30s), closedByPeer(32s)};
    QVERIFY(!patternsOf(records).contains(QStringLiteral("of life")));
    records[2] = closedByPeer(31s);
    QVERIFY(patternsOf(records).contains(QStringLiteral("of life")));
}

void TestCloseForensics::oursSayNothing()
{
    QList<ConnectionRecord> records;
    for (const EndKind kind : {EndKind::Aborted, EndKind::RuleBroken, EndKind::CloseTimeout, EndKind::Live}) {
        records += closedByPeer(30s);
        records.last().endKind = kind;
    }
    ConnectionRecord failed;
    failed.endKind = EndKind::ConnectFailed;
    records += failed;
    records += closedByPeer(30s);
    records += closedByPeer(30s);
    QCOMPARE(patternsOf(records), QString());
    records += closedByPeer(30s);
    QVERIFY(patternsOf(records).contains(QStringLiteral("All 3 connections")));
}

SOCKEYE_TEST(TestCloseForensics, NoApplication)
#include "tst_closeforensics.moc"
