#include "base/LocalTime.h"

#include "support/TestProgram.h"

#include <QTest>

#include <ctime>

using namespace sockeye;

class LocalTimeTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void saysTheOffsetWhereItMustBeKnown_data();
    void saysTheOffsetWhereItMustBeKnown();
    void findsBothMoments();
    void knowsDays();
};

namespace {

void setZone(const char *name)
{
    qputenv("TZ", name);
    tzset();
}

Timestamp at(qint64 seconds)
{
    return timestampFromNs(seconds * 1'000'000'000);
}

} // namespace

void LocalTimeTest::initTestCase()
{
#ifndef Q_OS_UNIX
    QSKIP("The time zone of a process can be set on Unix only.");
#endif
}

void LocalTimeTest::saysTheOffsetWhereItMustBeKnown_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *title, const char *zone, qint64 seconds, const char *text) {
        QTest::newRow(title) << QByteArray(zone) << seconds << QString::fromLatin1(text);
    };
    constexpr qint64 Berlin = 1'792'890'000; // 2026-10-25T01:00:00Z, when summer time ends
    row("before", "Europe/Berlin", Berlin - 3601, "01:59:59.000 000");
    row("the first time", "Europe/Berlin", Berlin - 3600, "02:00:00.000 000 +02:00");
    row("the first time, at its end", "Europe/Berlin", Berlin - 1, "02:59:59.000 000 +02:00");
    row("the second time", "Europe/Berlin", Berlin, "02:00:00.000 000 +01:00");
    row("the second time, at its end", "Europe/Berlin", Berlin + 3599, "02:59:59.000 000 +01:00");
    row("after", "Europe/Berlin", Berlin + 3600, "03:00:00.000 000");
    row("west of Greenwich", "America/New_York", 1'793'514'600, "01:30:00.000 000 -05:00"); // 2026-11-01T06:30Z
    row("half an hour", "Australia/Lord_Howe", 1'775'316'600, "02:00:00.000 000");          // 2026-04-04T15:30Z
    row("half an hour, twice", "Australia/Lord_Howe", 1'775'315'700, "01:45:00.000 000 +10:30");
    row("clocks set forward", "Europe/Berlin", 1'774'746'000, "03:00:00.000 000"); // 2026-03-29T01:00Z
    row("a zone without summer time", "Asia/Kolkata", Berlin, "06:30:00.000 000");
}

void LocalTimeTest::saysTheOffsetWhereItMustBeKnown()
{
    QFETCH(QByteArray, zone);
    QFETCH(qint64, seconds);
    QFETCH(QString, text);
    setZone(zone.constData());
    QCOMPARE(toLocalTimeOfDay(at(seconds)), text);
}

void LocalTimeTest::findsBothMoments()
{
    setZone("Europe/Berlin");
    const LocalMoment twice = localMoment(QDate(2026, 10, 25), QTime(2, 30));
    QCOMPARE(twice.ms, 1'792'888'200'000);
    QCOMPARE(twice.againAfterMs, 3'600'000);
    const LocalMoment once = localMoment(QDate(2026, 10, 25), QTime(3, 0));
    QCOMPARE(once.ms, 1'792'893'600'000);
    QCOMPARE(once.againAfterMs, 0);
}

void LocalTimeTest::knowsDays()
{
    setZone("Europe/Berlin");
    const Timestamp midnight = at(1'792'879'200); // 2026-10-24T22:00Z
    QCOMPARE(toLocalDate(midnight), QStringLiteral("2026-10-25"));
    QVERIFY(isSameLocalDay(midnight, midnight + std::chrono::hours(24)));
    QVERIFY(!isSameLocalDay(midnight, midnight - std::chrono::seconds(1)));
}

SOCKEYE_TEST(LocalTimeTest, QCoreApplication)
#include "tst_localtime.moc"
