#include "log/OpenedLog.h"

#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogModelFilter final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filterShowsMatches();
    void deltaCountsFromTheShownEntry();
    void newFilterReplacesARunningOne();
    void emptyFilterShowsAllAgain();
    void rowsAndEntriesCorrespond();
    void laterEntriesAreMatchedAsTheyCome();
    void failedSearchIsTold();
};

void TestLogModelFilter::filterShowsMatches()
{
    SampleLog log;
    log.addMany(1000);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 1000);
    QSignalSpy reset(&opened.model, &LogModel::modelReset);
    QSignalSpy searched(&opened.model, &LogModel::searchChanged);
    opened.model.setFilter(query(u"dir:out"_s));
    QCOMPARE(reset.count(), 1);
    QCOMPARE(opened.model.rowCount(), 0);
    QVERIFY(opened.model.isFiltered());
    QVERIFY(opened.model.isSearching());
    QTRY_VERIFY(!opened.model.isSearching());
    QCOMPARE(opened.model.searchedTo(), EntryId(1000));
    QCOMPARE(opened.model.rowCount(), 250);
    QCOMPARE(opened.model.entryAt(Row(0)), EntryId(2));
    QCOMPARE(opened.model.entryAt(Row(249)), EntryId(998));
    QVERIFY(searched.count() >= 2);
}

void TestLogModelFilter::deltaCountsFromTheShownEntry()
{
    SampleLog log;
    log.addMany(1000);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 1000);
    opened.model.setFilter(query(u"dir:out"_s));
    QTRY_COMPARE(opened.model.rowCount(), 250);
    QTRY_COMPARE(opened.text(200, LogModel::DeltaColumn), u"+4.00 ms"_s);
    QTRY_COMPARE(opened.text(0, LogModel::TypeColumn), u"text"_s);
    QCOMPARE(opened.text(0, LogModel::DeltaColumn), QString());
}

void TestLogModelFilter::newFilterReplacesARunningOne()
{
    SampleLog log;
    log.addMany(20'000);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 20'000);
    for (int n = 0; n < 20; ++n) {
        opened.model.setFilter(query(u"op:binary"_s));
        QCoreApplication::processEvents();
        opened.model.setFilter(query(u"op:ping"_s));
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(!opened.model.isSearching());
    QCOMPARE(opened.model.rowCount(), 5000);
    for (int row = 0; row < 5000; ++row)
        QCOMPARE(opened.model.entryAt(Row(row)), EntryId(row * 4 + 4));
}

void TestLogModelFilter::emptyFilterShowsAllAgain()
{
    SampleLog log;
    log.addMany(100);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 100);
    opened.model.setFilter(query(u"nowhere-to-be-found"_s));
    QTRY_VERIFY(!opened.model.isSearching());
    QCOMPARE(opened.model.rowCount(), 0);
    opened.model.setFilter({});
    QVERIFY(!opened.model.isFiltered());
    QVERIFY(!opened.model.isSearching());
    QCOMPARE(opened.model.rowCount(), 100);
}

void TestLogModelFilter::rowsAndEntriesCorrespond()
{
    SampleLog log;
    log.addMany(100);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 100);
    QCOMPARE(opened.model.rowOf(EntryId(1)), Row(0));
    QCOMPARE(opened.model.rowOf(EntryId(100)), Row(99));
    QCOMPARE(opened.model.rowOf(EntryId(5000)), Row(99));
    QCOMPARE(opened.model.rowOf(EntryId()), Row(-1));
    QCOMPARE(opened.model.entryAt(Row(-1)), EntryId());
    QCOMPARE(opened.model.entryAt(Row(100)), EntryId());

    opened.model.setFilter(query(u"op:ping"_s)); // 4, 8, 12, ...
    QTRY_COMPARE(opened.model.rowCount(), 25);
    QCOMPARE(opened.model.rowOf(EntryId(8)), Row(1));
    QCOMPARE(opened.model.rowOf(EntryId(9)), Row(1));
    QCOMPARE(opened.model.rowOf(EntryId(3)), Row(-1));
    QCOMPARE(opened.model.entryAt(Row(25)), EntryId());
}

void TestLogModelFilter::laterEntriesAreMatchedAsTheyCome()
{
    SampleLog log;
    log.addMany(40);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 40);
    opened.model.setFilter(query(u"op:ping"_s));
    QTRY_COMPARE(opened.model.rowCount(), 10);
    for (int round = 1; round <= 5; ++round) {
        opened.model.advanceTo(log.addMany(40));
        // What comes later is no search that one waits for.
        QVERIFY(!opened.model.isSearching());
        QTRY_COMPARE(opened.model.rowCount(), 10 + round * 10);
    }
    QCOMPARE(opened.shown().last(), 240);
}

void TestLogModelFilter::failedSearchIsTold()
{
    SampleLog log;
    log.addMany(10);
    OpenedLog opened(log.path());
    QTRY_COMPARE(opened.model.rowCount(), 10);
    QSignalSpy failed(&opened.model, &LogModel::failed);
    opened.model.setFilter(EntryQuery::of(filter::MatchesRegex{u"("_s}));
    QVERIFY(failed.wait());
    QVERIFY(!failed.first().first().toString().isEmpty());
    QTRY_VERIFY(!opened.model.isSearching());
    opened.model.setFilter(query(u"op:ping"_s));
    QTRY_COMPARE(opened.model.rowCount(), 2);
}

SOCKEYE_TEST(TestLogModelFilter, QCoreApplication)
#include "tst_logmodelfilter.moc"
