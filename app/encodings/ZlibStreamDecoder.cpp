#include "encodings/ZlibStreamDecoder.h"

#include "base/Units.h"
#include "encodings/ReadableText.h"
#include "encodings/Unpack.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

struct ZlibStreamWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ZlibStreamDecoder)
};

/// How far back a stream may refer (RFC 1951).
constexpr qsizetype ZlibStreamWindow = 32 * 1024;
constexpr qsizetype ZlibStreamHeader = 2;
/// Of a side whose state is not known: a message was broken, or too much.
constexpr qint64 ZlibStreamLost = -1;

bool hasZlibStreamHeader(QByteArrayView bytes)
{
    if (bytes.size() < ZlibStreamHeader)
        return false;
    const auto cmf = static_cast<quint8>(bytes[0]);
    const auto flags = static_cast<quint8>(bytes[1]);
    // Deflate with a window of at most 32 KiB, the check, and no dictionary of somebody else's.
    return (cmf & 15) == 8 && (cmf >> 4) <= 7 && (cmf * 256 + flags) % 31 == 0 && (flags & 32) == 0;
}

bool endsWithFlush(QByteArrayView bytes)
{
    return bytes.endsWith(QByteArrayView("\0\0\xff\xff", 4));
}

/// Whether a side's next message goes on with a stream, or with the pieces of its first message.
bool isZlibStreamBegun(const Conversation::Side &side)
{
    return side.isStream || !side.begun.isEmpty();
}

/// What the bytes of a message, or of several, say on a side of which this is known. The header stands in front of
/// them until a message has ended.
Unpacked unpackZlibStream(QByteArrayView bytes, const Conversation::Side &side, qsizetype limit, const GoOn &goOn)
{
    const qsizetype skipped = side.isStream ? 0 : ZlibStreamHeader;
    Unpacked unpacked = unpackDeflate(bytes.sliced(std::min(skipped, bytes.size())), limit, goOn, side.window);
    unpacked.used += skipped;
    return unpacked;
}

} // namespace

Certainty ZlibStreamDecoder::probe(const DecodeInput &input) const
{
    const Conversation *before = input.beforeOf("zlib-stream");
    if (!before || input.isText || input.direction == Direction::None)
        return Certainty::None;
    const Conversation::Side &side = before->side(input.direction);
    const bool isFirst = hasZlibStreamHeader(input.payload) && endsWithFlush(input.payload);
    return isZlibStreamBegun(side) || isFirst ? Certainty::Sure : Certainty::None;
}

bool ZlibStreamDecoder::isConversation(const ConnectionFacts &facts) const
{
    if (facts.url.contains(QStringLiteral("compress=zlib-stream")))
        return true;
    for (const Direction direction : {Direction::In, Direction::Out}) {
        const auto first = std::ranges::find_if(facts.first, [direction](const ConnectionFacts::Message &message) {
            return message.direction == direction && !message.isText;
        });
        if (first == facts.first.end())
            continue;
        const auto second = std::find_if(std::next(first), facts.first.end(), [direction](const auto &message) {
            return message.direction == direction && !message.isText;
        });
        // Messages that are zlib each have its header each.
        if (second != facts.first.end() && hasZlibStreamHeader(first->payload) && endsWithFlush(first->payload) &&
            !hasZlibStreamHeader(second->payload))
            return true;
    }
    return false;
}

void ZlibStreamDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    Conversation::Side &side = conversation.side(input.direction);
    if (input.isText || side.skipped == ZlibStreamLost ||
        (!isZlibStreamBegun(side) && !hasZlibStreamHeader(input.payload)))
        return;
    conversation.format = QByteArrayLiteral("zlib-stream");
    const QByteArray bytes = side.begun + input.payload;
    if (!endsWithFlush(bytes)) {
        const bool isTooLong = bytes.size() > Conversation::Side::MaxBegun;
        side.begun = isTooLong ? QByteArray() : bytes;
        side.skipped = isTooLong ? ZlibStreamLost : 0;
        ++side.messages;
        return;
    }
    side.begun.clear();
    side.messages = 0;
    const Unpacked unpacked = unpackZlibStream(bytes, side, unpackLimit(bytes.size()), {});
    if (unpacked.end == Unpacked::End::Whole) {
        // The stream is over; another one begins with a header.
        side.window.clear();
        side.isStream = false;
    } else if (unpacked.end == Unpacked::End::Flushed) {
        // It may say nothing yet: a header and a flush.
        side.isStream = true;
        side.window = (side.window + unpacked.bytes).right(ZlibStreamWindow);
    } else {
        side.window.clear();
        side.skipped = ZlibStreamLost;
    }
}

void ZlibStreamDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const qsizetype size = input.payload.size();
    const Conversation *before = input.beforeOf("zlib-stream");
    const Conversation::Side side = before ? before->side(input.direction) : Conversation::Side();
    if (!builder.goOn(0) || !builder.open(u"zlib stream", Node::Kind::Object, 0))
        return;
    if (side.skipped == ZlibStreamLost) {
        builder.fail(0, ZlibStreamWords::tr("This message refers to earlier ones, of which one cannot be unpacked."));
        return;
    }
    if (!isZlibStreamBegun(side) && !hasZlibStreamHeader(input.payload)) {
        builder.fail(0, ZlibStreamWords::tr("A zlib stream begins with a header (78 9c, for instance). What earlier "
                                            "messages say is not known."));
        return;
    }
    const QByteArray bytes = side.begun + input.payload;
    const qsizetype limit = std::min(unpackLimit(bytes.size()), builder.stepRoom());
    const Unpacked unpacked =
        unpackZlibStream(bytes, side, limit, [&builder](qsizetype used) { return builder.goOn(used); });
    if (unpacked.end == Unpacked::End::Stopped)
        return;
    if (unpacked.end == Unpacked::End::Limit)
        builder.stepIsCut();
    QStringList notes;
    if (side.messages > 0)
        notes += ZlibStreamWords::tr("with what %n message(s) before it began", nullptr, side.messages);
    if (!endsWithFlush(bytes) && unpacked.end != Unpacked::End::Whole)
        notes += ZlibStreamWords::tr("goes on in the next message");
    if (!builder.open(u"content", Node::Kind::Object, 0))
        return;
    builder.note(sizeText(unpacked.bytes.size()) +
                 (notes.isEmpty() ? QString() : QStringLiteral(", ") + notes.join(QStringLiteral(", "))));
    const auto said = builder.addStep(name(), unpacked.bytes, isReadableText(unpacked.bytes));
    const bool isBroken = unpacked.end == Unpacked::End::Broken;
    // About where it breaks, in this message.
    const qsizetype broken = std::clamp<qsizetype>(unpacked.used - side.begun.size(), 0, size);
    builder.close(isBroken ? broken : size);
    if (!said) {
        builder.fail(0, ZlibStreamWords::tr("Not decoded: this message holds too much that is packed."));
        return;
    }
    builder.setSummary(inOneLine(said->isEmpty() ? sizeText(unpacked.bytes.size()) : *said, 120));
    if (isBroken)
        builder.fail(broken, ZlibStreamWords::tr("This cannot be unpacked: it is not as deflate has it (RFC 1951), or "
                                                 "refers to what is not known."));
    else if (unpacked.end == Unpacked::End::Limit)
        builder.fail(size, ZlibStreamWords::tr("Only the first %1 are unpacked.").arg(sizeText(limit)));
}

Dependence ZlibStreamDecoder::dependence(const DecodeInput &input) const
{
    return input.isText ? Dependence::None : Dependence::All;
}

} // namespace sockeye
