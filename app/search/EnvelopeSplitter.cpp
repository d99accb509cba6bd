#include "search/EnvelopeSplitter.h"

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

using Kind = EnvelopePart::Kind;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isContainer(char c)
{
    return c == '{' || c == '[';
}

/// What JSON may begin with behind a prefix; a digit there would belong to the prefix.
bool isOpener(char c)
{
    return isContainer(c) || c == '"';
}

bool isScalar(char c)
{
    return isDigit(c) || QByteArrayView("\"-tfn").contains(c);
}

qsizetype spaceSize(QByteArrayView text)
{
    return std::find_if_not(text.begin(), text.end(), isSpace) - text.begin();
}

qsizetype digitsSize(QByteArrayView text)
{
    return std::find_if_not(text.begin(), text.end(), isDigit) - text.begin();
}

qsizetype stringSize(QByteArrayView text)
{
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            return i + 1;
    }
    return text.size();
}

/// The length of an object or array, by its brackets; the whole text if it does not end.
qsizetype containerSize(QByteArrayView text)
{
    qsizetype depth = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"')
            i += stringSize(text.sliced(i)) - 1;
        else if (isContainer(c))
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return i + 1;
    }
    return text.size();
}

/// `throw 1; <don't be evil>`: what stands in angle brackets belongs to it.
qsizetype remarkSize(QByteArrayView text)
{
    const qsizetype space = spaceSize(text);
    const qsizetype end = text.sliced(space).startsWith('<') ? text.indexOf('>', space) : -1;
    return end < 0 ? 0 : end + 1;
}

qsizetype guardSize(QByteArrayView text)
{
    // The longer ones first.
    static constexpr std::array<QByteArrayView, 9> guards{")]}',",     ")]}'", "while(1);", "while (1);", "for(;;);",
                                                          "for (;;);", "{}&&", "{} &&",     "&&&START&&&"};
    for (const QByteArrayView guard : guards) {
        if (text.startsWith(guard))
            return guard.size();
    }
    constexpr QByteArrayView Throw("throw 1;");
    return text.startsWith(Throw) ? Throw.size() + remarkSize(text.sliced(Throw.size())) : 0;
}

qsizetype sockJsSize(QByteArrayView record)
{
    if (record.size() < 2)
        return 0;
    const bool isFrame = (record[0] == 'a' || record[0] == 'c') && record[1] == '[';
    return isFrame || (record[0] == 'm' && isOpener(record[1])) ? 1 : 0;
}

/// "2", "2/admin,", "217", "51-/admin,17" before JSON: a Socket.IO packet's type, attachments, namespace and id.
qsizetype socketIoSize(QByteArrayView packet)
{
    if (packet.isEmpty() || packet[0] < '0' || packet[0] > '6')
        return 0;
    qsizetype at = 1;
    if (packet[0] == '5' || packet[0] == '6') {
        const qsizetype count = digitsSize(packet.sliced(at));
        at += count + 1;
        if (count == 0 || at > packet.size() || packet[at - 1] != '-')
            return 0;
    }
    if (packet.sliced(at).startsWith('/')) {
        const qsizetype comma = packet.indexOf(',', at);
        if (comma < 0)
            return 0;
        at = comma + 1;
    }
    at += digitsSize(packet.sliced(at));
    return at < packet.size() && isOpener(packet[at]) ? at : 0;
}

bool isEngineIo(QByteArrayView record)
{
    return record.size() > 1 && ((record[0] == '0' && record[1] == '{') || (record[0] == '4' && isOpener(record[1])));
}

bool isStompCommand(QByteArrayView line)
{
    static constexpr std::array<QByteArrayView, 15> commands{
        "ABORT",   "ACK",  "BEGIN",   "COMMIT", "CONNECT", "CONNECTED", "DISCONNECT", "ERROR",
        "MESSAGE", "NACK", "RECEIPT", "SEND",   "STOMP",   "SUBSCRIBE", "UNSUBSCRIBE"};
    return std::find(commands.begin(), commands.end(), line) != commands.end();
}

QByteArrayView withoutReturn(QByteArrayView line)
{
    return line.endsWith('\r') ? line.chopped(1) : line;
}

/// What is known of a STOMP frame's head.
struct StompHead
{
    /// 0 for what is no head.
    qsizetype size = 0;
    std::optional<qsizetype> contentLength;
};

/// Line ends before the command are heartbeats. `text` ends where the frame must have ended.
StompHead stompHead(QByteArrayView text)
{
    StompHead head;
    qsizetype at = spaceSize(text);
    for (bool isFirst = true;; isFirst = false) {
        const qsizetype end = text.indexOf('\n', at);
        const QByteArrayView line = end < 0 ? QByteArrayView() : withoutReturn(text.sliced(at, end - at));
        if (end < 0 || (isFirst && !isStompCommand(line)))
            return {};
        at = end + 1;
        if (line.isEmpty())
            break;
        constexpr QByteArrayView Length("content-length:");
        bool isNumber = false;
        const qlonglong length = line.startsWith(Length) ? line.sliced(Length.size()).toLongLong(&isNumber) : 0;
        if (isNumber && length >= 0 && !head.contentLength)
            head.contentLength = length;
    }
    head.size = at;
    return head;
}

} // namespace

