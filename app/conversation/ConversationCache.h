#pragma once

#include "base/StrongId.h"
#include "decode/Conversation.h"

#include <QByteArray>
#include <QString>

#include <map>

namespace sockeye {

/// The checkpoints of one connection.
struct ConversationLane
{
    /// The id of the format that follows it.
    QString format;
    /// Entries between two of them at least.
    qint64 stride = 1000;
    /// By the entry from which on each holds: all before it have been followed.
    std::map<EntryId, Conversation> checkpoints;
};

using ConversationLanes = std::map<ConnectionId, ConversationLane>;

/// Keeps what was found out about the conversations of captures in files beside no capture, one for each, so that a
/// long session need not be followed again after a restart. Any of them may be deleted at any time. They hold pieces of
/// messages, and so are their owner's alone. What is damaged, or of another version of the program, is not used.
/// Blocks; any thread, one object per thread.
class ConversationCache final
{
public:
    /// Larger files are neither written nor read.
    static constexpr qint64 MaxFileBytes = 32 * 1024 * 1024;
    /// Of more files than these, those go that were written first.
    static constexpr int MaxFiles = 64;

    /// An empty folder keeps nothing. It is made when something is written.
    explicit ConversationCache(QString folder);

    /// What was kept of the capture (CaptureReader::created()), without checkpoints behind its last entry.
    [[nodiscard]] ConversationLanes read(const QByteArray &capture, EntryId last) const;
    /// Replaces it. What cannot be written is as if it had not been tried.
    void write(const QByteArray &capture, const ConversationLanes &lanes) const;
    [[nodiscard]] QString pathOf(const QByteArray &capture) const;

private:
    void prune() const;

    QString m_folder;
};

} // namespace sockeye
