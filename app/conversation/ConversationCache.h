#pragma once

#include "base/StrongId.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <optional>
#include <tuple>

namespace sockeye {

/// Whose messages were followed, and by which format: rules of the user may have it followed by another one.
struct ConversationLaneId
{
    ConnectionId connection;
    /// Its id.
    QString format;

    friend bool operator<(const ConversationLaneId &a, const ConversationLaneId &b)
    {
        return std::tie(a.connection, a.format) < std::tie(b.connection, b.format);
    }
    friend bool operator==(const ConversationLaneId &, const ConversationLaneId &) = default;
};

/// A checkpoint as it is kept.
struct KeptCheckpoint
{
    /// packConversation() of it; empty if it stands in the file only.
    QByteArray packed;
    /// Bytes of it when it is packed.
    qint32 size = 0;
    /// Where it stands in the file, if it does.
    qint64 offset = 0;

    friend bool operator==(const KeptCheckpoint &, const KeptCheckpoint &) = default;
};

/// The checkpoints of one connection.
struct ConversationLane
{
    /// Entries between two of them at least.
    qint64 stride = 1000;
    /// By the entry from which on each holds: all before it have been followed.
    std::map<EntryId, KeptCheckpoint> checkpoints;
};

using ConversationLanes = std::map<ConversationLaneId, ConversationLane>;

/// Keeps what was found out about the conversations of captures in files beside no capture, one for each, so that a
/// long session need not be followed again after a restart. Any of them may be deleted at any time. They hold pieces of
/// messages, and so are their owner's alone. What is damaged, or of another version of the program, is not used.
///
/// A file begins with what checkpoints there are, which is read at once; the checkpoints follow it, each with a check
/// of its own, and are read one by one as they are needed. Blocks; any thread, one object per thread.
class ConversationCache final
{
public:
    /// Of more files than these, or more bytes, those go that were written first.
    static constexpr int MaxFiles = 64;
    static constexpr qint64 MaxFolderBytes = 512 * 1024 * 1024;

    /// An empty folder keeps nothing. It is made when something is written.
    explicit ConversationCache(QString folder);

    /// Which checkpoints were kept of the capture (CaptureReader::created()), without those behind its last entry.
    [[nodiscard]] ConversationLanes read(const QByteArray &capture, EntryId last) const;
    /// One of those that are in the file, packed; empty if it is not there any more, or damaged.
    [[nodiscard]] QByteArray readCheckpoint(const QByteArray &capture, const ConversationLaneId &lane, EntryId next,
                                            const KeptCheckpoint &place) const;
    /// Replaces the file. `lanes` gets the places of its checkpoints, which are in the file only then. False, and
    /// nothing has changed, if it cannot be written.
    bool write(const QByteArray &capture, ConversationLanes &lanes) const;
    [[nodiscard]] QString pathOf(const QByteArray &capture) const;

private:
    void prune() const;

    QString m_folder;
};

} // namespace sockeye
