#include "document/CaptureMerge.h"

#include "log/LogModel.h"
#include "reading/CaptureLoader.h"
#include "reading/CaptureReader.h"
#include "sqlite/Sqlite.h"
#include "support/TestProgram.h"
#include "tests/log/SampleLog.h"
#include "tests/support/SetClock.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace sockeye;
using namespace sockeye::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestCaptureMerge final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_clock.set(timestampFromNs(SampleLog::Start) + 1h);
    }

    void entriesStandInTheOrderOfTime();
    void everythingOfAnEntryIsCopied();
    void connectionsHaveTheirLanesName();
    void aLiveLaneIsWaitedFor();
    void growsWithItsLanes();
    void anEndIsTold();
    void aLaneThatCannotBeReadIsToldAndTheOthersGoOn();
    void idsThatAreClaimedEnd();
    void theFileGoesWithIt();
    void stopsInTheMiddle();

private:
    [[nodiscard]] QString target() const { return m_dir->filePath(u"merged.sockeye"_s); }
    [[nodiscard]] static MergeLane lane(SampleLog &log, const QString &name, bool live = false)
    {
        log.writer().flush();
        return {log.path(), name, live};
    }
    /// What the merged capture holds now.
    [[nodiscard]] QList<Entry> merged() const
    {
        const auto reader = CaptureReader::open(target());
        return reader ? reader.value()->entries(EntryId(1), 100'000).value() : QList<Entry>();
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    SetClock m_clock;
};

void TestCaptureMerge::entriesStandInTheOrderOfTime()
{
    SampleLog a;
    SampleLog b;
    SampleLog c;
    std::mt19937 random(11);
    QList<qint64> times;
    for (SampleLog *log : {&a, &b, &c}) {
        qint64 at = SampleLog::Start;
        for (int n = 0; n < 1500; ++n) {
            const auto step = qint64(random() % 3000);
            at += step * 1000;
            times.append(at);
            log->add(Direction::In, EntryKind::Text, QByteArray::number(n), step);
        }
    }
    std::sort(times.begin(), times.end());
    CaptureMerge merge(target(), {lane(a, u"a"_s), lane(b, u"b"_s), lane(c, u"c"_s)}, m_clock);
    merge.start();
    QTRY_VERIFY(merge.isCaughtUp());
    QTRY_COMPARE(merged().size(), times.size());
    QList<qint64> shown;
    for (const Entry &entry : merged())
        shown.append(toNs(entry.time));
    QVERIFY(shown == times);
}

void TestCaptureMerge::everythingOfAnEntryIsCopied()
{
    SampleLog a;
    a.addEveryKind();
    SampleLog b;
    CaptureMerge merge(target(), {lane(a, u"a"_s), lane(b, u"b"_s)}, m_clock);
    merge.start();
    QTRY_COMPARE(merged().size(), 15);
    const auto original = CaptureReader::open(a.path());
    const auto copy = CaptureReader::open(target());
    QVERIFY(original && copy);
    for (EntryId id(1); id <= EntryId(15); id = id + 1) {
        QVERIFY(original.value()->entry(id).value() == copy.value()->entry(id).value());
        QVERIFY(original.value()->payload(id).value() == copy.value()->payload(id).value());
        QVERIFY(original.value()->frames(id).value() == copy.value()->frames(id).value());
        QVERIFY(original.value()->findings(id).value() == copy.value()->findings(id).value());
    }
}

void TestCaptureMerge::connectionsHaveTheirLanesName()
{
    SampleLog a;
    a.add(Direction::In, EntryKind::Text, "first", 1000);
    SampleLog b;
    b.add(Direction::In, EntryKind::Text, "second", 2000);
    CaptureMerge merge(target(), {lane(a, u"ticker"_s), lane(b, u"chat"_s)}, m_clock);
    QSignalSpy names(&merge, &CaptureMerge::laneNamesChanged);
    merge.start();
    QTRY_COMPARE(merged().size(), 2);
    QTRY_COMPARE(names.count(), 2);
    const QList<Entry> entries = merged();
    QCOMPARE(merge.laneNames().value(entries.at(0).connection), u"ticker"_s);
    QCOMPARE(merge.laneNames().value(entries.at(1).connection), u"chat"_s);
    const auto reader = CaptureReader::open(target());
    QCOMPARE(reader.value()->connection(entries.at(1).connection).value().url, u"ws://127.0.0.1:9001/"_s);

    // As the log shows it.
    CaptureLoader loader(target());
    LogModel model(loader);
    model.setLanes(merge.laneNames());
    QTRY_COMPARE(model.rowCount(), 2);
    QTRY_COMPARE(model.data(model.index(1, LogModel::ConnectionColumn)).toString(), u"chat"_s);
    QCOMPARE(model.headerData(LogModel::ConnectionColumn, Qt::Horizontal).toString(), u"Lane"_s);
    model.setLanes({});
    QCOMPARE(model.data(model.index(1, LogModel::ConnectionColumn)).toString(),
             QString::number(entries.at(1).connection.value()));
}

void TestCaptureMerge::aLiveLaneIsWaitedFor()
{
    SampleLog slow;
    slow.add(Direction::In, EntryKind::Text, "1", 1'000'000);
    SampleLog fast;
    fast.add(Direction::In, EntryKind::Text, "2", 2'000'000);
    fast.add(Direction::In, EntryKind::Text, "4", 1'000'000);
    const Timestamp start = timestampFromNs(SampleLog::Start);
    m_clock.set(start + 3s);
    CaptureMerge merge(target(), {lane(slow, u"slow"_s, true), lane(fast, u"fast"_s, true)}, m_clock);
    merge.start();
    // The last one is too new: the slow lane may still have something before it.
    QTRY_COMPARE(merged().size(), 2);
    QVERIFY(!merge.isCaughtUp());
    slow.add(Direction::In, EntryKind::Text, "3", 1'900'000);
    slow.writer().flush();
    m_clock.set(start + 10s);
    QTRY_COMPARE(merged().size(), 4);
    QTRY_VERIFY(merge.isCaughtUp());
    QByteArray order;
    for (const Entry &entry : merged())
        order += entry.head;
    QCOMPARE(order, "1234");
}

void TestCaptureMerge::growsWithItsLanes()
{
    SampleLog a;
    SampleLog b;
    a.addMany(100);
    b.addMany(100);
    CaptureMerge merge(target(), {lane(a, u"a"_s, true), lane(b, u"b"_s)}, m_clock);
    QSignalSpy advanced(&merge, &CaptureMerge::advanced);
    merge.start();
    QTRY_COMPARE(merged().size(), 200);
    for (int n = 1; n <= 3; ++n) {
        a.addMany(50);
        merge.refresh();
        QTRY_COMPARE(merged().size(), 200 + n * 50);
    }
    QTRY_COMPARE(advanced.constLast().at(0).value<EntryId>(), EntryId(350));
}

void TestCaptureMerge::anEndIsTold()
{
    SampleLog a;
    a.add(Direction::In, EntryKind::Text, "x");
    SampleLog b;
    CaptureMerge merge(target(), {lane(a, u"a"_s, true), lane(b, u"b"_s)}, m_clock);
    merge.start();
    QTRY_COMPARE(merged().size(), 1);
    ConnectionRecord record;
    record.id = ConnectionId(1);
    record.url = u"ws://127.0.0.1:9001/"_s;
    record.endKind = EndKind::Clean;
    record.endText = u"Closed."_s;
    a.writer().put(record);
    a.add(Direction::In, EntryKind::Text, "the last one");
    a.writer().flush();
    merge.setEnded(a.path());
    QTRY_COMPARE(merged().size(), 2);
    const auto reader = CaptureReader::open(target());
    QTRY_COMPARE(reader.value()->connection(merged().constFirst().connection).value().endText, u"Closed."_s);
}

void TestCaptureMerge::aLaneThatCannotBeReadIsToldAndTheOthersGoOn()
{
    SampleLog a;
    a.addMany(10);
    CaptureMerge merge(target(), {{u"/nonexistent/file.sockeye"_s, u"gone"_s, true}, lane(a, u"a"_s)}, m_clock);
    QSignalSpy failed(&merge, &CaptureMerge::failed);
    merge.start();
    QTRY_COMPARE(merged().size(), 10);
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(failed.at(0).at(0).toString().contains(u"nonexistent"_s));
}

/// The entry after the largest number there is would be the first again.
void TestCaptureMerge::idsThatAreClaimedEnd()
{
    SampleLog a;
    a.addMany(10);
    QVERIFY(a.writer().finish().ok());
    {
        const auto database = SqliteDatabase::open(a.path(), SqliteDatabase::Mode::ReadWrite);
        QVERIFY(database.ok() && database->run("UPDATE entry SET id = 9223372036854775807 WHERE id = 10").ok());
    }
    SampleLog b;
    b.addMany(5);
    CaptureMerge merge(target(), {{a.path(), u"a"_s, false}, lane(b, u"b"_s)}, m_clock);
    QSignalSpy caughtUp(&merge, &CaptureMerge::caughtUpChanged);
    merge.start();
    QTRY_COMPARE(caughtUp.count(), 1);
    QTRY_COMPARE(merged().size(), 14);
}

void TestCaptureMerge::theFileGoesWithIt()
{
    SampleLog a;
    a.addMany(10);
    SampleLog b;
    {
        CaptureMerge merge(target(), {lane(a, u"a"_s), lane(b, u"b"_s)}, m_clock);
        merge.start();
        QTRY_COMPARE(merged().size(), 10);
    }
    QTRY_VERIFY(!QFile::exists(target()));
    QVERIFY(QFile::exists(a.path()));
}

void TestCaptureMerge::stopsInTheMiddle()
{
    SampleLog a;
    a.addMany(60'000);
    SampleLog b;
    b.addMany(60'000);
    {
        CaptureMerge merge(target(), {lane(a, u"a"_s), lane(b, u"b"_s)}, m_clock);
        QSignalSpy advanced(&merge, &CaptureMerge::advanced);
        merge.start();
        QTRY_VERIFY(advanced.count() > 0);
        QVERIFY(!merge.isCaughtUp());
    }
    QTRY_VERIFY(!QFile::exists(target()));
}

SOCKEYE_TEST(TestCaptureMerge, QCoreApplication)
#include "tst_capturemerge.moc"
