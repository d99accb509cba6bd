#include "reading/CaptureReader.h"

#include "capture/AnnotationRow.h"
#include "capture/CaptureCopy.h"
#include "capture/CaptureIdentity.h"
#include "capture/CaptureSchema.h"
#include "capture/ConnectionRow.h"
#include "capture/EntryRow.h"
#include "capture/ProxyStepRow.h"
#include "reading/ReadingConnection.h"

#include <QCoreApplication>
#include <QDir>
#include <QHash>

#include <algorithm>

namespace sockeye {

namespace {

struct CaptureReaderWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::CaptureReader)

public:
    static Error noEntry(const QString &path, EntryId id)
    {
        return Error{
            tr("%1 has no entry %2. Choose another entry.").arg(QDir::toNativeSeparators(path)).arg(id.value())};
    }
    static Error noConnection(const QString &path, ConnectionId id)
    {
        return Error{tr("%1 has no connection %2. It may not have been recorded yet.")
                         .arg(QDir::toNativeSeparators(path))
                         .arg(id.value())};
    }
    static Error damagedPayload(const QString &path, EntryId id)
    {
        return Error{
            tr("%1 is damaged: the payload of entry %2 is incomplete. Use another copy of the file if you have one.")
                .arg(QDir::toNativeSeparators(path))
                .arg(id.value())};
    }
    static QString unknownEnd()
    {
        return tr("Not known: the program that recorded it died before the connection ended.");
    }
};

/// Of a capture's connections so many ends are looked at.
constexpr int MaxEnds = 1000;

/// Of a capture that nobody records into: how a connection without an end ended.
void sayIfUnknown(ConnectionRecord &record)
{
    if (!record.hasEnded() && record.endText.isEmpty())
        record.endText = CaptureReaderWords::unknownEnd();
}

} // namespace

Result<std::unique_ptr<CaptureReader>> CaptureReader::open(const QString &path)
{
    Result<std::unique_ptr<ReadingConnection>> connection = ReadingConnection::open(path);
    if (!connection)
        return connection.error();
    return std::unique_ptr<CaptureReader>(new CaptureReader(std::move(connection).value()));
}

CaptureReader::CaptureReader(std::unique_ptr<ReadingConnection> connection)
    : m_connection(std::move(connection))
    , m_timeline(*m_connection)
    , m_connectionList(*m_connection)
    , m_scanner(*m_connection, m_timeline, *this)
{
}

CaptureReader::~CaptureReader() = default;

QString CaptureReader::path() const
{
    return m_connection->path();
}

Result<QByteArray> CaptureReader::created() const
{
    return CaptureIdentity::createdIn(m_connection->database());
}

bool CaptureReader::isLive() const
{
    return m_connection->isLive();
}

Result<> CaptureReader::checkComplete() const
{
    return m_connection->checkComplete();
}

Result<EntryId> CaptureReader::lastEntry() const
{
    return m_connection->lastEntry();
}

Result<QList<Entry>> CaptureReader::entries(EntryId first, int count) const
{
    static const QByteArray sql =
        "SELECT " + EntryRow::columns() + " FROM entry WHERE id >= ? AND id <= ? ORDER BY id LIMIT ?";
    QList<Entry> entries;
    const Result<> read =
        m_connection->forEachRow(sql, numbers(first.value(), CaptureSchema::MaxEntryId, std::max(count, 0)),
                                 [&entries](const SqliteStatement &row) { entries.append(EntryRow::read(row)); });
    return read ? Result<QList<Entry>>(entries) : read.error();
}

Result<Entry> CaptureReader::entry(EntryId id) const
{
    Result<QList<Entry>> found = entries(id, 1);
    if (!found)
        return found.error();
    if (found->isEmpty() || found->constFirst().id != id)
        return CaptureReaderWords::noEntry(path(), id);
    return found->constFirst();
}

