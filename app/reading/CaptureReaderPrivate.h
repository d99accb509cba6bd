#pragma once

#include "reading/CaptureReader.h"
#include "reading/Noise.h"
#include "capture/PayloadFunctions.h"
#include "capture/Sqlite.h"

#include <array>

namespace sockeye {

/// The reader's connection, its statements, and the errors that it words.
class CaptureReader::Private
{
public:
    enum Query {
        LastEntry,
        Entries,
        Size,
        Frames,
        OneHeader,
        FindingsOf,
        Connections,
        ConnectionEnds,
        ConnectionUrls,
        OneConnection,
        Annotations,
        FirstTime,
        LastTime,
        FirstEntryTime,
        LastEntryTime,
        TimeOf,
        Seconds,
        IdsOfSeconds,
        FirstNotBefore,
        Times,
        NextId,
        FindingsFrom,
        Sizes,
        QueryCount
    };

    explicit Private(SqliteDatabase opened)
        : database(std::move(opened))
    {
    }
    ~Private();
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    /// Prepared at its first use and kept.
    [[nodiscard]] Result<SqliteStatement *> statement(Query query);
    /// All rows of one of the queries for connections.
    [[nodiscard]] Result<QList<ConnectionRecord>> connectionsOf(Query query);
    /// Whether the capture has this table; those that came later than the format's first version may lack.
    [[nodiscard]] Result<bool> hasTable(const char *name);
    [[nodiscard]] Result<bool> hasBuckets() { return hasTable("bucket"); }
    [[nodiscard]] Result<bool> hasAnnotations() { return hasTable("annotation"); }
    /// The first column of a query's first row; none without a row, and for NULL.
    [[nodiscard]] Result<std::optional<qint64>> oneNumber(Query query);

    using IdRange = std::pair<EntryId, EntryId>;

    // Scans: CaptureScan.cpp.
    /// The ids between which a scan has to look.
    [[nodiscard]] Result<IdRange> scanRange(EntryId first, EntryId last, const EntryQuery &query);
    /// Knows what an earlier scan has met if this one goes on where that ended.
    [[nodiscard]] Noise noiseFor(const EntryQuery &query, EntryId first);
    void remember(const EntryQuery &query, Noise &&noise, EntryId next);

    // Time: CaptureTimeline.cpp.
    class TimelineQuery;
    /// The ids between which all entries of these times (first and last) lie; all ids in a capture without buckets.
    /// Without any, the last is below the first.
    [[nodiscard]] Result<IdRange> idsBetween(qint64 firstNs, qint64 lastNs);
    [[nodiscard]] Result<IdRange> idsOfSeconds(qint64 first, qint64 last);
    [[nodiscard]] Result<EntryId> firstNotBefore(EntryId first, EntryId last, qint64 ns);
    [[nodiscard]] Result<EntryId> searchTime(qint64 ns);
    [[nodiscard]] Result<std::optional<TimeSpan>> spanOfEntries();

    /// SELECT `columns` of the entries in a range of ids (parameters 1 and 2) that match the query, in order.
    [[nodiscard]] Result<SqliteStatement> prepareScan(const QByteArray &columns, const EntryQuery &query);
    /// While set, whatever runs is interrupted when the token is cancelled.
    void watch(const std::optional<CancelToken> &token);
    [[nodiscard]] bool isCancelled() const { return cancel && cancel->isCancelled(); }

    // In this order: the statements go before what they use.
    SqliteDatabase database;
    std::unique_ptr<PayloadFunctions> functions;
    std::array<SqliteStatement, QueryCount> statements;
    std::optional<CancelToken> cancel;
    /// The last scan that left out repeats.
    struct Scanned
    {
        EntryQuery query;
        Noise noise;
        EntryId next;
    };
    std::optional<Scanned> scanned;
    /// What hasTable() has found.
    QByteArrayList knownTables;

    /// watch() for a scope.
    class Watch final
    {
    public:
        Watch(Private &d, const CancelToken &token)
            : m_d(d)
        {
            m_d.watch(token);
        }
        ~Watch() { m_d.watch(std::nullopt); }
        Watch(const Watch &) = delete;
        Watch &operator=(const Watch &) = delete;

    private:
        Private &m_d;
    };

    /// Of a capture that nobody records into: how a connection without an end ended.
    static void sayIfUnknown(ConnectionRecord &record);
    [[nodiscard]] Error noEntry(EntryId id) const;
    [[nodiscard]] Error noConnection(ConnectionId id) const;
    [[nodiscard]] Error damagedPayload(EntryId id) const;

private:
    [[nodiscard]] static QByteArray sql(Query query);
};

} // namespace sockeye
