#include "requests/LatencyHistogram.h"

#include "support/TestProgram.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace sockeye;
using namespace Qt::StringLiterals;

class LatencyHistogramTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasNothingOfNothing()
    {
        const LatencyHistogram histogram;
        QVERIFY(!histogram.max());
        QVERIFY(!histogram.percentile(0.5));
    }

    void isExactForFew()
    {
        LatencyHistogram histogram;
        histogram.add(Nanoseconds(84'200'017));
        QCOMPARE(histogram.percentile(0.5)->count(), 84'200'017);
        QCOMPARE(histogram.percentile(0.99)->count(), 84'200'017);
        QCOMPARE(histogram.max()->count(), 84'200'017);
        histogram.add(Nanoseconds(-5));
        QCOMPARE(histogram.percentile(0.5)->count(), 0);
        QCOMPARE(histogram.count(), 2);
    }

    void percentilesAreWithinHalfAPercent_data()
    {
        QTest::addColumn<double>("from");
        QTest::addColumn<double>("to");
        QTest::newRow("nanoseconds") << 1.0 << 1e3;
        QTest::newRow("microseconds") << 1e3 << 1e6;
        QTest::newRow("milliseconds") << 1e5 << 1e9;
        QTest::newRow("from nanoseconds to days") << 1.0 << 1e15;
    }
    void percentilesAreWithinHalfAPercent()
    {
        QFETCH(double, from);
        QFETCH(double, to);
        std::mt19937_64 random(7);
        std::uniform_real_distribution<double> exponent(std::log(from), std::log(to));
        LatencyHistogram histogram;
        std::vector<qint64> values;
        for (int i = 0; i < 20'000; ++i) {
            values.push_back(static_cast<qint64>(std::exp(exponent(random))));
            histogram.add(Nanoseconds(values.back()));
        }
        std::ranges::sort(values);
        for (const double share : {0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.9999, 1.0}) {
            const auto rank = static_cast<size_t>(std::ceil(share * static_cast<double>(values.size())));
            const auto exact = static_cast<double>(values[std::max<size_t>(rank, 1) - 1]);
            const auto told = static_cast<double>(histogram.percentile(share)->count());
            QVERIFY2(std::abs(told - exact) <= exact * 0.004 + 1,
                     qPrintable(u"%1: %2 instead of %3"_s.arg(share).arg(told).arg(exact)));
        }
        QCOMPARE(histogram.max()->count(), values.back());
    }
};

SOCKEYE_TEST(LatencyHistogramTest, QCoreApplication)
#include "tst_latencyhistogram.moc"
