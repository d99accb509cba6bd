#include "log/EntryPages.h"

#include "log/SampleLog.h"
#include "reading/CaptureLoader.h"
#include "support/TestProgram.h"

#include <QSignalSpy>
#include <QTest>

using namespace sockeye;

class TestEntryPages final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsWhatIsRequested();
    void requestsOfOneTurnAreReadInOneGo();
    void theLatestRequestIsReadFirst();
    void shortPageIsReadAgainOnlyWhenTheLogGrows();
    void aPageThatGrowsIsReadFromWhereItEnded();
    void readsAtOnceWhatCannotWait();
    void tellsWhatCannotBeRead();

private:
    static constexpr int Size = EntryCache::PageSize;
};

void TestEntryPages::readsWhatIsRequested()
{
    SampleLog log;
    log.addMany(3 * Size);
    CaptureLoader loader(log.path());
    EntryPages pages(loader);
    pages.advanceTo(EntryId(3 * Size));
    QVERIFY(!pages.find(EntryId(Size + 5)));
    QSignalSpy arrived(&pages, &EntryPages::arrived);
    pages.request(EntryId(Size + 5));
    QVERIFY(arrived.wait());
    QCOMPARE(arrived.constFirst().at(0).value<EntryId>(), EntryId(Size + 1));
    QCOMPARE(arrived.constFirst().at(1).value<EntryId>(), EntryId(2 * Size));
    QCOMPARE(pages.find(EntryId(Size + 5))->id, EntryId(Size + 5));
    QVERIFY(!pages.find(EntryId(1)));
}

void TestEntryPages::requestsOfOneTurnAreReadInOneGo()
{
    SampleLog log;
    log.addMany(3 * Size);
    CaptureLoader loader(log.path());
    EntryPages pages(loader);
    pages.advanceTo(EntryId(3 * Size));
    QSignalSpy arrived(&pages, &EntryPages::arrived);
    // Each page once, however many of its entries are requested.
    for (int id = 1; id <= 3 * Size; ++id)
        pages.request(EntryId(id));
    QTRY_COMPARE(arrived.size(), 3);
    for (int id = 1; id <= 3 * Size; ++id)
        QVERIFY(pages.find(EntryId(id)));
}

void TestEntryPages::theLatestRequestIsReadFirst()
{
    constexpr int PageCount = 100;
    SampleLog log;
    log.addMany(PageCount * Size);
    CaptureLoader loader(log.path());
    EntryPages pages(loader);
    pages.advanceTo(EntryId(PageCount * Size));
    QSignalSpy arrived(&pages, &EntryPages::arrived);
    // More than are read in one go: the first one has to wait.
    for (int page = 0; page < PageCount; ++page)
        pages.request(EntryId(page * Size + 1));
    bool latestIsHere = false;
    connect(&pages, &EntryPages::arrived, &pages, [&](EntryId first) {
        if (first == EntryId(1))
            latestIsHere = pages.find(EntryId((PageCount - 1) * Size + 1));
    });
    QTRY_COMPARE(arrived.size(), PageCount);
    QVERIFY(latestIsHere);
    QVERIFY(arrived.constFirst().at(0).value<EntryId>() > EntryId(1));
}

void TestEntryPages::shortPageIsReadAgainOnlyWhenTheLogGrows()
{
    SampleLog log;
    log.addMany(10);
    CaptureLoader loader(log.path());
    EntryPages pages(loader);
    // The capture claims more entries than it has.
    pages.advanceTo(EntryId(20));
    QSignalSpy arrived(&pages, &EntryPages::arrived);
    pages.request(EntryId(15));
    QVERIFY(arrived.wait());
    QVERIFY(!pages.find(EntryId(15)));
    pages.request(EntryId(15));
    pages.request(EntryId(30 * Size));
    pages.request(EntryId(1));
    // A later read of the loader comes after those of the pages, if there are any.
    bool isAnswered = false;
    QTimer::singleShot(0, this, [&] {
        loader.read(
            this, [](const CaptureReader &) { return 0; }, [&isAnswered](int) { isAnswered = true; });
    });
    QTRY_VERIFY(isAnswered);
    QCOMPARE(arrived.size(), 1);
    log.addMany(20);
    pages.advanceTo(EntryId(30));
    pages.request(EntryId(15));
    QTRY_COMPARE(arrived.size(), 2);
    QVERIFY(pages.find(EntryId(15)));
    QVERIFY(pages.find(EntryId(30)));
}

void TestEntryPages::aPageThatGrowsIsReadFromWhereItEnded()
{
    SampleLog log;
    log.addMany(10);
    CaptureLoader loader(log.path());
    EntryPages pages(loader);
    pages.advanceTo(EntryId(10));
    QSignalSpy arrived(&pages, &EntryPages::arrived);
    pages.request(EntryId(1));
    QVERIFY(arrived.wait());
    log.addMany(3);
    pages.advanceTo(EntryId(13));
    pages.request(EntryId(13));
    QTRY_COMPARE(arrived.size(), 2);
    QCOMPARE(arrived.constLast().at(0).value<EntryId>(), EntryId(11));
    QCOMPARE(arrived.constLast().at(1).value<EntryId>(), EntryId(13));
    for (int id = 1; id <= 13; ++id)
        QCOMPARE(pages.find(EntryId(id))->id, EntryId(id));
}

void TestEntryPages::readsAtOnceWhatCannotWait()
{
    SampleLog log;
    log.addMany(2 * Size);
    CaptureLoader loader(log.path());
    EntryPages pages(loader);
    pages.advanceTo(EntryId(2 * Size));
    QSignalSpy arrived(&pages, &EntryPages::arrived);
    pages.readNow(EntryId(Size + 1));
    QVERIFY(pages.find(EntryId(Size + 1)));
    QVERIFY(!pages.find(EntryId(Size)));
    QVERIFY(arrived.isEmpty());
}

void TestEntryPages::tellsWhatCannotBeRead()
{
    QTemporaryDir directory;
    CaptureLoader loader(directory.filePath(QStringLiteral("missing.sockeye")));
    EntryPages pages(loader);
    pages.advanceTo(EntryId(5));
    pages.readNow(EntryId(1));
    QVERIFY(!pages.find(EntryId(1)));
    // The loader says that the file is missing; what is requested stays open.
    QSignalSpy failed(&loader, &CaptureLoader::failed);
    pages.request(EntryId(1));
    QVERIFY(failed.wait());
    QVERIFY(!pages.find(EntryId(1)));
}

SOCKEYE_TEST(TestEntryPages, QCoreApplication)
#include "tst_entrypages.moc"
