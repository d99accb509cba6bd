// Opening and reading a capture from elsewhere: any file, a damaged capture, one that holds values no Sockeye wrote.

#include "capture/CaptureWriter.h"
#include "fuzz/Fuzzing.h"
#include "reading/CaptureReader.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>

#include <sqlite3.h>

using namespace sockeye;
using namespace sockeye::filter;
using namespace sockeye::fuzz;

namespace {

/// Byte 0 of the input.
enum class Mode : quint8 { File, Damage, Values, Count };

/// What a value of a row is replaced with.
enum class ValueKind : quint8 { Null, Small, Large, Text, Blob, Zeros, Count };

/// More would take the time of reading, which is what is tried here.
constexpr int MaxReplaced = 16;

struct Column
{
    const char *table;
    const char *name;
};

constexpr Column Columns[] = {
    {"entry", "id"},
    {"entry", "connection"},
    {"entry", "time_ns"},
    {"entry", "direction"},
    {"entry", "kind"},
    {"entry", "event"},
    {"entry", "flags"},
    {"entry", "size"},
    {"entry", "wire_size"},
    {"entry", "frame_count"},
    {"entry", "finding_count"},
    {"entry", "severity"},
    {"entry", "latency_ns"},
    {"entry", "header"},
    {"entry", "head"},
    {"frame", "entry"},
    {"frame", "seq"},
    {"frame", "header"},
    {"payload", "id"},
    {"payload", "data"},
    {"finding", "entry"},
    {"finding", "severity"},
    {"finding", "rule"},
    {"finding", "text"},
    {"finding", "byte_offset"},
    {"finding", "fail_with"},
    {"connection", "id"},
    {"connection", "url"},
    {"connection", "started_ns"},
    {"connection", "ended_ns"},
    {"connection", "end_kind"},
    {"connection", "close_code"},
    {"connection", "close_reason"},
    {"connection", "tcp_ns"},
    {"connection", "tls_chain"},
    {"connection", "tls_errors"},
    {"connection", "checks"},
    {"connection", "end_details"},
    {"connection", "in_compressed_plain"},
    {"connection", "request_head"},
    {"meta", "value"},
};

/// In memory, where the system has files there.
[[nodiscard]] QString directory()
{
    static const QString shared = QStringLiteral("/dev/shm");
    static const QTemporaryDir made((QFileInfo(shared).isWritable() ? shared : QDir::tempPath()) +
                                    QStringLiteral("/sockeye-fuzz-XXXXXX"));
    return made.path();
}

[[nodiscard]] QString path()
{
    return directory() + QStringLiteral("/a.sockeye");
}

void removeFiles()
{
    for (const char *ending : {"", "-wal", "-shm", "-journal"})
        QFile::remove(path() + QLatin1String(ending));
}

void write(QByteArrayView bytes)
{
    QFile file(path());
    require(file.open(QIODevice::WriteOnly) && file.write(bytes.data(), bytes.size()) == bytes.size(),
            "the file can be written");
}

class Database final
{
public:
    Database() { require(sqlite3_open(path().toUtf8().constData(), &m_handle) == SQLITE_OK, "the file opens"); }
    ~Database() { sqlite3_close(m_handle); }
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    void run(const char *sql) const { sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr); }
    void replace(const Column &column, ValueKind kind, Input &input) const
    {
        const QByteArray sql = QByteArray("UPDATE OR REPLACE ") + column.table + " SET " + column.name + " = ?";
        sqlite3_stmt *statement = nullptr;
        require(sqlite3_prepare_v2(m_handle, sql.constData(), -1, &statement, nullptr) == SQLITE_OK, sql.constData());
        bind(statement, kind, input);
        sqlite3_step(statement);
        sqlite3_finalize(statement);
    }

private:
    static void bind(sqlite3_stmt *statement, ValueKind kind, Input &input)
    {
        if (kind == ValueKind::Small)
            sqlite3_bind_int64(statement, 1, static_cast<qint8>(input.byte()));
        if (kind == ValueKind::Large)
            sqlite3_bind_int64(statement, 1, static_cast<qint64>(input.number(8)));
        if (kind == ValueKind::Zeros)
            sqlite3_bind_zeroblob(statement, 1, static_cast<int>(input.number(2)));
        if (kind != ValueKind::Text && kind != ValueKind::Blob)
            return;
        const QByteArrayView bytes = input.take(input.byte());
        const char *const data = bytes.isEmpty() ? "" : bytes.data();
        const auto size = static_cast<int>(bytes.size());
        if (kind == ValueKind::Text)
            sqlite3_bind_text(statement, 1, data, size, SQLITE_TRANSIENT);
        else
            sqlite3_bind_blob(statement, 1, data, size, SQLITE_TRANSIENT);
    }

