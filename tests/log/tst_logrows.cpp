#include "log/LogRows.h"

#include "filter/Filter.h"
#include "log/SampleLog.h"
#include "reading/CaptureLoader.h"
#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>

#include <sqlite3.h>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogRows final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void withoutAFilterRowsAreEntries();
    void tellsEachInsertion();
    void aFilterHides();
    void aFilterMarks();
    void theModeChangesWithoutSearchingAnew();
    void quietHidesInEitherMode();
    void theSameFilterBeginsAnewAfterACancel();
    void selectedRowsStayWhatTheyWere();
    void aFileWithGapsHasARowForEachEntry_data();
    void aFileWithGapsHasARowForEachEntry();

private:
    static EntryQuery query(const QString &text) { return std::get<EntryQuery>(parseFilter(text)); }
    [[nodiscard]] QList<qint64> shown() const;

    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<CaptureLoader> m_loader;
    std::unique_ptr<LogRows> m_rows;
};

/// 400 entries, of which each fourth is a ping.
void TestLogRows::init()
{
    m_log = std::make_unique<SampleLog>();
    m_log->addMany(400);
    m_loader = std::make_unique<CaptureLoader>(m_log->path());
    m_rows = std::make_unique<LogRows>(*m_loader);
}

void TestLogRows::cleanup()
{
    m_rows.reset();
    m_loader.reset();
    m_log.reset();
}

QList<qint64> TestLogRows::shown() const
{
    QList<qint64> ids;
    for (int row = 0; row < m_rows->count(); ++row)
        ids.append(m_rows->entryAt(Row(row)).value());
    return ids;
}

void TestLogRows::withoutAFilterRowsAreEntries()
{
    QCOMPARE(m_rows->count(), 0);
    QCOMPARE(m_rows->rowOf(EntryId(1)), Row(-1));
    m_rows->advanceTo(EntryId(400));
    QCOMPARE(m_rows->count(), 400);
    QCOMPARE(m_rows->entryAt(Row(0)), EntryId(1));
    QCOMPARE(m_rows->entryAt(Row(399)), EntryId(400));
    QCOMPARE(m_rows->entryAt(Row(400)), EntryId());
    QCOMPARE(m_rows->entryAt(Row(-1)), EntryId());
    QCOMPARE(m_rows->rowOf(EntryId(900)), Row(399));
    QVERIFY(m_rows->isShown(EntryId(400)));
    QVERIFY(!m_rows->isShown(EntryId(401)));
    QVERIFY(!m_rows->hidesEntries());
    QCOMPARE(m_rows->matchCount(), 0);
}

void TestLogRows::tellsEachInsertion()
{
    int open = 0;
    QList<std::pair<int, int>> inserted;
    connect(m_rows.get(), &LogRows::inserting, m_rows.get(), [&](int first, int last) {
        ++open;
        QCOMPARE(first, m_rows->count());
        inserted.append({first, last});
    });
    connect(m_rows.get(), &LogRows::inserted, m_rows.get(), [&] {
        --open;
        QCOMPARE(m_rows->count(), inserted.constLast().second + 1);
    });
    m_rows->advanceTo(EntryId(100));
    m_rows->advanceTo(EntryId(100));
    m_rows->advanceTo(EntryId(400));
    QCOMPARE(inserted, (QList<std::pair<int, int>>{{0, 99}, {100, 399}}));
    inserted.clear();
    m_rows->setFilter(query(u"type:ping"_s));
    QTRY_COMPARE(m_rows->count(), 100);
    QVERIFY(!inserted.isEmpty());
    QCOMPARE(inserted.constFirst().first, 0);
    QCOMPARE(open, 0);
}

void TestLogRows::aFilterHides()
{
    m_rows->advanceTo(EntryId(400));
    QSignalSpy resetting(m_rows.get(), &LogRows::resetting);
    QSignalSpy wasReset(m_rows.get(), &LogRows::wasReset);
    m_rows->setFilter(query(u"type:ping"_s));
    QCOMPARE(resetting.size(), 1);
    QCOMPARE(wasReset.size(), 1);
    QVERIFY(m_rows->isSearching());
    QTRY_VERIFY(!m_rows->isSearching());
    QVERIFY(m_rows->isSearchSound());
    QCOMPARE(m_rows->searchedTo(), EntryId(400));
    QCOMPARE(m_rows->count(), 100);
    QCOMPARE(m_rows->matchCount(), 100);
    QCOMPARE(m_rows->entryAt(Row(1)), EntryId(8));
    QCOMPARE(m_rows->rowOf(EntryId(9)), Row(1));
    QVERIFY(!m_rows->isShown(EntryId(9)));
    // What comes later is matched as it comes.
    m_rows->advanceTo(m_log->addMany(8));
    QTRY_COMPARE(m_rows->count(), 102);
    QCOMPARE(m_rows->nextMatch(EntryId(400), true), EntryId(404));
    QCOMPARE(m_rows->nextMatch(EntryId(4), false), EntryId());
    QCOMPARE(m_rows->matchesUpTo(EntryId(16)), 4);
}

