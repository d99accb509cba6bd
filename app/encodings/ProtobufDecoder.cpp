#include "encodings/ProtobufDecoder.h"

#include "base/Units.h"
#include "decode/ByteCursor.h"
#include "encodings/ReadableText.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <vector>

namespace sockeye {

namespace {

constexpr qsizetype ProtoProbeStretch = 64 * 1024;
/// Numbers beyond are not given by people; a part with one is no message.
constexpr quint32 ProtoLargestNumber = 32'767;
/// Of what is taken for a message: those that schemas begin with.
constexpr quint32 ProtoTellingNumber = 512;
constexpr quint32 ProtoFirstNumber = 32;
/// Characters of a text that no noise has.
constexpr qsizetype ProtoTellingText = 4;
/// Messages that hold nothing but a message.
constexpr int ProtoProbeLevels = 4;
constexpr qsizetype ProtoRecordFields = 3;
constexpr size_t ProtoProbeParts = 8;
/// Bytes of a part that tell whether it is text rather than a message.
constexpr qsizetype ProtoTextStretch = 4 * 1024;
/// A part of more bytes is not offered as a list of numbers as well.
constexpr qsizetype ProtoAmbiguousPart = 8;
constexpr qsizetype ProtoListedPart = 4 * 1024;
constexpr qsizetype ProtoListedNumbers = 8;
/// Fewer bytes are no message of another format.
constexpr qsizetype ProtoInnerBytes = 8;
constexpr qsizetype ProtoSummary = 120;
constexpr qsizetype ProtoSummaryText = 40;

enum class ProtoWire : quint8 { Varint, Fixed64, Length, GroupBegin, GroupEnd, Fixed32 };

/// What is wrong with a field.
enum class ProtoFault : quint8 { None, End, Tag, Number, Wire, Varint, Length };

struct ProtoField
{
    quint32 number = 0;
    ProtoWire wire = ProtoWire::Varint;
    qsizetype begin = 0;
    qsizetype tagEnd = 0;
    /// Where the bytes of a part begin, behind their length.
    qsizetype valueAt = 0;
    qsizetype end = 0;
    /// Of a number its bits.
    quint64 bits = 0;
};

/// Ten bytes at most, of 64 bits.
ProtoFault protoVarint(QByteArrayView bytes, qsizetype &at, quint64 &value)
{
    value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
        if (at >= bytes.size())
            return ProtoFault::End;
        const auto byte = static_cast<quint8>(bytes[at++]);
        if (shift == 63 && byte > 1)
            return ProtoFault::Varint;
        value |= quint64(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0)
            return ProtoFault::None;
    }
    return ProtoFault::Varint;
}

/// The field that begins at `at`; `bytes` end with the message.
ProtoFault protoField(QByteArrayView bytes, qsizetype at, ProtoField &field)
{
    field.begin = at;
    quint64 tag = 0;
    if (const auto fault = protoVarint(bytes, at, tag); fault != ProtoFault::None)
        return fault == ProtoFault::Varint ? ProtoFault::Tag : fault;
    if (tag > 0xffff'ffff)
        return ProtoFault::Tag;
    field.number = static_cast<quint32>(tag >> 3);
    field.tagEnd = at;
    field.valueAt = at;
    if (field.number == 0)
        return ProtoFault::Number;
    if ((tag & 7) > 5)
        return ProtoFault::Wire;
    field.wire = static_cast<ProtoWire>(tag & 7);
    ByteCursor cursor(bytes, at);
    switch (field.wire) {
    case ProtoWire::Varint:
        if (const auto fault = protoVarint(bytes, at, field.bits); fault != ProtoFault::None)
            return fault;
        break;
    case ProtoWire::Fixed64:
        if (cursor.left() < 8)
            return ProtoFault::End;
        field.bits = *cursor.little<quint64>();
        at += 8;
        break;
    case ProtoWire::Fixed32:
        if (cursor.left() < 4)
            return ProtoFault::End;
        field.bits = *cursor.little<quint32>();
        at += 4;
        break;
    case ProtoWire::Length: {
        quint64 size = 0;
        if (const auto fault = protoVarint(bytes, at, size); fault != ProtoFault::None)
            return fault;
        if (size > static_cast<quint64>(bytes.size() - at))
            return ProtoFault::Length;
        field.valueAt = at;
        at += static_cast<qsizetype>(size);
        break;
    }
    case ProtoWire::GroupBegin:
    case ProtoWire::GroupEnd:
        break;
    }
    field.end = at;
    return ProtoFault::None;
}

QByteArrayView protoPart(QByteArrayView bytes, const ProtoField &field)
{
    return bytes.sliced(field.valueAt, field.end - field.valueAt);
}

/// What a message is like, its parts not looked into.
struct ProtoShape
{
    bool isMessage = false;
    qsizetype fields = 0;
    quint32 firstNumber = 0;
    quint32 largestNumber = 0;
    bool hasText = false;
    /// Each number is larger than the one before, as serializers write what is not repeated.
    bool isAscending = true;
    /// The first parts that may be messages: they may tell more.
    std::vector<ProtoField> parts;
};

/// As far as `limit`.
ProtoShape protoShape(QByteArrayView bytes, qsizetype limit)
{
    ProtoShape shape;
    std::vector<quint32> groups;
    qsizetype at = 0;
    while (at < bytes.size() && at < limit) {
        ProtoField field;
        if (protoField(bytes, at, field) != ProtoFault::None || field.number > ProtoLargestNumber)
            return shape;
        at = field.end;
        if (field.wire == ProtoWire::GroupEnd) {
            if (groups.empty() || groups.back() != field.number)
                return shape;
            groups.pop_back();
            continue;
        }
        if (field.wire == ProtoWire::GroupBegin)
            groups.push_back(field.number);
        if (shape.fields++ == 0)
            shape.firstNumber = field.number;
        shape.isAscending = shape.isAscending && field.number > shape.largestNumber;
        shape.largestNumber = std::max(shape.largestNumber, field.number);
        if (field.wire == ProtoWire::Length && field.end - field.valueAt >= ProtoTellingText) {
            const qsizetype size = std::min(field.end - field.valueAt, ProtoTextStretch);
            // Tabs and ends of lines are tags and lengths as well.
            if (isReadableBeginning(bytes.sliced(field.valueAt, size)) &&
                static_cast<uchar>(bytes[field.valueAt]) >= 0x20)
                shape.hasText = true;
            else if (shape.parts.size() < ProtoProbeParts)
                shape.parts.push_back(field);
        }
    }
    shape.isMessage = groups.empty() || at < bytes.size();
    return shape;
}

/// Few people's numbers are larger or smaller, most other bits are.
bool isProtoPlausible(double number)
{
    const double size = std::abs(number);
    return size == 0 || (size >= 1e-9 && size <= 1e15);
}

/// The shortest that reads back; QString::number() forgets the sign of -0, and takes a float for a double.
template<typename Real>
QString protoReal(Real number)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return QString::fromLatin1(text.data(), end - text.data());
}

QString protoFloat(quint32 bits)
{
    return protoReal(std::bit_cast<float>(bits));
}

QString protoDouble(quint64 bits)
{
    return protoReal(std::bit_cast<double>(bits));
}

/// A number as it is most likely meant, and what else it may be.
struct ProtoNumber
{
    QString text;
    QString note;
};

ProtoNumber protoNumber(const ProtoField &field)
{
    const quint64 bits = field.bits;
    const QString plain = QString::number(bits);
    QStringList also;
    if (field.wire == ProtoWire::Varint) {
        const auto number = static_cast<qint64>(bits);
        if (number < 0)
            also += QStringLiteral("int64 %1").arg(number);
        const auto zigzag = static_cast<qint64>(bits >> 1) ^ -static_cast<qint64>(bits & 1);
        if (bits > 0)
            also += QStringLiteral("sint %1").arg(zigzag);
        if (bits < 2)
            also += bits == 1 ? QStringLiteral("true") : QStringLiteral("false");
        return {plain, also.join(QStringLiteral(", "))};
    }
    const bool is64 = field.wire == ProtoWire::Fixed64;
    const qint64 number = is64 ? static_cast<qint64>(bits) : static_cast<qint32>(static_cast<quint32>(bits));
    const QString real = is64 ? protoDouble(bits) : protoFloat(static_cast<quint32>(bits));
    const bool isReal =
        isProtoPlausible(is64 ? std::bit_cast<double>(bits) : double(std::bit_cast<float>(static_cast<quint32>(bits))));
    const QString width = is64 ? QStringLiteral("64") : QStringLiteral("32");
    also += isReal ? QStringLiteral("fixed%1 %2").arg(width, plain)
                   : QStringLiteral("%1 %2").arg(is64 ? QStringLiteral("double") : QStringLiteral("float"), real);
    if (number < 0)
        also += QStringLiteral("sfixed%1 %2").arg(width).arg(number);
    return {isReal ? real : plain, also.join(QStringLiteral(", "))};
}

/// The first numbers of a list, "1, 2, 300"; empty if the bytes are none.
template<typename Next>
QString protoList(Next next)
{
    QStringList numbers;
    bool isWhole = true;
    bool hasMore = true;
    while (hasMore) {
        QString number;
        isWhole = next(number, hasMore);
        if (!isWhole)
            return {};
        if (numbers.size() < ProtoListedNumbers)
            numbers += number;
        else if (numbers.size() == ProtoListedNumbers)
            numbers += QStringLiteral("…");
    }
    return numbers.join(QStringLiteral(", "));
}

QString protoVarints(QByteArrayView bytes)
{
    qsizetype at = 0;
    return protoList([&](QString &number, bool &hasMore) {
        quint64 value = 0;
        const bool isRead = protoVarint(bytes, at, value) == ProtoFault::None;
        number = QString::number(value);
        hasMore = at < bytes.size();
        return isRead;
    });
}

/// Of numbers that are likely meant so.
QString protoReals(QByteArrayView bytes, qsizetype size)
{
    ByteCursor cursor(bytes);
    return protoList([&](QString &number, bool &hasMore) {
        const quint64 bits = size == 8 ? *cursor.little<quint64>() : *cursor.little<quint32>();
        const auto small = static_cast<quint32>(bits);
        number = size == 8 ? protoDouble(bits) : protoFloat(small);
        hasMore = !cursor.isAtEnd();
        return isProtoPlausible(size == 8 ? std::bit_cast<double>(bits) : double(std::bit_cast<float>(small)));
    });
}

/// Reads a message and those in it.
class ProtobufReader final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::ProtobufDecoder)

