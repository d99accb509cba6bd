#include "conversation/PackedConversation.h"

#include <QDataStream>
#include <QtEndian>

#include <new>

#include <zlib.h>

namespace sockeye {

namespace {

/// Longer states are not kept, nor read.
constexpr quint32 MaxUnpackedState = 8 * 1024 * 1024;
/// Shorter ones are kept as they are.
constexpr qsizetype LeastCompressed = 512;
/// What stands in front.
constexpr char StatePlain = 'p';
constexpr char StateCompressed = 'z';
constexpr qsizetype StateLengthBytes = 4;

QDataStream &operator<<(QDataStream &stream, const Conversation::Side &side)
{
    return stream << side.begun << side.messages << side.skipped << side.names << side.announced << side.awaited
                  << side.event << side.asked << side.records << side.isStream << side.window;
}

QDataStream &operator>>(QDataStream &stream, Conversation::Side &side)
{
    return stream >> side.begun >> side.messages >> side.skipped >> side.names >> side.announced >> side.awaited >>
           side.event >> side.asked >> side.records >> side.isStream >> side.window;
}

/// With its length in front.
QByteArray compressedState(const QByteArray &state)
{
    auto size = compressBound(static_cast<uLong>(state.size()));
    QByteArray bytes(StateLengthBytes + static_cast<qsizetype>(size), Qt::Uninitialized);
    qToBigEndian(static_cast<quint32>(state.size()), bytes.data());
    if (compress2(reinterpret_cast<Bytef *>(bytes.data() + StateLengthBytes), &size,
                  reinterpret_cast<const Bytef *>(state.data()), static_cast<uLong>(state.size()),
                  Z_BEST_SPEED) != Z_OK)
        throw std::bad_alloc();
    bytes.truncate(StateLengthBytes + static_cast<qsizetype>(size));
    return bytes;
}

/// What was compressed, nothing if that is too long or damaged.
QByteArray uncompressedState(QByteArrayView bytes)
{
    const auto length = bytes.size() < StateLengthBytes ? quint32(0) : qFromBigEndian<quint32>(bytes.data());
    if (length == 0 || length > MaxUnpackedState)
        return {};
    QByteArray state(static_cast<qsizetype>(length), Qt::Uninitialized);
    uLongf size = length;
    const int result = uncompress(reinterpret_cast<Bytef *>(state.data()), &size,
                                  reinterpret_cast<const Bytef *>(bytes.data() + StateLengthBytes),
                                  static_cast<uLong>(bytes.size() - StateLengthBytes));
    return result == Z_OK && size == length ? state : QByteArray();
}

} // namespace

QByteArray packConversation(const Conversation &conversation)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << conversation.format << conversation.in << conversation.out << conversation.version;
    if (bytes.size() > qsizetype(MaxUnpackedState))
        return {};
    if (bytes.size() < LeastCompressed)
        return bytes.prepend(StatePlain);
    return compressedState(bytes).prepend(StateCompressed);
}

std::optional<Conversation> unpackConversation(QByteArrayView packed)
{
    if (packed.isEmpty())
        return {};
    const QByteArrayView rest = packed.sliced(1);
    const QByteArray bytes = packed.front() == StateCompressed ? uncompressedState(rest)
                             : packed.front() == StatePlain    ? rest.toByteArray()
                                                               : QByteArray();
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_0);
    Conversation conversation;
    stream >> conversation.format >> conversation.in >> conversation.out >> conversation.version;
    const bool isRead = stream.status() == QDataStream::Ok && stream.atEnd() && !bytes.isEmpty();
    return isRead ? std::optional(std::move(conversation)) : std::nullopt;
}

} // namespace sockeye
