#include "capture/CaptureSchema.h"

#include "base/Clock.h"
#include "capture/AnnotationRow.h"
#include "capture/ProxyStepRow.h"
#include "capture/SecondSums.h"

#include <QCoreApplication>
#include <QDir>
#include <QtEndian>

#include <sqlite3.h>

namespace sockeye::CaptureSchema {

namespace {

// entry: metadata first and the payload's head last, so that a filter over metadata decodes nothing of the payload.
// frame and finding hold what the common entry does not have: an ordinary message costs one INSERT.
constexpr char Tables[] = R"sql(
CREATE TABLE meta(
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE connection(
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    started_ns INTEGER NOT NULL,
    ended_ns INTEGER,
    end_kind INTEGER NOT NULL,
    close_code INTEGER NOT NULL,
    close_reason TEXT NOT NULL,
    end_text TEXT NOT NULL,
    peer_address TEXT NOT NULL,
    subprotocol TEXT NOT NULL,
    resolve_ns INTEGER,
    tcp_ns INTEGER,
    proxy_ns INTEGER,
    tls_ns INTEGER,
    upgrade_ns INTEGER,
    total_ns INTEGER,
    tls_version TEXT NOT NULL,
    tls_cipher TEXT NOT NULL,
    tls_alpn TEXT NOT NULL,
    tls_chain TEXT NOT NULL,
    tls_errors TEXT NOT NULL,
    extensions TEXT NOT NULL,
    end_details TEXT NOT NULL,
    in_compressed INTEGER NOT NULL,
    in_compressed_wire INTEGER NOT NULL,
    in_compressed_plain INTEGER NOT NULL,
    out_compressed INTEGER NOT NULL,
    out_compressed_wire INTEGER NOT NULL,
    out_compressed_plain INTEGER NOT NULL,
    checks TEXT NOT NULL,
    request_head BLOB NOT NULL,
    response_head BLOB NOT NULL,
    response_body BLOB NOT NULL
);

CREATE TABLE entry(
    id INTEGER PRIMARY KEY,
    connection INTEGER NOT NULL,
    time_ns INTEGER NOT NULL,
    direction INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    event INTEGER NOT NULL,
    flags INTEGER NOT NULL,
    size INTEGER NOT NULL,
    wire_size INTEGER NOT NULL,
    frame_count INTEGER NOT NULL,
    finding_count INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    latency_ns INTEGER,
    header BLOB,
    head BLOB NOT NULL
);

CREATE TABLE frame(
    entry INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    header BLOB NOT NULL,
    PRIMARY KEY(entry, seq)
) WITHOUT ROWID;

CREATE TABLE payload(
    id INTEGER PRIMARY KEY,
    data BLOB NOT NULL
);

CREATE TABLE outside(
    entry INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
);

CREATE TABLE finding(
    entry INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    rule TEXT NOT NULL,
    section TEXT NOT NULL,
    text TEXT NOT NULL,
    byte_offset INTEGER,
    fail_with INTEGER NOT NULL,
    PRIMARY KEY(entry, seq)
) WITHOUT ROWID;

CREATE TABLE bucket(
    second INTEGER PRIMARY KEY,
    in_count INTEGER NOT NULL,
    in_bytes INTEGER NOT NULL,
    out_count INTEGER NOT NULL,
    out_bytes INTEGER NOT NULL,
    first_entry INTEGER NOT NULL,
    last_entry INTEGER NOT NULL,
    first_ns INTEGER NOT NULL,
    last_ns INTEGER NOT NULL
);
)sql";

// For people with a SQLite tool; Sockeye itself reads the tables only.
constexpr char Views[] = R"sql(
CREATE VIEW frames AS
    SELECT id AS entry, 0 AS seq, header FROM entry WHERE frame_count = 1
    UNION ALL
    SELECT entry, seq, header FROM frame;

CREATE VIEW payloads AS
    SELECT id AS entry, 0 AS part, head AS data FROM entry WHERE size <= 256
    UNION ALL
    SELECT e.id AS entry, p.id - e.id * 65536 AS part, p.data AS data
    FROM entry e JOIN payload p ON p.id BETWEEN e.id * 65536 AND e.id * 65536 + 65535
    WHERE e.size > 256;

CREATE VIEW log AS
    SELECT id, connection,
        strftime('%Y-%m-%dT%H:%M:%S', time_ns / 1000000000, 'unixepoch')
            || printf('.%09dZ', time_ns % 1000000000) AS time,
        CASE direction WHEN 0 THEN 'in' WHEN 1 THEN 'out' ELSE 'none' END AS direction,
        CASE kind WHEN 1 THEN 'text' WHEN 2 THEN 'binary' WHEN 8 THEN 'close' WHEN 9 THEN 'ping' WHEN 10 THEN 'pong'
            WHEN 16 THEN 'raw' WHEN 17 THEN 'event' ELSE kind END AS kind,
        size, wire_size, frame_count, finding_count,
        CASE WHEN kind IN (1, 17) THEN CAST(head AS TEXT) ELSE hex(head) END AS preview
    FROM entry;
)sql";

Result<> writeMeta(const SqliteDatabase &database)
{
    Result<SqliteStatement> insert = database.prepare("INSERT INTO meta(key, value) VALUES (?, ?)");
    if (!insert)
        return insert.error();
    const QByteArray created = toIsoUtc(SystemClock().now());
    const std::pair<QByteArrayView, QByteArrayView> rows[] = {
        {"creator", "Sockeye " SOCKEYE_VERSION}, {"created", created}, {"recording", "1"}, {"summed", "0"}};
    for (const auto &[key, value] : rows) {
        insert->bindText(1, key);
        insert->bindText(2, value);
        if (const Result<> written = insert->run(); !written)
            return written;
    }
    return {};
}

Result<> runAll(const SqliteDatabase &database, const QList<QByteArray> &statements)
{
    for (const QByteArray &sql : statements) {
        if (const Result<> done = database.run(sql.constData()); !done)
            return done;
    }
    return {};
}

/// Captures of earlier versions have no such table.
bool hasOutside(const SqliteDatabase &database)
{
    const Result<QVariant> some = database.value("SELECT EXISTS(SELECT 1 FROM outside)");
    return some && some->toInt() > 0;
}

Result<> enterWal(const SqliteDatabase &database)
{
    const Result<QVariant> mode = database.value("PRAGMA journal_mode = WAL");
    if (!mode)
        return mode.error();
    if (mode->toString() != QLatin1StringView("wal")) {
        return Error{
            QCoreApplication::translate("sockeye::CaptureSchema",
                                        "%1 cannot be recorded there: the folder's file system cannot share memory "
                                        "between programs. Choose a folder on a local disk.")
                .arg(QDir::toNativeSeparators(database.path()))};
    }
    if (const Result<> set = database.run("PRAGMA synchronous = NORMAL"); !set)
        return set;
    // SQLite's default, said again: it was turned into a number of pages while they still had their default size, and
    // would be 16 MB of these. What is written is not read again, so that keeping it is of no use; each reconnect took
    // 2.2 kB.
    if (const Result<> set = database.run("PRAGMA cache_size = -2000"); !set)
        return set;
    // The first read takes the lock that says that somebody is on the file. Before it, whoever looks whether the
    // capture was left behind would bring it into its closed form, and all would be recorded with a sync per commit.
    const Result<QVariant> read = database.value("SELECT count(*) FROM meta");
    return read ? Result<>() : Result<>(read.error());
}

} // namespace

