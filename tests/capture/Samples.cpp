#include "capture/Samples.h"

#include "capture/CaptureFile.h"

#include <QtEndian>

#include <sqlite3.h>

namespace sockeye::samples {

using namespace Qt::StringLiterals;

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i * 7 + (i >> 8) * 13 + (i >> 20) * 31);
    return bytes;
}

FrameHeader header(Opcode opcode, quint64 payloadSize, bool fin, bool masked)
{
    QByteArray bytes;
    bytes.append(static_cast<char>((fin ? 0x80 : 0) | static_cast<int>(opcode)));
    const int mask = masked ? 0x80 : 0;
    if (payloadSize < 126) {
        bytes.append(static_cast<char>(mask | static_cast<int>(payloadSize)));
    } else {
        bytes.append(static_cast<char>(mask | 127));
        char length[8];
        qToBigEndian(payloadSize, length);
        bytes.append(length, sizeof length);
    }
    if (masked)
        bytes.append("\x01\x02\x03\x04", 4);
    FrameHeader parsed;
    if (!FrameHeader::parse(bytes, parsed))
        qFatal("The sample header cannot be parsed");
    return parsed;
}

NewEntry text(const QByteArray &payload, qint64 timeNs)
{
    NewEntry entry;
    entry.connection = ConnectionId(1);
    entry.time = timestampFromNs(timeNs);
    entry.payload = payload;
    entry.frames.append(header(Opcode::Text, static_cast<quint64>(payload.size())));
    entry.wireSize = entry.frames.front().size + payload.size();
    return entry;
}

