#include "support/TestProgram.h"
#include "widgets/tab/RateMeter.h"

#include <QTest>

using namespace sockeye;

class RateMeterTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsNoRate()
    {
        const RateMeter meter;
        QCOMPARE(meter.perSecond(5), 0);
        QCOMPARE(meter.peak(), 0);
    }

    void onlyTheLastSecondCounts()
    {
        RateMeter meter;
        meter.add(10, 1000);
        QCOMPARE(meter.perSecond(1000), 10);
        meter.add(30, 1600);
        QCOMPARE(meter.perSecond(1600), 30);
        // The first ten are older than a second now.
        QCOMPARE(meter.perSecond(2000), 20);
        QCOMPARE(meter.perSecond(2599), 20);
        QCOMPARE(meter.perSecond(2600), 0);
        QCOMPARE(meter.peak(), 30);
    }

    void whatComesAfterSilenceDoesNotCountTheSilence()
    {
        RateMeter meter;
        meter.add(100, 0);
        meter.add(101, 60'000);
        QCOMPARE(meter.perSecond(60'000), 1);
        QCOMPARE(meter.peak(), 100);
    }

    void aSteadyFeedHasItsRate()
    {
        RateMeter meter;
        // A thousand a second, told of sixty times a second.
        for (qint64 time = 0; time <= 10'000; time += 16)
            meter.add(time, time);
        const qint64 rate = meter.perSecond(10'000);
        QVERIFY2(rate >= 940 && rate <= 1060, qPrintable(QString::number(rate)));
        QVERIFY2(meter.peak() <= 1060, qPrintable(QString::number(meter.peak())));
    }
};

SOCKEYE_TEST(RateMeterTest, NoApplication)
#include "tst_ratemeter.moc"
