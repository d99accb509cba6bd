#pragma once

#include "base/StrongId.h"
#include "decode/Conversation.h"

#include <map>
#include <memory>
#include <mutex>

namespace sockeye {

class CaptureReader;

/// Checkpoints of a capture's conversations: what the messages before an entry decide about it, for an entry in every
/// thousand or so. Kept in memory as long as the capture is looked at. Thread-safe.
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
    /// Nor more bytes of what they have begun.
    static constexpr qsizetype MaxBytes = 16 * 1024 * 1024;

    ConversationIndex();
    ConversationIndex(const ConversationIndex &) = delete;
    ConversationIndex &operator=(const ConversationIndex &) = delete;

    /// That of the capture: the same one for all its readers. Some of those asked for last are remembered.
    [[nodiscard]] static std::shared_ptr<ConversationIndex> of(const CaptureReader &capture);

    /// The last checkpoint that is not behind the entry; the beginning if there is none.
    [[nodiscard]] Checkpoint before(ConnectionId connection, EntryId entry) const;
    /// Keeps it, unless there is one close to it.
    void add(ConnectionId connection, const Checkpoint &checkpoint);
    /// Entries between two checkpoints at least.
    [[nodiscard]] qint64 stride(ConnectionId connection) const;

private:
    struct Lane
    {
        std::map<EntryId, Conversation> checkpoints;
        qint64 stride = 1000;
        qsizetype bytes = 0;
    };

    mutable std::mutex m_mutex;
    // Guarded by the mutex.
    std::map<ConnectionId, Lane> m_lanes;
};

} // namespace sockeye
