#include "filter/Filter.h"
#include "log/LogText.h"
#include "support/TestProgram.h"

#include <QtTest>

#include <ctime>

using namespace sockeye;
using namespace sockeye::filter;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Second = 1'000'000'000;
constexpr qint64 Midnight = 1'792'879'200 * Second; // 2026-10-25 00:00 in Berlin, where it has 25 hours
constexpr qint64 Minute = 60 * Second;

/// 23:59, 00:01, 02:30 twice, 03:30 and 23:59 again.
const QList<qint64> Times{Midnight - Minute,       Midnight + Minute,       Midnight + 150 * Minute,
                          Midnight + 210 * Minute, Midnight + 270 * Minute, Midnight + (25 * 60 - 1) * Minute};

/// The places in Times of what the filter finds.
QList<int> found(const QString &line, const QList<qint64> &times = Times)
{
    const FilterContext context{timestampFromNs(times.constFirst()), timestampFromNs(times.constLast())};
    const auto parsed = parseFilter(line, context);
    if (const auto *error = std::get_if<FilterError>(&parsed))
        qFatal("%s: %s", qPrintable(line), qPrintable(error->message));
    const auto &wanted = std::get<NumberIn>(std::get<EntryQuery>(parsed).condition.term);
    QList<int> places;
    for (int i = 0; i < times.size(); ++i) {
        const auto holds = [time = times[i]](const Range &range) { return time >= range.low && time <= range.high; };
        if (std::any_of(wanted.any.begin(), wanted.any.end(), holds))
            places += i;
    }
    return places;
}

} // namespace

/// Times in a log of several days, and in the hour that comes twice.
class FilterDaysTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void findsWhatACellShows_data();
    void findsWhatACellShows();
    void understands_data();
    void understands();
};

void FilterDaysTest::initTestCase()
{
#ifdef Q_OS_UNIX
    qputenv("TZ", "Europe/Berlin");
    tzset();
#else
    QSKIP("The time zone of a process can be set on Unix only.");
#endif
}

void FilterDaysTest::findsWhatACellShows_data()
{
    QTest::addColumn<TimeFormat>("format");
    QTest::newRow("local") << TimeFormat::Local;
    QTest::newRow("UTC") << TimeFormat::Utc;
    QTest::newRow("since 1970") << TimeFormat::Epoch;
}

void FilterDaysTest::findsWhatACellShows()
{
    QFETCH(TimeFormat, format);
    CellStyle style;
    style.time = format;
    // A log of one day shows no dates, also in the hour that comes twice.
    for (const QList<qint64> &times : {Times, Times.mid(1, 4)}) {
        style.showsDate =
            !logtext::isSameDay(timestampFromNs(times.constFirst()), timestampFromNs(times.constLast()), format);
        for (int i = 0; i < times.size(); ++i) {
            const QString cell = logtext::time(timestampFromNs(times[i]), style);
            QVERIFY2(found(u"time:\"%1\""_s.arg(cell), times) == QList<int>{i}, qPrintable(cell));
        }
    }
}

void FilterDaysTest::understands_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QList<int>>("places");
    const auto row = [](const char *line, const QList<int> &places) {
        QTest::newRow(line) << QString::fromLatin1(line) << places;
    };
    row("time:23:59", {0});
    row("time:00:01", {1});
    row("time:02:30", {2, 3});
    row("time>03:00", {4, 5});
    row("time<03:00", {0, 1, 2, 3});
    row("time:2026-10-25T02:30", {2, 3});
    row("time!=2026-10-25T02:30", {0, 1, 4, 5});
    row("time:2026-10-25T02:30+02:00", {2});
    row("time:2026-10-25T02:30+01:00", {3});
    row("time:\"2026-10-25 02:30 +01:00\"", {3});
    row("time:00:30Z", {2});
    row("time:02:30+01:00", {3});
    row("time>2026-10-25T02:30", {4, 5});
    row("time>=2026-10-25T02:30", {2, 3, 4, 5});
    row("time<2026-10-25T02:30", {0, 1});
    row("time<=2026-10-25T02:30", {0, 1, 2, 3});
    row("time:02:00..02:30", {2, 3});
    row("time:23:50..00:10", {0, 1});
    row("time:2026-10-25", {1, 2, 3, 4, 5});
    row("time:2026-10-24", {0});
}

void FilterDaysTest::understands()
{
    QFETCH(QString, line);
    QFETCH(QList<int>, places);
    QCOMPARE(found(line), places);
}

SOCKEYE_TEST(FilterDaysTest, QCoreApplication)
#include "tst_filterdays.moc"
