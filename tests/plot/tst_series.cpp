#include "plot/Series.h"
#include "support/TestProgram.h"
#include "tests/plot/PlotSamples.h"

#include <QDir>
#include <QTemporaryDir>

#include <cmath>
#include <thread>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// The points of a line, and what is drawn of them.
class SeriesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columnsAreThoseOfAPlainLoop_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<bool>("goesBack");
        QTest::newRow("none") << 0 << false;
        QTest::newRow("one") << 1 << false;
        QTest::newRow("less than a block") << 300 << false;
        QTest::newRow("some blocks") << 5'000 << false;
        QTest::newRow("three levels") << 200'000 << false;
        QTest::newRow("a clock that is set back") << 60'000 << true;
    }
    void columnsAreThoseOfAPlainLoop()
    {
        QFETCH(const int, count);
        QFETCH(const bool, goesBack);
        std::vector<PlotPoint> points = wanderingPoints(count);
        for (size_t i = points.size() / 2; goesBack && i < points.size(); ++i)
            points[i].time -= std::chrono::seconds(20);
        Series series;
        add(series, points);
        QCOMPARE(series.count(), qint64(count));
        QCOMPARE(series.span().has_value(), count > 0);
        if (count == 0) {
            QVERIFY(series.columns({timestampFromNs(0), timestampFromNs(9)}, 2).value()[1].isEmpty());
            return;
        }
        const TimeSpan whole = spanOf(points);
        QCOMPARE(*series.span(), whole);
        QVERIFY(series.columns(whole, 100).value() == plainColumns(points, whole, 100));
        QRandomGenerator random(11);
        const auto length = quint64((whole.last - whole.first).count()) + 2;
        for (int i = 0; i < 30; ++i) {
            const auto first = whole.first + Nanoseconds(qint64(random.generate64() % length) - 1);
            const auto last = first + Nanoseconds(qint64(random.generate64() % length) >> random.bounded(20));
            const int columns = 1 + random.bounded(1500);
            QVERIFY(series.columns({first, last}, columns).value() == plainColumns(points, {first, last}, columns));
        }
    }

    void allPointsAreGoneThrough()
    {
        const std::vector<PlotPoint> points = wanderingPoints(3'000);
        Series series;
        add(series, points);
        const TimeSpan range{points[700].time, points[2'900].time};
        SeriesCursor cursor(series, range);
        for (size_t i = 700; i <= 2'900; ++i)
            QVERIFY(cursor.next().value() == points[i]);
        QVERIFY(!cursor.next().value());
        QVERIFY(!cursor.next().value());
    }

    void noNumbersAreLeftOut()
    {
        Series series;
        add(series, {pointAt(1, 0, std::nan("")), pointAt(2, 1, 5), pointAt(3, 2, HUGE_VAL)});
        QCOMPARE(series.count(), 1);
    }

    /// Beyond some megabytes points stand in a file, of which nothing remains.
    void muchStandsInAFile()
    {
        const QTemporaryDir folder;
        const QString place = folder.filePath(u"plots"_s);
        const std::vector<PlotPoint> some = wanderingPoints(100'000);
        {
            Series series(place);
            std::vector<PlotPoint> more = some;
            for (int i = 0; i < 10; ++i) {
                add(series, more);
                for (PlotPoint &point : more) {
                    point.entry = point.entry + 300'000;
                    point.time += std::chrono::seconds(200);
                }
            }
            QVERIFY2(series.memory() < 3'000'000, qPrintable(QString::number(series.memory())));
            const QFileInfoList files = QDir(place).entryInfoList(QDir::Files);
            // It may have no name at all.
            for (const QFileInfo &file : files)
                QCOMPARE(file.permissions() & QFileDevice::Permissions(0x0077), QFileDevice::Permissions());
            const TimeSpan first = spanOf(some);
            QVERIFY(series.columns(first, 800).value()[0] == plainColumns(some, first, 800)[0]);
        }
        QVERIFY(QDir(place).entryList(QDir::Files).isEmpty());
    }

    void aFullDiskIsTold()
    {
        Series series(u"/dev/null/nowhere"_s);
        const std::vector<PlotPoint> some = wanderingPoints(100'000);
        Result<> added;
        for (int i = 0; i < 20 && added; ++i)
            added = series.append(some);
        QVERIFY(!added);
        QVERIFY2(added.message().contains(u"/dev/null/nowhere"_s), qPrintable(added.message()));
    }

    void oneAsksWhileAnotherAdds()
    {
        const std::vector<PlotPoint> points = wanderingPoints(40'000);
        const TimeSpan whole = spanOf(points);
        Series series;
        std::thread adding([&] {
            for (size_t i = 0; i < points.size(); i += 100)
                static_cast<void>(series.append(std::span(points).subspan(i, 100)));
        });
        qint64 before = 0;
        while (before < qint64(points.size())) {
            const auto columns = series.columns(whole, 50).value();
            qint64 count = 0;
            for (const PlotColumn &column : columns)
                count += column.count;
            QVERIFY(count >= before);
            before = count;
        }
        adding.join();
        QVERIFY(series.columns(whole, 50).value() == plainColumns(points, whole, 50));
    }

private:
    static void add(Series &series, const std::vector<PlotPoint> &points)
    {
        const Result<> added = series.append(points);
        QVERIFY2(added.ok(), qPrintable(added.message()));
    }
};

SOCKEYE_TEST(SeriesTest, QCoreApplication)
#include "tst_series.moc"
