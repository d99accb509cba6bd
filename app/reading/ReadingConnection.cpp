#include "reading/ReadingConnection.h"

#include "capture/CaptureFile.h"
#include "capture/CaptureSchema.h"

#include <sqlite3.h>

namespace sockeye {

namespace {

/// Virtual machine steps between two looks at the cancel flag: well under a millisecond.
constexpr int StepsBetweenChecks = 10'000;

} // namespace

Result<std::unique_ptr<ReadingConnection>> ReadingConnection::open(const QString &path)
{
    Result<SqliteDatabase> database = CaptureFile::openForReading(path);
    if (!database)
        return database.error();
    std::unique_ptr<ReadingConnection> connection(new ReadingConnection(path, std::move(database).value()));
    Result<std::unique_ptr<PayloadFunctions>> functions = PayloadFunctions::install(connection->m_database);
    if (!functions)
        return functions.error();
    connection->m_functions = std::move(functions).value();
    return connection;
}

ReadingConnection::ReadingConnection(QString path, SqliteDatabase database)
    : m_path(std::move(path))
    , m_database(std::move(database))
{
}

ReadingConnection::~ReadingConnection()
{
    const bool wasLive = isLive();
    m_statements.clear();
    m_functions.reset();
    m_database.close();
    // A writer that finished while we were on the file could not close its form. If one is still on it, nothing
    // happens.
    if (wasLive)
        CaptureFile::closeForm(m_path);
}

bool ReadingConnection::isLive() const
{
    return CaptureFile::isLiveForm(m_database);
}

Result<> ReadingConnection::checkComplete() const
{
    return CaptureFile::checkComplete(m_database);
}

Result<SqliteStatement *> ReadingConnection::statement(const QByteArray &sql)
{
    if (const auto kept = m_statements.find(sql); kept != m_statements.end())
        return &kept->second;
    Result<SqliteStatement> prepared = m_database.prepare(sql, true);
    if (!prepared)
        return prepared.error();
    return &m_statements.emplace(sql, std::move(prepared).value()).first->second;
}

Result<EntryId> ReadingConnection::lastEntry()
{
    const Result<std::optional<qint64>> last =
        firstNumber(QByteArrayLiteral("SELECT max(id) FROM entry WHERE id <= ?"), numbers(CaptureSchema::MaxEntryId));
    return last ? Result<EntryId>(EntryId(last->value_or(0))) : last.error();
}

Result<bool> ReadingConnection::hasTable(const char *name)
{
    if (m_knownTables.contains(name))
        return true;
    const Result<QVariant> found =
        m_database.value("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '" + QByteArray(name) + '\'');
    if (!found)
        return found.error();
    if (found->isNull())
        return false;
    m_knownTables.append(name);
    return true;
}

void ReadingConnection::setCancel(const std::optional<CancelToken> &token)
{
    m_cancel = token;
    m_functions->setCancel(token);
    const auto isCancelled = [](void *self) { return static_cast<ReadingConnection *>(self)->isCancelled() ? 1 : 0; };
    sqlite3_progress_handler(m_database.handle(), token ? StepsBetweenChecks : 0, token ? +isCancelled : nullptr, this);
}

} // namespace sockeye
