#include "encodings/MsgpackDecoder.h"

#include "encodings/MsgpackNodes.h"
#include "encodings/ValueTexts.h"

#include <algorithm>
#include <vector>

namespace sockeye {

namespace {

/// What is looked at of a payload.
constexpr qsizetype MsgpackProbed = 64 * 1024;
/// Evidence from which on it is likely, and sure. That all bytes are a value is evidence by itself: less than one in
/// 2,000 random payloads are.
constexpr double MsgpackLikely = -1;
constexpr double MsgpackSure = 48;
/// Of a payload whose end was not seen.
constexpr double MsgpackSureBeginning = 400;

/// Reads values for what they tell about being MessagePack; builds nothing.
class MsgpackProbe final
{
public:
    MsgpackProbe(QByteArrayView payload, const KnownRecords &known)
        : m_payload(payload)
        , m_bytes(payload.first(std::min(payload.size(), MsgpackProbed)))
        , m_records(known)
    {
    }

    /// Whether the bytes are values of which each is an array, a map or a record; the last one may go on behind them if
    /// `isCut`.
    bool read(bool isCut)
    {
        int values = 0;
        while (m_at < m_bytes.size()) {
            // Few send several.
            if (++values > 1)
                m_evidence.add(-5);
            if (!readRoot())
                return isCut && m_isAtEnd;
            if (m_bundle.isAt(m_at))
                m_at = std::min(m_bundle.end(), m_bytes.size());
        }
        return values > 0;
    }

    [[nodiscard]] double bits() const { return m_evidence.bits(); }

private:
    struct Frame
    {
        quint64 left = 0;
        bool isMap = false;
        bool isKey = false;
    };

    bool readRoot()
    {
        bool isRoot = true;
        do {
            if (m_bundle.isAt(m_at))
                m_at = std::min(m_bundle.end(), m_bytes.size());
            MsgpackHead head;
            m_isAtEnd = !readMsgpackHead(m_bytes, m_at, head);
            if (m_isAtEnd || m_evidence.isHopeless())
                return false;
            const quint8 first = static_cast<quint8>(m_bytes.at(m_at));
            m_at = head.end;
            const bool isRecord = head.family == MsgpackHead::Extension && readRecord(head);
            if (!isRecord && isMsgpackPrefix(m_bytes, head)) {
                m_bundle.begin(m_payload, head);
                m_evidence.add(12);
                m_at += static_cast<qsizetype>(head.argument);
                continue;
            }
            const bool isKnown = isRoot && !m_records.known().isEmpty() && m_records.find(m_bytes, head);
            if (isRoot && !isRecord && !isKnown && head.family != MsgpackHead::Array && head.family != MsgpackHead::Map)
                return false;
            // A connection that has defined it.
            if (isKnown)
                m_evidence.add(MsgpackSure);
            if (!isRecord) {
                weighHead(head, first, isRoot);
                if (!readContent(head))
                    return false;
            }
            isRoot = false;
        } while (!m_open.empty() || isRoot);
        return true;
    }

    /// The definition of a record, and its values from now on.
    bool readRecord(const MsgpackHead &head)
    {
        const auto record = m_records.define(m_payload, head, m_bundle);
        if (!record)
            return false;
        // Four bytes that are rare by themselves, and texts.
        m_evidence.add(14);
        for (const MsgpackRecords::Key &key : *record->keys) {
            m_evidence.add(2.8);
            m_evidence.addText(key.name.toUtf8());
        }
        m_at = std::min(record->end, m_bytes.size());
        begin({record->keys->size(), false, false});
        return true;
    }