Result<> create(const SqliteDatabase &database)
{
    // Nothing is waited for to reach the disk: there is no entry to lose yet, the first checkpoint syncs the whole
    // file, and what waits for the capture meanwhile fills the writer's queue (eight syncs took 150 ms).
    const Result<> made =
        runAll(database, {"PRAGMA synchronous = OFF", "PRAGMA page_size = " + QByteArray::number(PageSize),
                          "BEGIN IMMEDIATE", "PRAGMA application_id = " + QByteArray::number(ApplicationId),
                          "PRAGMA user_version = " + QByteArray::number(LiveVersion), Tables,
                          AnnotationRow::createSql(), ProxyStepRow::createSql(), Views});
    if (!made)
        return made;
    if (const Result<> written = writeMeta(database); !written)
        return written;
    if (const Result<> committed = database.run("COMMIT"); !committed)
        return committed;
    // WAL after COMMIT: the header of the file itself says what it is from the first moment on.
    return enterWal(database);
}

Result<> markFinished(const SqliteDatabase &database)
{
    // The file may come from elsewhere: it must not run what its schema says.
    sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    if (const Result<> begun = database.run("BEGIN IMMEDIATE"); !begun)
        return begun;
    Result<> done = database.run("DELETE FROM meta WHERE key = 'recording'");
    // Without them it is whole all the same: readers count what they lack.
    const Result<> completed = done ? SecondSums::complete(database) : done;
    if (done && !hasOutside(database))
        done = database.run(closedVersionSql().constData());
    if (done)
        done = database.run("COMMIT");
    if (!done)
        static_cast<void>(database.run("ROLLBACK").ok());
    return done ? completed : done;
}

QByteArray closedVersionSql()
{
    return "PRAGMA user_version = " + QByteArray::number(Version);
}

Result<bool> isMarkedRecording(const SqliteDatabase &database)
{
    const Result<QVariant> count = database.value("SELECT count(*) FROM meta WHERE key = 'recording'");
    return count ? Result<bool>(count->toInt() > 0) : Result<bool>(count.error());
}

Header parseHeader(QByteArrayView bytes)
{
    Header header;
    if (bytes.size() < HeaderSize || !bytes.startsWith(QByteArrayView("SQLite format 3\0", 16)))
        return header;
    const auto number = [bytes](qsizetype offset) { return qint64(qFromBigEndian<quint32>(bytes.data() + offset)); };
    header.isSqlite = true;
    header.applicationId = number(68);
    header.version = number(60);
    header.isWal = bytes[18] == 2;
    // SQLite's file format: the page count counts only if the change counter (24) equals the one it was written with
    // (92).
    const qint64 pageSize = qFromBigEndian<quint16>(bytes.data() + 16);
    if (number(24) == number(92))
        header.expectedSize = number(28) * (pageSize == 1 ? 65536 : pageSize);
    return header;
}

} // namespace sockeye::CaptureSchema
