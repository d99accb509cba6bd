#pragma once

#include "base/StrongId.h"
#include "capture/Sqlite.h"

namespace sockeye {

/// One read transaction around many small queries: without it SQLite takes and gives up the file's lock for each.
class ReadTransaction final
{
public:
    explicit ReadTransaction(const SqliteDatabase &database)
        : m_database(database)
        , m_begun(database.run("BEGIN").ok())
    {
    }
    ~ReadTransaction()
    {
        if (m_begun)
            static_cast<void>(m_database.run("COMMIT"));
    }
    ReadTransaction(const ReadTransaction &) = delete;
    ReadTransaction &operator=(const ReadTransaction &) = delete;

private:
    const SqliteDatabase &m_database;
    bool m_begun;
};

/// A scan over ids, lot by lot, so that a long one does not keep a live capture's WAL from being emptied: each lot
/// binds the range (parameters 1 and 2), steps to its end and resets.
class EntryScan final
{
public:
    EntryScan(SqliteStatement &statement, EntryId first, EntryId last, qint64 lot)
        : m_statement(statement)
        , m_next(first.value())
        , m_last(last.value())
        , m_lot(lot)
    {
    }

    [[nodiscard]] bool isAtEnd() const { return m_next > m_last; }

    /// Calls `row` for each row of the next lot.
    template<typename Visit>
    [[nodiscard]] Result<> nextLot(Visit row)
    {
        const SqliteReset reset(m_statement);
        const qint64 end = m_last - m_next < m_lot ? m_last : m_next + m_lot - 1;
        m_statement.bindNumber(1, m_next);
        m_statement.bindNumber(2, end);
        m_next = end + 1;
        for (;;) {
            const Result<bool> stepped = m_statement.step();
            if (!stepped)
                return stepped.error();
            if (!stepped.value())
                return {};
            row(m_statement);
        }
    }

private:
    SqliteStatement &m_statement;
    qint64 m_next;
    qint64 m_last;
    qint64 m_lot;
};

} // namespace sockeye
