#include "log/LogCells.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogCells final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aShortDeltaTellsItsSize_data();
    void aShortDeltaTellsItsSize();
    void aSizeMayHaveItsDelta();
    void aStyleThatStaysIsNoChange();
    void tellsWhatNeedsTheEntry();
    void tellsWhatItCanWithoutTheEntry();
    void tellsTheEntry();
    void followsTheStyle();
    void timesOfOneSecondDifferInTheirFraction_data();
    void timesOfOneSecondDifferInTheirFraction();
};

void TestLogCells::timesOfOneSecondDifferInTheirFraction_data()
{
    QTest::addColumn<QString>("above");
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("shown");
    QTest::newRow("the same second") << u"15:20:00.123 456"_s << u"15:20:00.640 733"_s << u".640 733"_s;
    QTest::newRow("the next second") << u"15:20:00.999 999"_s << u"15:20:01.000 000"_s << u"15:20:01.000 000"_s;
    QTest::newRow("another day") << u"2026-11-22 00:00:00.1"_s << u"2026-11-23 00:00:00.1"_s
                                 << u"2026-11-23 00:00:00.1"_s;
    QTest::newRow("UTC") << u"15:20:00.123 456Z"_s << u"15:20:00.640 733Z"_s << u".640 733Z"_s;
    QTest::newRow("since the start") << u"0:00:09.1"_s << u"0:00:09.2"_s << u".2"_s;
    QTest::newRow("a longer hour") << u"9:59:59.9"_s << u"10:00:00.1"_s << u"10:00:00.1"_s;
    QTest::newRow("Unix time") << u"1795360800.123456"_s << u"1795360800.640733"_s << u".640733"_s;
    QTest::newRow("nothing above") << QString() << u"15:20:00.640 733"_s << u"15:20:00.640 733"_s;
    QTest::newRow("no fraction") << u"abc"_s << u"abc"_s << u"abc"_s;
}

void TestLogCells::timesOfOneSecondDifferInTheirFraction()
{
    QFETCH(QString, above);
    QFETCH(QString, time);
    QTEST(time.sliced(logtext::unchangedTime(time, above)), "shown");
}

