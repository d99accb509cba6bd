#include "base/LocalTime.h"
#include "base/Time.h"
#include "log/EntryCache.h"
#include "log/OpenedLog.h"
#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogModelCells final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cellsReadAsText();
    void pongsTellTheirRoundTrip();
    void findingsReadAsWords();
    void headerReadsAsText();
    void accessibleTextIsReadAtOnce();
    void deltaCountsFromTheEntryOnAnotherPage();
    void whatCrossedTheWireIsTold();
    void timeReadsAsChosen();
    void relativeTimeBeginsWithTheLog();
    void timesSayTheirDateOnceThereIsASecondDay();
    void timeTellsItsDateInATooltip();
    void deltaCountsFromTheSelectedEntry();
    void numbersStandToTheRight();
    void previewSaysWhatJsonHolds();
};

void TestLogModelCells::cellsReadAsText()
{
    SampleLog log;
    log.addEveryKind();
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 15);
    QTRY_VERIFY(opened.isLoaded(0));

    QCOMPARE(opened.text(2, LogModel::EntryColumn), u"3"_s);
    QCOMPARE(opened.text(0, LogModel::TimeColumn), toLocalTimeOfDay(timestampFromNs(SampleLog::Start)));
    QCOMPARE(opened.text(0, LogModel::DeltaColumn), QString());
    QCOMPARE(opened.text(2, LogModel::DeltaColumn), u"+36.5 ms"_s);
    QCOMPARE(opened.text(0, LogModel::DirectionColumn), u"–"_s);
    QCOMPARE(opened.text(1, LogModel::DirectionColumn), u"↑"_s);
    QCOMPARE(opened.text(2, LogModel::DirectionColumn), u"↓"_s);
    QCOMPARE(opened.text(3, LogModel::TypeColumn), u"binary"_s);
    QCOMPARE(opened.text(13, LogModel::TypeColumn), u"close"_s);
    QCOMPARE(opened.text(14, LogModel::TypeColumn), u"event"_s);
    QCOMPARE(opened.text(0, LogModel::SizeColumn), QString());
    QCOMPARE(opened.text(5, LogModel::SizeColumn), u"4 B"_s);
    QCOMPARE(opened.text(7, LogModel::SizeColumn), u"1.2 kB"_s);
    QCOMPARE(opened.text(2, LogModel::PreviewColumn), uR"({"ok":true,"subscribed":1})"_s);
    QCOMPARE(opened.text(5, LogModel::PreviewColumn), u"68 65 61 74"_s);

    const auto role = [&opened](int row, int which) {
        return opened.model.data(opened.model.index(row, 0), which).toInt();
    };
    QCOMPARE(role(1, LogModel::DirectionRole), int(Direction::Out));
    QCOMPARE(role(5, LogModel::KindRole), int(EntryKind::Ping));
    QCOMPARE(role(14, LogModel::EventRole), int(EventKind::Broken));
    QCOMPARE(role(12, LogModel::SeverityRole), int(Severity::Error));
    QCOMPARE(role(11, LogModel::SeverityRole), int(Severity::Warning));
    QCOMPARE(role(2, LogModel::SeverityRole), -1);
    QCOMPARE(role(2, LogModel::EntryIdRole), 3);
}

void TestLogModelCells::pongsTellTheirRoundTrip()
{
    SampleLog log;
    for (const char *payload : {"id", ""}) {
        NewEntry pong;
        pong.connection = ConnectionId(1);
        pong.kind = EntryKind::Pong;
        pong.payload = payload;
        pong.latency = std::chrono::microseconds(12'300);
        log.writer().append(std::move(pong));
    }
    log.writer().flush();
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 2);
    QTRY_VERIFY(opened.isLoaded(0));
    QCOMPARE(opened.text(0, LogModel::PreviewColumn), u"69 64 · 12.3 ms after its ping"_s);
    QCOMPARE(opened.text(1, LogModel::PreviewColumn), u"12.3 ms after its ping"_s);
}

void TestLogModelCells::findingsReadAsWords()
{
    SampleLog log;
    log.addEveryKind();
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 15);
    QTRY_VERIFY(opened.isLoaded(0));
    const auto words = [&opened](int row) {
        return opened.model.data(opened.model.index(row, 0), LogModel::FindingsRole).toString();
    };
    QCOMPARE(words(11), u"warning, 1 finding"_s);
    QCOMPARE(words(12), u"error, 1 finding"_s);
    QCOMPARE(words(2), QString());
}

