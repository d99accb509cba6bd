#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QVariant>

#include <memory>
#include <type_traits>

struct sqlite3;
struct sqlite3_blob;
struct sqlite3_stmt;

namespace sockeye {

/// A failure of SQLite in words for people: the file, what happened, what to do, and SQLite's own text. `code` is the
/// extended result code.
[[nodiscard]] Error sqliteError(int code, const QString &path, const QString &sqliteText);

/// The version of the SQLite that was loaded.
[[nodiscard]] QString sqliteVersion();

/// A prepared statement. Parameters and columns are counted as SQLite does: from 1 and from 0.
class SqliteStatement final
{
public:
    SqliteStatement() = default;
    SqliteStatement(sqlite3_stmt *statement, QString path)
        : m_statement(statement)
        , m_path(std::move(path))
    {
    }

    [[nodiscard]] bool isPrepared() const { return m_statement != nullptr; }
    [[nodiscard]] int parameterCount() const;

    // Binding copies nothing: blobs and texts must live until the statement has run. A failure to bind comes out of
    // step().
    void bindNumber(int parameter, qint64 value);
    void bindBlob(int parameter, QByteArrayView bytes);
    void bindText(int parameter, QByteArrayView utf8);
    void bindNull(int parameter);
    /// Copies the value.
    void bindValue(int parameter, const QVariant &value);

    /// True when there is a row to read.
    [[nodiscard]] Result<bool> step();
    /// Steps to the end and resets.
    [[nodiscard]] Result<> run();
    /// Ends the read, so that it holds no lock on the file; bindings stay.
    void reset();

    // Of the current row. Views are valid until the next step or reset.
    [[nodiscard]] qint64 number(int column) const;
    [[nodiscard]] QByteArrayView bytes(int column) const;
    [[nodiscard]] QByteArray blob(int column) const { return bytes(column).toByteArray(); }
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] bool isNull(int column) const;

private:
    struct Finalizer
    {
        void operator()(sqlite3_stmt *statement) const;
    };

    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    QString m_path;
    int m_bindResult = 0;
};

/// Resets the statement at the end of a scope, so that no early return leaves a read open.
class SqliteReset final
{
public:
    explicit SqliteReset(SqliteStatement &statement)
        : m_statement(statement)
    {
    }
    ~SqliteReset() { m_statement.reset(); }
    SqliteReset(const SqliteReset &) = delete;
    SqliteReset &operator=(const SqliteReset &) = delete;

private:
    SqliteStatement &m_statement;
};

/// For forEachRow(): binds these numbers to the statement's first parameters, in their order.
template<typename... Numbers>
[[nodiscard]] auto numbers(Numbers... values)
{
    return [values...]([[maybe_unused]] SqliteStatement &statement) {
        [[maybe_unused]] int parameter = 0;
        (statement.bindNumber(++parameter, values), ...);
    };
}

/// Runs a statement: `bind(statement)` sets its parameters, and `visit(row)` is called for each row. A `visit` that
/// returns bool ends the statement early by returning false. The statement is reset in any case.
template<typename Bind, typename Visit>
[[nodiscard]] Result<> forEachRow(SqliteStatement &statement, Bind bind, Visit visit)
{
    const SqliteReset reset(statement);
    bind(statement);
    const SqliteStatement &current = statement;
    for (;;) {
        const Result<bool> row = statement.step();
        if (!row)
            return row.error();
        if (!row.value())
            return {};
        if constexpr (std::is_same_v<decltype(visit(current)), bool>) {
            if (!visit(current))
                return {};
        } else {
            visit(current);
        }
    }
}

/// Likewise for the first row alone. Whether there was one is the result.
template<typename Bind, typename Visit>
[[nodiscard]] Result<bool> firstRow(SqliteStatement &statement, Bind bind, Visit visit)
{
    bool found = false;
    const Result<> done = forEachRow(statement, bind, [&](const SqliteStatement &row) {
        found = true;
        visit(row);
        return false;
    });
    return done ? Result<bool>(found) : Result<bool>(done.error());
}

/// One connection to a database file, used in one thread at a time: without SQLite's mutexes, which would be a tenth of
/// what a scan costs. One made by Mode::ReadWrite has them.
class SqliteDatabase final
{
public:
    enum class Mode : quint8 {
        ReadOnly,
        Immutable, ///< as on read-only media: neither locks nor files beside it
        ReadWrite,
        Create ///< to write as fast as can be: without SQLite's mutexes
    };

    SqliteDatabase() = default;
    /// Opens without reading; the path is a file name and never a URI. Errors name the file as `shownAs` if that is
    /// given.
    [[nodiscard]] static Result<SqliteDatabase> open(const QString &path, Mode mode, const QString &shownAs = {});

    [[nodiscard]] bool isOpen() const { return m_handle != nullptr; }
    /// The path as errors name it.
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] sqlite3 *handle() const { return m_handle.get(); }
    void close();

    [[nodiscard]] Result<> run(const char *sql) const;
    /// `persistent` for a statement that is kept and used often.
    [[nodiscard]] Result<SqliteStatement> prepare(const QByteArray &sql, bool persistent = false) const;
    /// The first column of the first row, e.g. of a pragma.
    [[nodiscard]] Result<QVariant> value(const QByteArray &sql) const;
    [[nodiscard]] Error error(int code) const;
    /// How long to wait for another connection's lock before giving up.
    void setBusyTimeout(int milliseconds) const;

    // The file itself through SQLite's own descriptor. Opening the file a second time and closing it again would drop
    // the locks that every connection of this process holds on it (POSIX advisory locks belong to the process).
    [[nodiscard]] Result<qint64> fileSize() const;
    /// Up to `length` bytes from the start of the file.
    [[nodiscard]] Result<QByteArray> fileStart(int length) const;
    /// Whether the file was deleted, renamed or replaced since it was opened.
    [[nodiscard]] bool hasMoved() const;

private:
    struct Closer
    {
        void operator()(sqlite3 *handle) const;
    };

    std::unique_ptr<sqlite3, Closer> m_handle;
    QString m_path;
};

/// Reads ranges of one blob without loading what is around them.
class SqliteBlob final
{
public:
    /// False if there is no such row.
    [[nodiscard]] Result<bool> open(const SqliteDatabase &database, const char *table, const char *column, qint64 row);
    [[nodiscard]] qint64 size() const;
    [[nodiscard]] Result<> read(char *to, qint64 offset, qint64 length) const;

private:
    struct Closer
    {
        void operator()(sqlite3_blob *blob) const;
    };

    std::unique_ptr<sqlite3_blob, Closer> m_blob;
    const SqliteDatabase *m_database = nullptr;
};

} // namespace sockeye