Result<QByteArray> CaptureReader::payload(EntryId id, qint64 offset, qint64 length) const
{
    qint64 size = 0;
    QByteArray head;
    const Result<bool> found = m_connection->firstRow(QByteArrayLiteral("SELECT size, head FROM entry WHERE id = ?"),
                                                      numbers(id.value()), [&](const SqliteStatement &row) {
                                                          size = row.number(0);
                                                          head = row.blob(1);
                                                      });
    if (!found)
        return found.error();
    if (!found.value())
        return CaptureReaderWords::noEntry(path(), id);
    if (size < 0 || size > CaptureSchema::MaxPayload || head.size() != std::min<qint64>(size, Entry::HeadSize))
        return CaptureReaderWords::damagedPayload(path(), id);
    const qint64 begin = std::clamp<qint64>(offset, 0, size);
    const qint64 end = length < 0 || length > size - begin ? size : begin + length;
    if (end <= head.size())
        return head.sliced(begin, end - begin);
    return payloadParts(id, begin, end);
}

/// Memory is taken as the parts come, never by the size that the entry claims.
Result<QByteArray> CaptureReader::payloadParts(EntryId id, qint64 begin, qint64 end) const
{
    QByteArray bytes;
    const Result<bool> outside =
        m_connection->outsidePayloads().read(id.value(), begin, end, [&bytes](QByteArrayView piece) {
            bytes.append(piece);
            return true;
        });
    if (!outside)
        return outside.error();
    if (outside.value())
        return bytes;
    SqliteBlob blob;
    for (qint64 at = begin; at < end;) {
        const qint64 part = at / CaptureSchema::PartSize;
        const qint64 offset = at % CaptureSchema::PartSize;
        const qint64 wanted = std::min(end - at, CaptureSchema::PartSize - offset);
        const Result<bool> found =
            blob.open(m_connection->database(), "payload", "data", CaptureSchema::partId(id.value(), part));
        if (!found)
            return found.error();
        if (!found.value() || blob.size() < offset + wanted)
            return CaptureReaderWords::damagedPayload(path(), id);
        const qsizetype before = bytes.size();
        bytes.resize(before + wanted);
        if (const Result<> read = blob.read(bytes.data() + before, offset, wanted); !read)
            return read.error();
        at += wanted;
    }
    return bytes;
}

Result<FrameHeaders> CaptureReader::frames(EntryId id) const
{
    qint64 count = 0;
    FrameHeaders frames;
    const Result<bool> found =
        m_connection->firstRow(QByteArrayLiteral("SELECT frame_count, header FROM entry WHERE id = ?"),
                               numbers(id.value()), [&](const SqliteStatement &row) {
                                   count = row.number(0);
                                   if (count <= 1)
                                       frames = EntryRow::oneFrame(row.bytes(1));
                               });
    if (!found)
        return found.error();
    if (!found.value())
        return CaptureReaderWords::noEntry(path(), id);
    if (count <= 1)
        return frames;
    const Result<> read =
        m_connection->forEachRow(QByteArrayLiteral("SELECT header FROM frame WHERE entry = ? ORDER BY seq"),
                                 numbers(id.value()), [&frames](const SqliteStatement &row) {
                                     for (const FrameHeader &frame : EntryRow::oneFrame(row.bytes(0)))
                                         frames.append(frame);
                                 });
    return read ? Result<FrameHeaders>(frames) : read.error();
}

Result<Findings> CaptureReader::findings(EntryId id) const
{
    Findings findings;
    const Result<> read = m_connection->forEachRow(
        QByteArrayLiteral("SELECT severity, rule, section, text, byte_offset, fail_with FROM finding WHERE entry = ? "
                          "ORDER BY seq"),
        numbers(id.value()), [&findings](const SqliteStatement &row) { findings.append(EntryRow::finding(row)); });
    return read ? Result<Findings>(findings) : read.error();
}

Result<QList<ConnectionRecord>> CaptureReader::connectionsOf(const QByteArray &sql) const
{
    QList<ConnectionRecord> records;
    const Result<> read = m_connection->forEachRow(
        sql, numbers(), [&records](const SqliteStatement &row) { records.append(ConnectionRow::read(row)); });
    return read ? Result<QList<ConnectionRecord>>(records) : read.error();
}