    /// How much more often messages have such a head here than noise does.
    void weighHead(const MsgpackHead &head, quint8 first, bool isRoot)
    {
        const bool isDirect = head.end - head.begin == 1;
        const bool isLong = head.end - head.begin > 3;
        if (isRoot) {
            const bool isMap = head.family == MsgpackHead::Map;
            m_evidence.add(head.argument == 0 ? -4 : isLong ? -1 : isMap ? 3 : 2);
            return;
        }
        if (!m_open.empty() && m_open.back().isKey) {
            const bool isText = head.family == MsgpackHead::String && !isLong;
            if (head.family == MsgpackHead::Never)
                return;
            m_evidence.add(isText ? (isDirect ? 2.8 : 2) : head.family == MsgpackHead::Integer && isDirect ? -3 : -5);
            return;
        }
        switch (head.family) {
        case MsgpackHead::Integer:
            m_evidence.add(isDirect ? (head.isNegative ? -1.6 : -0.7) : first < 0xd0 ? 3.4 : 1.4);
            break;
        case MsgpackHead::Nil:
        case MsgpackHead::Boolean:
            m_evidence.add(3);
            break;
        case MsgpackHead::Float32:
            m_evidence.add(2.4);
            break;
        case MsgpackHead::Float64:
            m_evidence.add(3);
            break;
        case MsgpackHead::String:
            m_evidence.add(isDirect ? 1 : first == 0xd9 ? 3.4 : isLong ? -1 : 1.4);
            break;
        case MsgpackHead::Binary:
            m_evidence.add(isLong ? -1 : 1.4);
            break;
        case MsgpackHead::Array:
        case MsgpackHead::Map:
            m_evidence.add(isDirect ? -0.1 : isLong ? -1 : 1.4);
            break;
        case MsgpackHead::Extension:
            weighExtension(head, first);
            break;
        case MsgpackHead::Never:
            break;
        }
    }

    void weighExtension(const MsgpackHead &head, quint8 first)
    {
        constexpr qint8 Timestamp = -1;
        const bool isTimestamp =
            head.extension == Timestamp && (first == 0xd6 || first == 0xd7 || (first == 0xc7 && head.argument == 12));
        const bool isUndefined = head.extension == 0 && first == 0xd4;
        m_evidence.add(isTimestamp || isUndefined ? 7 : -1);
    }

    bool readContent(const MsgpackHead &head)
    {
        switch (head.family) {
        case MsgpackHead::Array:
            begin({head.argument, false, false});
            return true;
        case MsgpackHead::Map:
            begin({head.argument, true, true});
            return true;
        case MsgpackHead::String:
        case MsgpackHead::Binary:
        case MsgpackHead::Extension: {
            m_isAtEnd = head.argument > static_cast<quint64>(m_bytes.size() - m_at);
            if (m_isAtEnd)
                return false;
            const auto size = static_cast<qsizetype>(head.argument);
            if (head.family == MsgpackHead::String)
                m_evidence.addText(m_bytes.sliced(m_at, size));
            m_at += size;
            break;
        }
        case MsgpackHead::Never: {
            const auto piece = m_bundle.take(m_bytes, m_at);
            if (!piece)
                return false;
            m_evidence.addText(piece->toUtf8());
            m_evidence.add(5);
            break;
        }
        case MsgpackHead::Integer:
            if (const auto record = m_records.find(m_bytes, head)) {
                m_at = std::min(record->end, m_bytes.size());
                begin({record->keys->size(), false, false});
                return true;
            }
            if (head.end - head.begin > 8)
                m_evidence.addInteger(head.argument);
            break;
        case MsgpackHead::Float64:
            m_evidence.addDouble(head.argument);
            break;
        default:
            break;
        }
        finishValue();
        return true;
    }

    void begin(const Frame &frame)
    {
        if (frame.left > 0)
            m_open.push_back(frame);
        else
            finishValue();
    }

    /// Ends what is complete with the value that was read last.
    void finishValue()
    {
        while (!m_open.empty()) {
            Frame &frame = m_open.back();
            if (frame.isMap)
                frame.isKey = !frame.isKey;
            const bool isEntry = !frame.isMap || frame.isKey;
            if (!isEntry || --frame.left > 0)
                return;
            m_open.pop_back();
        }
    }

