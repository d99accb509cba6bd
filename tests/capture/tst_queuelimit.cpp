#include "capture/QueueLimit.h"

#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;
using namespace std::chrono_literals;

class QueueLimitTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsTheFixedBounds();
    void followsASlowDisk();
    void followsLargeMessages();
    void learnsNothingFromLittle();
};

void QueueLimitTest::holdsTheFixedBounds()
{
    const QueueLimit limit(10, 1000);
    QVERIFY(!limit.isBeyond(10, 1000));
    QVERIFY(limit.isBeyond(11, 0));
    QVERIFY(limit.isBeyond(0, 1001));
    QVERIFY(limit.isBelowHalf(5, 500));
    QVERIFY(!limit.isBelowHalf(6, 0));
    QVERIFY(!limit.isBelowHalf(0, 501));
}

void QueueLimitTest::followsASlowDisk()
{
    QueueLimit limit(1'000'000, 1'000'000'000);
    // 100 entries in a millisecond: 2,500 in the 25 ms that may wait.
    limit.measured(1600, 160'000, 16ms);
    QVERIFY(!limit.isBeyond(2'490, 0));
    QVERIFY(limit.isBeyond(2'510, 0));
    // A faster disk is believed step by step.
    limit.measured(160'000, 16'000'000, 16ms);
    QVERIFY(!limit.isBeyond(100'000, 0));
    QVERIFY(limit.isBeyond(400'000, 0));
    for (int i = 0; i < 20; ++i)
        limit.measured(160'000, 16'000'000, 16ms);
    QVERIFY(!limit.isBeyond(240'000, 0));
    // However slow it is, enough may wait to keep it busy; however fast, no more than the bound.
    for (int i = 0; i < 30; ++i)
        limit.measured(600, 60'000, 10s);
    QVERIFY(!limit.isBeyond(2'000, 0));
    QVERIFY(limit.isBeyond(2'100, 0));
    for (int i = 0; i < 30; ++i)
        limit.measured(1'000'000, 100'000, 1ms);
    QVERIFY(!limit.isBeyond(1'000'000, 0));
    QVERIFY(limit.isBeyond(1'000'001, 0));
}

void QueueLimitTest::followsLargeMessages()
{
    QueueLimit limit(1'000'000, 1'000'000'000);
    limit.measured(20, 20'000'000, 40ms);
    QVERIFY(!limit.isBeyond(20, 12'400'000));
    QVERIFY(limit.isBeyond(20, 12'600'000));
}

void QueueLimitTest::learnsNothingFromLittle()
{
    QueueLimit limit(1'000'000, 1'000'000'000);
    limit.measured(1600, 160'000, 16ms);
    limit.measured(1, 100, 1s);
    QVERIFY(!limit.isBeyond(2'490, 0));
    QVERIFY(limit.isBeyond(2'510, 0));
}

SOCKEYE_TEST(QueueLimitTest, QCoreApplication)
#include "tst_queuelimit.moc"