void TestLogModelCells::headerReadsAsText()
{
    SampleLog log;
    OpenedLog opened(log.path());
    const auto title = [&opened](int column, int role) {
        return opened.model.headerData(column, Qt::Horizontal, role).toString();
    };
    QCOMPARE(title(LogModel::TimeColumn, Qt::DisplayRole), u"Time"_s);
    QCOMPARE(title(LogModel::DirectionColumn, Qt::DisplayRole), QString());
    // Nothing is nameless to a screen reader.
    for (int column = 0; column < LogModel::ColumnCount; ++column)
        QVERIFY(!title(column, Qt::AccessibleTextRole).isEmpty());
    const auto alignment = opened.model.headerData(LogModel::SizeColumn, Qt::Horizontal, Qt::TextAlignmentRole);
    QVERIFY(alignment.value<Qt::Alignment>().testFlag(Qt::AlignRight));
}

void TestLogModelCells::accessibleTextIsReadAtOnce()
{
    SampleLog log;
    log.addMany(1000);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 1000);
    const auto spoken = [&opened](int row, int column) {
        return opened.model.data(opened.model.index(row, column), Qt::AccessibleTextRole).toString();
    };
    QVERIFY(!opened.model.entry(EntryId(801)));
    QCOMPARE(spoken(800, LogModel::PreviewColumn), u"{\"n\":800}"_s);
    QCOMPARE(spoken(800, LogModel::DirectionColumn), u"in"_s);
    QCOMPARE(spoken(801, LogModel::DirectionColumn), u"out"_s);
    QCOMPARE(spoken(800, LogModel::TypeColumn), u"text"_s);
    // The first of a page, whose predecessor is on another.
    QCOMPARE(spoken(EntryCache::PageSize * 5, LogModel::DeltaColumn), u"+1.00 ms"_s);
}

void TestLogModelCells::deltaCountsFromTheEntryOnAnotherPage()
{
    SampleLog log;
    log.addMany(EntryCache::PageSize * 2);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), EntryCache::PageSize * 2);
    QTRY_COMPARE(opened.text(EntryCache::PageSize, LogModel::DeltaColumn), u"+1.00 ms"_s);
}

void TestLogModelCells::whatCrossedTheWireIsTold()
{
    SampleLog log;
    NewEntry entry;
    entry.connection = ConnectionId(7);
    entry.payload = QByteArray(1240, 'x');
    entry.wireSize = 400;
    entry.compressed = true;
    log.writer().append(NewEntry(entry));
    entry.wireSize = 1250;
    log.writer().append(NewEntry(entry));
    entry.compressed = false;
    entry.kind = EntryKind::Pong;
    entry.latency = std::chrono::microseconds(12'300);
    log.writer().append(NewEntry(entry));
    log.addEvent(EventKind::Closed, u"Closed"_s);
    log.writer().flush();
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 4);
    QTRY_VERIFY(opened.isLoaded(0));
    QCOMPARE(opened.text(0, LogModel::ConnectionColumn), u"7"_s);
    QCOMPARE(opened.text(0, LogModel::WireSizeColumn), u"400 B"_s);
    QCOMPARE(opened.text(0, LogModel::RatioColumn), u"3.1 : 1"_s);
    QCOMPARE(opened.text(1, LogModel::RatioColumn), u"1.0 : 1"_s);
    QCOMPARE(opened.text(0, LogModel::LatencyColumn), QString());
    QCOMPARE(opened.text(2, LogModel::WireSizeColumn), u"1.3 kB"_s);
    QCOMPARE(opened.text(2, LogModel::RatioColumn), QString());
    QCOMPARE(opened.text(2, LogModel::LatencyColumn), u"12.3 ms"_s);
    QCOMPARE(opened.text(3, LogModel::ConnectionColumn), u"1"_s);
    QCOMPARE(opened.text(3, LogModel::WireSizeColumn), QString());
}

