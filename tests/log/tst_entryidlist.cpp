#include "log/EntryIdList.h"

#include "support/TestProgram.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace sockeye;

namespace {

/// The same as the list, the simple way.
class Naive final
{
public:
    void insert(qint64 id) { ids.insert(std::lower_bound(ids.begin(), ids.end(), id), id); }
    void remove(qint64 id) { ids.removeOne(id); }
    [[nodiscard]] qint64 countUpTo(qint64 id) const
    {
        return std::upper_bound(ids.begin(), ids.end(), id) - ids.begin();
    }
    [[nodiscard]] qint64 at(qint64 place) const { return ids.value(place); }

    QList<qint64> ids;
};

} // namespace

class TestEntryIdList final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyOneHoldsNothing();
    void runsTakeNoMemory();
    void scatteredIdsTakeTwoBytesEach();
    void isWhatANaiveListIs_data();
    void isWhatANaiveListIs();
    void aCopyStaysAsItWas();

private:
    static void compare(const EntryIdList &list, const Naive &naive, qint64 end);
};

void TestEntryIdList::anEmptyOneHoldsNothing()
{
    EntryIdList list;
    QVERIFY(list.isEmpty());
    QCOMPARE(list.size(), 0);
    QCOMPARE(list.at(0), EntryId());
    QCOMPARE(list.countUpTo(EntryId(5)), 0);
    QCOMPARE(list.next(EntryId(5), true), EntryId());
    QCOMPARE(list.next(EntryId(5), false), EntryId());
    QVERIFY(!list.contains(EntryId()));
    QVERIFY(!list.remove(EntryId(1)));
}

void TestEntryIdList::runsTakeNoMemory()
{
    EntryIdList list;
    for (qint64 id = 1; id <= 1'000'000; ++id)
        list.append(EntryId(id));
    QCOMPARE(list.size(), 1'000'000);
    QCOMPARE(list.at(777'776), EntryId(777'777));
    QVERIFY2(list.footprint() < 10'000, qPrintable(QString::number(list.footprint())));
}

void TestEntryIdList::scatteredIdsTakeTwoBytesEach()
{
    EntryIdList list;
    for (qint64 id = 2; id <= 2'000'000; id += 2)
        list.append(EntryId(id));
    QCOMPARE(list.size(), 1'000'000);
    // The last block still grows.
    QVERIFY2(list.footprint() < 2'100'000, qPrintable(QString::number(list.footprint())));
}

void TestEntryIdList::isWhatANaiveListIs_data()
{
    QTest::addColumn<int>("gap");
    QTest::newRow("a run") << 1;
    QTest::newRow("dense") << 3;
    QTest::newRow("sparse") << 5000;
    QTest::newRow("very sparse") << 200'000;
}

void TestEntryIdList::isWhatANaiveListIs()
{
    QFETCH(int, gap);
    QRandomGenerator random{quint32(gap)};
    EntryIdList list;
    Naive naive;
    qint64 id = 0;
    for (int n = 0; n < 2000; ++n) {
        id += random.bounded(1, gap + 1);
        list.append(EntryId(id));
        naive.insert(id);
    }
    compare(list, naive, id);
    // Changes anywhere, some of which change nothing.
    for (int n = 0; n < 1000; ++n) {
        const qint64 any = random.bounded(1, int(id) + 2);
        const qint64 known = naive.ids.at(random.bounded(naive.ids.size()));
        const bool was = naive.ids.contains(any);
        QCOMPARE(list.insert(EntryId(any)), !was);
        if (!was)
            naive.insert(any);
        QVERIFY(list.remove(EntryId(known)));
        naive.remove(known);
        QVERIFY(!list.remove(EntryId(known)));
    }
    compare(list, naive, id);
    list.append({EntryId(id + 10), EntryId(id + 100'000)});
    naive.insert(id + 10);
    naive.insert(id + 100'000);
    compare(list, naive, id + 100'001);
    for (const qint64 one : naive.ids)
        QVERIFY(list.remove(EntryId(one)));
    QVERIFY(list.isEmpty());
}

void TestEntryIdList::compare(const EntryIdList &list, const Naive &naive, qint64 end)
{
    QCOMPARE(list.size(), naive.ids.size());
    for (qint64 place = -1; place <= naive.ids.size(); ++place)
        QCOMPARE(list.at(place).value(), place < 0 ? 0 : naive.at(place));
    QRandomGenerator random(7);
    for (int n = 0; n < 2000; ++n) {
        const qint64 id = random.bounded(0, int(end) + 10);
        QCOMPARE(list.countUpTo(EntryId(id)), naive.countUpTo(id));
        QCOMPARE(list.contains(EntryId(id)), naive.ids.contains(id));
        QCOMPARE(list.next(EntryId(id), true).value(), naive.at(naive.countUpTo(id)));
        const qint64 before = naive.countUpTo(id - 1) - 1;
        QCOMPARE(list.next(EntryId(id), false).value(), before < 0 ? 0 : naive.at(before));
    }
}

void TestEntryIdList::aCopyStaysAsItWas()
{
    EntryIdList list;
    for (qint64 id = 1; id <= 100; ++id)
        list.append(EntryId(id * 3));
    const EntryIdList copy = list;
    list.append(EntryId(1000));
    list.remove(EntryId(3));
    list.insert(EntryId(4));
    QCOMPARE(copy.size(), 100);
    QCOMPARE(copy.at(0), EntryId(3));
    QVERIFY(!copy.contains(EntryId(4)));
    QVERIFY(!copy.contains(EntryId(1000)));
}

SOCKEYE_TEST(TestEntryIdList, NoApplication)
#include "tst_entryidlist.moc"
