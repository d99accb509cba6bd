#include "reading/EntryScanner.h"

#include "capture/CaptureSchema.h"
#include "capture/EntryRow.h"
#include "capture/QuerySql.h"
#include "reading/LotScan.h"
#include "reading/ReadTransaction.h"
#include "reading/ReadingConnection.h"
#include "reading/TimelineReader.h"

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

QByteArray scanSql(const QByteArray &columns, const QString &where)
{
    QByteArray sql = "SELECT " + columns + " FROM entry WHERE id BETWEEN ? AND ?";
    if (!where.isEmpty())
        sql += " AND (" + where.toUtf8() + ')';
    return sql + " ORDER BY id";
}

/// Gathers matches and hands them over.
class MatchBatch final
{
public:
    MatchBatch(const CancelToken &cancel, const std::function<void(const Matches &)> &batch)
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

EntryScanner::EntryScanner(ReadingConnection &connection, const TimelineReader &timeline, const CaptureReader &capture)
    : m_connection(connection)
    , m_timeline(timeline)
    , m_capture(capture)
{
}

std::unique_ptr<filter::MessageTerms> EntryScanner::messageTerms(const EntryQuery &query) const
{
    const QList<filter::Term> terms = query.condition.messageTerms();
    return terms.isEmpty() || !query.decoding ? nullptr : query.decoding->over(m_capture, terms);
}

Result<SqliteStatement> EntryScanner::prepare(const QByteArray &columns, const EntryQuery &query) const
{
    const QuerySql condition = querySql(query.condition);
    QByteArray sql = scanSql(columns, condition.where);
    if (query.usesAnnotations()) {
        const Result<bool> annotated = m_connection.hasAnnotations();
        if (!annotated)
            return annotated.error();
        // Nothing is annotated then, which is no error in the condition.
        if (!annotated.value())
            sql.prepend("WITH annotation(entry, bookmark, colour, note) AS (SELECT 0, 0, 0, '' WHERE 0) ");
    }
    Result<SqliteStatement> statement = m_connection.database().prepare(sql);
    if (!statement)
        return statement;
    for (int i = 0; i < condition.values.size(); ++i)
        statement->bindValue(i + 3, condition.values[i]);
    return statement;
}

Result<EntryRange> EntryScanner::rangeOf(EntryId first, EntryId last, const EntryQuery &query) const
{
    const Result<EntryId> end = m_connection.lastEntry();
    if (!end)
        return end.error();
    const EntryRange range{std::max(first, EntryId(1)), std::min(last, end.value())};
    const std::optional<Timestamp> notBefore = query.notBefore();
    const std::optional<Timestamp> notAfter = query.notAfter();
    // Narrowing costs as much as the session has seconds: not for what is looked through as fast, such as the newest
    // entries of a live capture.
    if ((!notBefore && !notAfter) || range.last - range.first < MatchLot)
        return range;
    const Result<EntryRange> inTime =
        m_timeline.entriesBetween(notBefore.value_or(Timestamp::min()), notAfter.value_or(Timestamp::max()));
    if (!inTime)
        return inTime;
    return EntryRange{std::max(range.first, inTime->first), std::min(range.last, inTime->last)};
}

Result<> EntryScanner::match(const EntryQuery &query, EntryId first, EntryId last, const CancelToken &cancel,
                             const std::function<void(const Matches &)> &batch) const
{
    Noise noise(query);
    return matchOn(query, noise, first, last, cancel, batch);
}

Result<> EntryScanner::matchOn(const EntryQuery &query, Noise &noise, EntryId first, EntryId last,
                               const CancelToken &cancel, const std::function<void(const Matches &)> &batch) const
{
    Result<SqliteStatement> statement = prepare(noise.isActive() ? NoiseColumns : "id", query);
    if (!statement)
        return statement.error();
    const Result<EntryRange> range = rangeOf(first, last, query);
    if (!range)
        return range.error();
    const ReadingConnection::Cancelling cancelling(m_connection, cancel);
    const std::unique_ptr<filter::MessageTerms> terms = messageTerms(query);
    const ReadingConnection::AskingMessages asking(m_connection, terms.get());
    LotScan scan(m_connection, statement.value(), range->first, range->last, MatchLot);
    MatchBatch matches(cancel, batch);
    const auto take = [&](const SqliteStatement &row) {
        if (noise.isActive() && noise.takes(marksOf(row)))
            matches.hide();
        else
            matches.add(EntryId(row.number(0)));
    };
    while (!scan.isAtEnd() && !cancel.isCancelled()) {
        const Result<> done = scan.nextLot(take);
        if (cancel.isCancelled())
            return {};
        if (!done)
            return done;
        matches.handOver();
    }
    return {};
}

Result<> EntryScanner::forEach(EntryId first, EntryId last, const EntryQuery &query,
                               const std::function<bool(const Entry &)> &visit) const
{
    Result<SqliteStatement> statement = prepare(EntryRow::columns(), query);
    if (!statement)
        return statement.error();
    const Result<EntryRange> range = rangeOf(first, last, query);
    if (!range)
        return range.error();
    Noise noise(query);
    const std::unique_ptr<filter::MessageTerms> terms = messageTerms(query);
    LotScan scan(m_connection, statement.value(), range->first, range->last, VisitLot);
    while (!scan.isAtEnd()) {
        const ReadTransaction transaction(m_connection.database());
        QList<Entry> lot;
        const auto take = [&lot](const SqliteStatement &row) { lot.append(EntryRow::read(row)); };
        {
            // Not while others look at the entries: they may walk over the same capture.
            const ReadingConnection::AskingMessages asking(m_connection, terms.get());
            if (const Result<> done = scan.nextLot(take); !done)
                return done;
        }
        for (const Entry &entry : std::as_const(lot)) {
            if (noise.isActive() && noise.takes(marksOf(entry)))
                continue;
            if (!visit(entry))
                return {};
        }
    }
    return {};
}

Result<> EntryScanner::forEachPassed(EntryId first, EntryId last, const CancelToken &cancel,
                                     const std::function<bool(const filter::PassedEntry &, Timestamp)> &visit) const
{
    Result<SqliteStatement> statement =
        m_connection.database().prepare(scanSql("id, connection, direction, kind, size, head, time_ns", QString()));
    if (!statement)
        return statement.error();
    const Result<EntryRange> range = rangeOf(first, last, EntryQuery());
    if (!range)
        return range.error();
    LotScan scan(m_connection, statement.value(), range->first, range->last, VisitLot);
    bool isDone = false;
    while (!scan.isAtEnd() && !isDone && !cancel.isCancelled()) {
        const Result<> done = scan.nextLot([&](const SqliteStatement &row) {
            isDone = isDone || cancel.isCancelled();
            if (isDone)
                return;
            const filter::PassedEntry entry{EntryId(row.number(0)),
                                            ConnectionId(row.number(1)),
                                            static_cast<Direction>(row.number(2)),
                                            static_cast<EntryKind>(row.number(3)),
                                            sizeFrom(row.number(4)),
                                            row.bytes(5)};
            isDone = !visit(entry, CaptureSchema::timeFrom(row.number(6)));
        });
        if (!done)
            return done;
    }
    return {};
}

Result<> EntryScanner::forEachSize(EntryId first, EntryId last, const CancelToken &cancel,
                                   const std::function<void(const EntrySize &)> &visit) const
{
    const Result<SqliteStatement *> statement = m_connection.statement(
        QByteArrayLiteral("SELECT id, time_ns, size, wire_size, kind, latency_ns FROM entry WHERE id BETWEEN ? AND ? "
                          "ORDER BY id"));
    if (!statement)
        return statement.error();
    const ReadingConnection::Cancelling cancelling(m_connection, cancel);
    LotScan scan(m_connection, *statement.value(), first, last, MatchLot);
    while (!scan.isAtEnd() && !cancel.isCancelled()) {
        const Result<> done = scan.nextLot([&visit](const SqliteStatement &row) {
            visit({EntryId(row.number(0)), CaptureSchema::timeFrom(row.number(1)), sizeFrom(row.number(2)),
                   sizeFrom(row.number(3)), static_cast<EntryKind>(row.number(4)),
                   Nanoseconds(row.isNull(5) ? -1 : row.number(5))});
        });
        if (cancel.isCancelled())
            return {};
        if (!done)
            return done;
    }
    return {};
}

} // namespace sockeye
