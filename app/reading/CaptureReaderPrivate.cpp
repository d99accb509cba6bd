#include "reading/CaptureReaderPrivate.h"

#include "capture/AnnotationRow.h"
#include "capture/CaptureSchema.h"
#include "capture/ConnectionRow.h"
#include "capture/EntryRow.h"

#include <QCoreApplication>
#include <QDir>

#include <sqlite3.h>

namespace sockeye {

namespace {

/// Virtual machine steps between two looks at the cancel flag: well under a millisecond.
constexpr int StepsBetweenChecks = 10'000;

struct Words
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
    static Error badQuery(const QString &path)
    {
        return Error{tr("The filter cannot be applied to %1: the number of its values is wrong. Please report this.")
                         .arg(QDir::toNativeSeparators(path))};
    }
};

QByteArray selectEntries(const QByteArray &columns, const EntryQuery &query)
{
    QByteArray sql = "SELECT " + columns + " FROM entry WHERE id BETWEEN ? AND ?";
    if (!query.where.isEmpty())
        sql += " AND (" + query.where.toUtf8() + ')';
    return sql + " ORDER BY id";
}

} // namespace

CaptureReader::Private::~Private() = default;

QByteArray CaptureReader::Private::sql(Query query)
{
    static const QByteArray maxId = QByteArray::number(CaptureSchema::MaxEntryId);
    switch (query) {
    case LastEntry:
        return "SELECT max(id) FROM entry WHERE id <= " + maxId;
    case Entries:
        return "SELECT " + EntryRow::columns() + " FROM entry WHERE id >= ? AND id <= " + maxId +
               " ORDER BY id LIMIT ?";
    case Size:
        return "SELECT size, head FROM entry WHERE id = ?";
    case Frames:
        return "SELECT header FROM frame WHERE entry = ? ORDER BY seq";
    case OneHeader:
        return "SELECT frame_count, header FROM entry WHERE id = ?";
    case FindingsOf:
        return "SELECT severity, rule, section, text, byte_offset, fail_with FROM finding WHERE entry = ? ORDER BY seq";
    case Connections:
        return ConnectionRow::selectSql() + " ORDER BY id";
    case ConnectionEnds:
        return ConnectionRow::selectEndsSql() + " ORDER BY id";
    case ConnectionUrls:
        return "SELECT id, url FROM connection WHERE id BETWEEN 1 AND ? ORDER BY id";
    case OneConnection:
        return ConnectionRow::selectSql() + " WHERE id = ?";
    case Annotations:
        return AnnotationRow::selectSql();
    case FirstTime:
        return "SELECT first_ns FROM bucket ORDER BY second LIMIT 1";
    case LastTime:
        return "SELECT last_ns FROM bucket ORDER BY second DESC LIMIT 1";
    case FirstEntryTime:
        return "SELECT time_ns FROM entry ORDER BY id LIMIT 1";
    case LastEntryTime:
        return "SELECT time_ns FROM entry ORDER BY id DESC LIMIT 1";
    case TimeOf:
        return "SELECT time_ns FROM entry WHERE id = ?";
    case Seconds:
        return "SELECT second, in_count, in_bytes, out_count, out_bytes, first_entry, last_entry FROM bucket "
               "WHERE second BETWEEN ? AND ? ORDER BY second";
    case IdsOfSeconds:
        return "SELECT min(first_entry), max(last_entry) FROM bucket WHERE second BETWEEN ? AND ?";
    case FirstNotBefore:
        return "SELECT id FROM entry WHERE id BETWEEN ? AND ? AND time_ns >= ? ORDER BY id LIMIT 1";
    case Times:
        return "SELECT id, time_ns, direction, kind, wire_size FROM entry WHERE id BETWEEN ? AND ? AND time_ns >= ? "
               "AND time_ns < ? ORDER BY id";
    case NextId:
        return "SELECT id FROM entry WHERE id >= ? AND id <= " + maxId + " ORDER BY id LIMIT 1";
    case FindingsFrom:
        return "SELECT entry, severity FROM finding WHERE entry BETWEEN ? AND ? ORDER BY entry";
    case Sizes:
        return "SELECT id, time_ns, size, wire_size FROM entry WHERE id BETWEEN ? AND ? ORDER BY id";
    case QueryCount:
        break;
    }
    return {};
}

Result<SqliteStatement *> CaptureReader::Private::statement(Query query)
{
    SqliteStatement &statement = statements[query];
    if (!statement.isPrepared()) {
        Result<SqliteStatement> prepared = database.prepare(sql(query), true);
        if (!prepared)
            return prepared.error();
        statement = std::move(prepared).value();
    }
    return &statement;
}

Result<bool> CaptureReader::Private::hasTable(const char *name)
{
    if (knownTables.contains(name))
        return true;
    const Result<QVariant> found =
        database.value("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '" + QByteArray(name) + '\'');
    if (!found)
        return found.error();
    if (found->isNull())
        return false;
    knownTables.append(name);
    return true;
}

Result<std::optional<qint64>> CaptureReader::Private::oneNumber(Query query)
{
    const Result<SqliteStatement *> prepared = statement(query);
    if (!prepared)
        return prepared.error();
    SqliteStatement &row = *prepared.value();
    const SqliteReset reset(row);
    const Result<bool> stepped = row.step();
    if (!stepped)
        return stepped.error();
    return stepped.value() && !row.isNull(0) ? std::optional(row.number(0)) : std::nullopt;
}

Result<SqliteStatement> CaptureReader::Private::prepareScan(const QByteArray &columns, const EntryQuery &query)
{
    QByteArray sql = selectEntries(columns, query);
    if (query.usesAnnotations) {
        const Result<bool> annotated = hasAnnotations();
        if (!annotated)
            return annotated.error();
        // Nothing is annotated then, which is no error in the condition.
        if (!annotated.value())
            sql.prepend("WITH annotation(entry, bookmark, colour, note) AS (SELECT 0, 0, 0, '' WHERE 0) ");
    }
    Result<SqliteStatement> statement = database.prepare(sql);
    if (!statement)
        return statement;
    if (statement->parameterCount() != query.values.size() + 2)
        return Words::badQuery(database.path());
    for (int i = 0; i < query.values.size(); ++i)
        statement->bindValue(i + 3, query.values[i]);
    return statement;
}

void CaptureReader::Private::watch(const std::optional<CancelToken> &token)
{
    cancel = token;
    functions->setCancel(token);
    const auto isCancelled = [](void *self) { return static_cast<Private *>(self)->isCancelled() ? 1 : 0; };
    sqlite3_progress_handler(database.handle(), token ? StepsBetweenChecks : 0, token ? +isCancelled : nullptr, this);
}

void CaptureReader::Private::sayIfUnknown(ConnectionRecord &record)
{
    if (!record.hasEnded() && record.endText.isEmpty())
        record.endText = Words::unknownEnd();
}

Error CaptureReader::Private::noEntry(EntryId id) const
{
    return Words::noEntry(database.path(), id);
}

Error CaptureReader::Private::noConnection(ConnectionId id) const
{
    return Words::noConnection(database.path(), id);
}

Error CaptureReader::Private::damagedPayload(EntryId id) const
{
    return Words::damagedPayload(database.path(), id);
}

} // namespace sockeye