void TestLogModelCells::timeReadsAsChosen()
{
    SampleLog log;
    log.addEvent(EventKind::Open, u"Open"_s, 0);
    log.add(Direction::In, EntryKind::Text, "a", 1'000'001);
    log.add(Direction::In, EntryKind::Text, "b", 2 * 3'600'000'000LL);
    log.writer().flush();
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 3);
    QTRY_VERIFY(opened.isLoaded(0));
    const auto time = [&opened](int row) { return opened.text(row, LogModel::TimeColumn); };
    const auto title = [&opened] { return opened.model.headerData(LogModel::TimeColumn, Qt::Horizontal).toString(); };
    QCOMPARE(title(), u"Time"_s);
    QSignalSpy changed(&opened.model, &LogModel::dataChanged);
    QSignalSpy header(&opened.model, &LogModel::headerDataChanged);

    opened.model.setTimeFormat(TimeFormat::Utc);
    QCOMPARE(time(1), u"16:00:01.000 001Z"_s);
    QCOMPARE(title(), u"Time (UTC)"_s);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex(), opened.model.index(0, LogModel::TimeColumn));
    QCOMPARE(changed.first().at(1).toModelIndex(), opened.model.index(2, LogModel::TimeColumn));
    QCOMPARE(header.count(), 1);

    opened.model.setTimeFormat(TimeFormat::Epoch);
    QCOMPARE(time(1), u"1795363201.000001"_s);
    QCOMPARE(title(), u"Unix time"_s);

    opened.model.setTimeFormat(TimeFormat::Relative);
    QCOMPARE(title(), u"Since start"_s);
    QTRY_COMPARE(time(0), u"0:00:00.000 000"_s);
    QCOMPARE(time(1), u"0:00:01.000 001"_s);
    QCOMPARE(time(2), u"2:00:01.000 001"_s);
}

void TestLogModelCells::relativeTimeBeginsWithTheLog()
{
    SampleLog log;
    OpenedLog opened(log.path());
    opened.model.setTimeFormat(TimeFormat::Relative);
    log.addEvent(EventKind::Open, u"Open"_s, 0);
    log.add(Direction::In, EntryKind::Text, "a", 5'000);
    log.writer().flush();
    opened.model.advanceTo(EntryId(2));
    QTRY_COMPARE(opened.text(1, LogModel::TimeColumn), u"0:00:00.005 000"_s);
}

void TestLogModelCells::timesSayTheirDateOnceThereIsASecondDay()
{
    SampleLog log;
    constexpr qint64 Day = 86'400'000'000;
    log.addEvent(EventKind::Open, u"Open"_s, 0);
    log.add(Direction::In, EntryKind::Text, "a", Day);
    log.writer().flush();
    OpenedLog opened(log.path());
    opened.model.setTimeFormat(TimeFormat::Utc);
    QTRY_COMPARE(opened.text(1, LogModel::TimeColumn), u"2026-11-23 16:00:00.000 000Z"_s);
    QCOMPARE(opened.text(0, LogModel::TimeColumn), u"2026-11-22 16:00:00.000 000Z"_s);
    opened.model.setTimeFormat(TimeFormat::Local);
    const Timestamp second = timestampFromNs(SampleLog::Start + Day * 1000);
    QCOMPARE(opened.text(1, LogModel::TimeColumn), toLocalDate(second) + u' ' + toLocalTimeOfDay(second));
    QString copied;
    opened.model.setCopiedColumns({LogModel::TimeColumn});
    opened.model.readText({{Row(0), Row(1)}}, CopyFormat::Rows, this,
                          [&copied](const CopiedRows &rows) { copied = rows.text; });
    QTRY_COMPARE(copied, opened.text(0, LogModel::TimeColumn) + u'\n' + opened.text(1, LogModel::TimeColumn) + u'\n');
}

void TestLogModelCells::timeTellsItsDateInATooltip()
{
    SampleLog log;
    log.addEvent(EventKind::Open, u"Open"_s, 0);
    log.writer().flush();
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 1);
    QTRY_VERIFY(opened.isLoaded(0));
    const QString tip = opened.data(0, LogModel::TimeColumn, Qt::ToolTipRole).toString();
    QVERIFY2(tip.contains(u"2026-11-2"_s) && tip.contains(u"2026-11-22T16:00:00.000000000Z"_s), qPrintable(tip));
    QCOMPARE(opened.data(0, LogModel::PreviewColumn, Qt::ToolTipRole), QVariant());
}

