#include "encodings/CborDecoder.h"

#include "encodings/CborNodes.h"
#include "encodings/ValueTexts.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace sockeye {

namespace {

/// What is looked at of a payload.
constexpr qsizetype CborProbed = 64 * 1024;
/// Evidence from which on it is likely, and sure. That all bytes are a value is evidence by itself: less than one in
/// 2,000 random payloads are.
constexpr double CborLikely = 1;
constexpr double CborSure = 48;
/// Of a payload whose end was not seen.
constexpr double CborSureBeginning = 400;
/// Tag 55799, whose bytes no other format begins with.
constexpr quint64 CborSelfDescribed = 55799;
/// Ids of records are tags of two bytes.
constexpr quint64 MaxCborTag = 0xffff;

/// Reads data items for what they tell about being CBOR; builds nothing.
class CborProbe final
{
public:
    CborProbe(QByteArrayView payload, const KnownRecords &known)
        : m_payload(payload)
        , m_bytes(payload.first(std::min(payload.size(), CborProbed)))
        , m_known(known)
    {
    }

    /// Whether the bytes are data items of which each is, or tags, an array or a map; the last one may go on behind
    /// them if `isCut`.
    bool read(bool isCut)
    {
        int items = 0;
        while (m_at < m_bytes.size()) {
            // Few send sequences.
            if (++items > 1)
                m_evidence.add(-5);
            if (!readItem())
                return isCut && m_isAtEnd && items > 0;
            if (m_bundle.isAt(m_at))
                m_at = std::min(m_bundle.end(), m_bytes.size());
        }
        return items > 0;
    }

    [[nodiscard]] double bits() const { return m_evidence.bits(); }
    [[nodiscard]] bool isSelfDescribed() const { return m_isSelfDescribed; }

private:
    struct Frame
    {
        quint64 left = 0;
        bool isMap = false;
        bool isIndefinite = false;
        bool isKey = false;
    };

    bool readItem()
    {
        bool isRoot = true;
        do {
            if (m_bundle.beginAt(m_payload, m_at))
                m_evidence.add(12);
            if (const auto piece = isRoot ? std::nullopt : m_bundle.take(m_bytes, m_at)) {
                m_evidence.add(5);
                m_evidence.addText(piece->toUtf8());
                finishValue();
                continue;
            }
            if (m_evidence.isHopeless() || !readHead())
                return false;
            if (m_head.isBreak()) {
                if (m_open.empty() || !m_open.back().isIndefinite || (m_open.back().isMap && !m_open.back().isKey))
                    return false;
                m_open.pop_back();
                m_evidence.add(4);
                finishValue();
                continue;
            }
            if (m_head.major == CborHead::Tag) {
                tag();
                continue;
            }
            if (isRoot && m_head.major != CborHead::Array && m_head.major != CborHead::Map && !m_isSelfDescribed)
                return false;
            weighHead(isRoot);
            isRoot = false;
            if (!readContent())
                return false;
        } while (!m_open.empty() || isRoot);
        return true;
    }

    bool readHead()
    {
        const auto fault = readCborHead(m_bytes, m_at, m_head);
        m_isAtEnd = fault == CborHead::Fault::End;
        if (fault != CborHead::Fault::None)
            return false;
        m_at = m_head.end;
        return true;
    }

    void tag()
    {
        if (m_head.argument == CborSelfDescribed && m_head.begin == 0) {
            m_isSelfDescribed = true;
            m_evidence.add(18);
            return;
        }
        const quint64 tag = m_head.argument;
        // A connection that has defined it.
        if (m_head.begin == 0 && tag <= MaxCborTag && m_known.has(static_cast<quint32>(tag)))
            m_evidence.add(CborSure);
        const bool isRecord = tag >= 0xdff0 && tag < 0xe100;
        const bool isKnown =
            isRecord || tag < 6 || (tag >= 21 && tag < 110) || (tag >= 256 && tag < 280) || tag == 1004;
        if (!isKnown)
            m_evidence.add(-4);
        else if (m_head.info < 25)
            m_evidence.add(m_head.info < 24 ? 1 : 4.5);
        else
            m_evidence.add(m_head.info > 25 ? -1 : isRecord ? 8 : 12);
    }

