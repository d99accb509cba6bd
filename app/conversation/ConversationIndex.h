#pragma once

#include "conversation/ConversationCache.h"

#include <map>
#include <memory>
#include <mutex>

namespace sockeye {

class CaptureReader;

/// Checkpoints of a capture's conversations: what the messages before an entry decide about it, for an entry in every
/// thousand or so. Kept in memory as long as the capture is looked at, and in a file for the next time
/// (ConversationCache). Thread-safe.
class ConversationIndex final
{
public:
    /// From this entry on: all before it have been followed.
    struct Checkpoint
    {
        EntryId next;
        Conversation conversation;
    };
    /// More checkpoints than these are not kept of a connection: every second one goes then.
    static constexpr size_t MaxCheckpoints = 4096;
    /// Nor more bytes of what they hold.
    static constexpr qsizetype MaxBytes = 16 * 1024 * 1024;

    ConversationIndex() = default;
    /// With what the folder has of the capture.
    ConversationIndex(QString cacheFolder, QByteArray capture, EntryId last);
    ConversationIndex(const ConversationIndex &) = delete;
    ConversationIndex &operator=(const ConversationIndex &) = delete;

    /// That of the capture: the same one for all its readers. Some of those asked for last are remembered.
    [[nodiscard]] static std::shared_ptr<ConversationIndex> of(const CaptureReader &capture);
    /// Where indexes are kept from now on; empty, which they are at first, for nowhere.
    static void setCacheFolder(const QString &folder);

    /// The last checkpoint that is not behind the entry; the beginning if there is none. Those of another format are
    /// forgotten.
    [[nodiscard]] Checkpoint before(ConnectionId connection, const QString &format, EntryId entry);
    /// Keeps it, unless there is one close to it.
    void add(ConnectionId connection, const QString &format, const Checkpoint &checkpoint);
    /// Entries between two checkpoints at least.
    [[nodiscard]] qint64 stride(ConnectionId connection) const;
    /// Writes the file if much has come since it was written. Blocks; for a background thread.
    void keep();

private:
    [[nodiscard]] ConversationLane &laneOf(ConnectionId connection, const QString &format);

    QString m_cacheFolder;
    QByteArray m_capture;
    mutable std::mutex m_mutex;
    // Guarded by the mutex.
    ConversationLanes m_lanes;
    std::map<ConnectionId, qsizetype> m_bytes;
    size_t m_added = 0;
    bool m_isWriting = false;
};

} // namespace sockeye
