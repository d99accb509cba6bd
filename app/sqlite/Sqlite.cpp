#include "sqlite/Sqlite.h"

#include <QCoreApplication>
#include <QDir>
#include <QUrl>

#include <mutex>

#include <sqlite3.h>

namespace sockeye {

namespace {

struct SqliteWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::Sqlite)

public:
    static QString sentence(int code, const QString &file)
    {
        switch (code & 0xff) {
        case SQLITE_FULL:
            return tr("There is no room left on the disk for %1. Free some space or choose another disk.").arg(file);
        case SQLITE_NOTADB:
            return tr("%1 is not a Sockeye capture. Choose a file that Sockeye recorded.").arg(file);
        case SQLITE_CORRUPT:
            return tr("%1 is damaged and cannot be read further. Use another copy of it if you have one.").arg(file);
        case SQLITE_CANTOPEN:
            return tr("%1 cannot be opened. Check that it exists and that you may use it and its folder.").arg(file);
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return tr("%1 cannot be written. Check your rights to the file and its folder, or choose another place.")
                .arg(file);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return tr("%1 is locked by another program. Close it there and try again.").arg(file);
        case SQLITE_IOERR:
            return tr("The disk failed to read or write %1. Check the disk, its room and its limits.").arg(file);
        case SQLITE_NOMEM:
            return tr("There is not enough memory to work with %1. Close other programs and try again.").arg(file);
        default:
            return tr("%1 cannot be used as a capture. Check the file, and please report this.").arg(file);
        }
    }

    static QString withSource(const QString &sentence, const QString &sqliteText)
    {
        return tr("%1 (SQLite: %2)").arg(sentence, sqliteText);
    }
};

QByteArray immutableUri(const QString &path)
{
    // Percent-encoded, for a path may hold '?', '#' and '%', which would end or alter a URI's path.
    return QUrl::fromLocalFile(path).toEncoded(QUrl::FullyEncoded) + "?immutable=1";
}

int openFlags(SqliteDatabase::Mode mode)
{
    switch (mode) {
    case SqliteDatabase::Mode::ReadOnly:
        return SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY;
    case SqliteDatabase::Mode::Immutable:
        return SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    case SqliteDatabase::Mode::ReadWrite:
        return SQLITE_OPEN_FULLMUTEX | SQLITE_OPEN_READWRITE;
    case SqliteDatabase::Mode::Create:
        break;
    }
    return SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

} // namespace

Error sqliteError(int code, const QString &path, const QString &sqliteText)
{
    const QString sentence = SqliteWords::sentence(code, QDir::toNativeSeparators(path));
    const QString source = QStringLiteral("%1, %2").arg(sqliteText).arg(code);
    return Error{SqliteWords::withSource(sentence, source)};
}

void SqliteStatement::Finalizer::operator()(sqlite3_stmt *statement) const
{
    sqlite3_finalize(statement);
}

int SqliteStatement::parameterCount() const
{
    return sqlite3_bind_parameter_count(m_statement.get());
}

void SqliteStatement::bindNumber(int parameter, qint64 value)
{
    m_bindResult |= sqlite3_bind_int64(m_statement.get(), parameter, value);
}

void SqliteStatement::bindBlob(int parameter, QByteArrayView bytes)
{
    // A null pointer would bind NULL, and an empty payload is not an absent one.
    const char *data = bytes.isEmpty() ? "" : bytes.data();
    m_bindResult |=
        sqlite3_bind_blob64(m_statement.get(), parameter, data, static_cast<quint64>(bytes.size()), SQLITE_STATIC);
}

void SqliteStatement::bindText(int parameter, QByteArrayView utf8)
{
    const char *data = utf8.isEmpty() ? "" : utf8.data();
    m_bindResult |= sqlite3_bind_text64(m_statement.get(), parameter, data, static_cast<quint64>(utf8.size()),
                                        SQLITE_STATIC, SQLITE_UTF8);
}

void SqliteStatement::bindNull(int parameter)
{
    m_bindResult |= sqlite3_bind_null(m_statement.get(), parameter);
}

void SqliteStatement::bindValue(int parameter, const QVariant &value)
{
    sqlite3_stmt *statement = m_statement.get();
    if (value.isNull()) {
        bindNull(parameter);
        return;
    }
    switch (value.typeId()) {
    case QMetaType::Double:
    case QMetaType::Float:
        m_bindResult |= sqlite3_bind_double(statement, parameter, value.toDouble());
        return;
    case QMetaType::QByteArray: {
        const QByteArray bytes = value.toByteArray();
        const char *data = bytes.isEmpty() ? "" : bytes.constData();
        m_bindResult |= sqlite3_bind_blob64(statement, parameter, data, static_cast<quint64>(bytes.size()),
                                            SQLITE_TRANSIENT); // NOLINT
        return;
    }
    case QMetaType::QString: {
        const QByteArray utf8 = value.toString().toUtf8();
        m_bindResult |= sqlite3_bind_text64(statement, parameter, utf8.constData(), static_cast<quint64>(utf8.size()),
                                            SQLITE_TRANSIENT, SQLITE_UTF8); // NOLINT
        return;
    }
    default:
        bindNumber(parameter, value.toLongLong());
    }
}

Result<bool> SqliteStatement::step()
{
    sqlite3_stmt *statement = m_statement.get();
    const int code = m_bindResult != SQLITE_OK ? m_bindResult : sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    return sqliteError(code, m_path, QString::fromUtf8(sqlite3_errmsg(sqlite3_db_handle(statement))));
}

Result<> SqliteStatement::run()
{
    return forEachRow(*this, numbers(), [](const SqliteStatement &) {});
}

void SqliteStatement::reset()
{
    m_bindResult = SQLITE_OK;
    sqlite3_reset(m_statement.get());
}

