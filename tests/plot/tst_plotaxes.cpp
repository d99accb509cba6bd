#include "plot/TimeAxis.h"
#include "plot/ValueAxis.h"
#include "support/TestProgram.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace sockeye;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QStringList textsOf(const std::vector<AxisTick> &ticks)
{
    QStringList texts;
    for (const AxisTick &tick : ticks)
        texts += tick.text;
    return texts;
}

} // namespace

/// Round numbers, with units, where they belong.
class PlotAxesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "Europe/Berlin"); }

    void valuesStandAtRoundNumbers_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("high");
        QTest::addColumn<int>("unit");
        QTest::addColumn<QStringList>("texts");
        const auto row = [](const char *name, double low, double high, PlotUnit unit, const QStringList &texts) {
            QTest::newRow(name) << low << high << int(unit) << texts;
        };
        row("numbers", 1, 9, PlotUnit::None, {u"0"_s, u"2"_s, u"4"_s, u"6"_s, u"8"_s, u"10"_s});
        row("decimals", 143.86, 143.89, PlotUnit::None, {u"143.86"_s, u"143.87"_s, u"143.88"_s, u"143.89"_s});
        row("below zero", -3, 2, PlotUnit::None, {u"-3"_s, u"-2"_s, u"-1"_s, u"0"_s, u"1"_s, u"2"_s});
        row("bytes begin at zero", 900, 2'900, PlotUnit::Bytes, {u"0 kB"_s, u"1 kB"_s, u"2 kB"_s, u"3 kB"_s});
        row("milliseconds", 0.012, 0.043, PlotUnit::Seconds,
            {u"0 ms"_s, u"10 ms"_s, u"20 ms"_s, u"30 ms"_s, u"40 ms"_s, u"50 ms"_s});
        row("microseconds", 0, 0.0000009, PlotUnit::Seconds,
            {u"0.0 µs"_s, u"0.2 µs"_s, u"0.4 µs"_s, u"0.6 µs"_s, u"0.8 µs"_s, u"1.0 µs"_s});
        row("a rate", 0, 20'000, PlotUnit::PerSecond,
            {u"0/s"_s, u"5000/s"_s, u"10000/s"_s, u"15000/s"_s, u"20000/s"_s});
        row("always the same", 7, 7, PlotUnit::None,
            {u"6.2"_s, u"6.4"_s, u"6.6"_s, u"6.8"_s, u"7.0"_s, u"7.2"_s, u"7.4"_s, u"7.6"_s, u"7.8"_s});
    }
    void valuesStandAtRoundNumbers()
    {
        QFETCH(const double, low);
        QFETCH(const double, high);
        QFETCH(const int, unit);
        QFETCH(const QStringList, texts);
        const ValueAxis axis = ValueAxis::linear(low, high, 5, static_cast<PlotUnit>(unit));
        if (low != high)
            QCOMPARE(textsOf(axis.ticks()), texts);
        QVERIFY(axis.low() <= low && axis.high() >= high);
        QVERIFY(axis.shareOf(low) < axis.shareOf(high) || low == high);
    }

    void powersOfTenHaveOneHeight()
    {
        const ValueAxis axis = ValueAxis::logarithmic(0.02, 900, 5, PlotUnit::None);
        QCOMPARE(textsOf(axis.ticks()), (QStringList{u"0.01"_s, u"0.1"_s, u"1"_s, u"10"_s, u"100"_s, u"1000"_s}));
        QVERIFY(std::abs(axis.shareOf(10) - axis.shareOf(1) - 0.2) < 1e-9);
        QCOMPARE(axis.shareOf(0), 0.0);
        QCOMPARE(axis.shareOf(-5), 0.0);
        // Few powers leave room for more.
        QCOMPARE(textsOf(ValueAxis::logarithmic(2, 9, 5, PlotUnit::Seconds).ticks()),
                 (QStringList{u"1 s"_s, u"2 s"_s, u"5 s"_s, u"10 s"_s}));
        // Many are not all told.
        QVERIFY(ValueAxis::logarithmic(1e-200, 1e200, 5, PlotUnit::None).ticks().size() <= 7);
        // Nothing has a logarithm.
        QVERIFY(!ValueAxis::logarithmic(0, 0, 5, PlotUnit::None).ticks().empty());
    }

    /// Whatever a peer sends.
    void anyNumbersMakeAnAxis()
    {
        constexpr double Huge = std::numeric_limits<double>::max();
        constexpr double Tiny = std::numeric_limits<double>::denorm_min();
        for (const double low : {-Huge, -1e300, -1.0, -Tiny, 0.0, Tiny, 1e-300, 1.0, 1e15 + 0.125, Huge}) {
            for (const double high : {-Huge, -1.0, 0.0, Tiny, 2 * Tiny, 1.0, 1e15 + 0.25, Huge}) {
                for (const PlotUnit unit : {PlotUnit::None, PlotUnit::Bytes, PlotUnit::Seconds, PlotUnit::PerSecond}) {
                    for (const ValueAxis &axis :
                         {ValueAxis::linear(low, high, 6, unit), ValueAxis::logarithmic(low, high, 6, unit)}) {
                        QVERIFY(std::isfinite(axis.low()) && std::isfinite(axis.high()) && axis.low() < axis.high());
                        QVERIFY(axis.ticks().size() <= 60);
                        for (const AxisTick &tick : axis.ticks())
                            QVERIFY2(
                                tick.share >= 0 && tick.share <= 1 && tick.text.size() < 40,
                                qPrintable(u"%1 to %2: %3 at %4"_s.arg(low).arg(high).arg(tick.text).arg(tick.share)));
                        QVERIFY(axis.shareOf(low) >= 0 && axis.shareOf(low) <= 1);
                    }
                }
            }
        }
    }

    void timesStandAtRoundLocalTimes_data()
    {
        QTest::addColumn<qint64>("startMs");
        QTest::addColumn<qint64>("lengthUs");
        QTest::addColumn<QStringList>("texts");
        // 2026-11-22 13:00:00 in Berlin.
        constexpr qint64 Noon = 1'795'348'800'000;
        QTest::newRow("seconds") << Noon << qint64(10'000'000)
                                 << QStringList{u"13:00:00"_s, u"13:00:05"_s, u"13:00:10"_s};
        QTest::newRow("milliseconds") << Noon << qint64(9'000) << QStringList{u"13:00:00.000"_s, u"13:00:00.005"_s};
        QTest::newRow("microseconds") << Noon << qint64(9) << QStringList{u"13:00:00.000000"_s, u"13:00:00.000005"_s};
        QTest::newRow("the next day") << Noon + 10 * 3'600'000 << qint64(4) * 3'600'000'000
                                      << QStringList{u"2026-11-23 00:00"_s, u"03:00"_s};
        QTest::newRow("days") << Noon << qint64(3) * 24 * 3'600'000'000
                              << QStringList{u"2026-11-23"_s, u"2026-11-24"_s, u"2026-11-25"_s};
    }
    void timesStandAtRoundLocalTimes()
    {
        QFETCH(const qint64, startMs);
        QFETCH(const qint64, lengthUs);
        QFETCH(const QStringList, texts);
        const Timestamp first = timestampFromNs(startMs * 1'000'000);
        const TimeSpan range{first, first + std::chrono::microseconds(lengthUs)};
        QCOMPARE(textsOf(timeaxis::ticks(range, 0.3)), texts);
    }

    /// A foreign file may claim any time.
    void anyTimesMakeAnAxis()
    {
        const Timestamp far = Timestamp::max();
        for (const TimeSpan range :
             {TimeSpan{-far.time_since_epoch() + Timestamp(), far}, TimeSpan{far - 1s, far},
              TimeSpan{Timestamp::min(), Timestamp::min() + 1s}, TimeSpan{far, far}, TimeSpan{far, Timestamp::min()}}) {
            QVERIFY(timeaxis::ticks(range, 0.1).size() <= 100);
            for (const double share : {-1.0, 0.0, 0.5, 1.0, 2.0}) {
                const Timestamp time = timeaxis::timeAt(share, range);
                QVERIFY(range.last < range.first || (time >= range.first && time <= range.last));
                QVERIFY(timeaxis::shareOf(time, range) >= 0 && timeaxis::shareOf(time, range) <= 1);
            }
        }
    }
};

SOCKEYE_TEST(PlotAxesTest, QCoreApplication)
#include "tst_plotaxes.moc"
