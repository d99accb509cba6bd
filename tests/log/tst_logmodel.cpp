#include "base/Time.h"
#include "log/OpenedLog.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatTheCaptureHolds();
    void cellsReadAsText();
    void pongsTellTheirRoundTrip();
    void findingsReadAsWords();
    void headerReadsAsText();
    void unknownPageIsAskedForAndAnnounced();
    void deltaCountsFromTheEntryOnAnotherPage();
    void farRowLoadsWithoutTheRest();
    void tailPageIsReadAgainWhenTheLogGrows();
    void accessibleTextIsReadAtOnce();
    void growsWithALiveWriter();
};

void TestLogModel::showsWhatTheCaptureHolds()
{
    SampleLog log;
    log.addEveryKind();
    OpenedLog opened(log.path());
    QCOMPARE(opened.model.rowCount(), 0);
    QTRY_COMPARE(opened.model.rowCount(), 15);
    QCOMPARE(opened.model.columnCount(), int(LogModel::ColumnCount));
    QCOMPARE(opened.model.lastEntry(), EntryId(15));
    QCOMPARE(opened.model.rowCount(opened.model.index(0, 0)), 0);
}

void TestLogModel::cellsReadAsText()
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

void TestLogModel::pongsTellTheirRoundTrip()
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

void TestLogModel::findingsReadAsWords()
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

void TestLogModel::headerReadsAsText()
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

void TestLogModel::unknownPageIsAskedForAndAnnounced()
{
    SampleLog log;
    log.addMany(EntryCache::PageSize * 3);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), EntryCache::PageSize * 3);
    const int row = EntryCache::PageSize + 6;
    QSignalSpy changed(&opened.model, &LogModel::dataChanged);
    QCOMPARE(opened.text(row, LogModel::PreviewColumn), QString());
    // The number needs no page.
    QCOMPARE(opened.text(row, LogModel::EntryColumn), QString::number(row + 1));
    QVERIFY(changed.wait());
    QVERIFY(changed.first().at(0).toModelIndex().row() <= row);
    QVERIFY(changed.first().at(1).toModelIndex().row() >= row);
    QVERIFY(opened.isLoaded(row));
    QVERIFY(!opened.text(row, LogModel::PreviewColumn).isEmpty());
    QVERIFY(opened.model.entry(EntryId(row + 1)));
}

void TestLogModel::deltaCountsFromTheEntryOnAnotherPage()
{
    SampleLog log;
    log.addMany(EntryCache::PageSize * 2);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), EntryCache::PageSize * 2);
    QTRY_COMPARE(opened.text(EntryCache::PageSize, LogModel::DeltaColumn), u"+1.00 ms"_s);
}

void TestLogModel::farRowLoadsWithoutTheRest()
{
    SampleLog log;
    constexpr int Count = 10'000;
    log.addMany(Count);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), Count);
    QTRY_COMPARE(opened.text(Count - 1, LogModel::TypeColumn), u"ping"_s);
    QVERIFY(!opened.model.entry(EntryId(Count / 2)));
}

void TestLogModel::tailPageIsReadAgainWhenTheLogGrows()
{
    SampleLog log;
    log.addMany(3);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 3);
    QTRY_VERIFY(opened.isLoaded(2));
    const EntryId last = log.addMany(4);
    opened.model.advanceTo(last);
    QCOMPARE(opened.model.rowCount(), 7);
    QVERIFY(!opened.isLoaded(6));
    QTRY_VERIFY(opened.isLoaded(6));
    QCOMPARE(opened.text(6, LogModel::DeltaColumn), u"+1.00 ms"_s);
    // What was told already is no news.
    opened.model.advanceTo(EntryId(5));
    QCOMPARE(opened.model.rowCount(), 7);
}

void TestLogModel::accessibleTextIsReadAtOnce()
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

void TestLogModel::growsWithALiveWriter()
{
    SampleLog log;
    log.addEvent(EventKind::Open, u"Connected"_s);
    log.writer().flush();
    OpenedLog opened(log.path());
    QSignalSpy inserted(&opened.model, &LogModel::rowsInserted);
    connect(&log.writer(), &CaptureWriter::advanced, &opened.model, &LogModel::advanceTo, Qt::QueuedConnection);
    constexpr int Count = 4'000;
    for (int n = 0; n < Count; ++n) {
        log.add(Direction::In, EntryKind::Text, QByteArray::number(n));
        if (n % 200 == 0)
            QCoreApplication::processEvents();
    }
    log.writer().flush();
    QTRY_COMPARE(opened.model.rowCount(), Count + 1);
    QVERIFY2(inserted.count() < Count / 10, "Rows come in batches, not one by one.");
    QTRY_COMPARE(opened.text(Count, LogModel::PreviewColumn), QString::number(Count - 1));
}

QTEST_GUILESS_MAIN(TestLogModel)
#include "tst_logmodel.moc"