qint64 SqliteStatement::number(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

QByteArrayView SqliteStatement::bytes(int column) const
{
    const void *data = sqlite3_column_blob(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return data != nullptr ? QByteArrayView(static_cast<const char *>(data), size) : QByteArrayView();
}

QString SqliteStatement::text(int column) const
{
    return QString::fromUtf8(bytes(column));
}

bool SqliteStatement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

void SqliteDatabase::Closer::operator()(sqlite3 *handle) const
{
    // v2: a statement that outlives its connection keeps it alive instead of leaking it.
    sqlite3_close_v2(handle);
}

Result<SqliteDatabase> SqliteDatabase::open(const QString &path, Mode mode, const QString &shownAs)
{
    // Its statistics of memory take a lock at each allocation, which the writer and the readers would share. Possible
    // before SQLite's first use only; if somebody was first, it stays as it is.
    static std::once_flag configured;
    std::call_once(configured, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
    const QByteArray name = mode == Mode::Immutable ? immutableUri(path) : path.toUtf8();
    sqlite3 *handle = nullptr;
    const int code = sqlite3_open_v2(name.constData(), &handle, openFlags(mode) | SQLITE_OPEN_EXRESCODE, nullptr);
    SqliteDatabase database;
    database.m_handle.reset(handle);
    database.m_path = shownAs.isEmpty() ? path : shownAs;
    if (code != SQLITE_OK)
        return database.error(code);
    return database;
}

void SqliteDatabase::close()
{
    m_handle.reset();
}

Result<> SqliteDatabase::run(const char *sql) const
{
    const int code = sqlite3_exec(m_handle.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return error(code);
    return {};
}

Result<SqliteStatement> SqliteDatabase::prepare(const QByteArray &sql, bool persistent) const
{
    sqlite3_stmt *statement = nullptr;
    const unsigned flags = persistent ? SQLITE_PREPARE_PERSISTENT : 0U;
    const int code =
        sqlite3_prepare_v3(m_handle.get(), sql.constData(), static_cast<int>(sql.size()), flags, &statement, nullptr);
    if (code != SQLITE_OK)
        return error(code);
    return SqliteStatement(statement, m_path);
}

Result<QVariant> SqliteDatabase::value(const QByteArray &sql) const
{
    Result<SqliteStatement> statement = prepare(sql);
    if (!statement)
        return statement.error();
    QVariant value;
    const Result<bool> found = firstRow(statement.value(), numbers(), [&value](const SqliteStatement &row) {
        if (!row.isNull(0))
            value = row.text(0);
    });
    return found ? Result<QVariant>(value) : Result<QVariant>(found.error());
}

Error SqliteDatabase::error(int code) const
{
    const char *text = m_handle ? sqlite3_errmsg(m_handle.get()) : sqlite3_errstr(code);
    return sqliteError(code, m_path, QString::fromUtf8(text));
}

void SqliteDatabase::setBusyTimeout(int milliseconds) const
{
    sqlite3_busy_timeout(m_handle.get(), milliseconds);
}

namespace {

sqlite3_file *fileOf(sqlite3 *handle)
{
    sqlite3_file *file = nullptr;
    if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void *>(&file)) != SQLITE_OK)
        return nullptr;
    return file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

} // namespace

Result<qint64> SqliteDatabase::fileSize() const
{
    sqlite3_file *file = fileOf(m_handle.get());
    sqlite3_int64 size = 0;
    const int code = file != nullptr ? file->pMethods->xFileSize(file, &size) : SQLITE_CANTOPEN;
    if (code != SQLITE_OK)
        return sqliteError(code, m_path, QString::fromUtf8(sqlite3_errstr(code)));
    return qint64(size);
}

Result<QByteArray> SqliteDatabase::fileStart(int length) const
{
    const Result<qint64> size = fileSize();
    if (!size)
        return size.error();
    QByteArray bytes(static_cast<qsizetype>(qMin<qint64>(length, size.value())), '\0');
    if (bytes.isEmpty())
        return bytes;
    sqlite3_file *file = fileOf(m_handle.get());
    const int code = file->pMethods->xRead(file, bytes.data(), static_cast<int>(bytes.size()), 0);
    if (code != SQLITE_OK)
        return sqliteError(code, m_path, QString::fromUtf8(sqlite3_errstr(code)));
    return bytes;
}

bool SqliteDatabase::hasMoved() const
{
    int moved = 0;
    const int code = sqlite3_file_control(m_handle.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    return code == SQLITE_OK && moved != 0;
}

void SqliteBlob::Closer::operator()(sqlite3_blob *blob) const
{
    sqlite3_blob_close(blob);
}

Result<bool> SqliteBlob::open(const SqliteDatabase &database, const char *table, const char *column, qint64 row)
{
    m_database = &database;
    sqlite3_blob *blob = nullptr;
    const int code = sqlite3_blob_open(database.handle(), "main", table, column, row, 0, &blob);
    m_blob.reset(blob);
    // SQLITE_ERROR means no such row here: the table is known to exist.
    if (code == SQLITE_ERROR)
        return false;
    if (code != SQLITE_OK)
        return database.error(code);
    return true;
}

qint64 SqliteBlob::size() const
{
    return sqlite3_blob_bytes(m_blob.get());
}

Result<> SqliteBlob::read(char *to, qint64 offset, qint64 length) const
{
    const int code = sqlite3_blob_read(m_blob.get(), to, static_cast<int>(length), static_cast<int>(offset));
    if (code != SQLITE_OK)
        return m_database->error(code);
    return {};
}

QString sqliteVersion()
{
    return QString::fromLatin1(sqlite3_libversion());
}

} // namespace sockeye
