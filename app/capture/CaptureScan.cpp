#include "capture/CaptureReader.h"
#include "capture/CaptureReaderPrivate.h"
#include "capture/EntryRow.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Entries looked at in one read transaction: a long export or filter must not keep a live capture's WAL from being
/// emptied.
constexpr qint64 VisitLot = 1000;
constexpr qint64 MatchLot = 65'536;
/// Ids handed over at a time.
constexpr qsizetype BatchSize = 4096;

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

/// A scan over ids, lot by lot: each lot binds the range, steps to its end and resets.
class Scan final
{
public:
    Scan(SqliteStatement &statement, EntryId first, EntryId last, qint64 lot)
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

} // namespace

Result<> CaptureReader::match(const EntryQuery &query, EntryId first, EntryId last, const CancelToken &cancel,
                              const std::function<void(const QList<EntryId> &)> &batch) const
{
    Result<SqliteStatement> statement = m_d->prepareScan("id", query);
    if (!statement)
        return statement.error();
    const Result<EntryId> end = lastEntry();
    if (!end)
        return end.error();
    const Private::Watch watch(*m_d, cancel);
    Scan scan(statement.value(), std::max(first, EntryId(1)), std::min(last, end.value()), MatchLot);
    QList<EntryId> ids;
    const auto handOver = [&] {
        if (!ids.isEmpty() && !cancel.isCancelled())
            batch(ids);
        ids.clear();
    };
    const auto take = [&](const SqliteStatement &row) {
        ids.append(EntryId(row.number(0)));
        if (ids.size() >= BatchSize)
            handOver();
    };
    while (!scan.isAtEnd() && !cancel.isCancelled()) {
        const Result<> done = scan.nextLot(take);
        if (cancel.isCancelled())
            return {};
        if (!done)
            return done;
        handOver();
    }
    return {};
}

Result<> CaptureReader::forEach(EntryId first, EntryId last, const EntryQuery &query,
                                const std::function<bool(const Entry &)> &visit) const
{
    Result<SqliteStatement> statement = m_d->prepareScan(EntryRow::columns(), query);
    if (!statement)
        return statement.error();
    const Result<EntryId> end = lastEntry();
    if (!end)
        return end.error();
    Scan scan(statement.value(), std::max(first, EntryId(1)), std::min(last, end.value()), VisitLot);
    while (!scan.isAtEnd()) {
        const ReadTransaction transaction(m_d->database);
        QList<Entry> lot;
        if (const Result<> done = scan.nextLot([&lot](const SqliteStatement &row) { lot.append(EntryRow::read(row)); });
            !done)
            return done;
        for (const Entry &entry : std::as_const(lot)) {
            if (!visit(entry))
                return {};
        }
    }
    return {};
}

} // namespace sockeye
