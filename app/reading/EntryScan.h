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
/// binds the range (parameters 1 and 2), steps to its end and resets. `nextId` finds the first id from its parameter
/// on: a file from elsewhere may claim ids that a scan would never get to by lots.
class EntryScan final
{
public:
    EntryScan(SqliteStatement &statement, SqliteStatement &nextId, EntryId first, EntryId last, qint64 lot)
        : m_statement(statement)
        , m_nextId(nextId)
        , m_next(first.value())
        , m_last(last.value())
        , m_lot(lot)
    {
    }

    [[nodiscard]] bool isAtEnd() const { return m_ended || m_next > m_last; }

    /// Calls `row` for each row of the next lot.
    template<typename Visit>
    [[nodiscard]] Result<> nextLot(Visit row)
    {
        const SqliteReset reset(m_statement);
        const qint64 end = m_last - m_next < m_lot ? m_last : m_next + m_lot - 1;
        m_statement.bindNumber(1, m_next);
        m_statement.bindNumber(2, end);
        // The last id there can be has none after it.
        m_ended = end == m_last;
        m_next = m_ended ? end : end + 1;
        for (bool isEmpty = true;; isEmpty = false) {
            const Result<bool> stepped = m_statement.step();
            if (!stepped)
                return stepped.error();
            if (!stepped.value())
                return isEmpty ? skip() : Result<>();
            row(m_statement);
        }
    }

private:
    /// To where there are entries again, after a lot without any that matched.
    [[nodiscard]] Result<> skip()
    {
        if (m_ended)
            return {};
        const SqliteReset reset(m_nextId);
        m_nextId.bindNumber(1, m_next);
        const Result<bool> stepped = m_nextId.step();
        if (!stepped)
            return stepped.error();
        m_ended = !stepped.value();
        m_next = m_ended ? m_next : m_nextId.number(0);
        return {};
    }

    SqliteStatement &m_statement;
    SqliteStatement &m_nextId;
    qint64 m_next;
    qint64 m_last;
    qint64 m_lot;
    bool m_ended = false;
};

} // namespace sockeye
