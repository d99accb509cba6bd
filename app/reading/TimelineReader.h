#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "base/StrongId.h"
#include "record/TimelineBucket.h"

#include <QList>

#include <optional>

namespace sockeye {

class ReadingConnection;

/// Entries that follow one another, both ends included; empty if the last is below the first.
struct EntryRange
{
    EntryId first;
    EntryId last;

    friend bool operator==(const EntryRange &, const EntryRange &) = default;
};

/// Reads what a capture knows about time and what is drawn of the whole of it: by the table `bucket`, or by the entries
/// where that table is missing or too coarse. Used in the thread of its CaptureReader.
class TimelineReader final
{
public:
    /// The connection outlives it.
    explicit TimelineReader(ReadingConnection &connection);
    TimelineReader(const TimelineReader &) = delete;
    TimelineReader &operator=(const TimelineReader &) = delete;

    /// From the earliest entry to the latest, which are the first and the last unless the clock was set back; none
    /// without entries. O(log n).
    [[nodiscard]] Result<std::optional<TimeSpan>> timeSpan() const;
    /// The first entry, in the order of the log, at this time or later; EntryId() if there is none. Costs as much as
    /// that second has entries and the session has seconds after it.
    [[nodiscard]] Result<EntryId> entryAt(Timestamp time) const;
    /// The range in which all entries of these times (both included) lie, by whole seconds; that of all entries in a
    /// capture without buckets. Costs as much as these times have seconds.
    [[nodiscard]] Result<EntryRange> entriesBetween(Timestamp first, Timestamp last) const;
    /// What crossed the wire from `from` to before `to`, in stretches of `width` (more than 0), in order, without the
    /// empty ones; those at both ends count only what lies in the range. A width of whole seconds costs as much as the
    /// range has seconds, and entries in the two where it begins and ends; another one as much as it has entries.
    /// Empty when cancelled.
    [[nodiscard]] Result<QList<TimelineBucket>> buckets(Timestamp from, Timestamp to, Nanoseconds width,
                                                        const CancelToken &cancel) const;
    /// Where findings are: the ids from 1 to `last` in `slotCount` equal stretches, for each the weightiest finding's
    /// severity, or -1. Entry e belongs to the slot (e - 1) * slotCount / last, rounded down. Empty when cancelled.
    [[nodiscard]] Result<QList<int>> findingStrip(EntryId last, int slotCount, const CancelToken &cancel) const;

private:
    [[nodiscard]] Result<std::optional<TimeSpan>> spanOfEntries() const;
    [[nodiscard]] Result<EntryRange> entriesOfSeconds(qint64 first, qint64 last) const;
    [[nodiscard]] Result<EntryId> firstNotBefore(const EntryRange &range, qint64 ns) const;
    [[nodiscard]] Result<EntryId> searchTime(qint64 ns) const;

    ReadingConnection &m_connection;
};

} // namespace sockeye
