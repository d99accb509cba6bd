#include "log/OpenedLog.h"
#include "reading/CaptureReader.h"
#include "sqlite/Sqlite.h"
#include "support/TestProgram.h"

#include <QTest>

#include <algorithm>
#include <optional>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

NewEntry entryOf(EntryKind kind, const QByteArray &payload)
{
    NewEntry entry;
    entry.connection = ConnectionId(1);
    entry.kind = kind;
    entry.payload = payload;
    entry.wireSize = payload.size() + 2;
    return entry;
}

} // namespace

class TestLogModelRows final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsNobodyWhoIsGone();

    void sumsUpRows();
    void sumsUpFilteredRows();
    void onlyTheLatestSumsAreTold();

    void selectionQueryFindsTheRows_data();
    void selectionQueryFindsTheRows();
    void selectionQueryTakesManyRanges();

    void stepsFromEntryToEntry_data();
    void stepsFromEntryToEntry();
    void stepsAmongShownRowsOnly();
    void stepsBetweenConnections();
    void goesToATime();
    void goesToATimeThatCameTwice();
    void comesToTheEndOfClaimedIds();

private:
    void open(int rows);
    CopiedRows copied(const RowRanges &ranges, CopyFormat format);
    EntryId step(qint64 from, LogModel::Step step, bool forward);
    std::optional<Row> rowAt(qint64 afterStartMs);
    QList<qint64> found(const EntryQuery &query) const;

    std::unique_ptr<SampleLog> m_log;
    std::unique_ptr<OpenedLog> m_opened;
};

void TestLogModelRows::init()
{
    m_log = std::make_unique<SampleLog>();
}

void TestLogModelRows::cleanup()
{
    m_opened.reset();
    m_log.reset();
}

void TestLogModelRows::open(int rows)
{
    m_log->writer().flush();
    m_opened = std::make_unique<OpenedLog>(m_log->path());
    QTRY_COMPARE(m_opened->model.rowCount(), rows);
}

CopiedRows TestLogModelRows::copied(const RowRanges &ranges, CopyFormat format)
{
    std::optional<CopiedRows> result;
    m_opened->model.readText(ranges, format, this, [&result](const CopiedRows &rows) { result = rows; });
    return QTest::qWaitFor([&result] { return result.has_value(); }) ? *result : CopiedRows();
}

EntryId TestLogModelRows::step(qint64 from, LogModel::Step step, bool forward)
{
    std::optional<EntryId> result;
    m_opened->model.step(EntryId(from), step, forward, this, [&result](EntryId id) { result = id; });
    return QTest::qWaitFor([&result] { return result.has_value(); }) ? *result : EntryId(-1);
}

std::optional<Row> TestLogModelRows::rowAt(qint64 afterStartMs)
{
    std::optional<Row> result;
    m_opened->model.rowAtTime(timestampFromNs(SampleLog::Start + afterStartMs * 1'000'000), this,
                              [&result](Row row) { result = row; });
    static_cast<void>(QTest::qWaitFor([&result] { return result.has_value(); }));
    return result;
}

QList<qint64> TestLogModelRows::found(const EntryQuery &wanted) const
{
    QList<qint64> ids;
    const auto capture = CaptureReader::open(m_log->path());
    const auto take = [&ids](const Entry &entry) {
        ids.append(entry.id.value());
        return true;
    };
    if (!capture || !capture.value()->scanner().forEach(EntryId(1), m_opened->model.lastEntry(), wanted, take))
        return {-1};
    return ids;
}

void TestLogModelRows::tellsNobodyWhoIsGone()
{
    m_log->addMany(10);
    open(10);
    bool told = false;
    auto context = std::make_unique<QObject>();
    m_opened->model.readText({{Row(0), Row(9)}}, CopyFormat::Rows, context.get(),
                             [&](const CopiedRows &) { told = true; });
    m_opened->model.readSums({{Row(0), Row(9)}}, context.get(), [&](const SelectionSums &) { told = true; });
    m_opened->model.step(EntryId(1), LogModel::Step::SameDirection, true, context.get(), [&](EntryId) { told = true; });
    context.reset();
    // Later questions of each kind are answered after these.
    QCOMPARE(step(1, LogModel::Step::SameDirection, true), EntryId(3));
    QVERIFY(copied({{Row(0), Row(0)}}, CopyFormat::Rows).rows == 1);
    QVERIFY(!told);
}

void TestLogModelRows::sumsUpRows()
{
    const EntryId last = m_log->addMany(1000);
    open(1000);
    std::optional<SelectionSums> sums;
    m_opened->model.readSums({{Row(0), Row(999)}}, this, [&sums](const SelectionSums &result) { sums = result; });
    QTRY_VERIFY(sums);
    QCOMPARE(sums->entries, 1000);
    QCOMPARE(sums->wireBytes, sums->bytes + 2000);
    QCOMPARE(sums->first, timestampFromNs(SampleLog::Start + 1'000'000));
    QCOMPARE(sums->last, timestampFromNs(SampleLog::Start + last.value() * 1'000'000));

    sums.reset();
    m_opened->model.readSums({{Row(8), Row(9)}, {Row(1), Row(1)}}, this,
                             [&sums](const SelectionSums &result) { sums = result; });
    QTRY_VERIFY(sums);
    // {"n":8}, call 9, call 1
    const SelectionSums wanted{3, 19, 25, timestampFromNs(SampleLog::Start + 2'000'000),
                               timestampFromNs(SampleLog::Start + 10'000'000)};
    QCOMPARE(*sums, wanted);
}

