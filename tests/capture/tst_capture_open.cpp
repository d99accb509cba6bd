#include "base/Units.h"
#include "capture/AnnotationWriter.h"
#include "capture/CaptureFile.h"
#include "capture/CaptureSchema.h"
#include "capture/ConnectionRow.h"
#include "capture/Samples.h"
#include "reading/CaptureCheck.h"
#include "support/TestProgram.h"
#include "support/Unprivileged.h"

#include <QFileInfo>
#include <QRandomGenerator>

#include <sqlite3.h>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("%s", qPrintable(file.errorString()));
}

} // namespace

/// Opening what may be no capture, or a broken one: a message each time, and never a crash.
class CaptureOpenTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void refuses_data();
    void refuses();
    void refusesWhatIsNoFile();
    void refusesANewerVersion();
    void refusesAnotherDatabase();
    void refusesAViewInTheTablesPlace();
    void tellsHowMuchIsMissing();
    void survivesTruncation();
    void survivesDamage_data();
    void survivesDamage();
    void survivesWrongValues();
    void comesToTheEndOfClaimedIds();
    void tellsOfImpossibleValues_data();
    void tellsOfImpossibleValues();
    void readsNoMoreThanIsEverRecorded();
    void listsConnectionsInBoundedNumbers();
    void readsFromAFolderThatCannotBeWritten();
    void recordsNowhereWithoutRights();
    void keepsLittleOfWhatItWrites();

private:
    [[nodiscard]] QString path(const QString &name = u"a.sockeye"_s) const { return m_directory->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_directory;
    QByteArray m_capture;
};

void CaptureOpenTest::initTestCase()
{
    const QTemporaryDir directory;
    const QString sample = directory.filePath(u"sample.sockeye"_s);
    QList<NewEntry> entries;
    for (int i = 1; i <= 3000; ++i) {
        NewEntry entry = samples::text("entry " + QByteArray::number(i), i);
        if (i % 100 == 0)
            entry.payload = samples::pattern(i * 10);
        if (i % 150 == 0) {
            entry.frames.append(samples::header(Opcode::Continuation, 1));
            entry.findings = {{Severity::Error, u"frame.rsv"_s, u"RFC 6455 5.2"_s, u"a finding"_s, 1, 1002}};
        }
        entries.append(entry);
    }
    samples::makeCapture(sample, entries);
    m_capture = contentOf(sample);
    QVERIFY(m_capture.size() > 500'000);
}

void CaptureOpenTest::refuses_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    QTest::newRow("empty") << QByteArray() << u"is empty"_s;
    QTest::newRow("two bytes") << QByteArray("SQ") << u"not a Sockeye capture"_s;
    QTest::newRow("the magic only") << QByteArray("SQLite format 3\0", 16) << u"not a Sockeye capture"_s;
    QTest::newRow("text") << QByteArray("{\"json\": true}").repeated(100) << u"not a Sockeye capture"_s;
    QTest::newRow("zeros") << QByteArray(100'000, '\0') << u"not a Sockeye capture"_s;
    QTest::newRow("pattern") << samples::pattern(100'000) << u"not a Sockeye capture"_s;
}

void CaptureOpenTest::refuses()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, words);
    write(path(), content);
    const Result<std::unique_ptr<CaptureReader>> reader = CaptureReader::open(path());
    QVERIFY(!reader);
    QVERIFY2(reader.message().contains(words), qPrintable(reader.message()));
    QVERIFY2(reader.message().contains(u"a.sockeye"_s), qPrintable(reader.message()));
    QCOMPARE(contentOf(path()), content);

    QVERIFY(CaptureReader::open(path(u"missing"_s)).message().contains(u"does not exist"_s));
    QVERIFY(CaptureReader::open(m_directory->path()).message().contains(u"is a folder"_s));
}

