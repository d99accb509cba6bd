#pragma once

#include "conversation/ConversationCache.h"
#include "conversation/NearCheckpoints.h"
#include "decode/Conversation.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>

namespace sockeye {

class CaptureReader;

/// Checkpoints of a capture's conversations: what the messages before an entry decide about it, for an entry in every
/// thousand or so. They are kept in a file (ConversationCache) for the next time, and those that are in there are read
/// one by one when they are asked for; in memory as long as they have not been written. Thread-safe.
class ConversationIndex final
{
public:
    /// From this entry on: all before it have been followed.
    struct Checkpoint
    {
        EntryId next;
        Conversation conversation;
    };
    /// More checkpoints than these are not kept of all connections: of those that have most every second one goes then.
    static constexpr size_t MaxCheckpoints = 100'000;
    /// Nor more bytes of them, packed.
    static constexpr qint64 MaxBytes = 64 * 1024 * 1024;
    /// Of which so many have not been written.
    static constexpr qint64 MaxUnwritten = 32 * 1024 * 1024;

    ConversationIndex() = default;
    /// With what the folder has of the capture.
    ConversationIndex(QString cacheFolder, QByteArray capture, EntryId last);
    ConversationIndex(const ConversationIndex &) = delete;
    ConversationIndex &operator=(const ConversationIndex &) = delete;

    /// That of the capture: the same one for all its readers. Some of those asked for last are remembered.
    [[nodiscard]] static std::shared_ptr<ConversationIndex> of(const CaptureReader &capture);
    /// Where indexes are kept from now on; empty, which they are at first, for nowhere.
    static void setCacheFolder(const QString &folder);

    /// Where the last checkpoint stands that is not behind the entry: from which one on it holds; the first one if
    /// there is none. Cheap.
    [[nodiscard]] EntryId lastBefore(const ConversationLaneId &lane, EntryId entry) const;
    /// That checkpoint, or one before it if it cannot be read any more; the beginning if there is none.
    [[nodiscard]] Checkpoint before(const ConversationLaneId &lane, EntryId entry);
    /// Keeps it, unless there is one close to it: false then.
    bool add(const ConversationLaneId &lane, const Checkpoint &checkpoint);
    /// Keeps it for a while, whatever there is close to it (NearCheckpoints).
    void addNear(const ConversationLaneId &lane, const Checkpoint &checkpoint);
    /// Entries between two checkpoints at least.
    [[nodiscard]] qint64 stride(const ConversationLaneId &lane) const;
    /// Packed bytes of all checkpoints, and of those that are in memory.
    [[nodiscard]] qint64 bytes() const;
    [[nodiscard]] qint64 unwrittenBytes() const;
    enum class Keep : quint8 {
        IfWorthwhile, ///< much has come since it was written
        All           ///< anything has
    };
    /// Writes the file. Blocks; for a background thread.
    void keep(Keep what);
    /// Writes it in a background thread, if that is worthwhile: for one where somebody waits.
    static void keepLater(const std::shared_ptr<ConversationIndex> &index);

private:
    /// What a lane takes.
    struct Use
    {
        qint64 bytes = 0;
        /// Grows each time that any lane is used.
        quint64 last = 0;
    };
    using Checkpoints = std::map<EntryId, KeptCheckpoint>;

    [[nodiscard]] static EntryId lastIn(const Checkpoints &checkpoints, EntryId entry);
    [[nodiscard]] QByteArray packedBefore(const ConversationLaneId &lane, EntryId entry, EntryId &next);
    void forget(ConversationLane &lane, const ConversationLaneId &id, Checkpoints::iterator checkpoint);
    void forgetFile();
    void makeRoom();
    void forgetFormerFormats();
    void thinLargest();
    [[nodiscard]] bool isTooMuch() const;
    [[nodiscard]] bool isWorthWriting() const;

    QString m_cacheFolder;
    QByteArray m_capture;
    mutable std::mutex m_mutex;
    // Guarded by the mutex.
    ConversationLanes m_lanes;
    NearCheckpoints m_near;
    std::map<ConversationLaneId, Use> m_uses;
    quint64 m_useCount = 0;
    qint64 m_bytes = 0;
    qint64 m_unwritten = 0;
    size_t m_count = 0;
    size_t m_added = 0;
    bool m_isWriting = false;
    std::condition_variable m_written;
};

} // namespace sockeye
