#include "protocols/SignalRPackDecoder.h"

#include "decode/ByteCursor.h"
#include "encodings/JsonShape.h"
#include "encodings/MsgpackDecoder.h"
#include "protocols/AskedCalls.h"
#include "protocols/SignalRDecoder.h"
#include "protocols/SignalRWords.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr qsizetype MaxHubProbe = 64 * 1024;

/// A value of MessagePack: what stands before its bytes, and what it is made of.
struct HubItem
{
    Node::Kind kind = Node::Kind::Null;
    /// An extension, which only the whole format knows.
    bool isExtension = false;
    qsizetype begin = 0;
    /// Behind its type and its length.
    qsizetype content = 0;
    /// Of a string, binary data, an extension.
    quint64 size = 0;
    /// Of an array; of a map the keys and the values.
    quint64 count = 0;
};

template<typename Size>
bool readHubSize(ByteCursor &cursor, quint64 &size)
{
    const auto read = cursor.big<Size>();
    size = read.value_or(0);
    return read.has_value();
}

/// Its type and its length; nothing if that is not there, or is c1.
std::optional<HubItem> hubItem(QByteArrayView bytes, qsizetype at)
{
    using Kind = Node::Kind;
    ByteCursor cursor(bytes, at);
    const auto first = cursor.byte();
    if (!first)
        return {};
    HubItem item;
    item.begin = at;
    const quint8 type = *first;
    bool isRead = true;
    if (type <= 0x7f || type >= 0xe0) {
        item.kind = Kind::Number;
    } else if (type <= 0x9f) {
        item.kind = type <= 0x8f ? Kind::Object : Kind::Array;
        item.count = type & 0x0fU;
    } else if (type <= 0xbf) {
        item.kind = Kind::String;
        item.size = type & 0x1fU;
    } else if (type == 0xc0) {
        item.kind = Kind::Null;
    } else if (type == 0xc2 || type == 0xc3) {
        item.kind = Kind::Boolean;
    } else if ((type >= 0xc4 && type <= 0xc9) || (type >= 0xd9 && type <= 0xdb)) {
        item.isExtension = type >= 0xc7 && type <= 0xc9;
        item.kind = type >= 0xd9 ? Kind::String : Kind::Bytes;
        const int width = type >= 0xd9 ? type - 0xd9 : (type - 0xc4) % 3;
        isRead = width == 0   ? readHubSize<quint8>(cursor, item.size)
                 : width == 1 ? readHubSize<quint16>(cursor, item.size)
                              : readHubSize<quint32>(cursor, item.size);
        item.size += item.isExtension ? 1 : 0;
    } else if (type >= 0xca && type <= 0xd3) {
        static constexpr std::array<quint8, 10> sizes{4, 8, 1, 2, 4, 8, 1, 2, 4, 8};
        item.kind = Kind::Number;
        item.size = sizes[type - 0xcaU];
    } else if (type >= 0xd4 && type <= 0xd8) {
        item.kind = Kind::Bytes;
        item.isExtension = true;
        item.size = 1 + (1ULL << (type - 0xd4U));
    } else if (type >= 0xdc) {
        item.kind = type <= 0xdd ? Kind::Array : Kind::Object;
        isRead = type % 2 == 0 ? readHubSize<quint16>(cursor, item.count) : readHubSize<quint32>(cursor, item.count);
    } else {
        return {};
    }
    if (item.kind == Kind::Object)
        item.count *= 2;
    item.content = cursor.at();
    return isRead ? std::optional(item) : std::nullopt;
}

/// Where a value ends; nothing if it breaks off.
std::optional<qsizetype> hubValueEnd(QByteArrayView bytes, qsizetype at)
{
    for (quint64 left = 1; left > 0; --left) {
        const auto item = hubItem(bytes, at);
        const auto rest = item ? static_cast<quint64>(bytes.size() - item->content) : 0;
        if (!item || item->size > rest || item->count > rest)
            return {};
        at = item->content + static_cast<qsizetype>(item->size);
        left += item->count;
        if (left - 1 > static_cast<quint64>(bytes.size() - at))
            return {};
    }
    return at;
}

