#include "brokers/StompDecoder.h"

#include "base/Bytes.h"
#include "encodings/JsonShape.h"

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr qsizetype MaxStompProbe = 64 * 1024;
/// The longest one is UNSUBSCRIBE.
constexpr qsizetype MaxStompCommand = 11;

enum class StompVersion : quint8 { V10, V11, V12 };

std::optional<StompVersion> stompVersion(QStringView subprotocol)
{
    if (subprotocol == "v12.stomp"_L1 || subprotocol == "stomp"_L1)
        return StompVersion::V12;
    if (subprotocol == "v11.stomp"_L1)
        return StompVersion::V11;
    return subprotocol == "v10.stomp"_L1 ? std::optional(StompVersion::V10) : std::nullopt;
}

bool isStompFrameCommand(QByteArrayView line)
{
    return isOneOf(line, {"CONNECT", "STOMP", "CONNECTED", "SEND", "SUBSCRIBE", "UNSUBSCRIBE", "ACK", "NACK", "BEGIN",
                          "COMMIT", "ABORT", "DISCONNECT", "MESSAGE", "RECEIPT", "ERROR"});
}

/// A line without its end.
struct StompLine
{
    qsizetype begin = 0;
    qsizetype end = 0;
    /// Of the next line.
    qsizetype next = 0;
};

std::optional<StompLine> stompLine(QByteArrayView bytes, qsizetype at)
{
    const qsizetype feed = bytes.indexOf('\n', at);
    if (feed < 0)
        return {};
    const bool hasReturn = feed > at && bytes[feed - 1] == '\r';
    return StompLine{at, hasReturn ? feed - 1 : feed, feed + 1};
}

qsizetype stompLineEnds(QByteArrayView bytes, qsizetype at)
{
    while (at < bytes.size() && (bytes[at] == '\n' || (bytes[at] == '\r' && bytes.sliced(at).startsWith("\r\n"))))
        ++at;
    return at;
}

} // namespace

Certainty StompDecoder::probe(const DecodeInput &input) const
{
    if (stompVersion(input.subprotocol))
        return input.payload.isEmpty() ? Certainty::None : Certainty::Sure;
    const QByteArrayView bytes = QByteArrayView(input.payload).first(std::min(input.payload.size(), MaxStompProbe));
    qsizetype at = stompLineEnds(bytes, 0);
    auto line = stompLine(bytes.first(std::min(bytes.size(), at + MaxStompCommand + 2)), at);
    if (!line || !isStompFrameCommand(bytes.sliced(at, line->end - at)))
        return Certainty::None;
    qsizetype headers = 0;
    for (at = line->next; (line = stompLine(bytes, at)); at = line->next) {
        const QByteArrayView header = bytes.sliced(at, line->end - at);
        if (header.isEmpty())
            return input.payload.indexOf('\0', line->next) < 0 && headers == 0 ? Certainty::Likely : Certainty::Sure;
        if (header.indexOf(':') <= 0 || header.contains('\0'))
            return Certainty::None;
        ++headers;
    }
    return headers > 0 ? Certainty::Likely : Certainty::None;
}

namespace {

/// Reads the frames of one message.
class StompFrames final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::StompDecoder)

public:
    StompFrames(const DecodeInput &input, NodeBuilder &builder)
        : m_bytes(input.payload)
        , m_isText(input.isText)
        , m_version(stompVersion(input.subprotocol).value_or(StompVersion::V12))
        , m_builder(builder)
    {
    }

    void read()
    {
        addLineEnds();
        while (m_at < m_bytes.size() && m_builder.goOn(m_at) && addFrame()) {
            ++m_frames;
            addLineEnds();
        }
        if (m_frames > 1)
            m_summary += tr(" + %n more", nullptr, static_cast<int>(m_frames - 1));
        else if (m_frames == 0 && m_summary.isEmpty() && m_at > 0)
            m_summary = u"heart-beat"_s;
        m_builder.setSummary(m_summary);
    }

