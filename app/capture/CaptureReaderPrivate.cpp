#include "capture/CaptureReaderPrivate.h"

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
    static Error badQuery(const QString &path)
    {
        return Error{tr("The filter cannot be applied to %1: the number of its values is wrong. Please report this.")
                         .arg(QDir::toNativeSeparators(path))};
    }
};

QByteArray selectEntries(const QByteArray &columns, const EntryQuery &query)
{
    QByteArray sql = "SELECT " + columns + " FROM entry WHERE id BETWEEN ? AND ?";
    if (!query.matchesAll())
        sql += " AND (" + query.where.toUtf8() + ')';
    return sql + " ORDER BY id";
}

} // namespace

CaptureReader::Private::~Private() = default;

QByteArray CaptureReader::Private::sql(Query query)
{
    switch (query) {
    case LastEntry:
        return "SELECT max(id) FROM entry";
    case Entries:
        return "SELECT " + EntryRow::columns() + " FROM entry WHERE id >= ? ORDER BY id LIMIT ?";
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
    case OneConnection:
        return ConnectionRow::selectSql() + " WHERE id = ?";
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

Result<SqliteStatement> CaptureReader::Private::prepareScan(const QByteArray &columns, const EntryQuery &query) const
{
    Result<SqliteStatement> statement = database.prepare(selectEntries(columns, query));
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
    containsText->setCancel(token);
    const auto isCancelled = [](void *self) { return static_cast<Private *>(self)->isCancelled() ? 1 : 0; };
    sqlite3_progress_handler(database.handle(), token ? StepsBetweenChecks : 0, token ? +isCancelled : nullptr, this);
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
