#include "capture/SecondSums.h"
#include "tests/capture/Samples.h"

#include "support/TestProgram.h"

#include <QRandomGenerator>

#include <sqlite3.h>

using namespace sockeye;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr qint64 Second = 1'000'000'000;

qint64 floorDiv(qint64 a, qint64 b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

/// Times that rise as a rule, with neighbours out of order, silences, and a clock that is now and then set back.
QList<NewEntry> randomEntries(QRandomGenerator &random, int count)
{
    QList<NewEntry> entries;
    qint64 time = 1'700'000'000 * Second + random.bounded(Second);
    for (int i = 0; i < count; ++i) {
        time += random.bounded(10) == 0 ? random.bounded(5 * Second) : random.bounded(Second / 50);
        if (random.bounded(100) == 0)
            time -= random.bounded(20 * Second);
        NewEntry entry = samples::text("entry", time - random.bounded(Second / 20));
        const int what = random.bounded(10);
        if (what == 0)
            entry.kind = EntryKind::Event;
        if (what == 1)
            entry.direction = Direction::None;
        if (what > 6)
            entry.direction = Direction::Out;
        entry.wireSize = random.bounded(1000);
        entries.append(entry);
    }
    return entries;
}

QList<TimelineBucket> counted(const QList<NewEntry> &entries, qint64 from, qint64 to, qint64 width)
{
    QMap<qint64, TimelineBucket> buckets;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const NewEntry &entry = entries[i];
        const qint64 time = toNs(entry.time);
        if (time < from || time >= to)
            continue;
        TimelineBucket &bucket = buckets[floorDiv(time, width)];
        bucket.start = timestampFromNs(floorDiv(time, width) * width);
        bucket.last = EntryId(i + 1);
        if (bucket.first.value() == 0)
            bucket.first = bucket.last;
        if (entry.kind == EntryKind::Event || entry.direction == Direction::None)
            continue;
        const bool in = entry.direction == Direction::In;
        ++(in ? bucket.inCount : bucket.outCount);
        (in ? bucket.inBytes : bucket.outBytes) += entry.wireSize;
    }
    return buckets.values();
}

EntryId firstAt(const QList<NewEntry> &entries, Timestamp time)
{
    const auto found =
        std::find_if(entries.begin(), entries.end(), [time](const NewEntry &entry) { return entry.time >= time; });
    return EntryId(found == entries.end() ? 0 : found - entries.begin() + 1);
}

void runSql(const QString &path, const char *sql)
{
    sqlite3 *database = nullptr;
    if (sqlite3_open(path.toUtf8().constData(), &database) != SQLITE_OK ||
        sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        qFatal("%s", sqlite3_errmsg(database));
    sqlite3_close(database);
}

QList<TimelineBucket> timeline(const CaptureReader &reader, qint64 from, qint64 to, qint64 width)
{
    const auto buckets =
        reader.timeline().buckets(timestampFromNs(from), timestampFromNs(to), Nanoseconds(width), CancelToken());
    if (!buckets)
        qWarning("%s", qPrintable(buckets.message()));
    return buckets ? buckets.value() : QList<TimelineBucket>{{}, {}, {}};
}

} // namespace

/// What a capture tells of time, against counting by hand; with its buckets and without.
class CaptureTimelineTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithCounting_data();
    void agreesWithCounting();
    void findsTimesWithoutBuckets();
    void tellsNothingOfNothing();
    void coversTheWholeOfTime();
    void countsBefore1970();
    void seesEachCommit();
    void countsWhatIsNotSummedUp();
    void survivesNonsense();
    void endsWhenCancelled();
    void showsWhereFindingsAre();

private:
    QTemporaryDir m_directory;
};

void CaptureTimelineTest::agreesWithCounting_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<bool>("withBuckets");
    for (quint32 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed << (seed % 4 != 0);
}

