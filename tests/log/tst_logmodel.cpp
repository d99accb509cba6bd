#include "log/EntryCache.h"
#include "log/OpenedLog.h"
#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestLogModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatTheCaptureHolds();
    void unknownPageIsAskedForAndAnnounced();
    void farRowLoadsWithoutTheRest();
    void tailPageIsReadAgainWhenTheLogGrows();
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

SOCKEYE_TEST(TestLogModel, QCoreApplication)
#include "tst_logmodel.moc"
