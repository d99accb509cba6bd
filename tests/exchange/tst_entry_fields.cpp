#include "exchange/EntryFields.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestEntryFields final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timesAreThoseOfToIsoUtc();
    void readableCloses_data();
    void readableCloses();
};

void TestEntryFields::timesAreThoseOfToIsoUtc()
{
    constexpr qint64 Second = 1'000'000'000;
    IsoTimes times;
    for (const qint64 ns : {qint64(0), qint64(1), Second - 1, Second, Second + 100, qint64(5), qint64(-1), -Second,
                            1'795'360'800 * Second + 123'456'789, 1'795'360'800 * Second + 7,
                            1'795'360'799 * Second + 999'999'999, 4'000'000'000 * Second}) {
        QCOMPARE(times.at(timestampFromNs(ns)).toByteArray(), toIsoUtc(timestampFromNs(ns)));
    }
}

void TestEntryFields::readableCloses_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("readable");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("one byte") << QByteArray("\x03") << false;
    QTest::newRow("code") << QByteArray("\x03\xe8") << true;
    QTest::newRow("code and reason") << QByteArray("\x03\xe8gr\xc3\xbc\xc3\x9f") << true;
    QTest::newRow("reason that is not UTF-8") << QByteArray("\x03\xe8\xff") << false;
    QTest::newRow("longer than the head") << QByteArray("\x03\xe8") + QByteArray(300, 'x') << false;
}

void TestEntryFields::readableCloses()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, readable);
    Entry entry;
    entry.kind = EntryKind::Close;
    entry.size = body.size();
    entry.head = body.left(Entry::HeadSize);
    QCOMPARE(isReadableClose(entry), readable);
}

SOCKEYE_TEST(TestEntryFields, QCoreApplication)
#include "tst_entry_fields.moc"
