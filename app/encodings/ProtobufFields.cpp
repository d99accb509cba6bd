#include "encodings/ProtobufFields.h"

#include "base/Units.h"
#include "decode/ByteCursor.h"
#include "encodings/ProtobufWire.h"
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

/// Bytes of a part that tell whether it is text rather than a message.
constexpr qsizetype ProtoPartText = 4 * 1024;
/// A part of more bytes is not offered as a list of numbers as well.
constexpr qsizetype ProtoAmbiguousPart = 8;
constexpr qsizetype ProtoListedPart = 4 * 1024;
constexpr qsizetype ProtoListedNumbers = 8;
/// Fewer bytes are no message of another format.
constexpr qsizetype ProtoInnerBytes = 8;
constexpr qsizetype ProtoSummary = 120;
constexpr qsizetype ProtoSummaryText = 40;

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
        if (bits > 0)
            also += QStringLiteral("sint %1").arg(protoZigzag(bits));
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
        if (readTo(0))
            m_builder.close(m_at);
        if (!m_builder.isStopped())
            m_builder.setSummary(u'{' + inOneLine(m_said, ProtoSummary) + u'}');
    }

    /// What the field is whose bytes begin there, in a message that ends there. Its end, or -1.
    qsizetype readField(qsizetype begin, qsizetype end)
    {
        m_at = begin;
        m_open.push_back({end, 0});
        return field() && readTo(1) ? m_at : -1;
    }

    [[nodiscard]] const QString &said() const { return m_said; }

private:
    struct Open
    {
        qsizetype end = 0;
        /// The number of a group, which ends with a field of its own.
        quint32 group = 0;
    };

    [[nodiscard]] QByteArrayView part(const ProtoField &field) const { return protoPart(m_bytes, field); }

    /// Reads until so many are open; false if that cannot be.
    bool readTo(size_t depth)
    {
        while (m_open.size() > depth) {
            if (!m_builder.goOn(m_at))
                return false;
            if (m_at < m_open.back().end) {
                if (!field())
                    return false;
            } else if (m_open.back().group != 0) {
                m_builder.fail(m_at, protoOpenGroupText(m_open.back().group));
                return false;
            } else {
                if (m_open.size() > 1)
                    m_builder.close(m_at);
                m_open.pop_back();
            }
        }
        return true;
    }

    bool field()
    {
        ProtoField field;
        const QByteArrayView bytes = QByteArrayView(m_bytes).first(m_open.back().end);
        const ProtoFault fault = protoField(bytes, m_at, field);
        if (fault != ProtoFault::None) {
            m_builder.fail(m_at, protoFaultText(fault, QString::number(field.number)));
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
            m_builder.fail(field.begin, protoNoGroupText(field.number));
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
        const bool isText = isReadableText(isMessage ? bytes.first(std::min(bytes.size(), ProtoPartText)) : bytes);
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

void addProtobufMessage(NodeBuilder &builder, const QByteArray &bytes)
{
    ProtobufReader(builder, bytes).read();
}

qsizetype addProtobufField(NodeBuilder &builder, const QByteArray &bytes, qsizetype begin, qsizetype end, QString &said)
{
    ProtobufReader reader(builder, bytes);
    const qsizetype fieldEnd = reader.readField(begin, end);
    said = reader.said();
    return fieldEnd;
}

} // namespace sockeye