void CaptureTimelineTest::agreesWithCounting()
{
    QFETCH(quint32, seed);
    QFETCH(bool, withBuckets);
    QRandomGenerator random(seed);
    const QList<NewEntry> entries = randomEntries(random, 3000);
    const QString path = m_directory.filePath(u"%1.sockeye"_s.arg(seed));
    samples::makeCapture(path, entries);
    if (!withBuckets)
        runSql(path, "DROP TABLE bucket");
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);

    const auto byTime = [](const NewEntry &a, const NewEntry &b) { return a.time < b.time; };
    const auto [first, last] = std::minmax_element(entries.begin(), entries.end(), byTime);
    const qint64 begin = toNs(first->time);
    const qint64 length = toNs(last->time) - begin;
    const std::optional<TimeSpan> span = reader->timeline().timeSpan().value();
    QVERIFY(span);
    if (withBuckets)
        QCOMPARE(*span, (TimeSpan{first->time, last->time}));

    const qint64 widths[] = {Second, 7 * Second, 3600 * Second, Second / 10, Second * 3 / 2, 1};
    for (int i = 0; i < 60; ++i) {
        qint64 from = begin - Second + random.bounded(length);
        qint64 to = from + random.bounded(i % 3 == 0 ? 3 * Second : length);
        if (i % 5 == 0) {
            from = floorDiv(from, Second) * Second;
            to = floorDiv(to, Second) * Second;
        }
        for (const qint64 width : widths)
            QCOMPARE(timeline(*reader, from, to, width), counted(entries, from, to, width));
        const Timestamp time = timestampFromNs(from);
        if (withBuckets)
            QCOMPARE(reader->timeline().entryAt(time).value(), firstAt(entries, time));
    }
    for (int i = 0; withBuckets && i < 300; ++i) {
        const Timestamp time = entries[random.bounded(entries.size())].time + Nanoseconds(random.bounded(3) - 1);
        QCOMPARE(reader->timeline().entryAt(time).value(), firstAt(entries, time));
    }
}

void CaptureTimelineTest::findsTimesWithoutBuckets()
{
    QList<NewEntry> entries;
    for (int i = 0; i < 100; ++i)
        entries.append(samples::text("entry", (i / 3) * Second));
    const QString path = m_directory.filePath(u"without.sockeye"_s);
    samples::makeCapture(path, entries);
    runSql(path, "DROP TABLE bucket");
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    for (qint64 ns = -Second; ns < 40 * Second; ns += Second / 4)
        QCOMPARE(reader->timeline().entryAt(timestampFromNs(ns)).value(), firstAt(entries, timestampFromNs(ns)));
    QCOMPARE(reader->timeline().timeSpan().value(), (TimeSpan{timestampFromNs(0), timestampFromNs(33 * Second)}));
}

void CaptureTimelineTest::tellsNothingOfNothing()
{
    for (const char *change : {"SELECT 1", "DROP TABLE bucket"}) {
        const QString path = m_directory.filePath(u"empty%1.sockeye"_s.arg(qstrlen(change)));
        samples::makeCapture(path, QList<NewEntry>());
        runSql(path, change);
        const std::unique_ptr<CaptureReader> reader = samples::reader(path);
        QCOMPARE(reader->timeline().timeSpan().value(), std::nullopt);
        QCOMPARE(reader->timeline().entryAt(timestampFromNs(0)).value(), EntryId());
        QVERIFY(timeline(*reader, -Second, Second, Second).isEmpty());
        QCOMPARE(reader->timeline().findingStrip(EntryId(), 3, CancelToken()).value(), QList<int>({-1, -1, -1}));
    }
}

void CaptureTimelineTest::coversTheWholeOfTime()
{
    const QString path = m_directory.filePath(u"ever.sockeye"_s);
    samples::makeCapture(path, 10);
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    for (const qint64 width : {Second, Second / 2, qint64(1), std::numeric_limits<qint64>::max()}) {
        const auto all =
            timeline(*reader, std::numeric_limits<qint64>::min(), std::numeric_limits<qint64>::max(), width);
        qint64 count = 0;
        for (const TimelineBucket &bucket : all)
            count += bucket.inCount;
        QCOMPARE(count, 10);
    }
    QVERIFY(timeline(*reader, 5, 5, Second).isEmpty());
    QVERIFY(timeline(*reader, Second, -Second, Second).isEmpty());
    QCOMPARE(reader->timeline().entryAt(Timestamp::max()).value(), EntryId());
    QCOMPARE(reader->timeline().entryAt(Timestamp::min()).value(), EntryId(1));
}

