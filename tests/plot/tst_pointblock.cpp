#include "plot/PointBlock.h"
#include "support/TestProgram.h"
#include "tests/plot/PlotSamples.h"

#include <bit>
#include <cmath>
#include <limits>

using namespace sockeye;
using namespace sockeye::test;

/// Points in few bytes, and back.
class PointBlockTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pointsComeBackAsTheyWent()
    {
        const auto isSame = [](const std::vector<PlotPoint> &points) {
            std::vector<PlotPoint> read{pointAt(1, 2, 3)};
            return PointBlock::unpack(PointBlock::packed(points), read) &&
                   std::equal(points.begin(), points.end(), read.begin() + 1, read.end());
        };
        QVERIFY(isSame({}));
        QVERIFY(isSame(wanderingPoints(512)));
        constexpr double Huge = std::numeric_limits<double>::max();
        constexpr double Tiny = std::numeric_limits<double>::denorm_min();
        for (const double value : {0.0, 1.0, -1.5, 1.0 / 3, 0.1, 1e-9, 1e15, 9007199254740993.0, Huge, -Huge, Tiny})
            QVERIFY2(isSame({pointAt(1, 0, value), pointAt(2, 1, -value)}), qPrintable(QString::number(value)));
        constexpr qint64 Last = std::numeric_limits<qint64>::max();
        QVERIFY(isSame({{EntryId(Last), timestampFromNs(-Last), 1}, {EntryId(-Last), timestampFromNs(Last), 2}}));
        // Random bits, whatever number they are.
        QRandomGenerator random(3);
        std::vector<PlotPoint> points;
        while (points.size() < 512) {
            const double value = std::bit_cast<double>(random.generate64());
            if (std::isfinite(value))
                points.push_back(
                    {EntryId(qint64(random.generate64())), timestampFromNs(qint64(random.generate64())), value});
        }
        QVERIFY(isSame(points));
    }

    /// Ten million take little room.
    void decimalsAreShort()
    {
        const QByteArray packed = PointBlock::packed(wanderingPoints(512));
        QVERIFY2(packed.size() < 512 * 7, qPrintable(QString::number(packed.size())));
    }

    void whatIsNoBlockIsRefused()
    {
        const QByteArray whole = PointBlock::packed(wanderingPoints(100));
        QRandomGenerator random(5);
        std::vector<PlotPoint> points;
        QVERIFY(!PointBlock::unpack({}, points));
        QVERIFY(!PointBlock::unpack(whole + 'x', points));
        for (int i = 0; i < 1000; ++i) {
            QVERIFY(!PointBlock::unpack(QByteArrayView(whole).first(random.bounded(int(whole.size()))), points));
            QVERIFY(points.empty());
            QByteArray noise(random.bounded(600), Qt::Uninitialized);
            std::generate(noise.begin(), noise.end(), [&random] { return char(random.generate()); });
            static_cast<void>(PointBlock::unpack(noise, points));
            QVERIFY(points.size() <= size_t(PointBlock::MaxPoints));
            points.clear();
        }
    }
};

SOCKEYE_TEST(PointBlockTest, QCoreApplication)
#include "tst_pointblock.moc"