public:
    ProtobufReader(NodeBuilder &builder, const QByteArray &bytes)
        : m_builder(builder)
        , m_bytes(bytes)
    {
    }

    void read()
    {
        if (!m_builder.open(Node::Kind::Object, 0))
            return;
        m_open.push_back({m_bytes.size(), 0});
        while (!m_open.empty()) {
            if (!m_builder.goOn(m_at))
                return;
            if (m_at < m_open.back().end) {
                if (!field())
                    break;
            } else if (m_open.back().group != 0) {
                m_builder.fail(m_at, tr("The group %1 has no end.").arg(m_open.back().group));
                break;
            } else {
                m_builder.close(m_at);
                m_open.pop_back();
            }
        }
        m_builder.setSummary(u'{' + inOneLine(m_said, ProtoSummary) + u'}');
    }

private:
    struct Open
    {
        qsizetype end = 0;
        /// The number of a group, which ends with a field of its own.
        quint32 group = 0;
    };

    [[nodiscard]] QByteArrayView part(const ProtoField &field) const { return protoPart(m_bytes, field); }

    [[nodiscard]] static QString faultText(ProtoFault fault, const ProtoField &field)
    {
        switch (fault) {
        case ProtoFault::None:
        case ProtoFault::End:
            break;
        case ProtoFault::Tag:
            return tr("No field: its tag is larger than 32 bits.");
        case ProtoFault::Number:
            return tr("No field: its number is 0.");
        case ProtoFault::Wire:
            return tr("No field: there are no wire types 6 and 7.");
        case ProtoFault::Varint:
            return tr("The number in field %1 is larger than 64 bits.").arg(field.number);
        case ProtoFault::Length:
            return tr("Field %1 is longer than what holds it.").arg(field.number);
        }
        return tr("The message ends inside of a field.");
    }

    bool field()
    {
        ProtoField field;
        const QByteArrayView bytes = QByteArrayView(m_bytes).first(m_open.back().end);
        const ProtoFault fault = protoField(bytes, m_at, field);
        if (fault != ProtoFault::None) {
            m_builder.fail(m_at, faultText(fault, field));
            return false;
        }
        m_at = field.end;
        switch (field.wire) {
        case ProtoWire::Varint:
        case ProtoWire::Fixed64:
        case ProtoWire::Fixed32: {
            const ProtoNumber number = protoNumber(field);
            label(field);
            m_builder.add(Node::Kind::Number, field.begin, field.end, number.text, number.note);
            say(field, number.text);
            return true;
        }
        case ProtoWire::Length:
            return addPart(field);
        case ProtoWire::GroupBegin:
            say(field, QStringLiteral("{…}"));
            label(field);
            if (!m_builder.open(Node::Kind::Object, field.begin))
                return false;
            m_builder.note(tr("group"));
            m_open.push_back({m_open.back().end, field.number});
            return true;
        case ProtoWire::GroupEnd:
            break;
        }
        if (m_open.back().group != field.number) {
            m_builder.fail(field.begin, tr("The end of the group %1, which has not begun.").arg(field.number));
            return false;
        }
        m_builder.close(field.end);
        m_open.pop_back();
        return true;
    }

    void label(const ProtoField &field) { m_builder.label(QString::number(field.number), field.begin, field.tagEnd); }

    /// Fields of the outermost message make the line.
    void say(const ProtoField &field, const QString &value)
    {
        if (m_open.size() > 1 || m_said.size() > ProtoSummary)
            return;
        if (!m_said.isEmpty())
            m_said += u' ';
        m_said += QStringLiteral("%1=").arg(field.number) + value;
    }

    /// A text, a message, a list of numbers or bytes.
    bool addPart(const ProtoField &field)
    {
        const QByteArrayView bytes = part(field);
        if (bytes.isEmpty()) {
            label(field);
            m_builder.addPlace(Node::Kind::String, field.begin, field.end, field.valueAt,
                               tr("nothing: an empty text, message or list"));
            say(field, QStringLiteral("\"\""));
            return true;
        }
        const bool isMessage = protoShape(bytes, bytes.size()).isMessage;
        const bool isText = isReadableText(isMessage ? bytes.first(std::min(bytes.size(), ProtoTextStretch)) : bytes);
        const bool hasControls =
            isMessage && std::any_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<uchar>(c) < 0x20; });
        if (isMessage && (!isText || hasControls))
            return openMessage(field, isText);
        const QString number = QString::number(field.number);
        if (isText || bytes.size() >= ProtoInnerBytes) {
            label(field);
            const QString said = m_builder.addInner(number, field.begin, field.end, field.valueAt, isText);
            if (isText)
                say(field, u'"' + inOneLine(said, ProtoSummaryText) + u'"');
            else
                say(field, said.isEmpty() ? sizeText(bytes.size()) : inOneLine(said, ProtoSummaryText));
        } else {
            label(field);
            m_builder.addPlace(Node::Kind::Bytes, field.begin, field.end, field.valueAt);
            say(field, sizeText(bytes.size()));
        }
        if (isText && isMessage)
            m_builder.note(alsoText(bytes));
        else if (!isText)
            m_builder.note(listText(bytes));
        return true;
    }

    bool openMessage(const ProtoField &field, bool isText)
    {
        say(field, QStringLiteral("{…}"));
        const QByteArrayView bytes = part(field);
        label(field);
        if (!m_builder.open(Node::Kind::Object, field.begin))
            return false;
        QStringList also;
        if (isText)
            also += tr("or a text");
        if (bytes.size() <= ProtoAmbiguousPart) {
            if (const QString list = protoVarints(bytes); !list.isEmpty())
                also += tr("or packed %1").arg(list);
        }
        m_builder.note(also.join(QStringLiteral(", ")));
        m_open.push_back({field.end, 0});
        m_at = field.valueAt;
        return true;
    }

    /// Of a text that a message might be as well.
    [[nodiscard]] static QString alsoText(QByteArrayView bytes)
    {
        const QString message = tr("or a message");
        const QString list = bytes.size() <= ProtoAmbiguousPart ? protoVarints(bytes) : QString();
        return list.isEmpty() ? message : message + QStringLiteral(", ") + tr("or packed %1").arg(list);
    }

    /// Of bytes that may be a list of numbers.
    [[nodiscard]] static QString listText(QByteArrayView bytes)
    {
        if (bytes.size() > ProtoListedPart)
            return {};
        QString list;
        if (bytes.size() % 8 == 0)
            list = protoReals(bytes, 8);
        if (bytes.size() % 4 == 0) {
            // What is not meant has all decimals there are.
            const QString floats = protoReals(bytes, 4);
            if (!floats.isEmpty() && (list.isEmpty() || floats.size() < list.size()))
                list = floats;
        }
        if (list.isEmpty())
            list = protoVarints(bytes);
        return list.isEmpty() ? QString() : tr("or packed %1").arg(list);
    }

    NodeBuilder &m_builder;
    const QByteArray m_bytes;
    qsizetype m_at = 0;
    std::vector<Open> m_open;
    QString m_said;
};

} // namespace

