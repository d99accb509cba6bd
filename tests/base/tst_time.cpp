#include "base/Time.h"

#include "support/TestProgram.h"

#include <QTest>

#include <ctime>

using namespace sockeye;

class TestTime final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isoUtc_data();
    void isoUtc();
    void localTimeOfDay();
    void durations_data();
    void durations();
};

void TestTime::isoUtc_data()
{
    QTest::addColumn<qint64>("ns");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("epoch") << qint64(0) << QByteArray("1970-01-01T00:00:00.000000000Z");
    QTest::newRow("one ns") << qint64(1) << QByteArray("1970-01-01T00:00:00.000000001Z");
    QTest::newRow("now") << qint64(1'795'360'800'123'456'789) << QByteArray("2026-11-22T15:20:00.123456789Z");
    QTest::newRow("last of a second") << qint64(999'999'999) << QByteArray("1970-01-01T00:00:00.999999999Z");
    QTest::newRow("before the epoch") << qint64(-1) << QByteArray("1969-12-31T23:59:59.999999999Z");
    QTest::newRow("leap day") << qint64(1'709'164'800'000'000'000) << QByteArray("2024-02-29T00:00:00.000000000Z");
}

void TestTime::isoUtc()
{
    QFETCH(qint64, ns);
    QFETCH(QByteArray, text);
    QCOMPARE(toIsoUtc(timestampFromNs(ns)), text);
    QCOMPARE(toNs(timestampFromNs(ns)), ns);
}

void TestTime::localTimeOfDay()
{
#ifdef Q_OS_UNIX
    qputenv("TZ", "XYZ-05:30");
    tzset();
    QCOMPARE(toLocalTimeOfDay(timestampFromNs(1'795'360'800'123'456'789)), QStringLiteral("20:50:00.123 456"));
    QCOMPARE(toLocalTimeOfDay(timestampFromNs(7'000)), QStringLiteral("05:30:00.000 007"));
#else
    QSKIP("The time zone of a process can be set on Unix only.");
#endif
}

void TestTime::durations_data()
{
    QTest::addColumn<qint64>("ns");
    QTest::addColumn<QString>("text");
    const auto row = [](qint64 ns, const QString &text) {
        QTest::addRow("%lld ns", static_cast<long long>(ns)) << ns << text;
    };
    row(0, QStringLiteral("0.00 µs"));
    row(1'204, QStringLiteral("1.20 µs"));
    row(12'000, QStringLiteral("12.0 µs"));
    row(9'996, QStringLiteral("10.0 µs"));
    row(99'960, QStringLiteral("100 µs"));
    row(999'499, QStringLiteral("999 µs"));
    row(999'500, QStringLiteral("1.00 ms"));
    row(84'200'000, QStringLiteral("84.2 ms"));
    row(999'499'999, QStringLiteral("999 ms"));
    row(999'500'000, QStringLiteral("1.00 s"));
    row(1'204'000'000, QStringLiteral("1.20 s"));
    row(59'949'999'999, QStringLiteral("59.9 s"));
    row(59'950'000'000, QStringLiteral("1 min 00 s"));
    row(125'000'000'000, QStringLiteral("2 min 05 s"));
    row(3'599'499'999'999, QStringLiteral("59 min 59 s"));
    row(3'599'500'000'000, QStringLiteral("1 h 00 min"));
    row(93'900'000'000'000, QStringLiteral("26 h 05 min"));
    row(-84'200'000, QStringLiteral("-84.2 ms"));
    row(-125'000'000'000, QStringLiteral("-2 min 05 s"));
}

void TestTime::durations()
{
    QFETCH(qint64, ns);
    QFETCH(QString, text);
    QCOMPARE(durationText(Nanoseconds(ns)), text);
}

SOCKEYE_TEST(TestTime, NoApplication)
#include "tst_time.moc"