void TestLogCells::aShortDeltaTellsItsSize_data()
{
    QTest::addColumn<qint64>("ns");
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << qint64(0) << u"+0µs"_s;
    QTest::newRow("microseconds") << qint64(12'400) << u"+12µs"_s;
    QTest::newRow("almost a millisecond") << qint64(999'600) << u"+1ms"_s;
    QTest::newRow("milliseconds") << qint64(20'733'456) << u"+21ms"_s;
    QTest::newRow("almost a second") << qint64(999'600'000) << u"+1.0s"_s;
    QTest::newRow("seconds") << qint64(2'340'000'000) << u"+2.3s"_s;
    QTest::newRow("ten seconds") << qint64(9'960'000'000) << u"+10s"_s;
    QTest::newRow("minutes") << qint64(185'000'000'000) << u"+3.1min"_s;
    QTest::newRow("many minutes") << qint64(1'500'000'000'000) << u"+25min"_s;
    QTest::newRow("hours") << qint64(36'000'000'000'000) << u"+10h"_s;
    QTest::newRow("back") << qint64(-5'000'000) << u"-5ms"_s;
}

void TestLogCells::aShortDeltaTellsItsSize()
{
    QFETCH(qint64, ns);
    const Timestamp from = timestampFromNs(1'795'363'200'000'000'000);
    QTEST(logtext::shortDelta(from, from + Nanoseconds(ns)), "text");
}

void TestLogCells::aSizeMayHaveItsDelta()
{
    Entry entry;
    entry.size = 97;
    entry.time = timestampFromNs(20'733'456);
    const auto cell = [&entry](const LogCells &cells, int role, std::optional<Timestamp> origin) {
        return cells.value(entry, LogTable::SizeColumn, role, origin).toString();
    };
    LogCells cells;
    QCOMPARE(cell(cells, Qt::DisplayRole, timestampFromNs(0)), u"97 B"_s);
    QCOMPARE(cell(cells, Qt::ToolTipRole, timestampFromNs(0)), QString());
    QVERIFY(cells.set(&CellStyle::mergesDelta, true));
    QCOMPARE(cell(cells, Qt::DisplayRole, timestampFromNs(0)), u"97 B  +21ms"_s);
    QCOMPARE(cell(cells, Qt::AccessibleTextRole, timestampFromNs(0)), u"97 B, +20.7 ms"_s);
    QCOMPARE(cell(cells, Qt::ToolTipRole, timestampFromNs(0)), u"97 B, +20.7 ms"_s);
    QCOMPARE(cell(cells, Qt::DisplayRole, std::nullopt), u"97 B"_s);
    QCOMPARE(cell(cells, Qt::AccessibleTextRole, std::nullopt), u"97 B"_s);
    entry.kind = EntryKind::Event;
    QCOMPARE(cell(cells, Qt::DisplayRole, timestampFromNs(0)), u"+21ms"_s);
    QCOMPARE(cell(cells, Qt::AccessibleTextRole, timestampFromNs(0)), u"+20.7 ms"_s);
}

void TestLogCells::aStyleThatStaysIsNoChange()
{
    LogCells cells;
    QVERIFY(!cells.set(&CellStyle::time, TimeFormat::Local));
    QVERIFY(cells.set(&CellStyle::time, TimeFormat::Utc));
    QVERIFY(!cells.set(&CellStyle::time, TimeFormat::Utc));
    QVERIFY(cells.set(&CellStyle::reference, EntryId(3)));
    QCOMPARE(cells.style().time, TimeFormat::Utc);
    QCOMPARE(cells.style().reference, EntryId(3));
}

void TestLogCells::tellsWhatNeedsTheEntry()
{
    QVERIFY(!LogCells::needsEntry(LogTable::EntryColumn, Qt::DisplayRole));
    QVERIFY(LogCells::needsEntry(LogTable::SizeColumn, Qt::DisplayRole));
    QVERIFY(LogCells::needsEntry(LogTable::EntryColumn, LogTable::LoadedRole));
    QVERIFY(LogCells::needsEntry(LogTable::TimeColumn, Qt::ToolTipRole));
    // What no cell tells must not load a page.
    QVERIFY(!LogCells::needsEntry(LogTable::WireSizeColumn, Qt::ToolTipRole));
    QVERIFY(!LogCells::needsEntry(LogTable::SizeColumn, Qt::DecorationRole));
    QVERIFY(!LogCells::needsEntry(LogTable::SizeColumn, Qt::EditRole));
}

void TestLogCells::tellsWhatItCanWithoutTheEntry()
{
    QCOMPARE(LogCells::withoutEntry(EntryId(41), LogTable::EntryColumn, Qt::DisplayRole).toString(), u"41"_s);
    QCOMPARE(LogCells::withoutEntry(EntryId(41), LogTable::EntryColumn, Qt::AccessibleTextRole).toString(), u"41"_s);
    QCOMPARE(LogCells::withoutEntry(EntryId(41), LogTable::SizeColumn, LogTable::LoadedRole), QVariant(false));
    QVERIFY(!LogCells::withoutEntry(EntryId(41), LogTable::SizeColumn, Qt::DisplayRole).isValid());
}

void TestLogCells::tellsTheEntry()
{
    Entry entry;
    entry.id = EntryId(41);
    entry.direction = Direction::Out;
    entry.kind = EntryKind::Text;
    entry.head = "hello";
    entry.size = 5;
    const LogCells cells;
    QCOMPARE(cells.value(entry, LogTable::EntryColumn, Qt::DisplayRole).toString(), u"41"_s);
    QCOMPARE(cells.value(entry, LogTable::PreviewColumn, Qt::DisplayRole).toString(), u"hello"_s);
    QCOMPARE(cells.value(entry, LogTable::DirectionColumn, Qt::AccessibleTextRole).toString(), u"out"_s);
    QCOMPARE(cells.value(entry, 0, LogTable::LoadedRole), QVariant(true));
    QCOMPARE(cells.value(entry, 0, LogTable::DirectionRole).toInt(), int(Direction::Out));
    QCOMPARE(cells.value(entry, 0, LogTable::KindRole).toInt(), int(EntryKind::Text));
    QCOMPARE(cells.value(entry, 0, LogTable::SeverityRole).toInt(), -1);
    entry.findingCount = 2;
    entry.severity = Severity::Error;
    QCOMPARE(cells.value(entry, 0, LogTable::SeverityRole).toInt(), int(Severity::Error));
    QCOMPARE(cells.value(entry, 0, LogTable::FindingsRole).toString(), u"error, 2 findings"_s);
    QVERIFY(!cells.value(entry, LogTable::SizeColumn, Qt::ToolTipRole).isValid());
    QVERIFY(cells.value(entry, LogTable::TimeColumn, Qt::ToolTipRole).toString().contains(u"1970-01-01"_s));
}

void TestLogCells::followsTheStyle()
{
    Entry entry;
    entry.id = EntryId(41);
    entry.time = timestampFromNs(1'500'000'000);
    LogCells cells;
    cells.set(&CellStyle::time, TimeFormat::Epoch);
    QCOMPARE(cells.value(entry, LogTable::TimeColumn, Qt::DisplayRole).toString(), u"1.500000"_s);
    QCOMPARE(cells.header(LogTable::TimeColumn, Qt::DisplayRole).toString(), u"Unix time"_s);
    // A relative time is empty until the start is known.
    cells.set(&CellStyle::time, TimeFormat::Relative);
    QVERIFY(cells.value(entry, LogTable::TimeColumn, Qt::DisplayRole).toString().isEmpty());
    cells.set(&CellStyle::start, std::optional(timestampFromNs(500'000'000)));
    QCOMPARE(cells.value(entry, LogTable::TimeColumn, Qt::DisplayRole).toString(), u"0:00:01.000 000"_s);
    QVERIFY(cells.value(entry, LogTable::DeltaColumn, Qt::DisplayRole).toString().isEmpty());
    QCOMPARE(cells.value(entry, LogTable::DeltaColumn, Qt::DisplayRole, timestampFromNs(1'000'000'000)).toString(),
             u"+500 ms"_s);
    QVERIFY(!cells.header(LogTable::TimeColumn, Qt::DecorationRole).isValid());
}

SOCKEYE_TEST(TestLogCells, QCoreApplication)
#include "tst_logcells.moc"