Result<QList<ConnectionRecord>> CaptureReader::connections() const
{
    Result<QList<ConnectionRecord>> records = connectionsOf(ConnectionRow::selectSql() + " ORDER BY id");
    if (!records)
        return records;
    if (const Result<> added = addProxySteps(records.value()); !added)
        return added.error();
    if (!isLive()) {
        for (ConnectionRecord &record : records.value())
            sayIfUnknown(record);
    }
    return records;
}

Result<> CaptureReader::addProxySteps(QList<ConnectionRecord> &records) const
{
    const Result<bool> some = m_connection->hasProxySteps();
    if (!some || !some.value())
        return some ? Result<>() : some.error();
    QHash<ConnectionId, QList<ProxyStep>> steps;
    const auto take = [&steps](const SqliteStatement &row) {
        steps[ProxyStepRow::connection(row)].append(ProxyStepRow::read(row));
    };
    const Result<> read = records.size() == 1 ? m_connection->forEachRow(ProxyStepRow::selectOfConnectionSql(),
                                                                         numbers(records.constFirst().id.value()), take)
                                              : m_connection->forEachRow(ProxyStepRow::selectSql(), numbers(), take);
    for (ConnectionRecord &record : records)
        record.proxySteps = steps.value(record.id);
    return read;
}

Result<QList<ConnectionRecord>> CaptureReader::connectionEnds() const
{
    // The newest ones: a client that tries again and again has hundreds of thousands, and a pattern shows in these.
    Result<QList<ConnectionRecord>> ends =
        connectionsOf(ConnectionRow::selectEndsSql() + " ORDER BY id DESC LIMIT " + QByteArray::number(MaxEnds));
    if (ends)
        std::reverse(ends.value().begin(), ends.value().end());
    return ends;
}

Result<QString> CaptureReader::subprotocol(ConnectionId id) const
{
    QString subprotocol;
    const Result<> read = m_connection->forEachRow(
        QByteArrayLiteral("SELECT subprotocol FROM connection WHERE id = ?"), numbers(id.value()),
        [&subprotocol](const SqliteStatement &row) { subprotocol = row.text(0); });
    return read ? Result<QString>(subprotocol) : read.error();
}

Result<QStringList> CaptureReader::connectionUrls(int most) const
{
    QStringList urls;
    const Result<> read = m_connection->forEachRow(
        QByteArrayLiteral("SELECT id, url FROM connection WHERE id BETWEEN 1 AND ? ORDER BY id"), numbers(most),
        [&urls](const SqliteStatement &row) {
            urls.resize(row.number(0));
            urls.last() = row.text(1);
        });
    return read ? Result<QStringList>(urls) : read.error();
}

Result<ConnectionRecord> CaptureReader::connection(ConnectionId id) const
{
    ConnectionRecord record;
    const Result<bool> found =
        m_connection->firstRow(ConnectionRow::selectSql() + " WHERE id = ?", numbers(id.value()),
                               [&record](const SqliteStatement &row) { record = ConnectionRow::read(row); });
    if (!found)
        return found.error();
    if (!found.value())
        return CaptureReaderWords::noConnection(path(), id);
    QList<ConnectionRecord> records{record};
    if (const Result<> added = addProxySteps(records); !added)
        return added.error();
    if (!isLive())
        sayIfUnknown(records.first());
    return records.constFirst();
}

Result<AnnotationMap> CaptureReader::annotations() const
{
    const Result<bool> some = m_connection->hasAnnotations();
    if (!some)
        return some.error();
    AnnotationMap annotations;
    if (!some.value())
        return annotations;
    const Result<> read =
        m_connection->forEachRow(AnnotationRow::selectSql(), numbers(), [&annotations](const SqliteStatement &row) {
            const Annotation annotation = AnnotationRow::read(row);
            if (!annotation.isEmpty())
                annotations.insert(annotations.cend(), EntryId(row.number(0)), annotation);
        });
    return read ? Result<AnnotationMap>(annotations) : read.error();
}

Result<> CaptureReader::saveCopy(const QString &target, const CancelToken &cancel,
                                 const std::function<void(qint64, qint64)> &progress) const
{
    return CaptureFile::copy(m_connection->database(), target, cancel, progress);
}

} // namespace sockeye
