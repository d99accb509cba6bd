#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "filter/EntryQuery.h"
#include "reading/Noise.h"
#include "record/Entry.h"

#include <functional>

namespace sockeye {

class CaptureReader;
class ReadingConnection;
class SqliteStatement;
class TimelineReader;
struct EntryRange;

/// Some of what a query matches, in order.
struct Matches
{
    QList<EntryId> ids;
    /// What the condition matched besides, and was left out as noise.
    qint64 hidden = 0;
};

/// What an entry weighs, and what it is: Entry's values of the same names.
struct EntrySize
{
    EntryId id;
    Timestamp time;
    qint64 size = 0;
    qint64 wireSize = 0;
    EntryKind kind = EntryKind::Raw;
    Nanoseconds latency{-1};
};

/// Walks over a capture's entries, all of them or those that a query matches, in the order of their ids. A walk is made
/// of short reads, so that however long it takes a live capture's WAL can be emptied meanwhile. Used in the thread of
/// its CaptureReader.
class EntryScanner final
{
public:
    /// All outlive it; `capture` is the reader that it belongs to.
    EntryScanner(ReadingConnection &connection, const TimelineReader &timeline, const CaptureReader &capture);
    EntryScanner(const EntryScanner &) = delete;
    EntryScanner &operator=(const EntryScanner &) = delete;

    /// What matches, from `first` to `last`, in order, in batches of at most some thousand; stops early when cancelled.
    [[nodiscard]] Result<> match(const EntryQuery &query, EntryId first, EntryId last, const CancelToken &cancel,
                                 const std::function<void(const Matches &)> &batch) const;
    /// Likewise of the next span of a walk that is made of several, each maybe with another reader: `noise`, made for
    /// this query, knows what the spans before have met.
    [[nodiscard]] Result<> matchOn(const EntryQuery &query, Noise &noise, EntryId first, EntryId last,
                                   const CancelToken &cancel, const std::function<void(const Matches &)> &batch) const;
    /// Visits every entry from `first` to `last` in order (for exports); `visit` returns false to stop.
    [[nodiscard]] Result<> forEach(EntryId first, EntryId last, const EntryQuery &query,
                                   const std::function<bool(const Entry &)> &visit) const;
    /// Visits the entries from `first` to `last` in order with their payloads' beginnings and times, without what else
    /// an entry is: for those who decode messages. `visit` returns false to stop; stops early when cancelled.
    [[nodiscard]] Result<>
    forEachPassed(EntryId first, EntryId last, const CancelToken &cancel,
                  const std::function<bool(const filter::PassedEntry &, Timestamp)> &visit) const;
    /// Likewise, of every entry only what it weighs: some times as fast.
    [[nodiscard]] Result<> forEachSize(EntryId first, EntryId last, const CancelToken &cancel,
                                       const std::function<void(const EntrySize &)> &visit) const;

private:
    /// What answers the query's questions about messages; null for none.
    [[nodiscard]] std::unique_ptr<filter::MessageTerms> messageTerms(const EntryQuery &query) const;
    /// SELECT `columns` of the entries in a range of ids (parameters 1 and 2) that match the query, in order.
    [[nodiscard]] Result<SqliteStatement> prepare(const QByteArray &columns, const EntryQuery &query) const;
    /// The ids between which a scan has to look.
    [[nodiscard]] Result<EntryRange> rangeOf(EntryId first, EntryId last, const EntryQuery &query) const;

    ReadingConnection &m_connection;
    const TimelineReader &m_timeline;
    const CaptureReader &m_capture;
};

} // namespace sockeye
