#include "protocols/SocketIoDecoder.h"

#include "base/Bytes.h"
#include "decode/JsonNodes.h"
#include "encodings/JsonShape.h"
#include "protocols/EngineIoDecoder.h"

#include <QRegularExpression>

#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

enum class SocketIoType : quint8 { Connect, Disconnect, Event, Ack, ConnectError, BinaryEvent, BinaryAck };

/// The places of what stands before a packet's JSON. Of what is missing both are the same.
struct SocketIoHead
{
    struct Place
    {
        qsizetype begin = 0;
        qsizetype end = 0;
        [[nodiscard]] bool isThere() const { return end > begin; }
    };
    SocketIoType type = SocketIoType::Connect;
    Place attachments;
    Place space;
    Place ack;
    qsizetype json = 0;
    /// Where the attachments' number or the line behind it is missing.
    std::optional<qsizetype> fault;

    [[nodiscard]] bool isEvent() const { return type == SocketIoType::Event || type == SocketIoType::BinaryEvent; }
    [[nodiscard]] bool isAck() const { return type == SocketIoType::Ack || type == SocketIoType::BinaryAck; }
    [[nodiscard]] bool isBinary() const { return type >= SocketIoType::BinaryEvent; }
};

qsizetype socketIoDigits(QByteArrayView bytes, qsizetype at)
{
    while (at < bytes.size() && bytes[at] >= '0' && bytes[at] <= '9')
        ++at;
    return at;
}

/// Of a message of Engine.IO; nothing if no type stands there.
std::optional<SocketIoHead> socketIoHead(QByteArrayView bytes)
{
    if (bytes.size() < 2 || bytes[1] < '0' || bytes[1] > '6')
        return {};
    SocketIoHead head;
    head.type = static_cast<SocketIoType>(bytes[1] - '0');
    qsizetype at = 2;
    if (head.isBinary()) {
        head.attachments = {at, socketIoDigits(bytes, at)};
        at = head.attachments.end;
        if (!head.attachments.isThere() || at == bytes.size() || bytes[at] != '-') {
            head.fault = at;
            return head;
        }
        ++at;
    }
    if (at < bytes.size() && bytes[at] == '/') {
        const qsizetype comma = bytes.indexOf(',', at);
        head.space = {at, comma < 0 ? bytes.size() : comma};
        at = comma < 0 ? bytes.size() : comma + 1;
    }
    head.ack = {at, socketIoDigits(bytes, at)};
    head.json = head.ack.end;
    return head;
}

} // namespace

Certainty SocketIoDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes(input.payload);
    const auto head = input.isText && bytes.startsWith('4') ? socketIoHead(bytes) : std::nullopt;
    if (!head || head->fault)
        return Certainty::None;
    const bool isNamed = head->space.isThere() && bytes[head->space.end - 1] != ',' && head->space.end < bytes.size();
    if (head->json == bytes.size()) {
        const bool mayBeEmpty = head->type == SocketIoType::Connect || head->type == SocketIoType::Disconnect;
        return mayBeEmpty && isNamed && !head->ack.isThere() ? Certainty::Likely : Certainty::None;
    }
    const JsonShape shape(bytes.sliced(head->json));
    if (!shape.fits())
        return Certainty::None;
    if (head->isEvent()) {
        const bool hasName = shape.isArray() && shape.size() > 0 && (shape.at(0).isString() || shape.at(0).isInteger());
        return !hasName ? Certainty::None : shape.at(0).isString() ? Certainty::Sure : Certainty::Likely;
    }
    if (head->isAck())
        return shape.isArray() && head->ack.isThere() ? Certainty::Sure : Certainty::None;
    return shape.isObject() && shape.size() > 0 && !head->ack.isThere() ? Certainty::Sure : Certainty::None;
}

namespace {

/// Adds a packet behind the type of Engine.IO.
class SocketIoPacket final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::SocketIoDecoder)

public:
    SocketIoPacket(QByteArrayView bytes, const SocketIoHead &head, NodeBuilder &builder)
        : m_bytes(bytes)
        , m_head(head)
        , m_builder(builder)
    {
    }

    void add()
    {
        static constexpr std::array<QStringView, 7> names{u"CONNECT",       u"DISCONNECT",   u"EVENT",     u"ACK",
                                                          u"CONNECT_ERROR", u"BINARY_EVENT", u"BINARY_ACK"};
        const auto type = static_cast<size_t>(m_head.type);
        m_builder.add(u"type", 1, 2, static_cast<qint64>(type), names[type]);
        addNumber(u"attachments", m_head.attachments, tr("binary messages that follow"));
        if (m_head.fault) {
            m_builder.fail(*m_head.fault, tr("The number of attachments and a hyphen have to stand here."));
            return;
        }
        if (m_head.space.isThere())
            m_builder.addPlace(u"namespace", Node::Kind::String, m_head.space.begin, m_head.space.end,
                               m_head.space.begin);
        const QString ackNote = m_head.isEvent() ? tr("asks for an answer with this id")
                                : m_head.isAck() ? tr("answers the event of this id from the other side")
                                                 : QString();
        addNumber(u"ack id", m_head.ack, ackNote);
        const qint32 data = m_builder.tree().size();
        if (m_head.json < m_bytes.size()) {
            m_builder.label(u"data");
            if (!addJsonOrFail(m_builder, m_bytes, m_head.json, m_bytes.size()))
                return;
            addNotes(data);
        }
        m_builder.setSummary(summary({m_builder.tree(), data}));
    }