void TestLogRows::aFilterMarks()
{
    m_rows->setMode(FilterMode::Mark);
    m_rows->advanceTo(EntryId(400));
    QSignalSpy marks(m_rows.get(), &LogRows::marksChanged);
    QSignalSpy resetting(m_rows.get(), &LogRows::resetting);
    m_rows->setFilter(query(u"type:ping"_s));
    QTRY_COMPARE(m_rows->matchCount(), 100);
    QVERIFY(!marks.isEmpty());
    QVERIFY(resetting.isEmpty());
    QCOMPARE(m_rows->count(), 400);
    QVERIFY(m_rows->isMarked(EntryId(8)));
    QVERIFY(!m_rows->isMarked(EntryId(9)));
}

void TestLogRows::theModeChangesWithoutSearchingAnew()
{
    m_rows->advanceTo(EntryId(400));
    m_rows->setFilter(query(u"type:ping"_s));
    QTRY_COMPARE(m_rows->count(), 100);
    m_rows->setMode(FilterMode::Mark);
    QVERIFY(!m_rows->isSearching());
    QCOMPARE(m_rows->count(), 400);
    QCOMPARE(m_rows->matchCount(), 100);
    m_rows->setMode(FilterMode::Hide);
    QVERIFY(!m_rows->isSearching());
    QCOMPARE(m_rows->count(), 100);
    QVERIFY(!m_rows->isMarked(EntryId(8)));
}

void TestLogRows::quietHidesInEitherMode()
{
    m_rows->advanceTo(EntryId(400));
    m_rows->setQuiet({true, false});
    QTRY_COMPARE(m_rows->count(), 300);
    QCOMPARE(m_rows->hiddenCount(), 100);
    QCOMPARE(m_rows->matchCount(), 0);
    m_rows->setMode(FilterMode::Mark);
    m_rows->setFilter(query(u"dir:out"_s));
    QTRY_COMPARE(m_rows->matchCount(), 100);
    QCOMPARE(m_rows->count(), 300);
    m_rows->setQuiet({});
    QCOMPARE(m_rows->count(), 400);
    QTRY_COMPARE(m_rows->matchCount(), 100);
}

void TestLogRows::theSameFilterBeginsAnewAfterACancel()
{
    m_rows->advanceTo(EntryId(400));
    m_rows->setFilter(query(u"type:ping"_s));
    m_rows->cancelSearch();
    QVERIFY(!m_rows->isSearching());
    QVERIFY(!m_rows->isSearchSound());
    m_rows->setFilter(query(u"type:ping"_s));
    QTRY_COMPARE(m_rows->count(), 100);
    QVERIFY(m_rows->isSearchSound());
}

void TestLogRows::selectedRowsStayWhatTheyWere()
{
    m_rows->advanceTo(EntryId(400));
    m_rows->setFilter(query(u"type:ping"_s));
    QTRY_COMPARE(m_rows->count(), 100);
    const SelectedRows rows = m_rows->selected({{Row(1), Row(2)}});
    m_rows->setFilter({});
    QCOMPARE(shown().size(), 400);
    QCOMPARE(rows.count(), 2);
    QCOMPARE(rows.entryAt(Row(2)), EntryId(12));
    QVERIFY(!rows.contains(EntryId(13)));
}

void TestLogRows::aFileWithGapsHasARowForEachEntry_data()
{
    QTest::addColumn<qint64>("last");
    QTest::newRow("that may be") << qint64(500);
    QTest::newRow("far away") << qint64(3'000'000'000);
    QTest::newRow("further than rows can be counted") << qint64(70'368'744'177'663);
}

/// Row after row by its place, never by an id that a file claims.
void TestLogRows::aFileWithGapsHasARowForEachEntry()
{
    QFETCH(qint64, last);
    QVERIFY(m_log->writer().finish().ok());
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(m_log->path().toUtf8().constData(), &database), SQLITE_OK);
    const QByteArray sql = "UPDATE entry SET id = " + QByteArray::number(last) + " WHERE id = 400";
    QCOMPARE(sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);

    m_rows->advanceTo(EntryId(last));
    QTRY_COMPARE(m_rows->count(), 400);
    QTRY_COMPARE(m_rows->entryAt(Row(399)), EntryId(last));
    QCOMPARE(m_rows->entryAt(Row(398)), EntryId(399));
    QCOMPARE(m_rows->rowOf(EntryId(last)), Row(399));
    QCOMPARE(m_rows->rowOf(EntryId(last - 1)), Row(398));
    QVERIFY(!m_rows->hidesEntries());
    QCOMPARE(m_rows->selected({{Row(0), Row(399)}}).count(), 400);

    m_rows->setFilter(query(u"type:ping"_s));
    QTRY_COMPARE(m_rows->count(), 100);
    QVERIFY(m_rows->hidesEntries());
    QCOMPARE(m_rows->entryAt(Row(99)), EntryId(last));
    m_rows->setMode(FilterMode::Mark);
    QTRY_COMPARE(m_rows->count(), 400);
    QTRY_VERIFY(m_rows->isMarked(EntryId(last)));
    m_rows->setFilter(EntryQuery());
    QTRY_COMPARE(m_rows->count(), 400);
}

SOCKEYE_TEST(TestLogRows, QCoreApplication)
#include "tst_logrows.moc"