    sqlite3 *m_handle = nullptr;
};

[[nodiscard]] NewEntry entry(const QByteArray &payload, int frames)
{
    NewEntry entry;
    entry.connection = ConnectionId(1);
    entry.payload = payload;
    FrameHeader header;
    require(FrameHeader::parse(QByteArray::fromHex("8105"), header), "a header is one");
    for (int i = 0; i < frames; ++i)
        entry.frames.append(header);
    return entry;
}

void record()
{
    removeFiles();
    Result<std::unique_ptr<CaptureWriter>> created = CaptureWriter::create(path());
    require(created.ok(), "a capture can be made");
    CaptureWriter &writer = *created.value();
    ConnectionRecord connection;
    connection.id = writer.newConnectionId();
    connection.url = QStringLiteral("wss://example.com/");
    connection.requestHead = "GET / HTTP/1.1\r\n\r\n";
    connection.responseHead = "HTTP/1.1 101 Switching Protocols\r\n\r\n";
    connection.checks = {{QStringLiteral("status"), QStringLiteral("RFC 6455 4.1"), true, QStringLiteral("101")}};
    connection.tls.chainPem = {"-----BEGIN CERTIFICATE-----\n"};
    connection.tls.errors = {QStringLiteral("It has expired.")};
    connection.end.emplace();
    connection.end->sentClose = CloseBody{1000, QStringLiteral("bye"), true};
    connection.endKind = EndKind::Clean;
    writer.put(connection);
    writer.append(entry("hello", 1));
    writer.append(entry(QByteArray(600, 'x'), 3));
    NewEntry broken = entry("\xff", 1);
    broken.findings = {{Severity::Error, QStringLiteral("message.utf8"), QStringLiteral("RFC 6455 8.1"),
                        QStringLiteral("not UTF-8"), 0, 1007}};
    writer.append(std::move(broken));
    writer.append(NewEntry::fromEvent(connection.id, {}, EventKind::Closed, QStringLiteral("closed")));
    require(writer.finish().ok(), "a capture can be closed");
}

/// A small capture. Its pages are as small as SQLite has them, so that damage hits something, and its schema lets
/// values be missing that ours does not.
[[nodiscard]] const QByteArray &sample()
{
    static const QByteArray bytes = [] {
        record();
        {
            const Database database;
            database.run("PRAGMA writable_schema = ON;"
                         "UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE type = 'table';"
                         "PRAGMA writable_schema = OFF; PRAGMA page_size = 512; VACUUM");
        }
        QFile file(path());
        require(file.open(QIODevice::ReadOnly), "the sample can be read");
        return file.readAll();
    }();
    return bytes;
}

void makeDamaged(Input &input)
{
    QByteArray bytes = sample();
    if (const quint64 kept = input.number(2); kept != 0)
        bytes.truncate(static_cast<qsizetype>(kept));
    while (!input.isEmpty() && !bytes.isEmpty()) {
        const qsizetype at = static_cast<qsizetype>(input.number(2)) % bytes.size();
        bytes[at] = static_cast<char>(input.byte());
    }
    write(bytes);
}

