#include "base/StrongId.h"

#include "support/TestProgram.h"

#include <QHash>
#include <QTest>

#include <type_traits>

using namespace sockeye;

static_assert(!std::is_convertible_v<EntryId, Row> && !std::is_constructible_v<EntryId, Row>);
static_assert(!std::is_convertible_v<qint64, EntryId> && !std::is_convertible_v<EntryId, qint64>);
static_assert(std::is_trivially_copyable_v<EntryId> && sizeof(EntryId) == sizeof(qint64));

class TestStrongId final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAndCompares();
    void isAKey();
};

void TestStrongId::countsAndCompares()
{
    QCOMPARE(EntryId().value(), 0);
    EntryId id(41);
    QCOMPARE((++id).value(), 42);
    QCOMPARE((id + 8).value(), 50);
    QCOMPARE((id - 2).value(), 40);
    QCOMPARE(EntryId(50) - id, 8);
    QVERIFY(id == EntryId(42));
    QVERIFY(id < EntryId(43));
    QVERIFY(id > EntryId(-1));
}

void TestStrongId::isAKey()
{
    const QHash<EntryId, int> hash{{EntryId(1), 10}, {EntryId(2), 20}};
    QCOMPARE(hash.value(EntryId(2)), 20);
    QVERIFY(!hash.contains(EntryId(3)));
}

SOCKEYE_TEST(TestStrongId, NoApplication)
#include "tst_strongid.moc"
