#include "log/TimelineModel.h"

#include "log/SampleLog.h"
#include "reading/CaptureReader.h"
#include "support/TestProgram.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <map>
#include <random>

using namespace sockeye;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int Columns = 100;

Timestamp at(Nanoseconds sinceStart)
{
    return timestampFromNs(SampleLog::Start) + sinceStart;
}

/// The buckets of a range, counted entry by entry.
QList<TimelineBucket> counted(const QString &path, TimeSpan range, Nanoseconds width)
{
    std::map<qint64, TimelineBucket> buckets;
    const auto reader = CaptureReader::open(path);
    const Result<> read = reader.value()->scanner().forEach(
        EntryId(1), reader.value()->lastEntry().value(), {}, [&buckets, range, width](const Entry &entry) {
            if (entry.time < range.first || entry.time >= range.last)
                return true;
            TimelineBucket &bucket = buckets[toNs(entry.time) / width.count()];
            bucket.start = timestampFromNs(toNs(entry.time) / width.count() * width.count());
            if (bucket.first.value() == 0)
                bucket.first = entry.id;
            bucket.last = entry.id;
            if (entry.direction == Direction::In) {
                ++bucket.inCount;
                bucket.inBytes += entry.wireSize;
            } else if (entry.direction == Direction::Out) {
                ++bucket.outCount;
                bucket.outBytes += entry.wireSize;
            }
            return true;
        });
    Q_ASSERT(read);
    QList<TimelineBucket> list;
    for (const auto &[number, bucket] : buckets)
        list.append(bucket);
    return list;
}

/// What the model says of a range, whatever more it has read.
QList<TimelineBucket> shownIn(const TimelineModel &model, TimeSpan range)
{
    QList<TimelineBucket> shown;
    for (const TimelineBucket &bucket : model.buckets().list) {
        if (bucket.start >= range.first && bucket.start < range.last)
            shown.append(bucket);
    }
    return shown;
}

} // namespace

class TestTimelineModel final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void widthsAreRound_data();
    void widthsAreRound();
    void anEmptyCaptureHasNoSession();
    void bucketsAreWhatCountingGives_data();
    void bucketsAreWhatCountingGives();
    void aPannedRangeNearbyIsThereAlready();
    void aNewerRangeReplacesAnOlder();
    void growsAtItsEnd();
    void looksAtAGrowingCaptureAFewTimesASecond();
    void holdsFewBuckets();
    void connectionsLeaveMarks();
    void aFileThatIsNoneShowsNothing();
};

void TestTimelineModel::widthsAreRound_data()
{
    QTest::addColumn<qint64>("length");
    QTest::addColumn<qint64>("width");
    const auto row = [](const char *name, Nanoseconds length, Nanoseconds width) {
        QTest::newRow(name) << qint64(length.count()) << qint64(width.count());
    };
    row("nothing", 0s, 1ms);
    row("below a bucket each", 99ms, 1ms);
    row("one too many", 100ms, 2ms);
    row("a second", 1s, 20ms);
    row("a minute", 60s, 1s);
    row("an hour", 1h, 1min);
    row("a day", 24h, 30min);
    row("a year", 24h * 365, 24h * 5);
}

void TestTimelineModel::widthsAreRound()
{
    QFETCH(qint64, length);
    QFETCH(qint64, width);
    const Nanoseconds chosen = TimelineModel::widthFor(Nanoseconds(length), Columns);
    QCOMPARE(qint64(chosen.count()), width);
    QVERIFY(length / width < Columns);
}

void TestTimelineModel::anEmptyCaptureHasNoSession()
{
    SampleLog log;
    log.writer().flush();
    TimelineModel model(log.path());
    model.show({at(0s), at(10s)}, Columns);
    QTRY_VERIFY(model.isUpToDate());
    QVERIFY(!model.session());
    QVERIFY(model.buckets().list.isEmpty());
}

