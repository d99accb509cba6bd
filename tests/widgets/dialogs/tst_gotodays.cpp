#include "support/TestProgram.h"
#include "widgets/dialogs/GoToTarget.h"

#include <QtTest>

#include <ctime>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 Minute = 60'000'000'000;
constexpr qint64 Midnight = 1'792'879'200'000'000'000; // 2026-10-25 00:00 in Berlin, where it has 25 hours

} // namespace

/// Going to what a cell shows, in a log of two days with an hour that comes twice.
class GoToDaysTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "Europe/Berlin");
        tzset();
    }

    void goesToWhatACellShows()
    {
        const TimeSpan span{timestampFromNs(Midnight - Minute), timestampFromNs(Midnight + 300 * Minute)};
        for (const TimeFormat format : {TimeFormat::Local, TimeFormat::Utc, TimeFormat::Epoch, TimeFormat::Relative}) {
            CellStyle style;
            style.time = format;
            style.start = span.first;
            style.showsDate = !logtext::isSameDay(span.first, span.last, format);
            for (const int minutes : {-1, 1, 150, 210, 270}) {
                const QString cell = logtext::time(timestampFromNs(Midnight + minutes * Minute), style);
                const GoToTarget target = parseGoTo(cell, {EntryId(9), span, format});
                QVERIFY2(std::holds_alternative<Timestamp>(target), qPrintable(cell));
                QCOMPARE(toNs(std::get<Timestamp>(target)), Midnight + minutes * Minute);
            }
        }
    }

    void aTimeThatComesTwiceMeansTheFirst()
    {
        const GoToContext context{EntryId(9),
                                  TimeSpan{timestampFromNs(Midnight), timestampFromNs(Midnight + 300 * Minute)},
                                  TimeFormat::Local};
        const auto minutes = [&context](const QString &text) {
            return (toNs(std::get<Timestamp>(parseGoTo(text, context))) - Midnight) / Minute;
        };
        QCOMPARE(minutes(u"02:30"_s), 150);
        QCOMPARE(minutes(u"02:30 +01:00"_s), 210);
        QCOMPARE(minutes(u"2026-10-25T02:30+0100"_s), 210);
        QCOMPARE(minutes(u"00:30Z"_s), 150);
    }
};

SOCKEYE_TEST(GoToDaysTest, QCoreApplication)
#include "tst_gotodays.moc"
