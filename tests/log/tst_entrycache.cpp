#include "log/EntryCache.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestEntryCache final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pagesStartAfterMultiplesOfTheirSize();
    void findsWhatWasInserted();
    void shortPageEndsEarly();
    void laterReadReplacesThePage();
    void oldestPagesAreForgotten();
    void gapEndsThePage();
    void oldFieldsAreNoneAndTheirLinesStay();

private:
    static QList<Entry> entries(EntryId first, int count);
};

QList<Entry> TestEntryCache::entries(EntryId first, int count)
{
    QList<Entry> list;
    for (int n = 0; n < count; ++n) {
        Entry entry;
        entry.id = first + n;
        list.append(entry);
    }
    return list;
}

void TestEntryCache::pagesStartAfterMultiplesOfTheirSize()
{
    constexpr int Size = EntryCache::PageSize;
    QCOMPARE(EntryCache::pageStart(EntryId(1)), EntryId(1));
    QCOMPARE(EntryCache::pageStart(EntryId(Size)), EntryId(1));
    QCOMPARE(EntryCache::pageStart(EntryId(Size + 1)), EntryId(Size + 1));
    QCOMPARE(EntryCache::pageStart(EntryId(10'000'000LL * Size)), EntryId((10'000'000LL - 1) * Size + 1));
}

void TestEntryCache::findsWhatWasInserted()
{
    EntryCache cache;
    const EntryId second(EntryCache::PageSize + 1);
    cache.insert(second, entries(second, EntryCache::PageSize));
    QVERIFY(!cache.find(EntryId(0)));
    QVERIFY(!cache.find(second - 1));
    QVERIFY(cache.find(second));
    QCOMPARE(cache.find(second + 5)->id, second + 5);
    QVERIFY(!cache.find(second + EntryCache::PageSize));
    cache.clear();
    QVERIFY(!cache.find(second));
}

void TestEntryCache::shortPageEndsEarly()
{
    EntryCache cache;
    cache.insert(EntryId(1), entries(EntryId(1), 3));
    QVERIFY(cache.find(EntryId(3)));
    QVERIFY(!cache.find(EntryId(4)));
}

void TestEntryCache::laterReadReplacesThePage()
{
    EntryCache cache;
    cache.insert(EntryId(1), entries(EntryId(1), 3));
    cache.insert(EntryId(1), entries(EntryId(1), 7));
    QVERIFY(cache.find(EntryId(7)));
}

void TestEntryCache::oldestPagesAreForgotten()
{
    EntryCache cache(2);
    for (int page = 0; page < 3; ++page) {
        const EntryId start(page * EntryCache::PageSize + 1);
        cache.insert(start, entries(start, 1));
    }
    QVERIFY(!cache.find(EntryId(1)));
    QVERIFY(cache.find(EntryId(EntryCache::PageSize + 1)));
    QVERIFY(cache.find(EntryId(2 * EntryCache::PageSize + 1)));
}

void TestEntryCache::gapEndsThePage()
{
    EntryCache cache;
    auto damaged = entries(EntryId(1), 5);
    damaged.removeAt(2);
    cache.insert(EntryId(1), damaged);
    QVERIFY(cache.find(EntryId(2)));
    QVERIFY(!cache.find(EntryId(3)));
    QVERIFY(!cache.find(EntryId(4)));
}

void TestEntryCache::oldFieldsAreNoneAndTheirLinesStay()
{
    EntryCache cache;
    const EntrySummary summary{{{SummaryPart::Role::Value, QStringLiteral("a")}},
                               {{FieldText::Kind::Number, QStringLiteral("1")}}};
    cache.insert(EntryId(1), entries(EntryId(1), 2), {summary, summary});
    QVERIFY(cache.isSummarized(EntryId(1)));
    QCOMPARE(*cache.findFields(EntryId(2)), summary.fields);
    cache.forgetFields();
    QVERIFY(!cache.isSummarized(EntryId(1)));
    QVERIFY(!cache.findFields(EntryId(2)));
    QCOMPARE(cache.findSummary(EntryId(2))->line, summary.line);
    cache.insert(EntryId(1), entries(EntryId(1), 2), {summary, summary});
    QVERIFY(cache.findFields(EntryId(1)));
    cache.forgetSummaries();
    QVERIFY(!cache.findFields(EntryId(1)) && !cache.findSummary(EntryId(1)));
}

SOCKEYE_TEST(TestEntryCache, QCoreApplication)
#include "tst_entrycache.moc"