ConnectionRecord connection(ConnectionId id)
{
    using std::chrono::nanoseconds;
    ConnectionRecord record;
    record.id = id;
    record.url = u"wss://exämple.test/feed?x=%1"_s.arg(id.value());
    record.started = timestampFromNs(1'700'000'000'123'456'789);
    record.peerAddress = u"203.0.113.7:443"_s;
    record.proxySteps = {{u"127.0.0.1:3128"_s,
                          timestampFromNs(1'700'000'000'200'000'000),
                          Timestamp(),
                          "CONNECT example.test:443 HTTP/1.1\r\n\r\n",
                          {},
                          {}},
                         {u"127.0.0.1:3128"_s, timestampFromNs(1'700'000'000'300'000'000),
                          timestampFromNs(1'700'000'000'400'000'001), "CONNECT example.test:443 HTTP/1.1\r\n\r\n",
                          "HTTP/1.1 407 No\xff\r\n\r\n", QByteArray("no\0way", 6)}};
    record.requestHead = "GET /feed HTTP/1.1\r\nHost: example.test\r\n\r\n";
    record.responseHead = QByteArray("HTTP/1.1 403 Forbidden\r\nX: \x80\xff\r\n\r\n");
    record.responseBody = QByteArray("no\0entry", 8);
    record.checks = {{u"status"_s, u"RFC 6455 4.1"_s, false, u"expected 101, got 403 “Forbidden”"_s},
                     {u"upgrade"_s, u"RFC 6455 4.1"_s, true, u"Upgrade is websocket"_s}};
    record.subprotocol = u"chat.v2"_s;
    record.timings = {nanoseconds(1), nanoseconds(20), nanoseconds(-1), nanoseconds(0), nanoseconds(5'000'000'000),
                      nanoseconds(6)};
    record.tls = {u"TLS 1.3"_s,
                  u"TLS_AES_256_GCM_SHA384"_s,
                  u"http/1.1"_s,
                  {"-----BEGIN\nA\n", "-----BEGIN\nB\n"},
                  {u"It has expired."_s, u"It is for “other.test”."_s}};
    record.extensions = u"permessage-deflate; client_max_window_bits=9"_s;
    record.compressedIn = {3, 40, 500};
    record.compressedOut = {1, 2, 3};
    record.ended = timestampFromNs(1'700'000'001'000'000'001);
    record.endKind = EndKind::HandshakeFailed;
    record.closeCode = 1006;
    record.closeReason = u"tschüß"_s;
    record.endText = u"The server refused the handshake: 403 Forbidden."_s;
    record.end.emplace();
    record.end->sentClose = CloseBody{1000, u"bye"_s, true};
    record.end->sentCloseTime = timestampFromNs(1'700'000'000'999'999'999);
    record.end->receivedClose = CloseBody{1005, {}, false};
    record.end->receivedCloseTime = timestampFromNs(1'700'000'001'000'000'000);
    record.end->tcp = TcpEnd::Failed;
    record.end->networkError = u"alert"_s;
    record.end->brokenRule = u"frame.rsv"_s;
    record.end->unsentBytes = 7;
    record.end->partialBytes = 8;
    record.end->lastIn = timestampFromNs(1'700'000'000'500'000'001);
    record.end->closeTimedOutAfter = nanoseconds(2'000'000'000);
    return record;
}

Entry expected(EntryId id, const NewEntry &entry)
{
    Entry row;
    row.id = id;
    row.connection = entry.connection;
    row.time = entry.time;
    row.direction = entry.direction;
    row.kind = entry.kind;
    row.event = entry.event;
    row.compressed = entry.compressed;
    row.complete = entry.complete;
    row.size = entry.payload.size();
    row.wireSize = entry.wireSize;
    row.latency = entry.latency;
    row.frameCount = static_cast<int>(entry.frames.size());
    row.findingCount = static_cast<int>(entry.findings.size());
    for (const Finding &finding : entry.findings)
        row.severity = std::max(row.severity, finding.severity);
    row.head = entry.payload.left(256);
    return row;
}

std::unique_ptr<CaptureWriter> writer(const QString &path)
{
    return writer(path, CaptureWriter::Limits());
}

std::unique_ptr<CaptureWriter> writer(const QString &path, CaptureWriter::Limits limits)
{
    Result<std::unique_ptr<CaptureWriter>> made = CaptureWriter::create(path, limits);
    if (!made)
        qFatal("%s", qPrintable(made.message()));
    return std::move(made).value();
}

std::unique_ptr<CaptureReader> reader(const QString &path)
{
    Result<std::unique_ptr<CaptureReader>> opened = CaptureReader::open(path);
    if (!opened)
        qFatal("%s", qPrintable(opened.message()));
    return std::move(opened).value();
}

WriterSignals::WriterSignals(const CaptureWriter &writer)
{
    connect(&writer, &CaptureWriter::advanced, this, &WriterSignals::advanced, Qt::QueuedConnection);
    connect(&writer, &CaptureWriter::roomAvailable, this, &WriterSignals::roomAvailable, Qt::QueuedConnection);
    connect(&writer, &CaptureWriter::connectionsChanged, this, &WriterSignals::connectionsChanged,
            Qt::QueuedConnection);
    connect(&writer, &CaptureWriter::failed, this, &WriterSignals::failed, Qt::QueuedConnection);
}

void makeCapture(const QString &path, const QList<NewEntry> &entries)
{
    const std::unique_ptr<CaptureWriter> made = writer(path);
    made->put(connection(made->newConnectionId()));
    for (const NewEntry &entry : entries)
        made->append(NewEntry(entry));
    if (const Result<> finished = made->finish(); !finished)
        qFatal("%s", qPrintable(finished.message()));
}

void makeCapture(const QString &path, int count)
{
    QList<NewEntry> entries;
    for (int i = 1; i <= count; ++i) {
        const QByteArray payload = "entry " + QByteArray::number(i);
        entries.append(text(i % 10 == 0 ? payload + ' ' + QByteArray(1000, 'x') : payload, i));
    }
    makeCapture(path, entries);
}

SqlCapture::SqlCapture(const QString &path)
{
    Result<SqliteDatabase> database = CaptureFile::openForReading(path);
    if (!database)
        qFatal("%s", qPrintable(database.message()));
    m_database = std::move(database).value();
    auto functions = PayloadFunctions::install(m_database);
    if (!functions)
        qFatal("%s", qPrintable(functions.message()));
    m_functions = std::move(functions).value();
}

Result<QList<qint64>> SqlCapture::ids(const QuerySql &condition) const
{
    Result<SqliteStatement> statement =
        m_database.prepare("SELECT id FROM entry WHERE " + condition.where.toUtf8() + " ORDER BY id");
    if (!statement)
        return statement.error();
    const auto bind = [&condition](SqliteStatement &to) {
        for (int i = 0; i < condition.values.size(); ++i)
            to.bindValue(i + 1, condition.values[i]);
    };
    QList<qint64> ids;
    const Result<> read =
        forEachRow(statement.value(), bind, [&ids](const SqliteStatement &row) { ids.append(row.number(0)); });
    return read ? Result<QList<qint64>>(ids) : read.error();
}

Result<Contents> readAll(const QString &path)
{
    const Result<std::unique_ptr<CaptureReader>> opened = CaptureReader::open(path);
    if (!opened)
        return opened.error();
    const CaptureReader &capture = *opened.value();
    Contents contents;
    const Result<QList<ConnectionRecord>> connections = capture.connections();
    if (!connections)
        return connections.error();
    contents.connections = connections.value();
    std::optional<Error> failed;
    const auto visit = [&](const Entry &entry) {
        contents.entries.append(entry);
        const Result<QByteArray> payload = capture.payload(entry.id);
        const Result<FrameHeaders> frames = capture.frames(entry.id);
        const Result<Findings> findings = capture.findings(entry.id);
        if (!payload)
            failed = payload.error();
        else if (!frames)
            failed = frames.error();
        else if (!findings)
            failed = findings.error();
        else
            contents.payloads.append(payload.value());
        return !failed;
    };
    const Result<EntryId> last = capture.lastEntry();
    if (!last)
        return last.error();
    const Result<> visited = capture.scanner().forEach(EntryId(1), last.value(), {}, visit);
    if (!visited)
        return visited.error();
    return failed ? Result<Contents>(*failed) : Result<Contents>(contents);
}

void runSql(const QString &path, const char *sql)
{
    sqlite3 *database = nullptr;
    if (sqlite3_open(path.toUtf8().constData(), &database) != SQLITE_OK ||
        sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        qFatal("%s", sqlite3_errmsg(database));
    sqlite3_close(database);
}

} // namespace sockeye::samples