/// The length before a record, low seven bits first.
struct HubPrefix
{
    quint64 length = 0;
    qsizetype end = 0;
};

/// Nothing if it breaks off or is longer than five bytes.
std::optional<HubPrefix> hubPrefix(QByteArrayView bytes, qsizetype at)
{
    constexpr int MaxBytes = 5;
    HubPrefix prefix;
    for (int i = 0; i < MaxBytes && at + i < bytes.size(); ++i) {
        const auto byte = static_cast<quint8>(bytes[at + i]);
        prefix.length |= static_cast<quint64>(byte & 0x7fU) << (7 * i);
        if (byte < 0x80) {
            prefix.end = at + i + 1;
            return prefix;
        }
    }
    return {};
}

bool isHubFieldKind(QStringView name, Node::Kind kind)
{
    using Kind = Node::Kind;
    if (name == "headers"_L1)
        return kind == Kind::Object;
    if (name == "target"_L1)
        return kind == Kind::String;
    if (name == "arguments"_L1)
        return kind == Kind::Array;
    if (name == "invocationId"_L1 || name == "error"_L1)
        return kind == Kind::String || kind == Kind::Null;
    if (name == "resultKind"_L1 || name == "sequenceId"_L1 || name == "type"_L1)
        return kind == Kind::Number;
    if (name == "streamIds"_L1)
        return kind == Kind::Array || kind == Kind::Null;
    return name != "allowReconnect"_L1 || kind == Kind::Boolean;
}

/// The type of the record that these bytes are from the first to the last; 0 for none.
int hubRecordType(QByteArrayView record)
{
    const auto array = hubItem(record, 0);
    if (!array || array->kind != Node::Kind::Array || array->content == record.size())
        return 0;
    const int type = static_cast<quint8>(record[array->content]);
    const SignalRFields &fields = signalRFields(type);
    if (signalRTypeName(type).isEmpty() || array->count < fields.least || array->count > fields.names.size())
        return 0;
    qsizetype at = array->content;
    for (size_t i = 0; i < array->count; ++i) {
        const auto item = hubItem(record, at);
        const auto end = hubValueEnd(record, at);
        if (!item || !end || !isHubFieldKind(fields.names[i], item->kind))
            return 0;
        at = *end;
    }
    return at == record.size() ? type : 0;
}

/// What a message that is too long to be looked at as a whole is by its first record.
Certainty hubBeginning(QByteArrayView bytes)
{
    const auto prefix = hubPrefix(bytes, 0);
    const auto rest = prefix ? static_cast<quint64>(bytes.size() - prefix->end) : 0;
    const auto array = prefix ? hubItem(bytes, prefix->end) : std::nullopt;
    if (!array || prefix->length > rest || array->kind != Node::Kind::Array || array->content >= bytes.size())
        return Certainty::None;
    const int type = static_cast<quint8>(bytes[array->content]);
    const SignalRFields &fields = signalRFields(type);
    const auto headers = hubItem(bytes, array->content + 1);
    if (signalRTypeName(type).isEmpty() || array->count < fields.least || array->count > fields.names.size() ||
        fields.least < 3 || !headers || headers->kind != Node::Kind::Object)
        return Certainty::None;
    // Its length, in three bytes or more, is exactly that of what follows.
    return prefix->length == rest ? Certainty::Sure : Certainty::Likely;
}

bool isHubAnswer(int type)
{
    return static_cast<SignalRType>(type) == SignalRType::StreamItem ||
           static_cast<SignalRType>(type) == SignalRType::Completion;
}

/// Calls `visit` with type, id and target of each record that is about an invocation.
template<typename Visit>
void visitHub(QByteArrayView bytes, const Visit &visit)
{
    for (qsizetype at = 0; at < bytes.size();) {
        const auto prefix = hubPrefix(bytes, at);
        if (!prefix || prefix->length > static_cast<quint64>(bytes.size() - prefix->end))
            return;
        const QByteArrayView record = bytes.sliced(prefix->end, static_cast<qsizetype>(prefix->length));
        at = prefix->end + record.size();
        const int type = hubRecordType(record);
        if (type == 0)
            return;
        const auto array = hubItem(record, 0);
        QByteArrayView id;
        QByteArrayView target;
        qsizetype field = array->content;
        for (size_t i = 0; i < array->count; ++i) {
            const auto item = hubItem(record, field);
            const QStringView name = signalRFields(type).names[i];
            if (item->kind == Node::Kind::String && name == "invocationId"_L1)
                id = record.sliced(item->content, static_cast<qsizetype>(item->size));
            else if (item->kind == Node::Kind::String && name == "target"_L1)
                target = record.sliced(item->content, static_cast<qsizetype>(item->size));
            field = hubValueEnd(record, field).value_or(record.size());
        }
        if (!id.isEmpty())
            visit(type, id, target);
    }
}