void TestTimelineModel::bucketsAreWhatCountingGives_data()
{
    QTest::addColumn<qint64>("from");
    QTest::addColumn<qint64>("to");
    const auto row = [](const char *name, Nanoseconds from, Nanoseconds to) {
        QTest::newRow(name) << qint64(from.count()) << qint64(to.count());
    };
    row("all", -1s, 700s);
    row("a part in seconds", 100s, 180s);
    row("a part in milliseconds", 100s, 102s);
    row("one millisecond each", 100s, 100s + 90ms);
    row("before everything", -100s, -50s);
}

void TestTimelineModel::bucketsAreWhatCountingGives()
{
    QFETCH(qint64, from);
    QFETCH(qint64, to);
    SampleLog log;
    std::mt19937 random(7);
    for (int n = 0; n < 3000; ++n) {
        const auto direction = random() % 3 == 0 ? Direction::Out : Direction::In;
        log.add(direction, EntryKind::Text, QByteArray(qsizetype(random() % 300), 'x'), qint64(random() % 400'000));
        if (n % 500 == 0)
            log.addEvent(EventKind::Notice, u"Something happened."_s);
    }
    log.writer().flush();

    TimelineModel model(log.path());
    const TimeSpan range{at(Nanoseconds(from)), at(Nanoseconds(to))};
    model.show(range, Columns);
    QTRY_VERIFY(model.isUpToDate());
    const Nanoseconds width = model.buckets().width;
    QCOMPARE(width.count(), TimelineModel::widthFor(range.length(), Columns).count());
    QVERIFY(model.buckets().covered.first <= range.first && range.last <= model.buckets().covered.last);
    QVERIFY(model.buckets().list == counted(log.path(), model.buckets().covered, width));
}

void TestTimelineModel::aPannedRangeNearbyIsThereAlready()
{
    SampleLog log;
    log.addMany(4000);
    TimelineModel model(log.path());
    model.show({at(1s), at(2s)}, Columns);
    QTRY_VERIFY(model.isUpToDate());
    model.show({at(1200ms), at(2200ms)}, Columns);
    QVERIFY(model.isUpToDate());
    QCOMPARE(shownIn(model, {at(1200ms), at(2200ms)}).size(), 50);
    model.show({at(3s), at(4s)}, Columns);
    QVERIFY(!model.isUpToDate());
    QTRY_VERIFY(model.isUpToDate());
    QCOMPARE(shownIn(model, {at(3s), at(4s)}).size(), 50);
}

void TestTimelineModel::aNewerRangeReplacesAnOlder()
{
    SampleLog log;
    log.addMany(4000);
    TimelineModel model(log.path());
    for (int n = 0; n < 50; ++n)
        model.show({at(1s), at(2s + n * 10s)}, Columns);
    model.show({at(3s), at(3100ms)}, Columns);
    QTRY_VERIFY(model.isUpToDate());
    // The first job asks for the connections, too: what is replaced must not be lost.
    QVERIFY(model.session());
    QCOMPARE(model.buckets().width.count(), Nanoseconds(2ms).count());
    QVERIFY(shownIn(model, {at(3s), at(3100ms)}) == counted(log.path(), {at(3s), at(3100ms)}, 2ms));
}

void TestTimelineModel::growsAtItsEnd()
{
    SampleLog log;
    log.addMany(500);
    TimelineModel model(log.path());
    const TimeSpan range{at(0s), at(10s)};
    model.show(range, Columns);
    QTRY_VERIFY(model.isUpToDate());
    for (int n = 0; n < 3; ++n) {
        const EntryId last = log.addMany(1537);
        model.advanceTo(last);
        QVERIFY(!model.isUpToDate());
        QTRY_VERIFY(model.isUpToDate());
        QVERIFY(shownIn(model, range) == counted(log.path(), range, 100ms * 2));
    }
    QCOMPARE(model.session()->last, at(5111ms));
}

void TestTimelineModel::looksAtAGrowingCaptureAFewTimesASecond()
{
    SampleLog log;
    EntryId last = log.addMany(100);
    TimelineModel model(log.path());
    model.show({at(0s), at(10s)}, Columns);
    QTRY_VERIFY(model.isUpToDate());
    QSignalSpy changed(&model, &TimelineModel::changed);
    QElapsedTimer timer;
    timer.start();
    // As a busy session does: 60 times a second.
    while (changed.count() < 3) {
        last = log.addMany(4);
        model.advanceTo(last);
        QTest::qWait(16);
        QVERIFY(timer.elapsed() < 20'000);
    }
    // A coarse timer may fire 5 % before its time, and then cuts a part of a millisecond off.
    QVERIFY2(timer.elapsed() >= 3 * (TimelineModel::RefreshEvery.count() * 95 / 100 - 1),
             qPrintable(QString::number(timer.elapsed())));
}

void TestTimelineModel::holdsFewBuckets()
{
    // An entry every 10 seconds for two weeks, the width of a wide screen.
    SampleLog log;
    for (int n = 0; n < 120'000; ++n)
        log.add(Direction::In, EntryKind::Text, "x", 10'000'000);
    log.writer().flush();
    TimelineModel model(log.path());
    QTRY_VERIFY(model.session());
    for (TimeSpan range = *model.session(); range.length() > 10ms; range.last = range.first + range.length() / 10) {
        model.show(range, 640);
        QTRY_VERIFY(model.isUpToDate());
        QVERIFY(model.buckets().list.size() <= 2 * 640 + 2);
    }
}

void TestTimelineModel::connectionsLeaveMarks()
{
    SampleLog log;
    log.addMany(100);
    ConnectionRecord record;
    record.id = log.writer().newConnectionId();
    record.url = u"wss://example.com/feed"_s;
    record.started = at(1s);
    record.timings.total = 200ms;
    log.writer().put(record);
    ConnectionRecord failed;
    failed.id = log.writer().newConnectionId();
    failed.started = at(500ms);
    failed.ended = at(600ms);
    failed.endKind = EndKind::ConnectFailed;
    failed.endText = u"The server refused."_s;
    log.writer().put(failed);
    log.writer().flush();

    TimelineModel model(log.path());
    QTRY_VERIFY(model.isUpToDate());
    QList<TimelineMark> expected{{at(600ms), EventKind::Failed, failed.id, Severity::Error, failed.endText},
                                 {at(1200ms), EventKind::Open, record.id, Severity::Note,
                                  u"Connected to wss://example.com/feed"_s}};
    QVERIFY(model.marks() == expected);

    record.ended = at(3s);
    record.endKind = EndKind::Dropped;
    record.endText = u"The connection was reset."_s;
    log.writer().put(record);
    log.writer().flush();
    model.connectionsChanged();
    QTRY_VERIFY(model.isUpToDate());
    expected.append({at(3s), EventKind::Broken, record.id, Severity::Warning, record.endText});
    QVERIFY(model.marks() == expected);

    // The peer's error code is told from our own that it answers.
    for (const bool isOurs : {false, true}) {
        ConnectionRecord closed;
        closed.id = log.writer().newConnectionId();
        closed.started = at(4s);
        closed.ended = at(isOurs ? 6s : 5s);
        closed.endKind = EndKind::Clean;
        closed.closeCode = 4001;
        closed.end.emplace();
        closed.end->sentClose = closed.end->receivedClose = CloseBody{4001, {}, true};
        closed.end->sentCloseTime = at(isOurs ? 4500ms : 4600ms);
        closed.end->receivedCloseTime = at(isOurs ? 4600ms : 4500ms);
        log.writer().put(closed);
        expected.append({closed.ended, EventKind::Closed, closed.id, isOurs ? Severity::Note : Severity::Warning, {}});
    }
    log.writer().flush();
    QSignalSpy marks(&model, &TimelineModel::marksChanged);
    model.connectionsChanged();
    QTRY_VERIFY(model.isUpToDate());
    QVERIFY(model.marks() == expected);
    QCOMPARE(marks.size(), 1);
}

void TestTimelineModel::aFileThatIsNoneShowsNothing()
{
    TimelineModel model(u"/nonexistent/file.sockeye"_s);
    model.show({at(0s), at(1s)}, Columns);
    QTRY_VERIFY(model.isUpToDate());
    QVERIFY(!model.session());
}

SOCKEYE_TEST(TestTimelineModel, QCoreApplication)
#include "tst_timelinemodel.moc"
