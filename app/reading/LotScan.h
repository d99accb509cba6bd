#pragma once

#include "base/StrongId.h"
#include "reading/ReadingConnection.h"

namespace sockeye {

/// Walks over ids lot by lot, so that a long scan does not keep a live capture's WAL from being emptied: for each lot
/// its range is bound to the parameters 1 and 2 of the statement, which then steps to its end and is reset.
class LotScan final
{
public:
    /// The statement and the connection outlive the scan.
    LotScan(ReadingConnection &connection, SqliteStatement &statement, EntryId first, EntryId last, qint64 lot)
        : m_connection(connection)
        , m_statement(statement)
        , m_next(first.value())
        , m_last(last.value())
        , m_lot(lot)
    {
    }

    [[nodiscard]] bool isAtEnd() const { return m_ended || m_next > m_last; }

    /// Calls `visit` for each row of the next lot.
    template<typename Visit>
    [[nodiscard]] Result<> nextLot(Visit visit)
    {
        const qint64 first = m_next;
        const qint64 end = m_last - m_next < m_lot ? m_last : m_next + m_lot - 1;
        // The last id there can be has none after it.
        m_ended = end == m_last;
        m_next = m_ended ? end : end + 1;
        bool isEmpty = true;
        const Result<> done = forEachRow(m_statement, numbers(first, end), [&](const SqliteStatement &row) {
            isEmpty = false;
            visit(row);
        });
        return done.ok() && isEmpty && !m_ended ? skipGap() : done;
    }

private:
    /// After a lot without a match, goes on where there are entries again: a file from elsewhere may claim ids that a
    /// scan would never get to by lots.
    [[nodiscard]] Result<> skipGap();

    ReadingConnection &m_connection;
    SqliteStatement &m_statement;
    qint64 m_next;
    qint64 m_last;
    qint64 m_lot;
    bool m_ended = false;
};

} // namespace sockeye
