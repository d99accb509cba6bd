#include "encodings/RecordsDecoder.h"

#include "base/Bytes.h"
#include "decode/ByteCursor.h"
#include "encodings/JsonShape.h"
#include "encodings/ReadableText.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr qsizetype MaxRecordsProbe = 64 * 1024;
constexpr quint8 GrpcCompressed = 0x01;
constexpr quint8 GrpcTrailer = 0x80;

/// What stands before a record.
struct RecordHead
{
    qsizetype begin = 0;
    /// Of the length; behind the flags if there are any.
    qsizetype lengthBegin = 0;
    qsizetype end = 0;
    quint64 length = 0;
    std::optional<quint8> flags;
};

std::optional<quint64> recordVarint(ByteCursor &cursor)
{
    constexpr int MaxBits = 35;
    quint64 number = 0;
    for (int shift = 0; shift < MaxBits; shift += 7) {
        const auto byte = cursor.byte();
        if (!byte)
            return {};
        number |= static_cast<quint64>(*byte & 0x7f) << shift;
        if (*byte < 0x80)
            return number;
    }
    return {};
}

std::optional<quint64> recordLength(ByteCursor &cursor, RecordPrefix prefix)
{
    switch (prefix) {
    case RecordPrefix::U8:
        return cursor.byte();
    case RecordPrefix::U16Big:
        return cursor.big<quint16>();
    case RecordPrefix::U16Little:
        return cursor.little<quint16>();
    case RecordPrefix::U32Little:
        return cursor.little<quint32>();
    case RecordPrefix::Varint:
        return recordVarint(cursor);
    case RecordPrefix::U32Big:
    case RecordPrefix::GrpcWeb:
        break;
    }
    return cursor.big<quint32>();
}

/// Nothing if it is not wholly there.
std::optional<RecordHead> recordHead(QByteArrayView bytes, qsizetype at, RecordPrefix prefix)
{
    ByteCursor cursor(bytes, at);
    RecordHead head;
    head.begin = at;
    if (prefix == RecordPrefix::GrpcWeb) {
        head.flags = cursor.byte();
        if (!head.flags)
            return {};
    }
    head.lengthBegin = cursor.at();
    const auto length = recordLength(cursor, prefix);
    if (!length)
        return {};
    head.length = *length;
    head.end = cursor.at();
    return head;
}

bool isGrpcFlags(quint8 flags)
{
    return (flags & ~(GrpcCompressed | GrpcTrailer)) == 0;
}

} // namespace

QString RecordsDecoder::id() const
{
    switch (m_prefix) {
    case RecordPrefix::U8:
        return u"records-u8"_s;
    case RecordPrefix::U16Big:
        return u"records-u16be"_s;
    case RecordPrefix::U16Little:
        return u"records-u16le"_s;
    case RecordPrefix::U32Big:
        return u"records-u32be"_s;
    case RecordPrefix::U32Little:
        return u"records-u32le"_s;
    case RecordPrefix::Varint:
        return u"records-varint"_s;
    case RecordPrefix::GrpcWeb:
        break;
    }
    return u"grpc-web"_s;
}

QString RecordsDecoder::name() const
{
    const auto named = [](const QString &prefix) {
        return QCoreApplication::translate("sockeye::RecordsDecoder", "Records, length %1").arg(prefix);
    };
    switch (m_prefix) {
    case RecordPrefix::U8:
        return named(u"u8"_s);
    case RecordPrefix::U16Big:
        return named(u"u16 BE"_s);
    case RecordPrefix::U16Little:
        return named(u"u16 LE"_s);
    case RecordPrefix::U32Big:
        return named(u"u32 BE"_s);
    case RecordPrefix::U32Little:
        return named(u"u32 LE"_s);
    case RecordPrefix::Varint:
        return named(u"varint"_s);
    case RecordPrefix::GrpcWeb:
        break;
    }
    return u"gRPC-Web"_s;
}

Certainty RecordsDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes(input.payload);
    if (input.isText || bytes.isEmpty())
        return Certainty::None;
    // Noise ends with a record of its last byte's length too often where lengths are short.
    const bool isShort = m_prefix == RecordPrefix::U8 || m_prefix == RecordPrefix::Varint;
    const qsizetype least = isShort ? 3 : 2;
    qsizetype records = 0;
    qsizetype at = 0;
    qsizetype readable = 0;
    bool holdsAnything = false;
    while (at < bytes.size()) {
        if (at >= MaxRecordsProbe)
            break;
        const auto head = recordHead(bytes, at, m_prefix);
        if (!head || (head->flags && !isGrpcFlags(*head->flags)) ||
            head->length > static_cast<quint64>(bytes.size() - head->end))
            return Certainty::None;
        // An empty record is a byte 0 or four of them: padding, more often than not.
        if (head->length == 0 && m_prefix != RecordPrefix::GrpcWeb)
            return Certainty::None;
        const QByteArrayView record = bytes.sliced(head->end, static_cast<qsizetype>(head->length));
        constexpr qsizetype LeastText = 4;
        if (record.size() >= LeastText && isReadableBeginning(record.first(std::min<qsizetype>(record.size(), 256))))
            ++readable;
        at = head->end + record.size();
        ++records;
        holdsAnything = holdsAnything || !record.isEmpty();
        if (head->flags == GrpcTrailer && record.contains("grpc-status"))
            return at == bytes.size() ? Certainty::Sure : Certainty::None;
    }
    // Lengths of a byte fit any bytes now and then, unless there is text behind each of them.
    if (records < least || !holdsAnything || (isShort && readable < records))
        return Certainty::None;
    return Certainty::Likely;
}

