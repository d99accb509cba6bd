#include "brokers/MqttStream.h"

#include "decode/ByteCursor.h"

namespace sockeye::mqtt {

namespace {

constexpr quint8 ConnectType = 1;
constexpr quint8 PublishType = 3;
constexpr quint8 TopicAliasProperty = 0x23;

/// A variable byte integer of at most four bytes; `isCut` is set where its bytes end too early.
std::optional<quint32> lengthAt(ByteCursor &cursor, bool &isCut)
{
    quint32 value = 0;
    for (int shift = 0; shift < 28; shift += 7) {
        const auto byte = cursor.byte();
        isCut = !byte;
        if (!byte)
            return {};
        value |= quint32(*byte & 0x7f) << shift;
        if ((*byte & 0x80) == 0)
            return value;
    }
    return {};
}

std::optional<QByteArrayView> stringAt(ByteCursor &cursor)
{
    const auto size = cursor.big<quint16>();
    return size ? cursor.take(*size) : std::nullopt;
}

bool skipProperty(ByteCursor &cursor, quint8 id)
{
    bool isCut = false;
    switch (id) {
    case 0x01:
        return cursor.take(1).has_value();
    case 0x02:
        return cursor.take(4).has_value();
    case 0x03:
    case 0x08:
    case 0x09:
        return stringAt(cursor).has_value();
    case 0x0b:
        return lengthAt(cursor, isCut).has_value();
    case 0x26:
        return stringAt(cursor) && stringAt(cursor);
    default:
        break;
    }
    return false;
}

/// The topic alias among a PUBLISH packet's properties; 0 for none.
quint16 topicAlias(ByteCursor &cursor)
{
    bool isCut = false;
    const auto size = lengthAt(cursor, isCut);
    const auto properties = size ? cursor.take(*size) : std::nullopt;
    if (!properties)
        return 0;
    ByteCursor inside(*properties);
    while (const auto id = inside.byte()) {
        if (*id == TopicAliasProperty)
            return inside.big<quint16>().value_or(0);
        if (!skipProperty(inside, *id))
            return 0;
    }
    return 0;
}

/// A whole packet.
void followPacket(QByteArrayView packet, Conversation &conversation, Conversation::Side &side)
{
    ByteCursor cursor(packet);
    bool isCut = false;
    const quint8 control = cursor.byte().value_or(0);
    static_cast<void>(lengthAt(cursor, isCut));
    if (control >> 4 == ConnectType) {
        static_cast<void>(stringAt(cursor));
        conversation.version = cursor.byte().value_or(0) & 0x7f;
    } else if (control >> 4 == PublishType && conversation.version == 5) {
        const auto topic = stringAt(cursor);
        if (!topic || topic->isEmpty() || ((control & 0x06) != 0 && !cursor.take(2)))
            return;
        const quint16 alias = topicAlias(cursor);
        if (alias > 0 && (side.names.size() < Conversation::Side::MaxNames || side.names.contains(alias)))
            side.names.insert(alias, topic->toByteArray());
    }
}

/// Of a packet that was too long to be kept.
QByteArrayView withoutSkipped(QByteArrayView bytes, Conversation::Side &side)
{
    const qint64 skipped = std::min<qint64>(side.skipped, bytes.size());
    side.skipped -= skipped;
    side.messages = side.skipped > 0 ? side.messages + 1 : 0;
    return bytes.sliced(skipped);
}

} // namespace

PacketEnds packetEnds(QByteArrayView bytes)
{
    PacketEnds found;
    ByteCursor cursor(bytes);
    while (!cursor.isAtEnd()) {
        const qsizetype begin = cursor.at();
        static_cast<void>(cursor.byte());
        bool isCut = false;
        const auto length = lengthAt(cursor, isCut);
        if (!length) {
            found.isBroken = !isCut;
            break;
        }
        const qint64 total = cursor.at() - begin + qint64(*length);
        if (!cursor.take(*length)) {
            found.total = total;
            break;
        }
        found.ends.append(cursor.at());
    }
    return found;
}

void followStream(const DecodeInput &input, Conversation &conversation)
{
    // MQTT goes in binary messages only.
    if (input.isText)
        return;
    conversation.format = QByteArrayLiteral("mqtt");
    Conversation::Side &side = conversation.side(input.direction);
    const QByteArrayView bytes = side.skipped > 0 ? withoutSkipped(input.payload, side) : QByteArrayView(input.payload);
    if (bytes.isEmpty())
        return;
    const QByteArray joined = side.begun.isEmpty() ? bytes.toByteArray() : side.begun + bytes.toByteArray();
    const PacketEnds packets = packetEnds(joined);
    qsizetype begin = 0;
    for (const qsizetype end : packets.ends) {
        followPacket(QByteArrayView(joined).sliced(begin, end - begin), conversation, side);
        begin = end;
    }
    const bool goesOn = packets.ends.isEmpty() && !side.begun.isEmpty();
    const QByteArrayView rest = QByteArrayView(joined).sliced(begin);
    side.messages = rest.isEmpty() ? 0 : goesOn ? side.messages + 1 : 1;
    // A length that is none: the next message is taken for a beginning.
    side.begun = packets.isBroken ? QByteArray() : rest.toByteArray();
    if (side.begun.size() > Conversation::Side::MaxBegun) {
        side.skipped = packets.total - side.begun.size();
        side.begun.clear();
    }
}

} // namespace sockeye::mqtt