/// SQLite would wait for a pipe without end, in the place of the capture and of its companions.
void CaptureOpenTest::refusesWhatIsNoFile()
{
#ifdef Q_OS_UNIX
    const auto makePipe = [](const QString &name) { QCOMPARE(::mkfifo(QFile::encodeName(name).constData(), 0600), 0); };
    makePipe(path(u"pipe.sockeye"_s));
    QVERIFY(QFile::link(path(u"pipe.sockeye"_s), path(u"link.sockeye"_s)));
    QVERIFY(QFile::link(u"/dev/zero"_s, path(u"zero.sockeye"_s)));
    for (const QString &name : {u"pipe.sockeye"_s, u"link.sockeye"_s, u"zero.sockeye"_s}) {
        const QString message = CaptureReader::open(path(name)).message();
        QVERIFY2(message.contains(u"was not opened: it is a "_s), qPrintable(message));
        QVERIFY2(message.contains(name), qPrintable(message));
    }
    for (const QString &companion : CaptureFile::companions(path())) {
        write(path(), m_capture);
        makePipe(companion);
        const QString message = CaptureReader::open(path()).message();
        QVERIFY2(message.contains(u"was not opened: it is a pipe"_s), qPrintable(message));
        QVERIFY(!writeAnnotations(path(), {{EntryId(1), {true, 0, {}}}}));
        QVERIFY(QFile::remove(companion));
    }
    QVERIFY(CaptureReader::open(path()).ok());
#else
    QSKIP("There are no such files here");
#endif
}

void CaptureOpenTest::refusesANewerVersion()
{
    write(path(), m_capture);
    samples::runSql(path(), "PRAGMA user_version = 3");
    const Result<std::unique_ptr<CaptureReader>> reader = CaptureReader::open(path());
    QVERIFY(!reader);
    QVERIFY2(reader.message().contains(u"Update Sockeye"_s), qPrintable(reader.message()));
}

void CaptureOpenTest::refusesAnotherDatabase()
{
    samples::runSql(path(), "CREATE TABLE entry(id INTEGER PRIMARY KEY)");
    QVERIFY(CaptureReader::open(path()).message().contains(u"not a Sockeye capture"_s));
    // Ours by its header, but not by its tables.
    samples::runSql(path(), "PRAGMA application_id = 0x534F434B; PRAGMA user_version = 1");
    QVERIFY(CaptureReader::open(path()).message().contains(u"is damaged"_s));
}

void CaptureOpenTest::refusesAViewInTheTablesPlace()
{
    write(path(), m_capture);
    samples::runSql(path(), "ALTER TABLE entry RENAME TO hidden; CREATE VIEW entry AS "
                            "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n");
    QVERIFY(!CaptureReader::open(path()));
}

void CaptureOpenTest::tellsHowMuchIsMissing()
{
    write(path(), m_capture.first(m_capture.size() - 1));
    const QString message = CaptureReader::open(path()).message();
    QVERIFY2(message.contains(u"truncated"_s), qPrintable(message));
    QVERIFY2(message.contains(QLocale().toString(m_capture.size())), qPrintable(message));
    QVERIFY2(message.contains(QLocale().toString(m_capture.size() - 1)), qPrintable(message));
}

void CaptureOpenTest::survivesTruncation()
{
    QList<qsizetype> lengths = {1, 15, 16, 18, 50, 99, 100, 101, 511, 512, 4095, 4096, 32767, 32768, 32769};
    for (qsizetype length = 40'000; length < m_capture.size(); length += 60'001)
        lengths.append(length);
    for (const qsizetype length : std::as_const(lengths)) {
        write(path(), m_capture.first(length));
        const Result<samples::Contents> contents = samples::readAll(path());
        QVERIFY2(!contents, qPrintable(QString::number(length)));
        QVERIFY(contents.message().contains(u"a.sockeye"_s));
    }
}

void CaptureOpenTest::survivesDamage_data()
{
    QTest::addColumn<quint32>("seed");
    QTest::addColumn<int>("bytes");
    for (quint32 seed = 1; seed <= 12; ++seed) {
        QTest::addRow("one byte, seed %u", seed) << seed << 1;
        QTest::addRow("some bytes, seed %u", seed) << seed << 50;
        QTest::addRow("many bytes, seed %u", seed) << seed << 5000;
    }
}