void TestLogModelCells::deltaCountsFromTheSelectedEntry()
{
    SampleLog log;
    constexpr int Count = EntryCache::PageSize * 100;
    log.addMany(Count);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), Count);
    opened.model.setDeltaFrom(DeltaFrom::Selected);
    QTRY_VERIFY(opened.isLoaded(9));
    QCOMPARE(opened.text(9, LogModel::DeltaColumn), QString());
    QCOMPARE(opened.model.headerData(LogModel::DeltaColumn, Qt::Horizontal).toString(), u"From selected"_s);

    opened.model.setDeltaReference(EntryId(5));
    QTRY_COMPARE(opened.text(9, LogModel::DeltaColumn), u"+5.00 ms"_s);
    QCOMPARE(opened.text(0, LogModel::DeltaColumn), u"-4.00 ms"_s);
    // On a page that nobody has looked at.
    QSignalSpy changed(&opened.model, &LogModel::dataChanged);
    opened.model.setDeltaReference(EntryId(Count));
    QTRY_COMPARE(opened.text(Count - 3, LogModel::DeltaColumn), u"-2.00 ms"_s);
    QVERIFY(!changed.isEmpty());
    QCOMPARE(opened.data(1, LogModel::DeltaColumn, Qt::AccessibleTextRole).toString(), u"-6.40 s"_s);
    // A filter that hides it is no reason not to count from it.
    opened.model.setFilter(query(u"dir:out"_s));
    QTRY_COMPARE(opened.model.rowCount(), Count / 4);
    QTRY_COMPARE(opened.text(0, LogModel::DeltaColumn), u"-6.40 s"_s);
}

void TestLogModelCells::numbersStandToTheRight()
{
    SampleLog log;
    log.addMany(1);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 1);
    QList<int> right;
    for (int column = 0; column < LogModel::ColumnCount; ++column) {
        const auto cell = opened.data(0, column, Qt::TextAlignmentRole).value<Qt::Alignment>();
        QCOMPARE(opened.model.headerData(column, Qt::Horizontal, Qt::TextAlignmentRole).value<Qt::Alignment>(), cell);
        if (cell.testFlag(Qt::AlignRight))
            right.append(column);
    }
    QCOMPARE(right,
             (QList<int>{LogModel::EntryColumn, LogModel::ConnectionColumn, LogModel::DeltaColumn, LogModel::SizeColumn,
                         LogModel::WireSizeColumn, LogModel::RatioColumn, LogModel::LatencyColumn}));
}

void TestLogModelCells::previewSaysWhatJsonHolds()
{
    SampleLog log;
    log.add(Direction::In, EntryKind::Text, R"({"type":"trade","price":143.86,"size":1})");
    log.add(Direction::In, EntryKind::Text, R"({"price":7.5,"type":"trade","size":20})");
    log.add(Direction::In, EntryKind::Text, "{\"blob\":\"" + QByteArray(64 * 1024, 'x') + "\",\"type\":\"snapshot\"}");
    log.add(Direction::In, EntryKind::Text, R"({"type":"trade")");
    log.add(Direction::In, EntryKind::Binary, "{}");
    log.writer().flush();
    OpenedLog opened(log.path());
    opened.model.setSmartPreview(true);
    const auto preview = [&opened](int row) { return opened.text(row, LogModel::PreviewColumn); };
    QTRY_COMPARE(opened.model.rowCount(), 5);
    QTRY_COMPARE(preview(0), u"type=trade    price=143.86 size=1"_s);
    QCOMPARE(preview(1), u"type=trade    price=7.5    size=20"_s);
    QVERIFY2(preview(2).endsWith(u"… type=snapshot"_s), qPrintable(preview(2)));
    QCOMPARE(preview(3), uR"({"type":"trade")"_s);
    QCOMPARE(preview(4), u"7b 7d"_s);
    const PreviewLine line = opened.model.preview(*opened.model.entry(EntryId(1)));
    QCOMPARE(line.dimmed.size(), 3);

    opened.model.setSmartPreview(false);
    QCOMPARE(preview(0), uR"({"type":"trade","price":143.86,"size":1})"_s);
    opened.model.setSmartPreview(true);
    QTRY_COMPARE(preview(1), u"type=trade    price=7.5    size=20"_s);

    // What comes later is summed up as well.
    log.add(Direction::In, EntryKind::Text, R"({"type":"late","price":1})");
    log.writer().flush();
    opened.model.advanceTo(EntryId(6));
    QTRY_COMPARE(preview(5), u"type=late     price=1"_s);
}

SOCKEYE_TEST(TestLogModelCells, QCoreApplication)
#include "tst_logmodelcells.moc"
