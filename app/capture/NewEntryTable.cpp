#include "capture/NewEntryTable.h"

#include "capture/CaptureSchema.h"
#include "sqlite/Sqlite.h"

#include <algorithm>

#include <sqlite3.h>

namespace sockeye {

namespace {

constexpr char Declaration[] = "CREATE TABLE new_entry(id, connection, time_ns, direction, kind, event, flags, size, "
                               "wire_size, frame_count, finding_count, severity, latency_ns, header, head)";

/// What SQLite keeps of the table while the connection lasts.
struct Table : sqlite3_vtab
{
    const NewEntryTable *source = nullptr;
};

struct Cursor : sqlite3_vtab_cursor
{
    size_t row = 0;
};

const NewEntryTable &sourceOf(const sqlite3_vtab_cursor *cursor)
{
    return *static_cast<const Table *>(cursor->pVtab)->source;
}

qint64 flagsOf(const NewEntry &entry)
{
    return (entry.compressed ? CaptureSchema::Compressed : 0) | (entry.complete ? 0 : CaptureSchema::Incomplete);
}

qint64 severityOf(const Findings &findings)
{
    qint64 severity = 0;
    for (const Finding &finding : findings)
        severity = std::max(severity, qint64(finding.severity));
    return severity;
}

void setBlob(sqlite3_context *result, QByteArrayView bytes)
{
    // A null pointer would be NULL, and an empty payload is not an absent one.
    const char *data = bytes.isEmpty() ? "" : bytes.data();
    sqlite3_result_blob64(result, data, static_cast<quint64>(bytes.size()), SQLITE_STATIC);
}

void setColumn(sqlite3_context *result, EntryId id, const NewEntry &entry, int column)
{
    switch (column) {
    case 0:
        return sqlite3_result_int64(result, id.value());
    case 1:
        return sqlite3_result_int64(result, entry.connection.value());
    case 2:
        return sqlite3_result_int64(result, toNs(entry.time));
    case 3:
        return sqlite3_result_int64(result, qint64(entry.direction));
    case 4:
        return sqlite3_result_int64(result, qint64(entry.kind));
    case 5:
        return sqlite3_result_int64(result, qint64(entry.event));
    case 6:
        return sqlite3_result_int64(result, flagsOf(entry));
    case 7:
        return sqlite3_result_int64(result, entry.payload.size());
    case 8:
        return sqlite3_result_int64(result, entry.wireSize);
    case 9:
        return sqlite3_result_int64(result, entry.frames.size());
    case 10:
        return sqlite3_result_int64(result, entry.findings.size());
    case 11:
        return sqlite3_result_int64(result, severityOf(entry.findings));
    case 12:
        if (entry.latency.count() >= 0)
            sqlite3_result_int64(result, entry.latency.count());
        return;
    case 13:
        if (entry.frames.size() == 1)
            setBlob(result, entry.frames.front().view());
        return;
    default:
        setBlob(result, QByteArrayView(entry.payload).first(std::min(entry.payload.size(), Entry::HeadSize)));
    }
}

int connectTable(sqlite3 *database, void *source, int, const char *const *, sqlite3_vtab **table, char **)
{
    if (const int code = sqlite3_declare_vtab(database, Declaration); code != SQLITE_OK)
        return code;
    auto *made = new Table{};
    made->source = static_cast<const NewEntryTable *>(source);
    *table = made;
    return SQLITE_OK;
}

int disconnectTable(sqlite3_vtab *table)
{
    delete static_cast<Table *>(table);
    return SQLITE_OK;
}

int planScan(sqlite3_vtab *, sqlite3_index_info *)
{
    return SQLITE_OK;
}

int openCursor(sqlite3_vtab *, sqlite3_vtab_cursor **cursor)
{
    *cursor = new Cursor{};
    return SQLITE_OK;
}

int closeCursor(sqlite3_vtab_cursor *cursor)
{
    delete static_cast<Cursor *>(cursor);
    return SQLITE_OK;
}

int beginScan(sqlite3_vtab_cursor *cursor, int, const char *, int, sqlite3_value **)
{
    static_cast<Cursor *>(cursor)->row = 0;
    return SQLITE_OK;
}

int nextRow(sqlite3_vtab_cursor *cursor)
{
    ++static_cast<Cursor *>(cursor)->row;
    return SQLITE_OK;
}

int isAtEnd(sqlite3_vtab_cursor *cursor)
{
    return static_cast<Cursor *>(cursor)->row >= sourceOf(cursor).entries().size() ? 1 : 0;
}

EntryId idAt(const sqlite3_vtab_cursor *cursor)
{
    const auto row = static_cast<qint64>(static_cast<const Cursor *>(cursor)->row);
    return EntryId(sourceOf(cursor).firstId().value() + row);
}

int readColumn(sqlite3_vtab_cursor *cursor, sqlite3_context *result, int column)
{
    setColumn(result, idAt(cursor), sourceOf(cursor).entries()[static_cast<Cursor *>(cursor)->row], column);
    return SQLITE_OK;
}

int readRowId(sqlite3_vtab_cursor *cursor, sqlite3_int64 *id)
{
    *id = idAt(cursor).value();
    return SQLITE_OK;
}

/// Without xCreate, the table is there under the module's name.
constexpr sqlite3_module eponymousModule()
{
    sqlite3_module module{};
    module.xConnect = connectTable;
    module.xBestIndex = planScan;
    module.xDisconnect = disconnectTable;
    module.xOpen = openCursor;
    module.xClose = closeCursor;
    module.xFilter = beginScan;
    module.xNext = nextRow;
    module.xEof = isAtEnd;
    module.xColumn = readColumn;
    module.xRowid = readRowId;
    return module;
}

constexpr sqlite3_module tableModule = eponymousModule();

} // namespace

Result<> NewEntryTable::addTo(const SqliteDatabase &database)
{
    const int code = sqlite3_create_module(database.handle(), "new_entry", &tableModule, this);
    return code == SQLITE_OK ? Result<>() : Result<>(database.error(code));
}

} // namespace sockeye