qsizetype EnvelopeSplitter::NextByte::at(QByteArrayView payload, qsizetype from)
{
    if (m_at < from) {
        const qsizetype found = payload.indexOf(m_byte, from);
        m_at = found < 0 ? payload.size() : found;
    }
    return m_at;
}

EnvelopeSplitter::EnvelopeSplitter(QByteArrayView payload)
    : m_payload(payload)
{
}

std::optional<EnvelopePart> EnvelopeSplitter::next()
{
    if (m_at >= m_payload.size())
        return {};
    if (m_place == Place::Beginning) {
        m_place = Place::AfterMark;
        if (m_payload.startsWith("\xef\xbb\xbf"))
            return take(Kind::ByteOrderMark, 3);
    }
    if (m_place == Place::AfterMark) {
        m_place = Place::RecordBegin;
        const QByteArrayView rest = m_payload.sliced(m_at);
        m_isStomp = stompHead(rest.first(m_null.at(m_payload, m_at) - m_at)).size > 0;
        if (const qsizetype guard = guardSize(rest); guard > 0)
            return take(Kind::Guard, guard);
    }
    return m_place == Place::RecordBegin ? record() : value();
}

EnvelopePart EnvelopeSplitter::take(Kind kind, qsizetype size)
{
    const EnvelopePart part{kind, m_at, size};
    m_at += size;
    return part;
}

EnvelopePart EnvelopeSplitter::record()
{
    m_hasValue = false;
    if (m_payload[m_at] == '\0')
        return take(Kind::Null, 1 + spaceSize(m_payload.sliced(m_at + 1)));
    if (m_isStomp)
        return stompFrame();
    if (m_payload[m_at] == '\x1e')
        return take(Kind::RecordSeparator, 1);
    m_recordEnd = std::min(m_null.at(m_payload, m_at), m_separator.at(m_payload, m_at));
    m_place = Place::Value;
    const QByteArrayView text = m_payload.sliced(m_at, m_recordEnd - m_at);
    if (const qsizetype sockJs = sockJsSize(text); sockJs > 0)
        return take(Kind::SockJs, sockJs);
    if (isEngineIo(text))
        return take(Kind::EngineIo, 1);
    if (const qsizetype socketIo = text.startsWith('4') ? socketIoSize(text.sliced(1)) : 0; socketIo > 0)
        return take(Kind::SocketIo, 1 + socketIo);
    return value();
}

EnvelopePart EnvelopeSplitter::stompFrame()
{
    const qsizetype null = m_null.at(m_payload, m_at);
    const StompHead head = stompHead(m_payload.sliced(m_at, null - m_at));
    if (head.size == 0)
        return take(Kind::Text, null - m_at);
    const qsizetype body = m_at + head.size;
    // A length that leads past the payload, or not to a frame's end, is not believed.
    const qsizetype announced = head.contentLength.value_or(m_payload.size());
    const bool isBelieved = announced < m_payload.size() - body && m_payload[body + announced] == '\0';
    m_recordEnd = isBelieved ? body + announced : null;
    m_place = m_recordEnd > body ? Place::Value : Place::RecordBegin;
    return take(Kind::StompHead, head.size);
}

EnvelopePart EnvelopeSplitter::value()
{
    const QByteArrayView rest = m_payload.sliced(m_at, m_recordEnd - m_at);
    const qsizetype space = spaceSize(rest);
    const bool isJson = space < rest.size() && (isContainer(rest[space]) || isScalar(rest[space]));
    const qsizetype size = isJson ? valueSize(rest) : rest.size();
    if (size == rest.size())
        m_place = Place::RecordBegin;
    m_hasValue = true;
    return take(isJson ? Kind::Json : Kind::Text, size);
}

/// With the white space on both sides. Only a record of several lines may hold several values.
qsizetype EnvelopeSplitter::valueSize(QByteArrayView rest)
{
    const qsizetype space = spaceSize(rest);
    if (m_lineBreak.at(m_payload, m_at) >= m_recordEnd)
        return rest.size();
    qsizetype end = rest.size();
    if (isContainer(rest[space])) {
        end = space + containerSize(rest.sliced(space));
    } else if (m_hasValue) {
        const qsizetype line = rest.indexOf('\n', space);
        end = line < 0 ? rest.size() : line;
    }
    return end + spaceSize(rest.sliced(end));
}

} // namespace sockeye
