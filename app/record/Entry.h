#pragma once

#include "base/StrongId.h"
#include "wire/MessageAssembler.h"

namespace sockeye {

/// What an entry of the log is. The values are stored in captures.
enum class EntryKind : quint8 {
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
    /// Bytes on the wire that are no frame, or a frame with a reserved opcode.
    Raw = 16,
    /// Something that happened to the connection, in words (the payload, UTF-8).
    Event = 17
};

/// "text", "binary", "close", "ping", "pong", "raw", "event": as exports and the filter language name it.
[[nodiscard]] QLatin1StringView kindName(EntryKind kind);
[[nodiscard]] QLatin1StringView directionName(Direction direction); // "in", "out", "none"
[[nodiscard]] EntryKind kindOf(Opcode opcode);

/// What an event tells, for colour and for machines. The values are stored in captures.
enum class EventKind : quint8 {
    None = 0,
    Connecting = 1, ///< dialling a peer
    Open = 2,       ///< the handshake was accepted
    Failed = 3,     ///< no connection came about: refused, not found, TLS, handshake
    Closed = 4,     ///< ended by a closing handshake
    Broken = 5,     ///< ended without one: FIN, RST, timeout, a broken rule
    Notice = 6,     ///< anything else worth a line
    Redirect = 7    ///< the peer sent us elsewhere, and we went
};

/// An entry as the connection hands it to the writer.
struct NewEntry
{
    ConnectionId connection;
    Timestamp time;
    Direction direction = Direction::In;
    EntryKind kind = EntryKind::Text;
    EventKind event = EventKind::None;
    bool compressed = false;
    bool complete = true;
    /// After unmasking, defragmenting and inflating.
    QByteArray payload;
    /// Header and payload bytes on the wire.
    qint64 wireSize = 0;
    /// Of a pong: the time since the ping it answers; negative for none.
    Nanoseconds latency{-1};
    FrameHeaders frames;
    Findings findings;

    [[nodiscard]] static NewEntry fromMessage(ConnectionId connection, Message &&message);
    [[nodiscard]] static NewEntry fromEvent(ConnectionId connection, Timestamp time, EventKind event,
                                            const QString &text);
};

/// An entry as a row of the log: everything but the payload's rest.
struct Entry
{
    /// Bytes of the payload that stand in the entry's row; a payload of at most this size is wholly there.
    static constexpr qsizetype HeadSize = 256;

    EntryId id;
    ConnectionId connection;
    Timestamp time;
    Direction direction = Direction::In;
    EntryKind kind = EntryKind::Text;
    EventKind event = EventKind::None;
    bool compressed = false;
    bool complete = true;
    /// The payload's length in bytes, after inflating.
    qint64 size = 0;
    qint64 wireSize = 0;
    /// Of a pong: the time since the ping it answers; negative for none.
    Nanoseconds latency{-1};
    int frameCount = 0;
    int findingCount = 0;
    /// The weightiest finding's severity; meaningful if findingCount is not 0.
    Severity severity = Severity::Note;
    /// The payload's first HeadSize bytes.
    QByteArray head;

    [[nodiscard]] bool isWhole() const { return size == head.size(); }
    friend bool operator==(const Entry &, const Entry &) = default;
};

} // namespace sockeye