void TestLogModelRows::sumsUpFilteredRows()
{
    m_log->addMany(1000);
    open(1000);
    m_opened->model.setFilter(query(u"op:ping"_s));
    QTRY_COMPARE(m_opened->model.rowCount(), 250);
    std::optional<SelectionSums> sums;
    m_opened->model.readSums({{Row(0), Row(1)}, {Row(248), Row(1'000'000)}}, this,
                             [&sums](const SelectionSums &result) { sums = result; });
    QTRY_VERIFY(sums);
    // "3", "7", "995", "999"
    const SelectionSums wanted{4, 8, 16, timestampFromNs(SampleLog::Start + 4'000'000),
                               timestampFromNs(SampleLog::Start + 1'000'000'000)};
    QCOMPARE(*sums, wanted);
}

void TestLogModelRows::onlyTheLatestSumsAreTold()
{
    m_log->addMany(1000);
    open(1000);
    QList<qint64> told;
    for (int rows = 1; rows <= 50; ++rows)
        m_opened->model.readSums({{Row(0), Row(rows - 1)}}, this,
                                 [&told](const SelectionSums &sums) { told.append(sums.entries); });
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told.first(), 50);
}

void TestLogModelRows::selectionQueryFindsTheRows_data()
{
    QTest::addColumn<QString>("filter");
    QTest::addColumn<QList<qint64>>("wanted");
    QTest::newRow("all") << QString() << QList<qint64>{3, 4, 5, 11, 100};
    QTest::newRow("filtered") << u"op:ping"_s << QList<qint64>{12, 16, 20, 44, 400};
    QTest::newRow("or in it") << u"\"call 1\""_s << QList<qint64>{18, 102, 106, 130, 1002};
}

void TestLogModelRows::selectionQueryFindsTheRows()
{
    QFETCH(QString, filter);
    QFETCH(QList<qint64>, wanted);
    m_log->addMany(2000);
    open(2000);
    m_opened->model.setFilter(query(filter));
    QTRY_VERIFY(!m_opened->model.isSearching());
    const RowRanges ranges{{Row(99), Row(99)}, {Row(2), Row(4)}, {Row(10), Row(10)}};
    QList<qint64> expected;
    for (const int row : {2, 3, 4, 10, 99})
        expected.append(m_opened->model.entryAt(Row(row)).value());
    QCOMPARE(found(m_opened->model.selectionQuery(ranges)), expected);
    if (filter != u"\"call 1\""_s)
        QCOMPARE(expected, wanted);
    QCOMPARE(found(m_opened->model.selectionQuery({})), QList<qint64>());
}

void TestLogModelRows::selectionQueryTakesManyRanges()
{
    m_log->addMany(20'000);
    open(20'000);
    RowRanges ranges;
    QList<qint64> wanted;
    for (int row = 1; row < 20'000; row += 4) {
        ranges.append({Row(row), Row(row)});
        wanted.append(row + 1);
    }
    QCOMPARE(found(m_opened->model.selectionQuery(ranges)), wanted);
}

void TestLogModelRows::stepsFromEntryToEntry_data()
{
    using Step = LogModel::Step;
    QTest::addColumn<Step>("step");
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("after");
    QTest::addColumn<int>("before");
    QTest::newRow("received") << Step::SameDirection << 6 << 8 << 5;
    QTest::newRow("sent") << Step::SameDirection << 7 << 14 << 2;
    QTest::newRow("the first received") << Step::SameDirection << 3 << 4 << 0;
    QTest::newRow("findings") << Step::Finding << 12 << 13 << 0;
    QTest::newRow("findings from afar") << Step::Finding << 1 << 12 << 0;
    QTest::newRow("findings from the end") << Step::Finding << 15 << 0 << 13;
    QTest::newRow("errors") << Step::Error << 12 << 13 << 0;
    QTest::newRow("an error that is an event") << Step::Error << 14 << 15 << 13;
    QTest::newRow("connections, of which there is one") << Step::Connection << 5 << 0 << 0;
}

void TestLogModelRows::stepsFromEntryToEntry()
{
    QFETCH(LogModel::Step, step);
    QFETCH(int, from);
    QFETCH(int, after);
    QFETCH(int, before);
    m_log->addEveryKind();
    open(15);
    QCOMPARE(this->step(from, step, true), EntryId(after));
    QCOMPARE(this->step(from, step, false), EntryId(before));
}

void TestLogModelRows::stepsAmongShownRowsOnly()
{
    m_log->addMany(10'000);
    m_log->addWithFinding(Severity::Error, "wrong");
    m_log->addMany(10'000);
    m_log->addWithFinding(Severity::Warning, "odd");
    open(20'002);
    QCOMPARE(step(20'002, LogModel::Step::Finding, false), EntryId(10'001));
    QCOMPARE(step(1, LogModel::Step::Finding, true), EntryId(10'001));
    m_opened->model.setFilter(query(u"odd"_s));
    QTRY_COMPARE(m_opened->model.rowCount(), 1);
    QCOMPARE(step(1, LogModel::Step::Finding, true), EntryId(20'002));
    QCOMPARE(step(20'002, LogModel::Step::Finding, false), EntryId());
    // From an entry that is not shown itself.
    QCOMPARE(step(10'002, LogModel::Step::SameDirection, true), EntryId(20'002));
    QCOMPARE(step(10'003, LogModel::Step::SameDirection, true), EntryId());
}

void TestLogModelRows::stepsBetweenConnections()
{
    for (const qint64 connection : {1, 1, 2, 2, 2, 3}) {
        NewEntry entry = entryOf(EntryKind::Text, "x");
        entry.connection = ConnectionId(connection);
        m_log->writer().append(std::move(entry));
    }
    open(6);
    QCOMPARE(step(1, LogModel::Step::Connection, true), EntryId(3));
    QCOMPARE(step(4, LogModel::Step::Connection, true), EntryId(6));
    QCOMPARE(step(4, LogModel::Step::Connection, false), EntryId(2));
    QCOMPARE(step(6, LogModel::Step::Connection, true), EntryId());
}

void TestLogModelRows::goesToATime()
{
    m_log->addMany(1000);
    open(1000);
    QCOMPARE(rowAt(0), Row(0));
    QCOMPARE(rowAt(1), Row(0));
    QCOMPARE(rowAt(500), Row(499));
    QCOMPARE(rowAt(100'000), Row(999));
    m_opened->model.setFilter(query(u"op:ping"_s)); // 4, 8, 12, ...
    QTRY_COMPARE(m_opened->model.rowCount(), 250);
    QCOMPARE(rowAt(8), Row(1));
    QCOMPARE(rowAt(9), Row(2));
    m_opened->model.setFilter(query(u"nowhere"_s));
    QTRY_VERIFY(!m_opened->model.isSearching());
    QCOMPARE(rowAt(9), Row(-1));
}

/// The clock was set back while it was recorded: the first entry that is late enough counts.
void TestLogModelRows::goesToATimeThatCameTwice()
{
    for (const qint64 seconds : {10, 20, 30, 5, 15, 25, 35}) {
        NewEntry entry = entryOf(EntryKind::Text, "x");
        entry.time = timestampFromNs(SampleLog::Start + seconds * 1'000'000'000);
        m_log->writer().append(std::move(entry));
    }
    open(7);
    QCOMPARE(rowAt(4'000), Row(0));
    QCOMPARE(rowAt(20'000), Row(1));
    QCOMPARE(rowAt(21'000), Row(2));
    QCOMPARE(rowAt(31'000), Row(6));
}

/// A file from elsewhere may say that its last entry is the largest number there is.
void TestLogModelRows::comesToTheEndOfClaimedIds()
{
    m_log->addMany(10);
    m_log->addWithFinding(Severity::Error, "wrong");
    QVERIFY(m_log->writer().finish().ok());
    {
        const auto database = SqliteDatabase::open(m_log->path(), SqliteDatabase::Mode::ReadWrite);
        QVERIFY(database.ok());
        for (const char *id : {"70368744177663", "9223372036854775807"}) {
            const QByteArray sql = QByteArray("INSERT INTO entry SELECT ") + id +
                                   ", connection, time_ns, direction, kind, event, flags, size, wire_size, "
                                   "frame_count, finding_count, severity, latency_ns, header, head FROM entry "
                                   "WHERE id = 11";
            QVERIFY(database->run(sql.constData()).ok());
        }
    }
    constexpr qint64 last = 70'368'744'177'663;
    // By what there is, and not by what the last id claims.
    constexpr int rows = 12;
    // Without the model tester, which looks at each row.
    CaptureLoader loader(m_log->path());
    LogModel model(loader);
    QTRY_COMPARE(model.rowCount(), rows);
    for (const bool forward : {true, false}) {
        std::optional<EntryId> found;
        model.step(EntryId(forward ? 11 : last), LogModel::Step::Finding, forward, this,
                   [&found](EntryId id) { found = id; });
        QTRY_COMPARE(found, EntryId(forward ? last : 11));
    }
    std::optional<SelectionSums> sums;
    model.readSums({{Row(0), Row(rows - 1)}}, this, [&sums](const SelectionSums &result) { sums = result; });
    QTRY_VERIFY(sums);
    QCOMPARE(sums->entries, rows);
    model.setFilter(query(u"wrong"_s));
    QTRY_VERIFY(!model.isSearching());
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.entryAt(Row(1)), EntryId(last));
}

SOCKEYE_TEST(TestLogModelRows, QCoreApplication)
#include "tst_logmodelrows.moc"
