#include "reading/CaptureReader.h"

#include "capture/AnnotationRow.h"
#include "capture/CaptureCopy.h"
#include "capture/CaptureFile.h"
#include "reading/CaptureReaderPrivate.h"
#include "capture/CaptureSchema.h"
#include "capture/ConnectionRow.h"
#include "capture/EntryRow.h"

#include <algorithm>

namespace sockeye {

Result<std::unique_ptr<CaptureReader>> CaptureReader::open(const QString &path)
{
    Result<SqliteDatabase> database = CaptureFile::openForReading(path);
    if (!database)
        return database.error();
    auto d = std::make_unique<Private>(std::move(database).value());
    Result<std::unique_ptr<PayloadFunctions>> functions = PayloadFunctions::install(d->database);
    if (!functions)
        return functions.error();
    d->functions = std::move(functions).value();
    return std::unique_ptr<CaptureReader>(new CaptureReader(path, std::move(d)));
}

CaptureReader::CaptureReader(QString path, std::unique_ptr<Private> d)
    : m_path(std::move(path))
    , m_d(std::move(d))
{
}

CaptureReader::~CaptureReader()
{
    const bool wasLive = CaptureFile::isLiveForm(m_d->database);
    m_d.reset();
    // A writer that finished while we were on the file could not close its form. If one is still on it, nothing
    // happens.
    if (wasLive)
        CaptureFile::closeForm(m_path);
}

bool CaptureReader::isLive() const
{
    return CaptureFile::isLiveForm(m_d->database);
}

Result<EntryId> CaptureReader::lastEntry() const
{
    const Result<SqliteStatement *> prepared = m_d->statement(Private::LastEntry);
    if (!prepared)
        return prepared.error();
    SqliteStatement &statement = *prepared.value();
    const SqliteReset reset(statement);
    const Result<bool> row = statement.step();
    if (!row)
        return row.error();
    return EntryId(row.value() ? statement.number(0) : 0);
}

Result<QList<Entry>> CaptureReader::entries(EntryId first, int count) const
{
    const Result<SqliteStatement *> prepared = m_d->statement(Private::Entries);
    if (!prepared)
        return prepared.error();
    SqliteStatement &statement = *prepared.value();
    const SqliteReset reset(statement);
    statement.bindNumber(1, first.value());
    statement.bindNumber(2, std::max(count, 0));
    QList<Entry> entries;
    for (;;) {
        const Result<bool> row = statement.step();
        if (!row)
            return row.error();
        if (!row.value())
            return entries;
        entries.append(EntryRow::read(statement));
    }
}

Result<Entry> CaptureReader::entry(EntryId id) const
{
    Result<QList<Entry>> found = entries(id, 1);
    if (!found)
        return found.error();
    if (found->isEmpty() || found->constFirst().id != id)
        return m_d->noEntry(id);
    return found->constFirst();
}

Result<QByteArray> CaptureReader::payload(EntryId id, qint64 offset, qint64 length) const
{
    const Result<SqliteStatement *> prepared = m_d->statement(Private::Size);
    if (!prepared)
        return prepared.error();
    SqliteStatement &statement = *prepared.value();
    const SqliteReset reset(statement);
    statement.bindNumber(1, id.value());
    const Result<bool> row = statement.step();
    if (!row)
        return row.error();
    if (!row.value())
        return m_d->noEntry(id);
    const qint64 size = statement.number(0);
    const QByteArrayView head = statement.bytes(1);
    if (size < 0 || size > CaptureSchema::MaxPayload || head.size() != std::min<qint64>(size, Entry::HeadSize))
        return m_d->damagedPayload(id);
    const qint64 begin = std::clamp<qint64>(offset, 0, size);
    const qint64 end = length < 0 || length > size - begin ? size : begin + length;
    if (end <= head.size())
        return head.sliced(begin, end - begin).toByteArray();
    return payloadParts(id, begin, end);
}

/// Memory is taken as the parts come, never by the size that the entry claims.
Result<QByteArray> CaptureReader::payloadParts(EntryId id, qint64 begin, qint64 end) const
{
    QByteArray bytes;
    SqliteBlob blob;
    for (qint64 at = begin; at < end;) {
        const qint64 part = at / CaptureSchema::PartSize;
        const qint64 offset = at % CaptureSchema::PartSize;
        const qint64 wanted = std::min(end - at, CaptureSchema::PartSize - offset);
        const Result<bool> found = blob.open(m_d->database, "payload", "data", CaptureSchema::partId(id.value(), part));
        if (!found)
            return found.error();
        if (!found.value() || blob.size() < offset + wanted)
            return m_d->damagedPayload(id);
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
    for (const Private::Query query : {Private::OneHeader, Private::Frames}) {
        const Result<SqliteStatement *> prepared = m_d->statement(query);
        if (!prepared)
            return prepared.error();
        SqliteStatement &statement = *prepared.value();
        const SqliteReset reset(statement);
        statement.bindNumber(1, id.value());
        if (query == Private::Frames)
            return EntryRow::readFrames(statement);
        const Result<bool> row = statement.step();
        if (!row)
            return row.error();
        if (!row.value())
            return m_d->noEntry(id);
        if (statement.number(0) <= 1)
            return EntryRow::oneFrame(statement.bytes(1));
    }
    return FrameHeaders();
}

Result<Findings> CaptureReader::findings(EntryId id) const
{
    const Result<SqliteStatement *> prepared = m_d->statement(Private::FindingsOf);
    if (!prepared)
        return prepared.error();
    SqliteStatement &statement = *prepared.value();
    const SqliteReset reset(statement);
    statement.bindNumber(1, id.value());
    return EntryRow::readFindings(statement);
}

Result<QList<ConnectionRecord>> CaptureReader::connections() const
{
    Result<QList<ConnectionRecord>> records = m_d->connectionsOf(Private::Connections);
    if (records && !isLive()) {
        for (ConnectionRecord &record : records.value())
            m_d->sayIfUnknown(record);
    }
    return records;
}

Result<QList<ConnectionRecord>> CaptureReader::connectionEnds() const
{
    return m_d->connectionsOf(Private::ConnectionEnds);
}

Result<QList<ConnectionRecord>> CaptureReader::Private::connectionsOf(Query query)
{
    const Result<SqliteStatement *> prepared = statement(query);
    if (!prepared)
        return prepared.error();
    SqliteStatement &rows = *prepared.value();
    const SqliteReset reset(rows);
    QList<ConnectionRecord> records;
    for (;;) {
        const Result<bool> row = rows.step();
        if (!row)
            return row.error();
        if (!row.value())
            return records;
        records.append(ConnectionRow::read(rows));
    }
}

Result<QStringList> CaptureReader::connectionUrls(int most) const
{
    const Result<SqliteStatement *> prepared = m_d->statement(Private::ConnectionUrls);
    if (!prepared)
        return prepared.error();
    SqliteStatement &rows = *prepared.value();
    const SqliteReset reset(rows);
    rows.bindNumber(1, most);
    QStringList urls;
    for (;;) {
        const Result<bool> row = rows.step();
        if (!row)
            return row.error();
        if (!row.value())
            return urls;
        urls.resize(rows.number(0));
        urls.last() = rows.text(1);
    }
}

Result<ConnectionRecord> CaptureReader::connection(ConnectionId id) const
{
    const Result<SqliteStatement *> prepared = m_d->statement(Private::OneConnection);
    if (!prepared)
        return prepared.error();
    SqliteStatement &statement = *prepared.value();
    const SqliteReset reset(statement);
    statement.bindNumber(1, id.value());
    const Result<bool> row = statement.step();
    if (!row)
        return row.error();
    if (!row.value())
        return m_d->noConnection(id);
    ConnectionRecord record = ConnectionRow::read(statement);
    if (!isLive())
        m_d->sayIfUnknown(record);
    return record;
}

Result<AnnotationMap> CaptureReader::annotations() const
{
    const Result<bool> some = m_d->hasAnnotations();
    if (!some)
        return some.error();
    if (!some.value())
        return AnnotationMap();
    const Result<SqliteStatement *> prepared = m_d->statement(Private::Annotations);
    if (!prepared)
        return prepared.error();
    const SqliteReset reset(*prepared.value());
    return AnnotationRow::readAll(*prepared.value());
}

Result<> CaptureReader::saveCopy(const QString &target, const CancelToken &cancel,
                                 const std::function<void(qint64, qint64)> &progress) const
{
    return CaptureFile::copy(m_d->database, target, cancel, progress);
}

} // namespace sockeye
