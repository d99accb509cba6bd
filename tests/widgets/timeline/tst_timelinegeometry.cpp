#include "widgets/timeline/TimelineGeometry.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp Start = Timestamp(Nanoseconds(1'795'363'200'000'000'000)); // 2026-11-22T16:00:00Z

TimelineGeometry geometryOf(Nanoseconds length, double width = 600)
{
    TimelineGeometry geometry;
    geometry.setPlace(10, width);
    geometry.setRange({Start, Start + length});
    return geometry;
}

qint64 ms(Timestamp time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time - Start).count();
}

} // namespace

class TestTimelineGeometry final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "Asia/Kolkata"); // half an hour beside whole ones
        tzset();
    }

    void timesHavePlaces()
    {
        const TimelineGeometry geometry = geometryOf(60s);
        QCOMPARE(geometry.columns(), 100);
        QCOMPARE(geometry.xOf(Start), 10.0);
        QCOMPARE(geometry.xOf(Start + 30s), 310.0);
        QCOMPARE(ms(geometry.timeAt(310)), 30'000);
        QCOMPARE(ms(geometry.timeAt(10 - 100)), -10'000);
        QVERIFY(TimelineGeometry().isEmpty());
        QCOMPARE(TimelineGeometry().columns(), 1);
    }

    void precisionIsThatOfAPixel()
    {
        QCOMPARE(geometryOf(60s).precision().count(), Nanoseconds(100ms).count());
        QCOMPARE(geometryOf(600ms).precision().count(), Nanoseconds(1ms).count());
        QCOMPARE(geometryOf(24h).precision().count(), Nanoseconds(100s).count());
    }

    void aFileIsShownFromEndToEnd()
    {
        TimelineGeometry geometry = geometryOf(1s);
        const TimeSpan session{Start + 700ms, Start + 61s};
        const TimeSpan whole = geometry.whole(session, false);
        QVERIFY(whole.first <= session.first && whole.last > session.last);
        QVERIFY(whole.length() < 64s);
        // One entry is a session, too.
        const TimeSpan one = geometry.whole({Start, Start}, false);
        QVERIFY(one.first <= Start && one.length() >= TimelineGeometry::Shortest);
    }

    void theEndOfALiveSessionStaysForAWhile()
    {
        const TimelineGeometry geometry = geometryOf(1s);
        int moves = 0;
        TimeSpan before = geometry.whole({Start, Start + 1s}, true);
        QVERIFY(before.length() >= TimelineGeometry::LiveStart);
        for (Nanoseconds length = 1s; length < 300s; length += 250ms) {
            const TimeSpan now = geometry.whole({Start, Start + length}, true);
            QCOMPARE(now.first, before.first);
            QVERIFY(now.last > Start + length);
            QVERIFY(now.last >= before.last);
            // Most of the strip is in use.
            QVERIFY(length < 60s || (length * 10) / now.length() >= 7);
            moves += now.last != before.last;
            before = now;
        }
        QVERIFY2(moves > 0 && moves <= 30, qPrintable(QString::number(moves)));
    }

    void zoomingKeepsThePointedTime()
    {
        const TimeSpan limits{Start, Start + 100s};
        TimelineGeometry geometry = geometryOf(100s);
        const Timestamp about = Start + 25s;
        const double x = geometry.xOf(about);
        geometry.setRange(geometry.zoomed(0.5, about, limits));
        QCOMPARE(geometry.range().length().count(), Nanoseconds(50s).count());
        QCOMPARE(geometry.xOf(about), x);
        // As near as can be, and back to the whole.
        for (int n = 0; n < 40; ++n)
            geometry.setRange(geometry.zoomed(0.5, about, limits));
        QCOMPARE(geometry.range().length().count(), TimelineGeometry::Shortest.count());
        QVERIFY(geometry.range().first <= about && about <= geometry.range().last);
        for (int n = 0; n < 40; ++n)
            geometry.setRange(geometry.zoomed(2, about, limits));
        QCOMPARE(geometry.range(), limits);
    }

    void panningEndsAtTheSessionsEnds()
    {
        const TimeSpan limits{Start, Start + 100s};
        TimelineGeometry geometry = geometryOf(10s);
        QCOMPARE(ms(geometry.panned(5s, limits).first), 5000);
        QCOMPARE(ms(geometry.panned(-5s, limits).first), 0);
        QCOMPARE(ms(geometry.panned(500s, limits).last), 100'000);
        QCOMPARE(geometry.panned(500s, limits).length().count(), Nanoseconds(10s).count());
    }

    void labelsAreRoundAndApart_data()
    {
        QTest::addColumn<qint64>("length");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("second");
        const auto row = [](const char *name, Nanoseconds length, const QString &first, const QString &second) {
            QTest::newRow(name) << qint64(length.count()) << first << second;
        };
        // 21:30:00 in India.
        row("milliseconds", 300ms, u"21:30:00.000"_s, u"21:30:00.050"_s);
        row("seconds", 30s, u"21:30:00"_s, u"21:30:05"_s);
        row("minutes", 20min, u"21:30"_s, u"21:35"_s);
        row("hours", 12h, u"22:00"_s, u"2026-11-23 00:00"_s);
    }

    void labelsAreRoundAndApart()
    {
        QFETCH(qint64, length);
        QFETCH(QString, first);
        QFETCH(QString, second);
        const TimelineGeometry geometry = geometryOf(Nanoseconds(length));
        const QList<TimelineTick> ticks = geometry.ticks(80);
        QVERIFY(ticks.size() >= 3);
        QCOMPARE(ticks.at(0).text, first);
        QCOMPARE(ticks.at(1).text, second);
        for (qsizetype n = 1; n < ticks.size(); ++n)
            QVERIFY(geometry.xOf(ticks.at(n).time) - geometry.xOf(ticks.at(n - 1).time) >= 80);
        QVERIFY(geometry.xOf(ticks.constLast().time) <= 610);
    }
};

SOCKEYE_TEST(TestTimelineGeometry, QCoreApplication)
#include "tst_timelinegeometry.moc"
