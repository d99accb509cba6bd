#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "record/Annotation.h"
#include "record/ConnectionRecord.h"
#include "record/Entry.h"
#include "filter/EntryQuery.h"
#include "record/TimelineBucket.h"

#include <functional>
#include <memory>

namespace sockeye {

/// Some of what a query matches, in order.
struct Matches
{
    QList<EntryId> ids;
    /// What the condition matched besides, and was left out as noise.
    qint64 hidden = 0;
};

/// What an entry weighs: Entry's values of the same names.
struct EntrySize
{
    EntryId id;
    Timestamp time;
    qint64 size = 0;
    qint64 wireSize = 0;
};

/// Reads a capture, live or closed: one read-only connection to the file. Use each reader in one thread at a time; make
/// as many as there are threads. Errors name the file and say whether it is no capture, of a newer version, truncated
/// or damaged.
class CaptureReader final
{
public:
    /// Checks that the file is a capture and can be read. One that a crash left behind (with a -wal beside it) is
    /// recovered.
    [[nodiscard]] static Result<std::unique_ptr<CaptureReader>> open(const QString &path);
    ~CaptureReader();
    CaptureReader(const CaptureReader &) = delete;
    CaptureReader &operator=(const CaptureReader &) = delete;

    [[nodiscard]] QString path() const { return m_path; }
    /// Somebody records into it, here or in another program.
    [[nodiscard]] bool isLive() const;
    /// The last entry's id, which is the number of entries. O(log n).
    [[nodiscard]] Result<EntryId> lastEntry() const;
    /// Up to `count` entries from `first` on, in order.
    [[nodiscard]] Result<QList<Entry>> entries(EntryId first, int count) const;
    [[nodiscard]] Result<Entry> entry(EntryId id) const;
    /// `length` bytes of the payload from `offset` on (all by default), fewer at its end. Reads no more than it
    /// returns.
    [[nodiscard]] Result<QByteArray> payload(EntryId id, qint64 offset = 0, qint64 length = -1) const;
    [[nodiscard]] Result<FrameHeaders> frames(EntryId id) const;
    [[nodiscard]] Result<Findings> findings(EntryId id) const;
    /// A connection without an end in a capture that nobody records into has an `endText` that says so.
    [[nodiscard]] Result<QList<ConnectionRecord>> connections() const;
    /// How the connections ended that were open, without their certificates, checks, heads and bodies: cheap enough to
    /// be asked each time that one ends.
    [[nodiscard]] Result<QList<ConnectionRecord>> connectionEnds() const;
    /// The URL of each of the first `most` connections: that of connection 1 stands first, and an empty one for a
    /// number that no connection has.
    [[nodiscard]] Result<QStringList> connectionUrls(int most) const;
    [[nodiscard]] Result<ConnectionRecord> connection(ConnectionId id) const;

    /// What people put on entries.
    [[nodiscard]] Result<AnnotationMap> annotations() const;

    /// From the earliest entry to the latest, which are the first and the last unless the clock was set back; none
    /// without entries. O(log n).
    [[nodiscard]] Result<std::optional<TimeSpan>> timeSpan() const;
    /// The first entry, in the order of the log, at this time or later; EntryId() if there is none. Costs as much as
    /// that second has entries and the session has seconds after it.
    [[nodiscard]] Result<EntryId> entryAt(Timestamp time) const;
    /// What crossed the wire from `from` to before `to`, in stretches of `width` (more than 0), in order, without the
    /// empty ones; those at both ends count only what lies in the range. A width of whole seconds costs as much as the
    /// range has seconds, and entries in the two where it begins and ends; another one as much as it has entries.
    /// Empty when cancelled.
    [[nodiscard]] Result<QList<TimelineBucket>> timeline(Timestamp from, Timestamp to, Nanoseconds width,
                                                         const CancelToken &cancel) const;
    /// Where findings are: the ids from 1 to `last` in `slotCount` equal stretches, for each the weightiest finding's
    /// severity, or -1. Entry e belongs to the slot (e - 1) * slotCount / last, rounded down. Empty when cancelled.
    [[nodiscard]] Result<QList<int>> findingStrip(EntryId last, int slotCount, const CancelToken &cancel) const;

    /// What matches, from `first` to `last`, in order, in batches of at most some thousand; stops early when cancelled.
    [[nodiscard]] Result<> match(const EntryQuery &query, EntryId first, EntryId last, const CancelToken &cancel,
                                 const std::function<void(const Matches &)> &batch) const;
    /// Visits every entry from `first` to `last` in order (for exports); `visit` returns false to stop.
    [[nodiscard]] Result<> forEach(EntryId first, EntryId last, const EntryQuery &query,
                                   const std::function<bool(const Entry &)> &visit) const;

    /// Likewise, of every entry only what it weighs: some times as fast.
    [[nodiscard]] Result<> forEachSize(EntryId first, EntryId last, const CancelToken &cancel,
                                       const std::function<void(const EntrySize &)> &visit) const;

    /// Writes a compact closed copy ("Save As") to `target`, atomically: an existing file is replaced only by a
    /// complete one. `progress` gets done and total in pages, and may be empty.
    [[nodiscard]] Result<> saveCopy(const QString &target, const CancelToken &cancel,
                                    const std::function<void(qint64, qint64)> &progress) const;

private:
    class Private;
    CaptureReader(QString path, std::unique_ptr<Private> d);
    [[nodiscard]] Result<QByteArray> payloadParts(EntryId id, qint64 begin, qint64 end) const;

    QString m_path;
    std::unique_ptr<Private> m_d;
};

} // namespace sockeye
