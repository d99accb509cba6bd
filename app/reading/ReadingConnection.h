#pragma once

#include "base/Job.h"
#include "base/StrongId.h"
#include "capture/PayloadFunctions.h"
#include "sqlite/Sqlite.h"

#include <QByteArrayList>

#include <optional>
#include <unordered_map>

namespace sockeye {

/// A capture opened for reading: the connection to its file with the functions over payloads, and the statements that
/// were prepared on it. What reads from the capture shares it, in one thread at a time. Whatever runs on it can be
/// interrupted (Cancelling).
class ReadingConnection final
{
public:
    /// Checks that the file is a capture and can be read. One that a crash left behind is recovered.
    [[nodiscard]] static Result<std::unique_ptr<ReadingConnection>> open(const QString &path);
    /// Brings a capture whose writer finished meanwhile into its closed form.
    ~ReadingConnection();
    ReadingConnection(const ReadingConnection &) = delete;
    ReadingConnection &operator=(const ReadingConnection &) = delete;

    [[nodiscard]] const SqliteDatabase &database() const { return m_database; }
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] OutsidePayloads &outsidePayloads() { return m_functions->outsidePayloads(); }
    /// The file is in its live form: somebody records into it, here or in another program.
    [[nodiscard]] bool isLive() const;
    [[nodiscard]] Result<> checkComplete() const;

    /// Prepared at its first use and kept.
    [[nodiscard]] Result<SqliteStatement *> statement(const QByteArray &sql);
    /// forEachRow() of Sqlite.h, with a statement that is kept.
    template<typename Bind, typename Visit>
    [[nodiscard]] Result<> forEachRow(const QByteArray &sql, Bind bind, Visit visit)
    {
        const Result<SqliteStatement *> prepared = statement(sql);
        return prepared ? sockeye::forEachRow(*prepared.value(), bind, visit) : Result<>(prepared.error());
    }
    /// Likewise for the first row alone. Whether there was one is the result.
    template<typename Bind, typename Visit>
    [[nodiscard]] Result<bool> firstRow(const QByteArray &sql, Bind bind, Visit visit)
    {
        const Result<SqliteStatement *> prepared = statement(sql);
        return prepared ? sockeye::firstRow(*prepared.value(), bind, visit) : Result<bool>(prepared.error());
    }
    /// The first column of the first row; none without a row, and for NULL.
    template<typename Bind>
    [[nodiscard]] Result<std::optional<qint64>> firstNumber(const QByteArray &sql, Bind bind)
    {
        std::optional<qint64> number;
        const Result<bool> found = firstRow(sql, bind, [&number](const SqliteStatement &row) {
            if (!row.isNull(0))
                number = row.number(0);
        });
        return found ? Result<std::optional<qint64>>(number) : found.error();
    }

    /// The last entry's id, which is the number of entries. O(log n).
    [[nodiscard]] Result<EntryId> lastEntry();
    /// The tables that came later than the format's first version may lack.
    [[nodiscard]] Result<bool> hasBuckets() { return hasTable("bucket"); }
    [[nodiscard]] Result<bool> hasAnnotations() { return hasTable("annotation"); }
    [[nodiscard]] Result<bool> hasProxySteps() { return hasTable("proxy_step"); }

    /// For a scope: what message_matches() of PayloadFunctions asks.
    class AskingMessages final
    {
    public:
        /// The terms outlive it; null for none.
        AskingMessages(ReadingConnection &connection, filter::MessageTerms *terms)
            : m_connection(connection)
            , m_former(connection.m_functions->setMessageTerms(terms))
        {
        }
        // A scan may run while another one passes an entry.
        ~AskingMessages() { m_connection.m_functions->setMessageTerms(m_former); }
        AskingMessages(const AskingMessages &) = delete;
        AskingMessages &operator=(const AskingMessages &) = delete;

    private:
        ReadingConnection &m_connection;
        filter::MessageTerms *m_former;
    };

    /// For a scope: whatever runs on the connection is interrupted when the token is cancelled.
    class Cancelling final
    {
    public:
        Cancelling(ReadingConnection &connection, const CancelToken &token)
            : m_connection(connection)
        {
            m_connection.setCancel(token);
        }
        ~Cancelling() { m_connection.setCancel(std::nullopt); }
        Cancelling(const Cancelling &) = delete;
        Cancelling &operator=(const Cancelling &) = delete;

    private:
        ReadingConnection &m_connection;
    };
    [[nodiscard]] bool isCancelled() const { return m_cancel && m_cancel->isCancelled(); }

private:
    ReadingConnection(QString path, SqliteDatabase database);
    [[nodiscard]] Result<bool> hasTable(const char *name);
    void setCancel(const std::optional<CancelToken> &token);

    const QString m_path;
    // In this order: the statements go before what they use.
    SqliteDatabase m_database;
    std::unique_ptr<PayloadFunctions> m_functions;
    std::unordered_map<QByteArray, SqliteStatement> m_statements;
    std::optional<CancelToken> m_cancel;
    /// The tables that hasTable() has found. One that is missing may come later.
    QByteArrayList m_knownTables;
};

} // namespace sockeye
