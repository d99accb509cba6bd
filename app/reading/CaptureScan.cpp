// The part of CaptureReader that walks over entries.
#include "reading/CaptureReader.h"
#include "reading/CaptureReaderPrivate.h"
#include "capture/CaptureSchema.h"
#include "capture/EntryRow.h"
#include "reading/EntryScan.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Entries looked at in one read transaction: a long export or filter must not keep a live capture's WAL from being
/// emptied.
constexpr qint64 VisitLot = 1000;
constexpr qint64 MatchLot = 65'536;
/// Ids handed over at a time.
constexpr qsizetype BatchSize = 4096;

/// The columns that tell noise, and where they stand.
constexpr char NoiseColumns[] = "id, kind, direction, size, head";

NoiseMarks marksOf(const SqliteStatement &row)
{
    return {static_cast<EntryKind>(row.number(1)), static_cast<Direction>(row.number(2)), row.number(3), row.bytes(4)};
}

NoiseMarks marksOf(const Entry &entry)
{
    return {entry.kind, entry.direction, entry.size, entry.head};
}

/// A file from elsewhere may claim any size, and whoever adds them up must not overflow.
qint64 sizeFrom(qint64 claimed)
{
    return std::clamp<qint64>(claimed, 0, CaptureSchema::MaxPayload);
}

/// Gathers matches and hands them over.
class Gatherer final
{
public:
    Gatherer(const CancelToken &cancel, const std::function<void(const Matches &)> &batch)
        : m_cancel(cancel)
        , m_batch(batch)
    {
    }

    void add(EntryId id)
    {
        m_matches.ids.append(id);
        if (m_matches.ids.size() >= BatchSize)
            handOver();
    }
    void hide() { ++m_matches.hidden; }

    void handOver()
    {
        if ((!m_matches.ids.isEmpty() || m_matches.hidden > 0) && !m_cancel.isCancelled())
            m_batch(m_matches);
        m_matches.ids.clear();
        m_matches.hidden = 0;
    }

private:
    const CancelToken &m_cancel;
    const std::function<void(const Matches &)> &m_batch;
    Matches m_matches;
};

} // namespace

Result<CaptureReader::Private::IdRange> CaptureReader::Private::scanRange(EntryId first, EntryId last,
                                                                          const EntryQuery &query)
{
    const Result<std::optional<qint64>> end = oneNumber(LastEntry);
    if (!end)
        return end.error();
    IdRange range(std::max(first, EntryId(1)), std::min(last, EntryId(end->value_or(0))));
    // Narrowing costs as much as the session has seconds: not for what is looked through as fast, such as the newest
    // entries of a live capture.
    const bool isShort = !query.where.isEmpty() && range.second - range.first < MatchLot;
    if ((!query.notBefore && !query.notAfter) || isShort)
        return range;
    const Result<IdRange> inTime =
        idsBetween(toNs(query.notBefore.value_or(Timestamp::min())), toNs(query.notAfter.value_or(Timestamp::max())));
    if (!inTime)
        return inTime.error();
    return IdRange(std::max(range.first, inTime->first), std::min(range.second, inTime->second));
}

Noise CaptureReader::Private::noiseFor(const EntryQuery &query, EntryId first)
{
    if (!query.withoutRepeats || !scanned || scanned->next != first || scanned->query != query)
        return Noise(query);
    return std::move(scanned->noise);
}

void CaptureReader::Private::remember(const EntryQuery &query, Noise &&noise, EntryId next)
{
    if (query.withoutRepeats)
        scanned = Scanned{query, std::move(noise), next};
    else
        scanned.reset();
}

Result<> CaptureReader::match(const EntryQuery &query, EntryId first, EntryId last, const CancelToken &cancel,
                              const std::function<void(const Matches &)> &batch) const
{
    Noise noise = m_d->noiseFor(query, first);
    Result<SqliteStatement> statement = m_d->prepareScan(noise.isActive() ? NoiseColumns : "id", query);
    if (!statement)
        return statement.error();
    const Result<Private::IdRange> range = m_d->scanRange(first, last, query);
    if (!range)
        return range.error();
    const Result<SqliteStatement *> nextId = m_d->statement(Private::NextId);
    if (!nextId)
        return nextId.error();
    const Private::Watch watch(*m_d, cancel);
    EntryScan scan(statement.value(), *nextId.value(), range->first, range->second, MatchLot);
    Gatherer gatherer(cancel, batch);
    const auto take = [&](const SqliteStatement &row) {
        if (noise.isActive() && noise.takes(marksOf(row)))
            gatherer.hide();
        else
            gatherer.add(EntryId(row.number(0)));
    };
    while (!scan.isAtEnd() && !cancel.isCancelled()) {
        const Result<> done = scan.nextLot(take);
        if (cancel.isCancelled())
            return {};
        if (!done)
            return done;
        gatherer.handOver();
    }
    // "To the end" may be said with the greatest of all numbers.
    m_d->remember(query, std::move(noise), std::min(last, EntryId(CaptureSchema::MaxEntryId)) + 1);
    return {};
}

Result<> CaptureReader::forEach(EntryId first, EntryId last, const EntryQuery &query,
                                const std::function<bool(const Entry &)> &visit) const
{
    Result<SqliteStatement> statement = m_d->prepareScan(EntryRow::columns(), query);
    if (!statement)
        return statement.error();
    const Result<Private::IdRange> range = m_d->scanRange(first, last, query);
    if (!range)
        return range.error();
    const Result<SqliteStatement *> nextId = m_d->statement(Private::NextId);
    if (!nextId)
        return nextId.error();
    Noise noise(query);
    EntryScan scan(statement.value(), *nextId.value(), range->first, range->second, VisitLot);
    while (!scan.isAtEnd()) {
        const ReadTransaction transaction(m_d->database);
        QList<Entry> lot;
        const auto take = [&lot](const SqliteStatement &row) { lot.append(EntryRow::read(row)); };
        if (const Result<> done = scan.nextLot(take); !done)
            return done;
        for (const Entry &entry : std::as_const(lot)) {
            if (noise.isActive() && noise.takes(marksOf(entry)))
                continue;
            if (!visit(entry))
                return {};
        }
    }
    return {};
}

Result<> CaptureReader::forEachSize(EntryId first, EntryId last, const CancelToken &cancel,
                                    const std::function<void(const EntrySize &)> &visit) const
{
    const Result<SqliteStatement *> statement = m_d->statement(Private::Sizes);
    if (!statement)
        return statement.error();
    const Result<SqliteStatement *> nextId = m_d->statement(Private::NextId);
    if (!nextId)
        return nextId.error();
    const Private::Watch watch(*m_d, cancel);
    EntryScan scan(*statement.value(), *nextId.value(), first, last, MatchLot);
    while (!scan.isAtEnd() && !cancel.isCancelled()) {
        const Result<> done = scan.nextLot([&visit](const SqliteStatement &row) {
            visit({EntryId(row.number(0)), CaptureSchema::timeFrom(row.number(1)), sizeFrom(row.number(2)),
                   sizeFrom(row.number(3))});
        });
        if (cancel.isCancelled())
            return {};
        if (!done)
            return done;
    }
    return {};
}

} // namespace sockeye