void makeStrange(Input &input)
{
    write(sample());
    const Database database;
    database.run("PRAGMA synchronous = OFF; BEGIN");
    for (int i = 0; i < MaxReplaced && !input.isEmpty(); ++i) {
        const Column &column = Columns[input.byte() % std::size(Columns)];
        const auto kind = static_cast<ValueKind>(input.byte() % static_cast<int>(ValueKind::Count));
        database.replace(column, kind, input);
    }
    database.run("COMMIT");
}

void readEntry(const CaptureReader &reader, const Entry &entry)
{
    require(entry.head.size() <= Entry::HeadSize && entry.head.size() <= entry.size, "a row holds a payload's head");
    if (const Result<QByteArray> payload = reader.payload(entry.id))
        require(payload->size() == entry.size, "a payload is as long as its entry says");
    if (const Result<QByteArray> part = reader.payload(entry.id, 200, 100))
        require(part->size() <= 100, "no more is read than was asked for");
    if (const Result<FrameHeaders> frames = reader.frames(entry.id)) {
        for (const FrameHeader &header : frames.value())
            require(header.size <= FrameHeader::MaxSize, "a header is bounded");
    }
    (void)reader.findings(entry.id);
}

void readTimes(const CaptureReader &reader)
{
    (void)reader.annotations();
    (void)reader.timeline().entryAt(timestampFromNs(1'700'000'000'000'000'000));
    (void)reader.timeline().findingStrip(EntryId(16), 4, CancelToken());
    const Result<std::optional<TimeSpan>> span = reader.timeline().timeSpan();
    if (!span || !span.value())
        return;
    for (const Nanoseconds width : {Nanoseconds(1'000'000'000), Nanoseconds(250'000'000)}) {
        const auto buckets = reader.timeline().buckets(span.value()->first, span.value()->last, width, CancelToken());
        const auto inOrder = [](const TimelineBucket &a, const TimelineBucket &b) { return a.start < b.start; };
        require(!buckets || std::is_sorted(buckets->begin(), buckets->end(), inOrder), "buckets are in order");
    }
}

void readAll()
{
    const Result<std::unique_ptr<CaptureReader>> opened = CaptureReader::open(path());
    if (!opened) {
        require(!opened.message().isEmpty(), "a refusal has words");
        return;
    }
    const CaptureReader &reader = *opened.value();
    (void)reader.lastEntry();
    (void)reader.connections();
    (void)reader.connection(ConnectionId(1));
    if (const Result<QList<Entry>> entries = reader.entries(EntryId(1), 16)) {
        for (const Entry &entry : entries.value())
            readEntry(reader, entry);
    }
    const auto query = EntryQuery::of(Contains{"xyz"});
    (void)reader.scanner().match(query, EntryId(1), EntryId(16), CancelToken(), [](const Matches &) {});
    EntryQuery all{Condition::anyOf(
        {Condition::of(MatchesRegex{QStringLiteral("x+")}), Condition::of(HoldsBytes{QStringLiteral("7?79")}),
         Condition::of(JsonValueIs{QStringLiteral("$.a"), JsonValueIs::Sign::Greater, JsonNumber{"1"}}),
         Condition::of(HasFeature{{FilterFeature::Bookmark, FilterFeature::Note}})})};
    const auto time = Condition::of(NumberIn{FilterKey::Time, {{0, 2'000'000'000'000'000'000}}});
    all.condition = Condition::allOf({time, all.condition});
    all.withoutRepeats = true;
    (void)reader.scanner().match(all, EntryId(1), EntryId(16), CancelToken(), [](const Matches &) {});
    readTimes(reader);
    (void)reader.scanner().forEach(EntryId(1), EntryId(16), {}, [](const Entry &) { return true; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Input input(data, size);
    const auto mode = static_cast<Mode>(input.byte() % static_cast<int>(Mode::Count));
    (void)sample();
    removeFiles();
    if (mode == Mode::File)
        write(input.rest());
    else if (mode == Mode::Damage)
        makeDamaged(input);
    else
        makeStrange(input);
    readAll();
    return 0;
}