namespace {

class RecordsReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::RecordsDecoder)

public:
    RecordsReader(const DecodeInput &input, NodeBuilder &builder, RecordPrefix prefix)
        : m_bytes(input.payload)
        , m_builder(builder)
        , m_prefix(prefix)
    {
    }

    void read()
    {
        for (qsizetype at = 0; at < m_bytes.size() && m_builder.goOn(at);) {
            const auto head = recordHead(m_bytes, at, m_prefix);
            if (!head) {
                m_builder.fail(at, isLongVarint(at) ? tr("A length is a varint of at most five bytes.")
                                                    : tr("The message ends in the length of a record."));
                break;
            }
            if (!addRecord(*head))
                break;
            at = head->end + static_cast<qsizetype>(head->length);
            ++m_records;
        }
        QString summary = cutSummary(m_first);
        if (m_records > 1)
            summary += u' ' + tr("+ %n more", nullptr, static_cast<int>(m_records - 1));
        m_builder.setSummary(summary);
    }

private:
    [[nodiscard]] bool isLongVarint(qsizetype at) const
    {
        constexpr qsizetype Most = 5;
        return m_prefix == RecordPrefix::Varint && m_bytes.size() - at >= Most;
    }

    bool addRecord(const RecordHead &head)
    {
        if (!m_builder.open(Node::Kind::Object, head.begin))
            return false;
        if (head.flags && !addFlags(head))
            return false;
        m_builder.add(u"length", head.lengthBegin, head.end, static_cast<qint64>(head.length));
        const qsizetype left = m_bytes.size() - head.end;
        if (head.length > static_cast<quint64>(left)) {
            m_builder.fail(
                head.lengthBegin,
                tr("The record is longer than the message: %1 of %2 bytes are here.").arg(left).arg(head.length));
            return false;
        }
        const qsizetype end = head.end + static_cast<qsizetype>(head.length);
        if (head.length > 0)
            addContent(head, end);
        m_builder.close(end);
        return true;
    }

    bool addFlags(const RecordHead &head)
    {
        const quint8 flags = *head.flags;
        QString note;
        if (flags & GrpcTrailer)
            note = flags & GrpcCompressed ? tr("trailers, compressed") : tr("trailers");
        else if (flags & GrpcCompressed)
            note = tr("compressed");
        m_builder.add(u"flags", head.begin, head.lengthBegin, flags, note);
        if (isGrpcFlags(flags))
            return true;
        m_builder.fail(head.begin, tr("Flags are 0x01 (compressed) and 0x80 (trailers), and these are others."));
        return false;
    }

    void addContent(const RecordHead &head, qsizetype end)
    {
        const QByteArrayView content = m_bytes.sliced(head.end, end - head.end);
        QString said;
        if (head.flags && *head.flags == GrpcTrailer)
            said = addTrailers(head.end, end);
        else
            said = m_builder.addInner(u"data", head.end, end, head.end, isReadableText(content));
        if (m_records == 0)
            m_first = said.isEmpty() ? tr("%1 B").arg(content.size()) : said.simplified();
    }

    /// Headers as HTTP/1.1 writes them.
    QString addTrailers(qsizetype begin, qsizetype end)
    {
        if (!m_builder.open(u"trailers", Node::Kind::Object, begin))
            return {};
        QString said;
        for (qsizetype at = begin; at < end && m_builder.goOn(at);) {
            const qsizetype feed = m_bytes.first(end).indexOf('\n', at);
            qsizetype lineEnd = feed < 0 ? end : feed;
            const qsizetype next = feed < 0 ? end : feed + 1;
            if (lineEnd > at && m_bytes[lineEnd - 1] == '\r')
                --lineEnd;
            const qsizetype colon = m_bytes.first(lineEnd).indexOf(':', at);
            qsizetype value = colon < 0 ? at : colon + 1;
            while (value < lineEnd && m_bytes[value] == ' ')
                ++value;
            if (lineEnd > at) {
                if (colon >= 0)
                    m_builder.label(textFromUtf8(m_bytes.sliced(at, colon - at)), at, colon);
                m_builder.addPlace(Node::Kind::String, value, lineEnd, value);
                said += (said.isEmpty() ? QString() : u" "_s) + textFromUtf8(m_bytes.sliced(at, lineEnd - at));
            }
            at = next;
        }
        m_builder.close(end);
        return said;
    }

    const QByteArrayView m_bytes;
    NodeBuilder &m_builder;
    const RecordPrefix m_prefix;
    qsizetype m_records = 0;
    QString m_first;
};

} // namespace

void RecordsDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    RecordsReader(input, builder, m_prefix).read();
}

} // namespace sockeye