constexpr char HubHandshakeEnd = '\x1e';

bool isHubHandshake(QByteArrayView bytes)
{
    return bytes.startsWith("{\"") || bytes.startsWith("{}");
}

} // namespace

Certainty SignalRPackDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes(input.payload);
    if (input.isText || bytes.size() < 3)
        return Certainty::None;
    const Certainty guess = input.subprotocol == id() ? Certainty::Sure : Certainty::Likely;
    if (bytes.size() > MaxHubProbe) {
        const Certainty certainty = hubBeginning(bytes);
        return certainty == Certainty::Likely ? guess : certainty;
    }
    int marks = 0;
    for (qsizetype at = 0; at < bytes.size();) {
        const auto prefix = hubPrefix(bytes, at);
        if (!prefix || prefix->length > static_cast<quint64>(bytes.size() - prefix->end))
            return Certainty::None;
        const auto length = static_cast<qsizetype>(prefix->length);
        const int type = hubRecordType(bytes.sliced(prefix->end, length));
        if (type == 0)
            return Certainty::None;
        // Of those that are so short noise may be one.
        marks += length >= 5 ? 2 : 1;
        at = prefix->end + length;
    }
    return marks >= 2 ? Certainty::Sure : guess;
}

bool SignalRPackDecoder::isSpoken(const ConnectionFacts &facts) const
{
    return std::ranges::any_of(facts.first, [](const ConnectionFacts::Message &message) {
        const QByteArrayView record(message.payload);
        return record.endsWith(HubHandshakeEnd) && JsonShape(record.chopped(1)).string("protocol") == "messagepack";
    });
}

namespace {

/// Adds the records of a message.
class HubRecords final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::SignalRPackDecoder)

public:
    HubRecords(const DecodeInput &input, NodeBuilder &builder)
        : m_bytes(input.payload)
        , m_input(input)
        , m_builder(builder)
    {
    }

    void read()
    {
        QString first;
        qsizetype records = 0;
        while (m_at < m_bytes.size() && m_builder.goOn(m_at)) {
            m_summary.clear();
            const bool isWhole = addRecord();
            if (records++ == 0)
                first = m_summary;
            m_builder.setSummary(signalRSummary(first, records));
            if (!isWhole)
                return;
        }
    }