private:
    /// Heart-beats; behind a frame they may be nothing but padding.
    void addLineEnds()
    {
        const qsizetype begin = m_at;
        m_at = stompLineEnds(m_bytes, begin);
        if (m_at > begin) {
            m_builder.addPlace(u"heart-beat", Node::Kind::Bytes, begin, m_at, begin,
                               m_frames > 0 ? tr("line ends behind a frame") : QString());
        }
    }

    bool addFrame()
    {
        const auto line = stompLine(m_bytes, m_at);
        const QByteArrayView command = line
                                           ? m_bytes.sliced(m_at, line->end - m_at)
                                           : m_bytes.sliced(m_at, std::min(m_bytes.size() - m_at, MaxStompCommand + 1));
        if (!isStompFrameCommand(command)) {
            m_builder.fail(m_at, tr("A STOMP frame begins with a command in a line, which this is not."));
            return false;
        }
        m_command = command.toByteArray();
        m_seen.clear();
        m_isEscaped = m_version != StompVersion::V10 && m_command != "CONNECT" && m_command != "CONNECTED";
        if (!m_builder.open(Node::Kind::Object, m_at))
            return false;
        m_builder.addPlace(u"command", Node::Kind::String, m_at, m_at + command.size(), m_at);
        if (!line) {
            m_builder.fail(m_at + command.size(), tr("The frame ends in its command."));
            return false;
        }
        m_at = line->next;
        const bool isWhole = addHeaders() && addBody();
        if (isWhole)
            m_builder.close(m_at);
        return isWhole;
    }

    bool addHeaders()
    {
        const auto first = stompLine(m_bytes, m_at);
        if (first && first->begin == first->end) {
            m_at = first->next;
            return true;
        }
        if (!m_builder.open(u"headers", Node::Kind::Object, m_at))
            return false;
        while (const auto line = stompLine(m_bytes, m_at)) {
            if (!m_builder.goOn(m_at))
                return false;
            if (line->begin == line->end) {
                m_builder.close(m_at);
                m_at = line->next;
                return true;
            }
            const qsizetype colon = m_bytes.first(line->end).indexOf(':', line->begin);
            if (colon <= line->begin) {
                m_builder.fail(m_at, tr("A header is a name and a value with a colon between them."));
                return false;
            }
            addHeader(line->begin, colon, line->end);
            m_at = line->next;
        }
        m_builder.fail(m_bytes.size(), tr("The frame ends in its headers: the blank line behind them is missing."));
        return false;
    }

    void addHeader(qsizetype begin, qsizetype colon, qsizetype end)
    {
        QString fault;
        const QByteArray name = unescaped(begin, colon, fault);
        const QByteArray value = unescaped(colon + 1, end, fault);
        const bool isFirst = std::ranges::find(m_seen, name, &Header::name) == m_seen.end();
        const QString note = !fault.isEmpty() ? fault
                             : isFirst        ? noteOf(name, value)
                                              : tr("repeated: the first counts");
        if (isFirst && m_seen.size() < MaxSeen)
            m_seen.push_back({name, value});
        m_builder.label(textFromUtf8(name), begin, colon);
        if (value == m_bytes.sliced(colon + 1, end - colon - 1))
            m_builder.addPlace(Node::Kind::String, colon + 1, end, colon + 1, note);
        else
            m_builder.add(Node::Kind::String, colon + 1, end, textFromUtf8(value), note);
    }

    QByteArray unescaped(qsizetype begin, qsizetype end, QString &fault) const
    {
        const QByteArrayView text = m_bytes.sliced(begin, end - begin);
        if (!m_isEscaped || !text.contains('\\'))
            return text.toByteArray();
        QByteArray result;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
            if (text[i] != '\\') {
                result += text[i];
            } else if (next == 'n' || next == 'c' || next == '\\' || (next == 'r' && m_version == StompVersion::V12)) {
                result += next == 'n' ? '\n' : next == 'c' ? ':' : next == 'r' ? '\r' : '\\';
                ++i;
            } else {
                result += '\\';
                fault = tr("a backslash that begins no escape");
            }
        }
        return result;
    }

    QString noteOf(const QByteArray &name, const QByteArray &value) const
    {
        if (name == "heart-beat") {
            const QList<QByteArray> times = value.split(',');
            if (times.size() != 2)
                return {};
            const QString sends =
                times[0] == "0" ? tr("sends none") : tr("sends every %1 ms").arg(textFromUtf8(times[0]));
            const QString wants =
                times[1] == "0" ? tr("wants none") : tr("wants every %1 ms").arg(textFromUtf8(times[1]));
            return tr("%1, %2").arg(sends, wants);
        }
        return {};
    }

    QByteArray header(QByteArrayView name) const
    {
        const auto found =
            std::ranges::find(m_seen, name, [](const Header &header) { return QByteArrayView(header.name); });
        return found == m_seen.end() ? QByteArray() : found->value;
    }

    bool addBody()
    {
        const qsizetype begin = m_at;
        bool isNumber = false;
        const qlonglong announced = header("content-length").toLongLong(&isNumber);
        const bool hasLength = isNumber && announced >= 0;
        const qsizetype left = m_bytes.size() - begin;
        if (hasLength && announced >= left) {
            addBodyBytes(begin, m_bytes.size());
            m_builder.fail(m_bytes.size(),
                           tr("The frame ends in its body: %1 of %2 bytes and the 0 behind them are here.")
                               .arg(left)
                               .arg(announced));
            return false;
        }
        const qsizetype null = hasLength ? begin + announced : m_bytes.indexOf('\0', begin);
        if (null < 0) {
            addBodyBytes(begin, m_bytes.size());
            m_builder.fail(m_bytes.size(), tr("The frame does not end: the 0 behind its body is missing."));
            return false;
        }
        const QString body = addBodyBytes(begin, null);
        if (m_bytes[null] != '\0') {
            m_builder.fail(null, tr("A 0 has to stand behind the body, whose content-length is %1.").arg(announced));
            return false;
        }
        m_at = null + 1;
        if (m_frames == 0)
            m_summary = cutSummary(joinedSummary({head(), body.simplified()}));
        return true;
    }

    QString addBodyBytes(qsizetype begin, qsizetype end)
    {
        if (m_frames == 0)
            m_summary = cutSummary(head());
        if (end == begin)
            return {};
        const QByteArrayView bytes = m_bytes.sliced(begin, end - begin);
        const bool isText = m_isText || (!bytes.contains('\0') && isValidUtf8(bytes));
        m_builder.setTopic(textFromUtf8(header("destination")));
        return m_builder.addInner(u"body", begin, end, begin, isText);
    }

    /// The command, and what it is about.
    QString head() const
    {
        QString line = QString::fromLatin1(m_command);
        const auto add = [&](QByteArrayView name) {
            if (const QByteArray value = header(name); !value.isEmpty())
                line += u' ' + textFromUtf8(value);
        };
        if (m_command == "CONNECT" || m_command == "STOMP") {
            add("accept-version");
        } else if (m_command == "CONNECTED") {
            add("version");
        } else if (m_command == "SEND" || m_command == "MESSAGE") {
            add("destination");
        } else if (m_command == "SUBSCRIBE") {
            add("destination");
            add("id");
        } else if (m_command == "UNSUBSCRIBE") {
            add(header("id").isEmpty() ? "destination" : "id");
        } else if (m_command == "ACK" || m_command == "NACK") {
            add(header("id").isEmpty() ? "message-id" : "id");
        } else if (m_command == "RECEIPT") {
            add("receipt-id");
        } else if (m_command == "DISCONNECT") {
            add("receipt");
        } else if (m_command == "ERROR") {
            add("message");
        } else {
            add("transaction");
        }
        return line;
    }

    struct Header
    {
        QByteArray name;
        QByteArray value;
    };
    /// Beyond those no repeat is looked for.
    static constexpr size_t MaxSeen = 64;

    const QByteArrayView m_bytes;
    const bool m_isText;
    const StompVersion m_version;
    NodeBuilder &m_builder;
    qsizetype m_at = 0;
    qsizetype m_frames = 0;
    QByteArray m_command;
    bool m_isEscaped = true;
    std::vector<Header> m_seen;
    QString m_summary;
};

} // namespace

void StompDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    StompFrames(input, builder).read();
}

} // namespace sockeye