void CaptureTimelineTest::countsBefore1970()
{
    const QList<NewEntry> entries = {samples::text("a", -Second - 1), samples::text("b", -Second),
                                     samples::text("c", -1), samples::text("d", 0)};
    const QString path = m_directory.filePath(u"early.sockeye"_s);
    samples::makeCapture(path, entries);
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    for (const qint64 width : {Second, Second / 2, 3 * Second})
        QCOMPARE(timeline(*reader, -5 * Second, Second, width), counted(entries, -5 * Second, Second, width));
    QCOMPARE(timeline(*reader, -Second, 0, Second), counted(entries, -Second, 0, Second));
}

/// A reader of a live capture never sees entries without their sums.
void CaptureTimelineTest::seesEachCommit()
{
    const QString path = m_directory.filePath(u"live.sockeye"_s);
    const std::unique_ptr<CaptureWriter> writer = samples::writer(path);
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    for (int i = 0; i < 50; ++i) {
        for (int n = 0; n <= i; ++n)
            writer->append(samples::text("entry", i * Second / 4));
        writer->flush();
        const qint64 committed = writer->committed().value();
        QCOMPARE(reader->lastEntry().value().value(), committed);
        qint64 count = 0;
        for (const TimelineBucket &bucket : timeline(*reader, 0, 100 * Second, Second))
            count += bucket.inCount;
        QCOMPARE(count, committed);
        QCOMPARE(reader->timeline().timeSpan().value(),
                 (TimeSpan{timestampFromNs(0), timestampFromNs(i * Second / 4)}));
    }
}