    /// How much more often messages have such a head here than noise does.
    void weighHead(bool isRoot)
    {
        const bool isShort = m_head.info < 24;
        const bool isContainer = m_head.major == CborHead::Array || m_head.major == CborHead::Map;
        if (isRoot) {
            const bool isEmpty = isContainer && isShort && m_head.argument == 0;
            m_evidence.add(isEmpty ? -4 : m_head.major == CborHead::Map ? 2.5 : 1.5);
            return;
        }
        if (!m_open.empty() && m_open.back().isKey) {
            const bool isText = m_head.major == CborHead::Text;
            const bool isNumber = m_head.major == CborHead::Unsigned && m_head.info < 25;
            m_evidence.add(isText ? (m_head.info < 25 ? 3 : -4) : isNumber ? 0 : -5);
            return;
        }
        switch (m_head.major) {
        case CborHead::Unsigned:
            m_evidence.add(isShort ? 1 : 3.5);
            break;
        case CborHead::Negative:
            m_evidence.add(isShort ? -0.6 : 1.4);
            break;
        case CborHead::Bytes:
            m_evidence.add(isShort ? -2.2 : m_head.info < 26 ? 1.4 : -1);
            break;
        case CborHead::Text:
            m_evidence.add(isShort ? 1.4 : m_head.info == 24 ? 3.4 : m_head.info == 25 ? 1.4 : -1);
            break;
        case CborHead::Array:
        case CborHead::Map:
            m_evidence.add(isShort ? -0.6 : 1.4);
            break;
        default:
            weighSimple();
        }
    }

    void weighSimple()
    {
        constexpr quint8 False = 20;
        constexpr quint8 Undefined = 23;
        if (m_head.info >= False && m_head.info < Undefined)
            m_evidence.add(3);
        else if (m_head.info == Undefined)
            m_evidence.add(1.4);
        else if (m_head.info > 24)
            m_evidence.add(m_head.info == 27 ? 3 : 2);
        else
            m_evidence.add(-6);
    }

    bool readContent()
    {
        switch (m_head.major) {
        case CborHead::Bytes:
        case CborHead::Text:
            if (!readString())
                return false;
            break;
        case CborHead::Array:
        case CborHead::Map: {
            const bool isMap = m_head.major == CborHead::Map;
            if (m_head.isIndefinite() || m_head.argument > 0) {
                m_open.push_back({m_head.argument, isMap, m_head.isIndefinite(), isMap});
                return true;
            }
            break;
        }
        case CborHead::Simple:
            if (m_head.info == 27)
                m_evidence.addDouble(m_head.argument);
            break;
        default:
            if (m_head.info == 27)
                m_evidence.addInteger(m_head.argument);
        }
        finishValue();
        return true;
    }

    bool readString()
    {
        const CborHead head = m_head;
        if (!head.isIndefinite())
            return readChunk();
        while (readHead()) {
            if (m_head.isBreak())
                return true;
            if (m_head.major != head.major || m_head.isIndefinite() || !readChunk())
                return false;
        }
        return false;
    }

    bool readChunk()
    {
        const qsizetype left = m_bytes.size() - m_at;
        if (m_head.argument > static_cast<quint64>(left)) {
            m_isAtEnd = true;
            return false;
        }
        const auto size = static_cast<qsizetype>(m_head.argument);
        if (m_head.major == CborHead::Text)
            m_evidence.addText(m_bytes.sliced(m_at, size));
        m_at += size;
        return true;
    }