    const QByteArrayView m_payload;
    /// What is looked at.
    const QByteArrayView m_bytes;
    qsizetype m_at = 0;
    std::vector<Frame> m_open;
    MsgpackRecords m_records;
    MsgpackBundle m_bundle;
    FormatEvidence m_evidence;
    /// Nothing is wrong but that the bytes end.
    bool m_isAtEnd = false;
};

/// A definition of a record holds an extension of one byte or two with this type.
bool mayDefineMsgpackRecord(QByteArrayView bytes)
{
    return bytes.contains("\xd4\x72") || bytes.contains("\xd5\x72");
}

KnownRecords msgpackKnown(const DecodeInput &input)
{
    const Conversation *before = input.beforeOf("msgpack");
    return before ? KnownRecords(before->side(input.direction).records) : KnownRecords();
}

/// Adds the records that a payload defines, as far as it can be read.
void addMsgpackRecords(const QByteArray &payload, KnownRecords &records)
{
    constexpr qint32 Depth = 100;
    if (payload.isEmpty() || !mayDefineMsgpackRecord(payload))
        return;
    NodeBuilder none(payload, {}, {0, Depth});
    ValueSummary summary(false);
    qsizetype at = 0;
    do {
        const auto end = addMsgpack(none, payload, at, summary, &records);
        if (!end)
            return;
        at = *end;
    } while (at < payload.size());
}

} // namespace

Certainty MsgpackDecoder::probe(const DecodeInput &input) const
{
    if (input.isText)
        return Certainty::None;
    const bool isCut = input.payload.size() > MsgpackProbed;
    MsgpackProbe probe(input.payload, msgpackKnown(input));
    if (!probe.read(isCut))
        return Certainty::None;
    if (probe.bits() >= (isCut ? MsgpackSureBeginning : MsgpackSure))
        return Certainty::Sure;
    return probe.bits() >= MsgpackLikely ? Certainty::Likely : Certainty::None;
}

void MsgpackDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    ValueSummary summary(builder.wantsSummary());
    KnownRecords records = msgpackKnown(input);
    qsizetype at = 0;
    do {
        const auto end = addMsgpack(builder, input.payload, at, summary, &records);
        builder.setSummary(summary.toString());
        if (!end)
            return;
        at = *end;
    } while (at < input.payload.size());
}

bool MsgpackDecoder::isConversation(const ConnectionFacts &facts) const
{
    return std::ranges::any_of(facts.first, [](const ConnectionFacts::Message &message) {
        MsgpackHead root;
        if (message.isText || !readMsgpackHead(message.payload, 0, root) || root.family < MsgpackHead::Array ||
            root.family == MsgpackHead::Never)
            return false;
        KnownRecords records;
        addMsgpackRecords(message.payload, records);
        return !records.isEmpty();
    });
}

void MsgpackDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    if (input.isText || !mayDefineMsgpackRecord(input.payload))
        return;
    KnownRecords records(conversation.side(input.direction).records);
    addMsgpackRecords(input.payload, records);
    conversation.format = QByteArrayLiteral("msgpack");
    conversation.side(input.direction).records = records.records();
}

Dependence MsgpackDecoder::dependence(const DecodeInput &input) const
{
    constexpr quint8 FirstRecord = 0x40;
    constexpr quint8 LastRecord = 0x7f;
    const QByteArrayView bytes(input.payload);
    MsgpackHead head;
    // All that stands in arrays and maps stands behind their heads.
    for (qsizetype at = 0; !input.isText && at < bytes.size() && readMsgpackHead(bytes, at, head);) {
        const auto first = static_cast<quint8>(bytes[at]);
        // The number of a record, or one like it.
        if (first >= FirstRecord && first <= LastRecord)
            return Dependence::All;
        const bool hasBytes = head.family == MsgpackHead::String || head.family == MsgpackHead::Binary ||
                              head.family == MsgpackHead::Extension;
        const auto left = static_cast<quint64>(bytes.size() - head.end);
        at = head.end + static_cast<qsizetype>(hasBytes ? std::min(head.argument, left) : 0);
    }
    return Dependence::None;
}

} // namespace sockeye