void CaptureOpenTest::survivesDamage()
{
    QFETCH(quint32, seed);
    QFETCH(int, bytes);
    QRandomGenerator random(seed);
    for (int round = 0; round < 4; ++round) {
        QByteArray damaged = m_capture;
        // Damage where it hurts: in half of the rounds only in the head of the file and of its pages.
        for (int i = 0; i < bytes; ++i) {
            qsizetype at = random.bounded(static_cast<quint32>(damaged.size()));
            if (round % 2 == 0)
                at = at / 32768 * 32768 + random.bounded(120);
            damaged[at] = static_cast<char>(random.generate());
        }
        write(path(), damaged);
        const Result<samples::Contents> contents = samples::readAll(path());
        if (!contents)
            QVERIFY2(contents.message().contains(u"a.sockeye"_s), qPrintable(contents.message()));
        const Result<std::unique_ptr<CaptureReader>> reader = CaptureReader::open(path());
        if (!reader)
            continue;
        // Filters and copies may fail or not, but must come back.
        static_cast<void>(reader.value()
                              ->scanner()
                              .match(EntryQuery::of(filter::Contains{"zzz"}), EntryId(1), EntryId(1'000'000),
                                     CancelToken(), [](const Matches &) {})
                              .ok());
        static_cast<void>(reader.value()->saveCopy(path(u"copy.sockeye"_s), CancelToken(), {}).ok());
    }
}

void CaptureOpenTest::survivesWrongValues()
{
    write(path(), m_capture);
    samples::runSql(
        path(), "UPDATE entry SET direction = 9, kind = 77, event = -1, flags = -1, size = 1 << 60, wire_size = -5, "
                "frame_count = 1 << 40, finding_count = -1, severity = 8 WHERE id = 1;"
                "UPDATE entry SET size = -1 WHERE id = 2;"
                "UPDATE entry SET size = 1000000000000, head = zeroblob(256) WHERE id = 3;"
                "UPDATE entry SET size = 5, head = zeroblob(5000) WHERE id = 4;"
                "UPDATE entry SET frame_count = 1, header = x'81' WHERE id = 5;"
                "UPDATE entry SET time_ns = -9223372036854775807 WHERE id = 6;"
                "UPDATE entry SET time_ns = 9223372036854775807 WHERE id = 7;"
                "UPDATE connection SET end_kind = 99, checks = 'not json', tls_chain = '{', "
                "started_ns = 9223372036854775807, total_ns = 9223372036854775807;"
                "DELETE FROM payload WHERE id = 100 * 65536;");
    const std::unique_ptr<CaptureReader> reader = samples::reader(path());
    const Result<Entry> entry = reader->entry(EntryId(1));
    VERIFY_RESULT(entry);
    QCOMPARE(entry->direction, Direction::None);
    QCOMPARE(entry->kind, EntryKind::Raw);
    QCOMPARE(entry->event, EventKind::Notice);
    QCOMPARE(entry->wireSize, 0);
    QCOMPARE(entry->frameCount, std::numeric_limits<int>::max());
    QCOMPARE(entry->findingCount, 0);
    QCOMPARE(entry->severity, Severity::Error);
    for (const int id : {1, 2, 3, 4, 100}) {
        const Result<QByteArray> payload = reader->payload(EntryId(id));
        QVERIFY2(!payload, qPrintable(QString::number(id)));
        QVERIFY2(payload.message().contains(u"is damaged"_s), qPrintable(payload.message()));
    }
    QCOMPARE(reader->entry(EntryId(4))->head.size(), 5);
    QCOMPARE(reader->frames(EntryId(5))->size(), 0);
    VERIFY_RESULT(reader->frames(EntryId(1)));
    // Whoever takes one time from another must not overflow.
    const qint64 apart = (reader->entry(EntryId(7))->time - reader->entry(EntryId(6))->time).count();
    QCOMPARE(apart, 2 * CaptureSchema::MaxTimeNs);
    const Result<QList<ConnectionRecord>> connections = reader->connections();
    VERIFY_RESULT(connections);
    QVERIFY(connections.value().constFirst().checks.isEmpty());
    QCOMPARE(toNs(connections.value().constFirst().started), CaptureSchema::MaxTimeNs);
    QCOMPARE(connections.value().constFirst().timings.total.count(), CaptureSchema::MaxTimeNs);
    VERIFY_RESULT(reader->scanner().forEachSize(EntryId(1), EntryId(2), CancelToken(), [](const EntrySize &one) {
        QVERIFY(one.size >= 0 && one.size <= CaptureSchema::MaxPayload && one.wireSize >= 0);
    }));
}

