#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "reading/ConnectionList.h"
#include "reading/EntryScanner.h"
#include "reading/TimelineReader.h"
#include "record/Annotation.h"
#include "record/ConnectionRecord.h"
#include "record/Entry.h"

#include <functional>
#include <memory>

namespace sockeye {

class ReadingConnection;

/// Reads a capture, live or closed, over one read-only connection to the file: entries, payloads, connections and
/// annotations itself, walks over many entries by its scanner(), many connections by its connectionList(), and what is
/// drawn of the whole by its timeline(). Use each reader in one thread at a time; make as many as there are threads.
/// Errors name the file and say whether it is no capture, of a newer version, truncated or damaged.
class CaptureReader final
{
public:
    /// Checks that the file is a capture and can be read. One that a crash left behind (with a -wal beside it) is
    /// recovered.
    [[nodiscard]] static Result<std::unique_ptr<CaptureReader>> open(const QString &path);
    ~CaptureReader();
    CaptureReader(const CaptureReader &) = delete;
    CaptureReader &operator=(const CaptureReader &) = delete;

    [[nodiscard]] QString path() const;
    /// By its own account, when it was begun (CaptureIdentity).
    [[nodiscard]] Result<QByteArray> created() const;
    /// Somebody records into it, here or in another program.
    [[nodiscard]] bool isLive() const;
    /// An error for a part of a capture, which can be read as far as it goes: a copy that was made while it was being
    /// recorded, without the -wal file beside it.
    [[nodiscard]] Result<> checkComplete() const;
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
    /// What the connection agreed on; empty for none. Cheap.
    [[nodiscard]] Result<QString> subprotocol(ConnectionId id) const;

    /// What people put on entries.
    [[nodiscard]] Result<AnnotationMap> annotations() const;

    /// Walks over entries: all of them, or those that a query matches.
    [[nodiscard]] const EntryScanner &scanner() const { return m_scanner; }
    /// Times, and what is drawn of the whole capture.
    [[nodiscard]] const TimelineReader &timeline() const { return m_timeline; }

    [[nodiscard]] const ConnectionList &connectionList() const { return m_connectionList; }

    /// Writes a compact closed copy ("Save As") to `target`, atomically: an existing file is replaced only by a
    /// complete one. `progress` gets done and total in pages, and may be empty.
    [[nodiscard]] Result<> saveCopy(const QString &target, const CancelToken &cancel,
                                    const std::function<void(qint64, qint64)> &progress) const;

private:
    explicit CaptureReader(std::unique_ptr<ReadingConnection> connection);
    [[nodiscard]] Result<QByteArray> payloadParts(EntryId id, qint64 begin, qint64 end) const;
    [[nodiscard]] Result<QList<ConnectionRecord>> connectionsOf(const QByteArray &sql) const;
    [[nodiscard]] Result<> addProxySteps(QList<ConnectionRecord> &records) const;

    std::unique_ptr<ReadingConnection> m_connection;
    TimelineReader m_timeline;
    ConnectionList m_connectionList;
    EntryScanner m_scanner;
};

} // namespace sockeye
