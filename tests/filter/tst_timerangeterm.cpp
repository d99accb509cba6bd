#include "filter/TimeRangeTerm.h"

#include "filter/Filter.h"
#include "support/TestProgram.h"

#include <QDateTime>
#include <QScopeGuard>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

TimeSpan span()
{
    const QDateTime local(QDate(2026, 11, 22), QTime(12, 0, 1));
    const Timestamp first = timestampFromNs(local.toSecsSinceEpoch() * 1'000'000'000);
    return {first + 500ms, first + 2s};
}

const QString RangeTerm = u"time:2026-11-22T12:00:01.5..2026-11-22T12:00:03"_s;

} // namespace

class TestTimeRangeTerm final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasAllDigits()
    {
        QCOMPARE(timeRangeTerm(span()), RangeTerm);
        const TimeSpan fine{span().last + 123456789ns, span().last + 1s + 1us};
        QCOMPARE(timeRangeTerm(fine), u"time:2026-11-22T12:00:03.123456789..2026-11-22T12:00:04.000001"_s);
    }

    /// Whatever the zone, also where a time of day comes twice or not at all.
    void meansItsRange_data()
    {
        QTest::addColumn<QByteArray>("zone");
        QTest::newRow("UTC") << QByteArray("UTC");
        QTest::newRow("clocks change") << QByteArray("CET-1CEST,M3.5.0,M10.5.0/3");
        QTest::newRow("half an hour, in the south") << QByteArray("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0");
        QTest::newRow("west") << QByteArray("EST5EDT,M3.2.0,M11.1.0");
    }

    void meansItsRange()
    {
        QFETCH(QByteArray, zone);
        const QByteArray before = qgetenv("TZ");
        const bool wasSet = qEnvironmentVariableIsSet("TZ");
        qputenv("TZ", zone);
        const auto restore = qScopeGuard([&] { wasSet ? qputenv("TZ", before) : qunsetenv("TZ"); });
        // A year in steps of 10 minutes and a bit, so that every hour of the changes is met.
        constexpr qint64 year = 1'767'225'600;
        for (qint64 second = year; second < year + 366 * 86'400; second += 599) {
            const Timestamp first = timestampFromNs(second * 1'000'000'000 + 250'000'000);
            const TimeSpan range{first, first + 90min};
            const auto parsed = parseFilter(timeRangeTerm(range));
            const auto *found = std::get_if<EntryQuery>(&parsed);
            QVERIFY2(found, qPrintable(timeRangeTerm(range)));
            if (found->notBefore() != range.first || found->notAfter() != range.last)
                QFAIL(qPrintable(timeRangeTerm(range)));
        }
    }

    void isPutIntoAFilter_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("with");
        QTest::addColumn<QString>("without");
        const QString old = u"time:2026-11-22T11:00:00..2026-11-22T11:00:09"_s;
        QTest::newRow("empty") << QString() << RangeTerm << QString();
        QTest::newRow("terms") << u"dir:in size>1k"_s << u"dir:in size>1k "_s + RangeTerm << u"dir:in size>1k"_s;
        QTest::newRow("replaced") << old << RangeTerm << QString();
        QTest::newRow("replaced in the middle")
            << u"dir:in "_s + old + u" op:text"_s << u"dir:in op:text "_s + RangeTerm << u"dir:in op:text"_s;
        QTest::newRow("another condition on time stays")
            << u"time>12:00 dir:in"_s << u"time>12:00 dir:in "_s + RangeTerm << u"time>12:00 dir:in"_s;
        QTest::newRow("words that look like it")
            << u"\"time:1..2 and\" dir:in"_s << u"\"time:1..2 and\" dir:in "_s + RangeTerm
            << u"\"time:1..2 and\" dir:in"_s;
        QTest::newRow("a pattern with a space")
            << u"/a time:1..2/i"_s << u"/a time:1..2/i "_s + RangeTerm << u"/a time:1..2/i"_s;
        QTest::newRow("alternatives") << u"dir:in or op:ping"_s << u"(dir:in or op:ping) "_s + RangeTerm
                                      << u"dir:in or op:ping"_s;
        QTest::newRow("alternatives twice")
            << u"(dir:in or op:ping) "_s + old << u"(dir:in or op:ping) "_s + RangeTerm << u"(dir:in or op:ping)"_s;
        QTest::newRow("one of alternatives")
            << u"dir:in or "_s + old << u"(dir:in or "_s + old + u") "_s + RangeTerm << u"dir:in or "_s + old;
    }

    void isPutIntoAFilter()
    {
        QFETCH(QString, filter);
        QFETCH(QString, with);
        QFETCH(QString, without);
        QCOMPARE(withTimeRange(filter, span()), with);
        QCOMPARE(withTimeRange(filter, std::nullopt), without);
        // Again it is the same.
        QCOMPARE(withTimeRange(with, span()), with);
    }
};

SOCKEYE_TEST(TestTimeRangeTerm, QCoreApplication)
#include "tst_timerangeterm.moc"
