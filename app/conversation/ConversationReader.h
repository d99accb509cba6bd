#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "conversation/ConversationIndex.h"
#include "decode/Decoder.h"

#include <functional>
#include <limits>
#include <optional>

namespace sockeye {

struct Entry;

/// Finds out what the messages before an entry decide about it: follows those of its connection from the last
/// checkpoint on, and leaves checkpoints behind, finer ones before the entry that was asked for. Asked for entries one
/// after another it goes on where it is. One thread.
class ConversationReader final
{
public:
    /// Entries that are looked at at most, where somebody waits.
    static constexpr qint64 Few = 5'000;
    /// As many as there are, where nobody does.
    static constexpr qint64 Any = std::numeric_limits<qint64>::max();
    /// Of Few also bytes of payloads.
    static constexpr qint64 FewBytes = 16 * 1024 * 1024;

    /// The capture outlives it. `format` is the one whose messages depend on each other (ConversationChoice).
    ConversationReader(const CaptureReader &capture, ConnectionId connection, const Decoder &format,
                       const QString &subprotocol);

    /// What there is before the entry; nothing if more than `most` entries would have to be looked at (of Few also if
    /// these are more than FewBytes), or once cancelled. `progress` gets the entries looked at so far, and may be
    /// empty.
    [[nodiscard]] Result<std::optional<Conversation>> before(EntryId entry, qint64 most,
                                                             const CancelToken &cancel = CancelToken(),
                                                             const std::function<void(qint64)> &progress = {});

    /// For those who pass every message of the connection: it has followed all before this entry.
    [[nodiscard]] EntryId next() const { return m_at.next; }
    /// What there is before it.
    [[nodiscard]] const Conversation &conversation() const { return m_at.conversation; }
    /// Follows a message: the first one of the connection from next() on.
    void follow(EntryId entry, const DecodeInput &message);

private:
    void begin(EntryId entry);
    [[nodiscard]] Result<> follow(const Entry &message);
    bool leaveCheckpoint(bool isNear);

    const CaptureReader &m_capture;
    const ConversationLaneId m_lane;
    const Decoder &m_format;
    QString m_subprotocol;
    std::shared_ptr<ConversationIndex> m_index;
    ConversationIndex::Checkpoint m_at{EntryId(1), {}};
    /// Where it left or found the last checkpoint, and the bytes of payloads that have been followed since.
    EntryId m_last{1};
    qint64 m_bytes = 0;
    qint64 m_stride = ConversationLane().stride;
};

} // namespace sockeye