private:
    void addNumber(QStringView label, SocketIoHead::Place place, const QString &note)
    {
        if (place.isThere())
            m_builder.addPlace(label, Node::Kind::Number, place.begin, place.end, place.begin, note);
    }

    [[nodiscard]] QString text(SocketIoHead::Place place) const
    {
        return textFromUtf8(m_bytes.sliced(place.begin, place.end - place.begin));
    }

    void addNotes(qint32 begin)
    {
        const NodeTree &tree = m_builder.tree();
        const JsonView data(tree, begin);
        if (!data.exists())
            return;
        if (m_head.isEvent() && (data.element(0).isString() || data.element(0).isNumber()))
            m_builder.noteAt(data.element(0).index(), tr("event"));
        else if (m_head.isEvent())
            m_builder.noteAt(begin, tr("not allowed: an event is an array that begins with its name"));
        else if (m_head.isAck() && !data.isArray())
            m_builder.noteAt(begin, tr("not allowed: an answer is an array"));
        if (!m_head.isBinary())
            return;
        for (qint32 i = begin; i < tree.size() && m_builder.goOn(tree.at(i).value.begin); ++i) {
            const JsonView one(tree, i);
            if (one.count() != 2 || one.member(u"_placeholder").text() != "true"_L1)
                continue;
            if (const int number = one.member(u"num").number(); number >= 0)
                m_builder.noteAt(i, tr("attachment %1 of %2, a binary message that follows")
                                        .arg(number + 1)
                                        .arg(text(m_head.attachments)));
        }
    }

    [[nodiscard]] QString summary(const JsonView &data) const
    {
        static const QRegularExpression placeholder(u"\\{_placeholder=true num=([0-9]+)\\}"_s);
        QString line;
        QString ack;
        switch (m_head.type) {
        case SocketIoType::Connect:
            line = u"connect "_s + data.member(u"sid").text();
            break;
        case SocketIoType::Disconnect:
            line = u"disconnect"_s;
            break;
        case SocketIoType::ConnectError:
            line = u"connect error "_s + (data.isString() ? data.text() : data.member(u"message").text());
            break;
        case SocketIoType::Event:
        case SocketIoType::BinaryEvent:
            line = u"emit"_s;
            for (JsonView one = data.element(0); one.exists() && line.size() < MaxLine; one = one.next()) {
                const bool isName = one.index() == data.element(0).index() && one.isString();
                line += u' ' + (isName ? u'"' + one.text() + u'"' : one.brief(MaxValue));
            }
            if (m_head.ack.isThere())
                ack = u"ack "_s + text(m_head.ack);
            break;
        case SocketIoType::Ack:
        case SocketIoType::BinaryAck:
            line = u"ack "_s + text(m_head.ack) + u' ' + data.briefList(MaxValue);
            break;
        }
        line.replace(placeholder, tr("<attachment %1>").arg(u"\\1"_s));
        return joinedSummary({cutSummary(line.simplified(), MaxLine), ack, text(m_head.space)});
    }

    static constexpr qsizetype MaxLine = 100;
    /// With its attachments as they are written.
    static constexpr qsizetype MaxValue = 200;

    const QByteArrayView m_bytes;
    const SocketIoHead m_head;
    NodeBuilder &m_builder;
};

} // namespace

void SocketIoDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    if (!input.isText || !input.payload.startsWith('4')) {
        EngineIoDecoder().decode(input, builder);
        return;
    }
    if (!builder.open(Node::Kind::Object, 0))
        return;
    builder.add(u"engine.io type", 0, 1, 4, u"message");
    const auto head = socketIoHead(input.payload);
    if (!head) {
        builder.fail(1, tr("A Socket.IO packet begins with its type, a digit from 0 to 6."));
        return;
    }
    SocketIoPacket(input.payload, *head, builder).add();
    if (!builder.hasFailed() && !builder.isStopped())
        builder.close(input.payload.size());
}

} // namespace sockeye
