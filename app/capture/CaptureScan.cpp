#include "capture/CaptureReader.h"
#include "capture/CaptureReaderPrivate.h"
#include "capture/EntryRow.h"
#include "capture/EntryScan.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Entries looked at in one read transaction: a long export or filter must not keep a live capture's WAL from being
/// emptied.
constexpr qint64 VisitLot = 1000;
constexpr qint64 MatchLot = 65'536;
/// Ids handed over at a time.
constexpr qsizetype BatchSize = 4096;

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
    EntryScan scan(statement.value(), std::max(first, EntryId(1)), std::min(last, end.value()), MatchLot);
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
    EntryScan scan(statement.value(), std::max(first, EntryId(1)), std::min(last, end.value()), VisitLot);
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
