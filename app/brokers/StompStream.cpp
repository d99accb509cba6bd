#include "brokers/StompStream.h"

#include "encodings/JsonShape.h"

#include <algorithm>
#include <limits>

namespace sockeye::stomp {

namespace {

/// A frame without content-length goes on until its 0.
constexpr qint64 UntilZero = std::numeric_limits<qint64>::max();

constexpr int MaxFrameHeaders = 1'000;
/// A content-length beyond is a mistake: nothing would be told of all the messages that it takes for the frame's.
constexpr qint64 MaxFrameLength = 256 * 1024 * 1024;

/// Whether a command may go on behind these bytes.
bool beginsFrameCommand(QByteArrayView bytes)
{
    constexpr QByteArrayView commands[]{"CONNECT", "STOMP",   "CONNECTED", "SEND",        "SUBSCRIBE",
                                        "ACK",     "NACK",    "BEGIN",     "UNSUBSCRIBE", "COMMIT",
                                        "ABORT",   "MESSAGE", "RECEIPT",   "DISCONNECT",  "ERROR"};
    const QByteArrayView line = bytes.endsWith('\r') ? bytes.chopped(1) : bytes;
    return std::ranges::any_of(commands, [line](QByteArrayView command) { return command.startsWith(line); });
}

/// A frame from its command on: where it ends, nothing if it is not whole.
std::optional<qsizetype> frameEnd(QByteArrayView bytes, qsizetype begin, FrameEnds &found)
{
    auto line = lineAt(bytes, begin);
    found.isBroken =
        line ? !isFrameCommand(bytes.sliced(begin, line->end - begin)) : !beginsFrameCommand(bytes.sliced(begin));
    if (!line || found.isBroken)
        return {};
    std::optional<qint64> length;
    int headers = 0;
    while ((line = lineAt(bytes, line->next)) && line->begin < line->end) {
        // A frame in pieces is looked through with each of them.
        if (++headers > MaxFrameHeaders) {
            found.isBroken = true;
            return {};
        }
        const QByteArrayView header = bytes.sliced(line->begin, line->end - line->begin);
        constexpr QByteArrayView name = "content-length:";
        if (header.startsWith(name) && !length) {
            bool isNumber = false;
            const qint64 number = header.sliced(name.size()).trimmed().toLongLong(&isNumber);
            if (isNumber && number >= 0)
                length = number;
        }
    }
    if (!line)
        return {};
    const qsizetype body = line->next;
    if (!length) {
        const qsizetype zero = bytes.indexOf('\0', body);
        return zero < 0 ? std::nullopt : std::optional(zero + 1);
    }
    if (*length >= bytes.size() - body) {
        found.isBroken = *length > MaxFrameLength;
        found.total = found.isBroken ? 0 : *length + body - begin + 1;
        return {};
    }
    found.isBroken = bytes.at(body + *length) != '\0';
    return found.isBroken ? std::nullopt : std::optional(body + static_cast<qsizetype>(*length) + 1);
}

} // namespace

bool isFrameCommand(QByteArrayView line)
{
    return isOneOf(line, {"CONNECT", "STOMP", "CONNECTED", "SEND", "SUBSCRIBE", "UNSUBSCRIBE", "ACK", "NACK", "BEGIN",
                          "COMMIT", "ABORT", "DISCONNECT", "MESSAGE", "RECEIPT", "ERROR"});
}

std::optional<Line> lineAt(QByteArrayView bytes, qsizetype at)
{
    const qsizetype feed = bytes.indexOf('\n', at);
    if (feed < 0)
        return {};
    const bool hasReturn = feed > at && bytes[feed - 1] == '\r';
    return Line{at, hasReturn ? feed - 1 : feed, feed + 1};
}

qsizetype behindLineEnds(QByteArrayView bytes, qsizetype at)
{
    while (at < bytes.size() && (bytes[at] == '\n' || (bytes[at] == '\r' && bytes.sliced(at).startsWith("\r\n"))))
        ++at;
    return at;
}

FrameEnds frameEnds(QByteArrayView bytes)
{
    FrameEnds found;
    qsizetype at = 0;
    for (;;) {
        const qsizetype begin = behindLineEnds(bytes, at);
        if (begin > at)
            found.ends.append(begin);
        if (begin == bytes.size())
            return found;
        const auto end = frameEnd(bytes, begin, found);
        if (!end)
            return found;
        found.ends.append(*end);
        at = *end;
    }
}

bool beginsAnew(QByteArrayView bytes, const Conversation::Side &side)
{
    const auto areWhole = [](QByteArrayView stream, const FrameEnds &frames) {
        return !frames.isBroken && !frames.ends.isEmpty() && frames.ends.constLast() == stream.size();
    };
    const auto line = lineAt(bytes, 0);
    if (!line || !isFrameCommand(bytes.first(line->end)))
        return false;
    // As the sender has it, unless that does not come out even.
    if (side.skipped > 0) {
        const bool isLast = side.skipped <= bytes.size() && bytes.at(side.skipped - 1) == '\0';
        return side.skipped < UntilZero && !isLast && areWhole(bytes, frameEnds(bytes));
    }
    // The 0 that ended the frame came.
    qsizetype end = side.begun.size();
    while (end > 0 && side.begun.at(end - 1) == '\n')
        --end;
    if (end == 0 || side.begun.at(end - 1) != '\0' || frameEnds(side.begun).total == 0)
        return false;
    const QByteArray joined = side.begun + bytes.toByteArray();
    return frameEnds(joined).ends.isEmpty() && areWhole(bytes, frameEnds(bytes));
}

qsizetype skippedBytes(QByteArrayView bytes, const Conversation::Side &side)
{
    if (side.skipped < UntilZero)
        return static_cast<qsizetype>(std::min<qint64>(side.skipped, bytes.size()));
    const qsizetype zero = bytes.indexOf('\0');
    return zero < 0 ? bytes.size() : zero + 1;
}

void followStream(const DecodeInput &input, Conversation &conversation)
{
    conversation.format = QByteArrayLiteral("stomp");
    Conversation::Side &side = conversation.side(input.direction);
    QByteArray bytes = input.payload;
    if (beginsAnew(bytes, side)) {
        side.skipped = 0;
        side.begun.clear();
        side.messages = 0;
    }
    if (side.skipped > 0) {
        const qsizetype skipped = skippedBytes(bytes, side);
        const bool isOver =
            side.skipped < UntilZero ? side.skipped == skipped : skipped > 0 && bytes.at(skipped - 1) == '\0';
        if (side.skipped < UntilZero)
            side.skipped -= skipped;
        else if (isOver)
            side.skipped = 0;
        side.messages = isOver ? 0 : side.messages + 1;
        bytes = bytes.sliced(skipped);
    }
    if (bytes.isEmpty())
        return;
    const QByteArray joined = side.begun.isEmpty() ? bytes : side.begun + bytes;
    const FrameEnds frames = frameEnds(joined);
    const bool goesOn = frames.ends.isEmpty() && !side.begun.isEmpty();
    const QByteArrayView rest = QByteArrayView(joined).sliced(frames.ends.isEmpty() ? 0 : frames.ends.constLast());
    side.messages = rest.isEmpty() || frames.isBroken ? 0 : goesOn ? side.messages + 1 : 1;
    // What is no frame: the next message is taken for a beginning.
    side.begun = frames.isBroken ? QByteArray() : rest.toByteArray();
    if (side.begun.size() > Conversation::Side::MaxBegun) {
        side.skipped = frames.total > 0 ? frames.total - side.begun.size() : UntilZero;
        side.begun.clear();
    }
}

} // namespace sockeye::stomp