    /// Ends what is complete with the value that was read last.
    void finishValue()
    {
        while (!m_open.empty()) {
            Frame &frame = m_open.back();
            if (frame.isMap)
                frame.isKey = !frame.isKey;
            const bool isEntry = !frame.isMap || frame.isKey;
            if (frame.isIndefinite || !isEntry || --frame.left > 0)
                return;
            m_open.pop_back();
        }
    }

    const QByteArrayView m_payload;
    /// What is looked at.
    const QByteArrayView m_bytes;
    qsizetype m_at = 0;
    const KnownRecords m_known;
    CborHead m_head;
    std::vector<Frame> m_open;
    CborBundle m_bundle;
    FormatEvidence m_evidence;
    bool m_isSelfDescribed = false;
    /// Nothing is wrong but that the bytes end.
    bool m_isAtEnd = false;
};

/// Definitions of records have this tag.
bool mayDefineCborRecord(QByteArrayView bytes)
{
    return bytes.contains("\xd9\xdf\xff");
}

KnownRecords cborKnown(const DecodeInput &input)
{
    const Conversation *before = input.beforeOf("cbor");
    return before ? KnownRecords(before->side(input.direction).records) : KnownRecords();
}

/// Adds the records that a payload defines, as far as it can be read.
void addCborRecords(const QByteArray &payload, KnownRecords &records)
{
    constexpr qint32 Depth = 100;
    if (!mayDefineCborRecord(payload))
        return;
    NodeBuilder none(payload, {}, {0, Depth});
    ValueSummary summary(false);
    qsizetype at = 0;
    do {
        const auto end = addCbor(none, payload, at, summary, &records);
        if (!end)
            return;
        at = *end;
    } while (at < payload.size());
}

} // namespace

Certainty CborDecoder::probe(const DecodeInput &input) const
{
    if (input.isText)
        return Certainty::None;
    const bool isCut = input.payload.size() > CborProbed;
    CborProbe probe(input.payload, cborKnown(input));
    if (!probe.read(isCut))
        return Certainty::None;
    const double sure = isCut ? CborSureBeginning : CborSure;
    if (probe.bits() >= sure)
        return Certainty::Sure;
    return probe.isSelfDescribed() || probe.bits() >= CborLikely ? Certainty::Likely : Certainty::None;
}

void CborDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    ValueSummary summary(builder.wantsSummary());
    KnownRecords records = cborKnown(input);
    qsizetype at = 0;
    do {
        const auto end = addCbor(builder, input.payload, at, summary, &records);
        builder.setSummary(summary.toString());
        if (!end)
            return;
        at = *end;
    } while (at < input.payload.size());
}

bool CborDecoder::isConversation(const ConnectionFacts &facts) const
{
    return std::ranges::any_of(facts.first, [](const ConnectionFacts::Message &message) {
        CborHead root;
        if (message.isText || readCborHead(message.payload, 0, root) != CborHead::Fault::None ||
            root.major < CborHead::Array || root.major > CborHead::Tag)
            return false;
        KnownRecords records;
        addCborRecords(message.payload, records);
        return !records.isEmpty();
    });
}

void CborDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    if (input.isText || !mayDefineCborRecord(input.payload))
        return;
    KnownRecords records(conversation.side(input.direction).records);
    addCborRecords(input.payload, records);
    conversation.format = QByteArrayLiteral("cbor");
    conversation.side(input.direction).records = records.records();
}

Dependence CborDecoder::dependence(const DecodeInput &input) const
{
    constexpr char TagOfTwoBytes = '\xd9';
    constexpr quint8 FirstRecordTag = 0xe0;
    const QByteArrayView bytes(input.payload);
    for (qsizetype at = bytes.indexOf(TagOfTwoBytes); at >= 0; at = bytes.indexOf(TagOfTwoBytes, at + 1)) {
        if (!input.isText && at + 1 < bytes.size() && static_cast<quint8>(bytes[at + 1]) >= FirstRecordTag)
            return Dependence::All;
    }
    return Dependence::None;
}

} // namespace sockeye
