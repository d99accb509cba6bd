#include "support/TestProgram.h"
#include "widgets/timeline/RateHistory.h"

#include <QTest>

using namespace sockeye;

namespace {

constexpr qint64 Begin = 1'000'000;

qint64 sumOf(const QList<MessageRate> &rates)
{
    double sum = 0;
    for (const MessageRate &rate : rates)
        sum += rate.sum();
    return qRound64(sum);
}

} // namespace

class TestRateHistory final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsNothing()
    {
        const RateHistory history;
        QCOMPARE(history.upTo(Begin).size(), RateHistory::Seconds);
        QCOMPARE(sumOf(history.upTo(Begin)), 0);
    }

    void eachSecondHasItsOwn()
    {
        RateHistory history;
        history.add(3, 1, Begin + 100);
        history.add(5, 1, Begin + 900);
        // A second is told when it is over.
        QCOMPARE(sumOf(history.upTo(Begin + 950)), 0);
        history.add(9, 4, Begin + 1'500);
        QList<MessageRate> rates = history.upTo(Begin + 2'000);
        QCOMPARE(rates.at(RateHistory::Seconds - 2), (MessageRate{5, 1}));
        QCOMPARE(rates.last(), (MessageRate{4, 3}));
        // Silence moves them on, without a word from anybody.
        rates = history.upTo(Begin + 12'000);
        QCOMPARE(rates.at(RateHistory::Seconds - 12), (MessageRate{5, 1}));
        QCOMPARE(sumOf(rates), 13);
        QCOMPARE(sumOf(history.upTo(Begin + 1'000 * (RateHistory::Seconds + 2))), 0);
    }

    void aLongSilenceLeavesNothingBehind()
    {
        RateHistory history;
        for (int i = 1; i <= 3 * RateHistory::Seconds; ++i)
            history.add(i, 0, Begin + i * 1'000);
        const qint64 end = Begin + 3'000 * RateHistory::Seconds;
        QCOMPARE(sumOf(history.upTo(end + 1'000)), RateHistory::Seconds);
        const qint64 late = end + 10'000'000;
        history.add(3 * RateHistory::Seconds + 7, 0, late);
        QCOMPARE(sumOf(history.upTo(late + 1'000)), 7);
        QCOMPARE(history.upTo(late + 1'000).last(), (MessageRate{7, 0}));
    }

    void anotherConnectionBeginsAtZero()
    {
        RateHistory history;
        history.add(10, 0, Begin);
        history.restart();
        history.add(4, 2, Begin + 1'000);
        QCOMPARE(sumOf(history.upTo(Begin + 2'000)), 16);
        // Totals never count backwards.
        history.add(3, 2, Begin + 2'000);
        QCOMPARE(sumOf(history.upTo(Begin + 3'000)), 16);
    }
};

SOCKEYE_TEST(TestRateHistory, NoApplication)
#include "tst_ratehistory.moc"