/// A scan by lots of ids would take centuries, and one more than the last would be the first.
void CaptureOpenTest::comesToTheEndOfClaimedIds()
{
    write(path(), m_capture);
    const auto claim = [](qint64 id) {
        return "INSERT INTO entry SELECT " + QByteArray::number(id) +
               ", connection, time_ns, direction, kind, event, flags, size, wire_size, frame_count, finding_count, "
               "severity, latency_ns, header, head FROM entry WHERE id = 1;";
    };
    samples::runSql(path(), (claim(std::numeric_limits<qint64>::max()) + claim(CaptureSchema::MaxEntryId + 1) +
                             claim(CaptureSchema::MaxEntryId) + claim(-7) +
                             "UPDATE entry SET id = 4611686018427 WHERE id = 3000; DROP TABLE bucket")
                                .constData());
    const std::unique_ptr<CaptureReader> reader = samples::reader(path());
    const EntryId last = reader->lastEntry().value();
    QCOMPARE(last.value(), CaptureSchema::MaxEntryId);
    QVERIFY(reader->entries(last + 1, 10)->isEmpty());
    QCOMPARE(reader->entries(last, 10)->size(), 1);
    using filter::NumberIn;
    for (const EntryQuery &query :
         {EntryQuery(), EntryQuery::of(NumberIn{FilterKey::Size, {{filter::Range::Lowest, 99'999}}}),
          EntryQuery::of(NumberIn{FilterKey::Entry, {{3000, filter::Range::Highest}}}),
          EntryQuery::of(NumberIn{FilterKey::Entry, {{last.value(), last.value()}}})}) {
        QList<EntryId> ids;
        VERIFY_RESULT(reader->scanner().match(query, EntryId(1), last, CancelToken(),
                                              [&ids](const Matches &some) { ids += some.ids; }));
        QVERIFY(!ids.isEmpty());
        QCOMPARE(ids.constLast(), last);
        qsizetype visited = 0;
        VERIFY_RESULT(reader->scanner().forEach(EntryId(1), last, query, [&visited](const Entry &) {
            ++visited;
            return true;
        }));
        QCOMPARE(visited, ids.size());
    }
    VERIFY_RESULT(
        reader->timeline().buckets(Timestamp::min(), Timestamp::max(), std::chrono::milliseconds(1), CancelToken()));
    qint64 entries = 0;
    VERIFY_RESULT(
        reader->scanner().forEachSize(EntryId(1), last, CancelToken(), [&entries](const EntrySize &) { ++entries; }));
    QCOMPARE(entries, 3001);
}

void CaptureOpenTest::tellsOfImpossibleValues_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<qint64>("entries");
    QTest::addColumn<QString>("words");
    QTest::newRow("as recorded") << QByteArray() << qint64(3000) << QString();
    QTest::newRow("a last id far away") << QByteArray("UPDATE entry SET id = 70368744177663 WHERE id = 3000")
                                        << qint64(3000)
                                        << u"entry ids from %1 come after %2"_s.arg(
                                               countText(CaptureSchema::MaxEntryId), countText(2999));
    QTest::newRow("a gap") << QByteArray("DELETE FROM entry WHERE id BETWEEN 11 AND 20") << qint64(2990)
                           << u"entry ids from 21 come after 10"_s;
    QTest::newRow("begins late") << QByteArray("DELETE FROM entry WHERE id < 100") << qint64(2901)
                                 << u"entry ids from 100 come after 0"_s;
    QTest::newRow("an id beyond all") << QByteArray("UPDATE entry SET id = 9223372036854775807 WHERE id = 3000")
                                      << qint64(2999) << u"an entry is not shown"_s;
    QTest::newRow("negative ids") << QByteArray("UPDATE entry SET id = -id WHERE id > 2990") << qint64(2990)
                                  << u"10 entries are not shown"_s;
    QTest::newRow("times") << QByteArray("UPDATE entry SET time_ns = 9223372036854775807 WHERE id < 3") << qint64(3000)
                           << u"2 entries have impossible times"_s;
    QTest::newRow("sizes") << QByteArray("UPDATE entry SET size = 1 << 62 WHERE id < 4") << qint64(3000)
                           << u"3 entries have impossible sizes"_s;
    QTest::newRow("a long URL") << QByteArray("UPDATE connection SET url = 'ws://h/' || hex(zeroblob(1000000))")
                                << qint64(3000) << u"impossibly long"_s;
    QTest::newRow("a connection's id") << QByteArray("UPDATE connection SET id = 4611686018427387904") << qint64(3000)
                                       << u"impossible id"_s;
    QTest::newRow("annotations") << QByteArray("INSERT INTO annotation VALUES (9999, 1, 0, '')") << qint64(3000)
                                 << u"on an entry that is not there"_s;
    QTest::newRow("sums") << QByteArray("UPDATE bucket SET in_count = -1") << qint64(3000) << u"impossible sums"_s;
}

void CaptureOpenTest::tellsOfImpossibleValues()
{
    QFETCH(QByteArray, sql);
    QFETCH(qint64, entries);
    QFETCH(QString, words);
    write(path(), m_capture);
    samples::runSql(path(), sql.constData());
    const Result<CaptureCheck> check = CaptureCheck::run(path(), CancelToken());
    VERIFY_RESULT(check);
    QCOMPARE(check->entries, entries);
    const QString summary = check->summary(path());
    QCOMPARE(summary.isEmpty(), words.isEmpty());
    QVERIFY2(summary.contains(words), qPrintable(summary));
    CancelToken cancelled;
    cancelled.cancel();
    VERIFY_RESULT(CaptureCheck::run(path(), cancelled));
}

void CaptureOpenTest::readsNoMoreThanIsEverRecorded()
{
    write(path(), m_capture);
    samples::runSql(
        path(), "UPDATE connection SET url = 'ws://h/' || hex(zeroblob(2000000)), request_head = zeroblob(30000000)");
    const Result<ConnectionRecord> record = samples::reader(path())->connection(ConnectionId(1));
    VERIFY_RESULT(record);
    QCOMPARE(record->url.size(), ConnectionRow::MaxWords);
    QCOMPARE(record->requestHead.size(), ConnectionRow::MaxHeadBytes);
}

/// A client that tries again and again makes hundreds of thousands.
void CaptureOpenTest::listsConnectionsInBoundedNumbers()
{
    write(path(), m_capture);
    QCOMPARE(samples::reader(path())->connectionList().last().value(), ConnectionId(1));
    sqlite3 *database = nullptr;
    QCOMPARE(sqlite3_open(path().toUtf8().constData(), &database), SQLITE_OK);
    QByteArray columns;
    const auto append = [](void *to, int, char **values, char **) {
        *static_cast<QByteArray *>(to) += QByteArray(", ") + values[0];
        return 0;
    };
    QCOMPARE(sqlite3_exec(database, "SELECT name FROM pragma_table_info('connection') WHERE name <> 'id'", append,
                          &columns, nullptr),
             SQLITE_OK);
    const QByteArray sql = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
                           "INSERT INTO connection(id" +
                           columns + ") SELECT n.i" + columns + " FROM n, connection WHERE connection.id = 1";
    QCOMPARE(sqlite3_exec(database, sql.constData(), nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(database);
    QCOMPARE(samples::reader(path())->connectionList().last().value(), ConnectionId(5000));
    const auto newest = samples::reader(path())->connectionList().newest(10);
    VERIFY_RESULT(newest);
    QCOMPARE(newest->size(), 10);
    QCOMPARE(newest->constFirst().id, ConnectionId(4991));
    QCOMPARE(newest->constLast().id, ConnectionId(5000));
    const auto starts = samples::reader(path())->connectionList().starts(1000);
    VERIFY_RESULT(starts);
    QCOMPARE(starts->size(), 1000);
    QCOMPARE(starts->at(0).id, ConnectionId(1));
    QCOMPARE(starts->at(1).id, ConnectionId(6));
    QCOMPARE(samples::reader(path())->connectionList().starts(5000)->size(), 5000);
    QVERIFY(samples::reader(path())->connectionEnds()->size() <= 1000);
}

void CaptureOpenTest::readsFromAFolderThatCannotBeWritten()
{
#ifdef Q_OS_UNIX
    write(path(), m_capture);
    write(path(u"wal.sockeye"_s), m_capture);
    // As a program leaves it that died after its WAL had been carried home.
    samples::runSql(path(u"wal.sockeye"_s),
                    "PRAGMA journal_mode = WAL; UPDATE meta SET value = 'x' WHERE key = 'creator'");
    QVERIFY(!QFileInfo::exists(path(u"wal.sockeye-wal"_s)));
    QCOMPARE(::chmod(m_directory->path().toUtf8().constData(), 0555), 0);
    const QByteArray before = contentOf(path(u"wal.sockeye"_s));
    {
        const test::Unprivileged nobody;
        for (const QString &name : {u"a.sockeye"_s, u"wal.sockeye"_s}) {
            const Result<samples::Contents> contents = samples::readAll(path(name));
            VERIFY_RESULT(contents);
            QCOMPARE(contents->entries.size(), 3000);
            const Result<> saved = samples::reader(path(name))->saveCopy(path(u"copy"_s), CancelToken(), {});
            QVERIFY(!saved);
            QVERIFY2(saved.message().contains(u"copy"_s), qPrintable(saved.message()));
        }
    }
    QCOMPARE(::chmod(m_directory->path().toUtf8().constData(), 0755), 0);
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden),
             QStringList({u"a.sockeye"_s, u"wal.sockeye"_s}));
    QCOMPARE(contentOf(path(u"wal.sockeye"_s)), before);
#else
    QSKIP("Rights are set otherwise here");
#endif
}

void CaptureOpenTest::recordsNowhereWithoutRights()
{
#ifdef Q_OS_UNIX
    QCOMPARE(::chmod(m_directory->path().toUtf8().constData(), 0555), 0);
    {
        const test::Unprivileged nobody;
        const Result<std::unique_ptr<CaptureWriter>> writer = CaptureWriter::create(path());
        QVERIFY(!writer);
        QVERIFY2(writer.message().contains(u"cannot be created"_s), qPrintable(writer.message()));
    }
    QCOMPARE(::chmod(m_directory->path().toUtf8().constData(), 0755), 0);
#else
    QSKIP("Rights are set otherwise here");
#endif
}

/// A client that reconnects for days must not grow by what it has written.
void CaptureOpenTest::keepsLittleOfWhatItWrites()
{
    const Result<SqliteDatabase> database = CaptureFile::create(path());
    VERIFY_RESULT(database);
    VERIFY_RESULT(database->run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) "
                                "INSERT INTO payload SELECT i, zeroblob(20000) FROM n"));
    int kept = 0;
    int highest = 0;
    QCOMPARE(sqlite3_db_status(database->handle(), SQLITE_DBSTATUS_CACHE_USED, &kept, &highest, 0), SQLITE_OK);
    QVERIFY2(kept < 4'000'000, qPrintable(QString::number(kept)));
}

SOCKEYE_TEST(CaptureOpenTest, QCoreApplication)
#include "tst_capture_open.moc"