Certainty ProtobufDecoder::probe(const DecodeInput &input) const
{
    QByteArrayView bytes(input.payload);
    // Plain text in a binary message is text.
    if (input.isText || isReadableBeginning(bytes.first(std::min(bytes.size(), ProtoTextStretch))))
        return Certainty::None;
    for (int level = 0; level < ProtoProbeLevels; ++level) {
        const ProtoShape shape = protoShape(bytes, ProtoProbeStretch);
        if (!shape.isMessage || shape.firstNumber > ProtoFirstNumber || shape.largestNumber > ProtoTellingNumber)
            break;
        const auto tells = [&](const ProtoField &field) {
            const ProtoShape part = protoShape(protoPart(bytes, field), ProtoProbeStretch);
            return part.isMessage && part.fields >= 2 && part.largestNumber <= ProtoTellingNumber;
        };
        if (shape.fields >= 2 && (shape.hasText || std::ranges::any_of(shape.parts, tells)))
            return Certainty::Likely;
        const bool isRecord =
            shape.fields >= ProtoRecordFields && shape.isAscending && shape.largestNumber <= ProtoFirstNumber;
        if (isRecord)
            return Certainty::Likely;
        if (shape.parts.empty())
            break;
        bytes = protoPart(bytes, shape.parts.front());
    }
    return Certainty::None;
}

void ProtobufDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    ProtobufReader(builder, input.payload).read();
}

} // namespace sockeye
