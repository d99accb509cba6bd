#include "record/Entry.h"

namespace sockeye {

using namespace Qt::StringLiterals;

QLatin1StringView kindName(EntryKind kind)
{
    switch (kind) {
    case EntryKind::Text:
        return "text"_L1;
    case EntryKind::Binary:
        return "binary"_L1;
    case EntryKind::Close:
        return "close"_L1;
    case EntryKind::Ping:
        return "ping"_L1;
    case EntryKind::Pong:
        return "pong"_L1;
    case EntryKind::Raw:
        return "raw"_L1;
    case EntryKind::Event:
        return "event"_L1;
    }
    return "raw"_L1;
}

QLatin1StringView directionName(Direction direction)
{
    switch (direction) {
    case Direction::In:
        return "in"_L1;
    case Direction::Out:
        return "out"_L1;
    case Direction::None:
        break;
    }
    return "none"_L1;
}

EntryKind kindOf(Opcode opcode)
{
    switch (opcode) {
    case Opcode::Text:
        return EntryKind::Text;
    case Opcode::Binary:
        return EntryKind::Binary;
    case Opcode::Close:
        return EntryKind::Close;
    case Opcode::Ping:
        return EntryKind::Ping;
    case Opcode::Pong:
        return EntryKind::Pong;
    case Opcode::Continuation:
        break;
    }
    return EntryKind::Raw;
}

NewEntry NewEntry::fromMessage(ConnectionId connection, Message &&message)
{
    NewEntry entry;
    entry.connection = connection;
    entry.time = message.time;
    entry.direction = message.direction;
    entry.kind = kindOf(message.opcode);
    entry.compressed = message.compressed;
    entry.complete = message.complete;
    entry.payload = std::move(message.payload);
    entry.wireSize = message.wireSize;
    entry.latency = message.latency;
    entry.frames = std::move(message.frames);
    entry.findings = std::move(message.findings);
    return entry;
}

NewEntry NewEntry::fromEvent(ConnectionId connection, Timestamp time, EventKind event, const QString &text)
{
    NewEntry entry;
    entry.connection = connection;
    entry.time = time;
    entry.direction = Direction::None;
    entry.kind = EntryKind::Event;
    entry.event = event;
    entry.payload = text.toUtf8();
    return entry;
}

} // namespace sockeye
