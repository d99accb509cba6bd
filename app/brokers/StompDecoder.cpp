#include "brokers/StompDecoder.h"

#include "base/Bytes.h"
#include "brokers/StompStream.h"
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

/// Of a direction in which a frame has begun that is not whole.
const Conversation::Side *stompBegun(const DecodeInput &input)
{
    const Conversation *before = input.beforeOf("stomp");
    if (!before)
        return nullptr;
    const Conversation::Side &side = before->side(input.direction);
    return side.skipped > 0 || !side.begun.isEmpty() ? &side : nullptr;
}

} // namespace

Certainty StompDecoder::probe(const DecodeInput &input) const
{
    if (stompVersion(input.subprotocol))
        return input.payload.isEmpty() ? Certainty::None : Certainty::Sure;
    if (!input.payload.isEmpty() && stompBegun(input))
        return Certainty::Sure;
    const QByteArrayView bytes = QByteArrayView(input.payload).first(std::min(input.payload.size(), MaxStompProbe));
    qsizetype at = stomp::behindLineEnds(bytes, 0);
    auto line = stomp::lineAt(bytes.first(std::min(bytes.size(), at + MaxStompCommand + 2)), at);
    if (!line || !stomp::isFrameCommand(bytes.sliced(at, line->end - at)))
        return Certainty::None;
    qsizetype headers = 0;
    for (at = line->next; (line = stomp::lineAt(bytes, at)); at = line->next) {
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
    /// `bytes` are those of the builder, read from `at` on.
    StompFrames(const DecodeInput &input, QByteArrayView bytes, qsizetype at, NodeBuilder &builder)
        : m_bytes(bytes)
        , m_isText(input.isText)
        , m_version(stompVersion(input.subprotocol).value_or(StompVersion::V12))
        , m_builder(builder)
        , m_at(at)
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
        m_at = stomp::behindLineEnds(m_bytes, begin);
        if (m_at > begin) {
            m_builder.addPlace(u"heart-beat", Node::Kind::Bytes, begin, m_at, begin,
                               m_frames > 0 ? tr("line ends behind a frame") : QString());
        }
    }

    bool addFrame()
    {
        const auto line = stomp::lineAt(m_bytes, m_at);
        const QByteArrayView command = line
                                           ? m_bytes.sliced(m_at, line->end - m_at)
                                           : m_bytes.sliced(m_at, std::min(m_bytes.size() - m_at, MaxStompCommand + 1));
        if (!stomp::isFrameCommand(command)) {
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
        const auto first = stomp::lineAt(m_bytes, m_at);
        if (first && first->begin == first->end) {
            m_at = first->next;
            return true;
        }
        if (!m_builder.open(u"headers", Node::Kind::Object, m_at))
            return false;
        while (const auto line = stomp::lineAt(m_bytes, m_at)) {
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
        tellFacts();
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

    /// Of a frame that is whole.
    void tellFacts()
    {
        using Role = MessageFacts::Exchange::Role;
        m_builder.setMessage(m_command, {}, header("destination"));
        const QByteArray answered = header("receipt-id");
        if (m_command == "CONNECT" || m_command == "STOMP")
            m_builder.addExchange(Role::Asks, "connect", m_command);
        else if (m_command == "CONNECTED")
            m_builder.addExchange(Role::Answers, "connect");
        else if (m_command == "RECEIPT")
            m_builder.addExchange(Role::Answers, "receipt " + answered);
        else if (m_command == "ERROR")
            m_builder.addExchange(Role::Fails, answered.isEmpty() ? "connect" : "receipt " + answered);
        else if (const QByteArray receipt = header("receipt"); !receipt.isEmpty())
            m_builder.addExchange(Role::Asks, "receipt " + receipt, m_command);
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
    qsizetype m_at;
    qsizetype m_frames = 0;
    QByteArray m_command;
    bool m_isEscaped = true;
    std::vector<Header> m_seen;
    QString m_summary;
};

/// A message of a stream whose beginning is known: the end of a frame that earlier messages began, whole frames, and
/// the beginning of one that later messages end.
class StompMessage final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::StompDecoder)

public:
    StompMessage(const DecodeInput &input, NodeBuilder &builder)
        : m_input(input)
        , m_side(input.before->side(input.direction))
        , m_payload(input.payload)
        , m_builder(builder)
    {
    }

    void decode()
    {
        const bool isAnew = stomp::beginsAnew(m_payload, m_side);
        if (isAnew) {
            m_at = 0;
        } else if (m_side.skipped > 0) {
            m_at = stomp::skippedBytes(m_payload, m_side);
            part(0, m_at, tr("of a frame that is too long to be put together"));
        } else if (!m_side.begun.isEmpty() && !endOfFrame()) {
            return tell();
        }
        const stomp::FrameEnds rest = stomp::frameEnds(QByteArrayView(m_payload).sliced(m_at));
        const qsizetype whole = m_at + (rest.ends.isEmpty() ? 0 : rest.ends.constLast());
        if (whole > m_at || rest.isBroken)
            read(m_builder, QByteArrayView(m_payload).first(rest.isBroken ? m_payload.size() : whole), m_at);
        if (!rest.isBroken && whole < m_payload.size() && !m_builder.isStopped())
            part(whole, m_payload.size(), tr("its beginning: the frame ends in a later message"));
        tell();
        // Of the frames of this message nothing is wrong.
        if (isAnew && !m_builder.hasFailed())
            m_builder.fail(m_payload.size(), tr("The frame before these has not ended: its content-length is more than "
                                                "came of it."));
    }

private:
    void read(NodeBuilder &builder, QByteArrayView bytes, qsizetype at)
    {
        StompFrames(m_input, bytes, at, builder).read();
        const bool isPadding = !m_lines.isEmpty() && stomp::behindLineEnds(bytes, at) == bytes.size();
        if (!builder.summary().isEmpty() && !isPadding)
            m_lines += builder.summary();
    }

    /// The end of what earlier messages began; false if it goes on in later ones, or is none.
    bool endOfFrame()
    {
        const QByteArray joined = m_side.begun + m_payload;
        const stomp::FrameEnds frames = stomp::frameEnds(joined);
        const QString from = tr("from %1 messages").arg(qint64(m_side.messages) + 1);
        if (frames.ends.isEmpty() && !frames.isBroken) {
            part(0, m_payload.size(),
                 tr("message %1 of a frame that ends in a later one").arg(qint64(m_side.messages) + 1));
            return false;
        }
        // With what breaks the rules it is read as far as that goes.
        const QByteArray frame = frames.ends.isEmpty() ? joined : joined.first(frames.ends.constFirst());
        m_at = frame.size() - m_side.begun.size();
        if (!m_builder.open(tr("end of a frame"), Node::Kind::Object, 0))
            return false;
        m_builder.note(from);
        const bool isRead =
            m_builder.addSource(tr("Whole frame"), frame, [&](NodeBuilder &builder) { read(builder, frame, 0); });
        if (m_builder.hasFailed())
            return false;
        m_builder.close(m_at);
        return isRead;
    }

    /// Bytes of a frame that is not whole in this message.
    void part(qsizetype begin, qsizetype end, const QString &note)
    {
        const QByteArray joined = begin == 0 ? m_side.begun + m_payload : m_payload.sliced(begin);
        const auto line = stomp::lineAt(joined, stomp::behindLineEnds(joined, 0));
        const bool isKnown = line && (m_side.skipped == 0 || begin > 0) &&
                             stomp::isFrameCommand(QByteArrayView(joined).sliced(line->begin, line->end - line->begin));
        const QString frame =
            isKnown ? QString::fromLatin1(joined.sliced(line->begin, line->end - line->begin)) : tr("a frame");
        const QString label = tr("part of %1").arg(frame);
        const bool isText = m_input.isText;
        m_builder.addPlace(label, isText ? Node::Kind::String : Node::Kind::Bytes, begin, end, begin, note);
        m_lines += label;
    }

    void tell() { m_builder.setSummary(cutSummary(m_lines.join(u"; "_s))); }

    const DecodeInput &m_input;
    const Conversation::Side &m_side;
    const QByteArray m_payload;
    NodeBuilder &m_builder;
    qsizetype m_at = 0;
    QStringList m_lines;
};

} // namespace

void StompDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    if (input.beforeOf("stomp"))
        StompMessage(input, builder).decode();
    else
        StompFrames(input, input.payload, 0, builder).read();
}

bool StompDecoder::isConversation(const ConnectionFacts &facts) const
{
    if (stompVersion(facts.subprotocol))
        return true;
    return facts.subprotocol.isEmpty() &&
           std::ranges::any_of(facts.first, [this](const ConnectionFacts::Message &message) {
               return probe({message.payload, message.isText}) == Certainty::Sure;
           });
}

void StompDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    stomp::followStream(input, conversation);
}

Dependence StompDecoder::dependence(const DecodeInput &input) const
{
    // Whole frames from the first byte to the last.
    const stomp::FrameEnds frames = stomp::frameEnds(input.payload);
    const bool isWhole = !frames.isBroken && !frames.ends.isEmpty() && frames.ends.constLast() == input.payload.size();
    return isWhole ? Dependence::None : Dependence::All;
}

} // namespace sockeye