/// As a crash leaves a quiet feed: the last entries are in no sum yet. They are counted all the same, and closing the
/// file adds them.
void CaptureTimelineTest::countsWhatIsNotSummedUp()
{
    const QString path = m_directory.filePath(u"unsummed.sockeye"_s);
    QRandomGenerator random(3);
    const QList<NewEntry> entries = randomEntries(random, 500);
    samples::makeCapture(path, entries);
    const QList<TimelineBucket> expected = timeline(*samples::reader(path), 0, 2'000'000'000 * Second, Second);
    const auto span = samples::reader(path)->timeline().timeSpan().value();
    QCOMPARE(expected, counted(entries, 0, 2'000'000'000 * Second, Second));

    runSql(path, "PRAGMA journal_mode = WAL; DELETE FROM bucket;"
                 "INSERT INTO meta VALUES('recording', '1'); INSERT INTO meta VALUES('summed', '0');");
    {
        const std::unique_ptr<CaptureReader> reader = samples::reader(path);
        QCOMPARE(timeline(*reader, 0, 2'000'000'000 * Second, Second), expected);
        QCOMPARE(reader->timeline().timeSpan().value(), span);
        QCOMPARE(reader->timeline().entryAt(entries[100].time).value(), firstAt(entries, entries[100].time));
    }
    Result<SqliteDatabase> database = SqliteDatabase::open(path, SqliteDatabase::Mode::ReadWrite);
    VERIFY_RESULT(database);
    VERIFY_RESULT(SecondSums::complete(database.value()));
    QCOMPARE(database->value("SELECT count(*) FROM meta WHERE key = 'summed'").value().toInt(), 0);
    QCOMPARE(database->value("SELECT count(*) FROM bucket").value().toInt(), expected.size());
    database->close();
    QCOMPARE(timeline(*samples::reader(path), 0, 2'000'000'000 * Second, Second), expected);
    QCOMPARE(samples::reader(path)->timeline().timeSpan().value(), span);
}

void CaptureTimelineTest::survivesNonsense()
{
    const QString path = m_directory.filePath(u"nonsense.sockeye"_s);
    samples::makeCapture(path, 100);
    runSql(path, "UPDATE bucket SET in_count = 9223372036854775807, first_entry = -9223372036854775807, "
                 "last_entry = 9223372036854775807, first_ns = 5, last_ns = -9223372036854775807;"
                 "INSERT INTO bucket VALUES(9223372036854775807, 9223372036854775807, -1, 'x', x'00', 7, 3, 1, 1);"
                 "INSERT INTO bucket VALUES(-9223372036854775807, 9223372036854775807, -1, 'x', x'00', 7, 3, 1, 1);"
                 "UPDATE entry SET time_ns = 9223372036854775807 WHERE id = 5;"
                 "UPDATE entry SET time_ns = -9223372036854775807, wire_size = 9223372036854775807 WHERE id > 6;"
                 "INSERT INTO finding VALUES(9223372036854775807, 1, 77, '', '', '', 0, 0);"
                 "INSERT INTO finding VALUES(-3, 1, -77, '', '', '', 0, 0);");
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    QVERIFY(reader->timeline().timeSpan().ok());
    for (const qint64 ns : {std::numeric_limits<qint64>::min(), qint64(0), std::numeric_limits<qint64>::max()})
        QVERIFY(reader->timeline().entryAt(timestampFromNs(ns)).ok());
    for (const qint64 width : {Second, qint64(1), qint64(0), qint64(-5), std::numeric_limits<qint64>::max()}) {
        QVERIFY(reader->timeline().buckets(Timestamp::min(), Timestamp::max(), Nanoseconds(width), CancelToken()).ok());
    }
    QCOMPARE(reader->timeline().findingStrip(EntryId(std::numeric_limits<qint64>::max()), 2, CancelToken()).value(),
             QList<int>({-1, 2}));
}

void CaptureTimelineTest::endsWhenCancelled()
{
    const QString path = m_directory.filePath(u"cancelled.sockeye"_s);
    samples::makeCapture(path, 1000);
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    const CancelToken cancel;
    cancel.cancel();
    const auto buckets = reader->timeline().buckets(Timestamp::min(), Timestamp::max(), Nanoseconds(1), cancel);
    VERIFY_RESULT(buckets);
    QVERIFY(buckets->isEmpty());
    VERIFY_RESULT(reader->timeline().findingStrip(EntryId(1000), 10, cancel));
    QCOMPARE(timeline(*reader, 0, Second, Second).size(), 1);
}

void CaptureTimelineTest::showsWhereFindingsAre()
{
    QRandomGenerator random(5);
    QList<NewEntry> entries;
    for (int i = 0; i < 1000; ++i) {
        NewEntry entry = samples::text("entry");
        for (int n = random.bounded(40) - 37; n > 0; --n)
            entry.findings.append({static_cast<Severity>(random.bounded(3)), u"rule"_s, {}, {}, -1, 0});
        entries.append(entry);
    }
    const QString path = m_directory.filePath(u"findings.sockeye"_s);
    samples::makeCapture(path, entries);
    const std::unique_ptr<CaptureReader> reader = samples::reader(path);
    for (const int slotCount : {1, 3, 10, 77, 1000, 2500}) {
        for (const qint64 last : {1, 7, 640, 1000, 2000}) {
            QList<int> expected(slotCount, -1);
            for (qint64 i = 0; i < std::min<qint64>(last, entries.size()); ++i) {
                for (const Finding &finding : entries[i].findings)
                    expected[i * slotCount / last] = std::max(expected[i * slotCount / last], int(finding.severity));
            }
            QCOMPARE(reader->timeline().findingStrip(EntryId(last), slotCount, CancelToken()).value(), expected);
        }
    }
    QVERIFY(reader->timeline().findingStrip(EntryId(1000), 0, CancelToken())->isEmpty());
    QVERIFY(reader->timeline().findingStrip(EntryId(1000), -1, CancelToken())->isEmpty());
}

SOCKEYE_TEST(CaptureTimelineTest, QCoreApplication)
#include "tst_capture_timeline.moc"