private:
    bool addRecord()
    {
        const auto prefix = hubPrefix(m_bytes, m_at);
        if (!prefix) {
            m_builder.fail(
                m_at, tr("A record begins with its length, in at most five bytes, of which the last is below 80."));
            return false;
        }
        if (!m_builder.open(Node::Kind::Object, m_at))
            return false;
        m_builder.add(u"length", m_at, prefix->end, static_cast<qint64>(prefix->length));
        const auto left = static_cast<quint64>(m_bytes.size() - prefix->end);
        m_end = prefix->end + static_cast<qsizetype>(std::min(prefix->length, left));
        m_at = prefix->end;
        if (!addFields())
            return false;
        if (prefix->length > left) {
            m_builder.fail(m_bytes.size(),
                           tr("The record ends early: %1 of %2 bytes are here.").arg(left).arg(prefix->length));
            return false;
        }
        m_builder.close(m_end);
        return true;
    }

    bool addFields()
    {
        const QByteArrayView record = m_bytes.first(m_end);
        const auto array = hubItem(record, m_at);
        if (!array || array->kind != Node::Kind::Array) {
            m_builder.fail(m_at, tr("A record is an array in MessagePack, which this is not."));
            return false;
        }
        m_at = array->content;
        const int type = m_at < m_end ? static_cast<quint8>(m_bytes[m_at]) : 0;
        m_type = type;
        const SignalRFields &fields = signalRFields(type);
        qint64 resultKind = 0;
        m_summary = signalRTypeName(type).toString();
        m_record = {type};
        for (quint64 i = 0; i < array->count; ++i) {
            if (!m_builder.goOn(m_at))
                return false;
            const auto item = hubItem(record, m_at);
            const auto end = item ? hubValueEnd(record, m_at) : std::nullopt;
            if (!end) {
                m_builder.fail(m_at, tr("The record's MessagePack breaks off in this field."));
                return false;
            }
            QString name =
                i < fields.names.size() ? fields.names[static_cast<size_t>(i)].toString() : tr("field %1").arg(i);
            if (name == "resultKind"_L1 && item->kind == Node::Kind::Number)
                resultKind = static_cast<quint8>(m_bytes[m_at]);
            if (name == "result"_L1 && resultKind == 1)
                name = u"error"_s;
            const qint32 node = m_builder.tree().size();
            if (!addField(name, *item, *end))
                return false;
            if (i == 0 && node < m_builder.tree().size())
                m_builder.noteAt(node, signalRTypeName(type));
            sumUp(name, {m_builder.tree(), node});
            m_at = *end;
        }
        if (m_at < m_end) {
            m_builder.fail(m_at, tr("Something stands behind the record's array."));
            return false;
        }
        if (!signalRTypeName(type).isEmpty())
            tellSignalRFacts(m_builder, m_record);
        return true;
    }

    /// The target of the call that the record answers, if that is known.
    [[nodiscard]] QString answered(const JsonView &invocationId) const
    {
        if (!isHubAnswer(m_type))
            return {};
        return AskedCalls::find(m_input.beforeOf("signalr-msgpack"), m_input.direction, invocationId.text().toUtf8())
            .value_or(QString());
    }

    void sumUp(const QString &name, const JsonView &field)
    {
        if (!field.exists() || field.isKind(Node::Kind::Null))
            return;
        if (name == "invocationId"_L1)
            m_record.id = field.text().toUtf8();
        else if (name == "target"_L1)
            m_record.target = field.text().toUtf8();
        else if (name == "error"_L1)
            m_record.hasError = true;
        if (name == "invocationId"_L1 || name == "target"_L1 || name == "sequenceId"_L1)
            m_summary += u' ' + field.text() + (name == "invocationId"_L1 ? signalROf(answered(field)) : QString());
        else if (name == "arguments"_L1 && field.count() > 0)
            m_summary += u' ' + field.briefList();
        else if (name == "error"_L1)
            m_summary += u" · error "_s + field.brief();
        else if (name == "item"_L1 || name == "result"_L1)
            m_summary += u" · "_s + field.brief();
    }

    /// False if that is too deep, or its own format breaks a rule.
    bool addField(const QString &name, const HubItem &item, qsizetype end)
    {
        const qsizetype begin = item.begin;
        switch (item.kind) {
        case Node::Kind::Null:
            m_builder.add(name, item.kind, begin, end, u"null");
            return true;
        case Node::Kind::Boolean:
            m_builder.add(name, item.kind, begin, end, m_bytes[begin] == '\xc3' ? u"true" : u"false");
            return true;
        case Node::Kind::Number:
            m_builder.add(name, item.kind, begin, end, numberText(begin), noteOf(name, begin));
            return true;
        case Node::Kind::String:
            m_builder.addPlace(name, item.kind, begin, end, item.content);
            return true;
        case Node::Kind::Bytes:
            if (!item.isExtension) {
                m_builder.addInner(name, begin, end, item.content, false);
                return true;
            }
            return addPacked(name, begin, end);
        case Node::Kind::Array:
        case Node::Kind::Object:
            break;
        }
        if (item.count > 0)
            return addPacked(name, begin, end);
        if (!m_builder.open(name, item.kind, begin))
            return false;
        m_builder.close(end);
        return true;
    }

    bool addPacked(const QString &name, qsizetype begin, qsizetype end)
    {
        static const MsgpackDecoder msgpack;
        m_builder.label(name);
        m_builder.addWithin(begin, [&](NodeBuilder &builder) {
            msgpack.decode({m_bytes.sliced(begin, end - begin).toByteArray(), false, Direction::None, {}}, builder);
        });
        return !m_builder.hasFailed() && !m_builder.isStopped();
    }

    [[nodiscard]] QString noteOf(const QString &name, qsizetype at) const
    {
        if (name != "resultKind"_L1)
            return {};
        switch (static_cast<quint8>(m_bytes[at])) {
        case 1:
            return tr("error");
        case 2:
            return tr("void: no result");
        case 3:
            return tr("with a result");
        default:
            return {};
        }
    }

    [[nodiscard]] QString numberText(qsizetype begin) const
    {
        ByteCursor cursor(m_bytes, begin);
        const quint8 type = cursor.byte().value_or(0);
        switch (type) {
        case 0xca:
            return floatText(std::bit_cast<float>(cursor.big<quint32>().value_or(0)));
        case 0xcb:
            return QString::number(std::bit_cast<double>(cursor.big<quint64>().value_or(0)), 'g',
                                   QLocale::FloatingPointShortest);
        case 0xcc:
            return QString::number(cursor.byte().value_or(0));
        case 0xcd:
            return QString::number(cursor.big<quint16>().value_or(0));
        case 0xce:
            return QString::number(cursor.big<quint32>().value_or(0));
        case 0xcf:
            return QString::number(cursor.big<quint64>().value_or(0));
        case 0xd0:
            return QString::number(cursor.big<qint8>().value_or(0));
        case 0xd1:
            return QString::number(cursor.big<qint16>().value_or(0));
        case 0xd2:
            return QString::number(cursor.big<qint32>().value_or(0));
        case 0xd3:
            return QString::number(cursor.big<qint64>().value_or(0));
        default:
            return QString::number(static_cast<qint8>(type));
        }
    }

    /// In the shortest form that reads back.
    static QString floatText(float number)
    {
        constexpr int MaxDigits = 9;
        QString text;
        for (int digits = 1; digits <= MaxDigits; ++digits) {
            text = QString::number(static_cast<double>(number), 'g', digits);
            if (text.toFloat() == number)
                break;
        }
        return text;
    }

    const QByteArrayView m_bytes;
    const DecodeInput &m_input;
    /// Of the record that is read.
    int m_type = 0;
    NodeBuilder &m_builder;
    qsizetype m_at = 0;
    /// Of the record.
    qsizetype m_end = 0;
    QString m_summary;
    SignalRRecord m_record;
};

} // namespace

void SignalRPackDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    if (isHubHandshake(input.payload))
        SignalRDecoder().decode(input, builder);
    else
        HubRecords(input, builder).read();
}

bool SignalRPackDecoder::isConversation(const ConnectionFacts &facts) const
{
    return std::ranges::any_of(facts.first, [this](const ConnectionFacts::Message &message) {
        const bool isHandshake =
            message.payload.startsWith('{') &&
            JsonShape(QByteArrayView(message.payload).first(message.payload.indexOf('}') + 1)).string("protocol") ==
                "messagepack";
        return isHandshake || probe({message.payload, message.isText}) == Certainty::Sure;
    });
}

void SignalRPackDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    if (input.isText || isHubHandshake(input.payload))
        return;
    visitHub(input.payload, [&](int type, QByteArrayView callId, QByteArrayView target) {
        conversation.format = QByteArrayLiteral("signalr-msgpack");
        if (!target.isEmpty())
            AskedCalls::ask(conversation, input.direction, callId.toByteArray(), target);
        else if (static_cast<SignalRType>(type) == SignalRType::Completion)
            AskedCalls::answer(conversation, input.direction, callId.toByteArray());
    });
}

Dependence SignalRPackDecoder::dependence(const DecodeInput &input) const
{
    Dependence dependence = Dependence::None;
    if (input.isText || isHubHandshake(input.payload))
        return dependence;
    visitHub(input.payload, [&dependence](int type, QByteArrayView, QByteArrayView) {
        if (isHubAnswer(type))
            dependence = Dependence::Details;
    });
    return dependence;
}

} // namespace sockeye
