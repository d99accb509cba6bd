#include "protocols/SocketIoDecoder.h"

#include "base/Bytes.h"
#include "decode/JsonNodes.h"
#include "encodings/JsonShape.h"
#include "protocols/EngineIoDecoder.h"

#include <QRegularExpression>
#include <QUrl>
#include <QUrlQuery>

#include <algorithm>
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

namespace {

constexpr qsizetype MaxAckDigits = 20;
/// The version of Engine.IO in which the type stands before binary data, too (Socket.IO 2).
constexpr quint8 TypedBinary = 3;
constexpr quint8 UntypedBinary = 4;

/// A number beyond is no announcement.
constexpr int MaxAttachments = 100'000;

/// A packet of Engine.IO that is nothing but its type, message aside: close, ping, pong, upgrade or noop.
bool isBareEngineIo(QByteArrayView bytes)
{
    return bytes.size() == 1 && bytes[0] >= '1' && bytes[0] <= '6' && bytes[0] != '4';
}

/// Of a direction from which attachments are still to come.
const Conversation::Side *socketIoAwaited(const DecodeInput &input)
{
    const Conversation *before = input.beforeOf("socketio");
    if (input.isText || !before)
        return nullptr;
    const Conversation::Side &side = before->side(input.direction);
    return side.awaited > 0 ? &side : nullptr;
}

/// What names an event that asks for an answer: ids count by namespace.
QByteArray socketIoQuestion(QByteArrayView bytes, const SocketIoHead &head)
{
    const auto text = [bytes](SocketIoHead::Place place) { return bytes.sliced(place.begin, place.end - place.begin); };
    QByteArray space = text(head.space).toByteArray();
    // Parameters of a namespace stand in its CONNECT only; "/" is the one without a name.
    if (space == "/")
        space.clear();
    return text(head.ack).toByteArray() + ' ' + space;
}

/// The event's name, or the number that it has instead.
QByteArray socketIoEventName(QByteArrayView bytes, const SocketIoHead &head)
{
    constexpr qsizetype MaxName = 100;
    constexpr qsizetype MaxLooked = 4 * 1024;
    const JsonShape shape(bytes.sliced(head.json), {MaxLooked, 1});
    if (!shape.isArray() || shape.size() == 0)
        return {};
    const JsonShape::Member &name = shape.at(0);
    const QByteArray text = name.isString() ? jsonStringText(name.value) : name.value.toByteArray();
    return textFromUtf8(text).left(MaxName).toUtf8();
}

/// An event that awaits this answer; nothing if none is known.
std::optional<QByteArray> socketIoAsked(const Conversation &conversation, Direction answerer, QByteArrayView bytes,
                                        const SocketIoHead &head)
{
    const Direction asker = answerer == Direction::Out ? Direction::In : Direction::Out;
    const auto &asked = conversation.side(asker).asked;
    const QByteArray question = socketIoQuestion(bytes, head);
    const auto found = std::ranges::find(asked, question, &std::pair<QByteArray, QByteArray>::first);
    return found == asked.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

Certainty SocketIoDecoder::probe(const DecodeInput &input) const
{
    if (socketIoAwaited(input))
        return Certainty::Sure;
    const QByteArrayView bytes(input.payload);
    // By themselves packets without JSON are numbers.
    const bool isSpoken = input.isText && input.before && input.before->format == "socketio";
    if (isSpoken && isBareEngineIo(bytes))
        return Certainty::Sure;
    const auto head = input.isText && bytes.startsWith('4') ? socketIoHead(bytes) : std::nullopt;
    if (!head || head->fault)
        return Certainty::None;
    const bool isNamed = head->space.isThere() && bytes[head->space.end - 1] != ',' && head->space.end < bytes.size();
    if (head->json == bytes.size()) {
        const bool mayBeEmpty = head->type == SocketIoType::Connect || head->type == SocketIoType::Disconnect;
        if (!mayBeEmpty || head->ack.isThere())
            return Certainty::None;
        return isSpoken ? Certainty::Sure : isNamed ? Certainty::Likely : Certainty::None;
    }
    const JsonShape shape(bytes.sliced(head->json));
    if (!shape.fits())
        return Certainty::None;
    if (head->isEvent()) {
        const bool hasName = shape.isArray() && shape.size() > 0 && (shape.at(0).isString() || shape.at(0).isInteger());
        return !hasName ? Certainty::None : isSpoken || shape.at(0).isString() ? Certainty::Sure : Certainty::Likely;
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
    SocketIoPacket(const DecodeInput &input, const SocketIoHead &head, NodeBuilder &builder)
        : m_bytes(input.payload)
        , m_direction(input.direction)
        , m_head(head)
        , m_builder(builder)
    {
        if (m_head.isAck() && input.beforeOf("socketio"))
            m_answered = socketIoAsked(*input.before, input.direction, m_bytes, m_head);
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
                                : m_answered ? tr("answers “%1” from the other side").arg(textFromUtf8(*m_answered))
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
        tellFacts({m_builder.tree(), data});
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

    void tellFacts(const JsonView &data)
    {
        using Role = MessageFacts::Exchange::Role;
        // Parameters of a namespace stand in what asks for it only.
        const QByteArray written = text(m_head.space).section(u'?', 0, 0).toUtf8();
        const QByteArray space = written.isEmpty() ? QByteArrayLiteral("/") : written;
        const QByteArray ack = space + ' ' + text(m_head.ack).toUtf8();
        const JsonView name = data.element(0);
        const QByteArray event = name.isString() || name.isNumber() ? name.text().toUtf8() : QByteArray();
        switch (m_head.type) {
        case SocketIoType::Connect:
            m_builder.setMessage("connect", {}, space);
            // Up to version 2 servers answer without a session id.
            if (data.member(u"sid").exists() || m_direction == Direction::In)
                m_builder.addExchange(Role::Answers, "connect " + space);
            else
                m_builder.addExchange(Role::Asks, "connect " + space, "connect");
            break;
        case SocketIoType::ConnectError:
            m_builder.setMessage("connect_error", {}, space);
            m_builder.addExchange(Role::Fails, "connect " + space);
            break;
        case SocketIoType::Disconnect:
            m_builder.setMessage("disconnect", {}, space);
            break;
        case SocketIoType::Event:
        case SocketIoType::BinaryEvent:
            m_builder.setMessage("emit", event, space);
            if (m_head.ack.isThere())
                m_builder.addExchange(Role::Asks, ack, "emit " + event);
            break;
        case SocketIoType::Ack:
        case SocketIoType::BinaryAck:
            m_builder.setMessage("ack", m_answered.value_or(QByteArray()), space);
            m_builder.addExchange(Role::Answers, ack);
            break;
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
            line = u"ack "_s + text(m_head.ack) + u' ';
            if (m_answered)
                line += tr("of %1").arg(u'"' + textFromUtf8(*m_answered) + u'"') + u' ';
            line += data.briefList(MaxValue);
            break;
        }
        line.replace(placeholder, tr("<attachment %1>").arg(u"\\1"_s));
        return joinedSummary({cutSummary(line.simplified(), MaxLine), ack, text(m_head.space)});
    }

    static constexpr qsizetype MaxLine = 100;
    /// With its attachments as they are written.
    static constexpr qsizetype MaxValue = 200;

    const QByteArrayView m_bytes;
    const Direction m_direction;
    const SocketIoHead m_head;
    NodeBuilder &m_builder;
    /// The event that it answers, if that is known.
    std::optional<QByteArray> m_answered;
};

/// A binary message that an event before it announced.
class SocketIoAttachment final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::SocketIoDecoder)

public:
    static void add(const DecodeInput &input, const Conversation::Side &side, NodeBuilder &builder)
    {
        const qint32 number = side.announced - side.awaited + 1;
        const QString event = u'"' + textFromUtf8(side.event) + u'"';
        const QString says = side.event.isEmpty()
                                 ? tr("attachment %1 of %2").arg(number).arg(side.announced)
                                 : tr("attachment %1 of %2 of %3").arg(number).arg(side.announced).arg(event);
        const qsizetype size = input.payload.size();
        const qsizetype begin = input.before->version == TypedBinary && input.payload.startsWith('\4') ? 1 : 0;
        builder.setMessage("attachment", side.event);
        const QString data = builder.addInner(u"attachment", 0, size, begin, false);
        builder.noteAt(0, side.awaited == 1 ? tr("%1, which is complete with it").arg(says)
                                            : tr("%1, %n more to come", nullptr, side.awaited - 1).arg(says));
        builder.setSummary(cutSummary(joinedSummary({says, data.isEmpty() ? tr("%1 B").arg(size - begin) : data})));
    }
};

} // namespace

void SocketIoDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    if (const Conversation::Side *side = socketIoAwaited(input)) {
        SocketIoAttachment::add(input, *side, builder);
        return;
    }
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
    SocketIoPacket(input, *head, builder).add();
    if (!builder.hasFailed() && !builder.isStopped())
        builder.close(input.payload.size());
}

bool SocketIoDecoder::isConversation(const ConnectionFacts &facts) const
{
    const QUrl url(facts.url);
    bool isEngineIo = QUrlQuery(url).hasQueryItem(u"EIO"_s);
    // Where socket.io listens unless it is told otherwise.
    if (isEngineIo && (url.path().endsWith("/socket.io/"_L1) || url.path().endsWith("/socket.io"_L1)))
        return true;
    for (const ConnectionFacts::Message &message : facts.first) {
        const DecodeInput input{message.payload, message.isText};
        isEngineIo =
            isEngineIo || (!message.payload.startsWith('4') && EngineIoDecoder().probe(input) == Certainty::Sure);
        // Without one that fits no content can tell it from a number.
        const bool connects = message.isText && (message.payload == "40" || message.payload.startsWith("40/"));
        if (isEngineIo && (connects || probe(input) == Certainty::Sure))
            return true;
    }
    return false;
}

void SocketIoDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    conversation.format = QByteArrayLiteral("socketio");
    Conversation::Side &side = conversation.side(input.direction);
    if (!input.isText) {
        if (side.awaited > 0 && --side.awaited == 0) {
            side.announced = 0;
            side.event.clear();
        }
        return;
    }
    const QByteArrayView bytes(input.payload);
    const auto head = bytes.startsWith('4') ? socketIoHead(bytes) : std::nullopt;
    if (!head || head->fault)
        return;
    // Nothing else of Socket.IO stands between an event and its attachments.
    side.announced = 0;
    side.event.clear();
    // From 4 on at least the server's has a session id in JSON; before that none has any.
    if (head->type == SocketIoType::Connect) {
        const bool hasJson = head->json < bytes.size() && bytes[head->json] == '{';
        conversation.version = hasJson || conversation.version == UntypedBinary ? UntypedBinary : TypedBinary;
    }
    QByteArray name;
    if (head->isEvent()) {
        name = socketIoEventName(bytes, *head);
        if (head->ack.isThere() && head->ack.end - head->ack.begin <= MaxAckDigits) {
            if (side.asked.size() >= Conversation::Side::MaxAsked)
                side.asked.removeFirst();
            side.asked.append({socketIoQuestion(bytes, *head), name});
        }
    } else if (head->isAck()) {
        name = "ack " +
               bytes.sliced(head->ack.begin, std::min(head->ack.end - head->ack.begin, MaxAckDigits)).toByteArray();
        if (const auto answered = socketIoAsked(conversation, input.direction, bytes, *head))
            name += " of " + *answered;
        const Direction asker = input.direction == Direction::Out ? Direction::In : Direction::Out;
        const QByteArray question = socketIoQuestion(bytes, *head);
        auto &asked = conversation.side(asker).asked;
        const auto found = std::ranges::find(std::as_const(asked), question, &std::pair<QByteArray, QByteArray>::first);
        if (found != asked.cend())
            asked.erase(found);
    }
    if (head->isBinary()) {
        const auto count = bytes.sliced(head->attachments.begin, head->attachments.end - head->attachments.begin);
        side.announced = std::clamp(count.toByteArray().toInt(), 0, MaxAttachments);
        side.event = name;
    }
    side.awaited = side.announced;
}

Dependence SocketIoDecoder::dependence(const DecodeInput &input) const
{
    // Any binary message may be an attachment.
    if (!input.isText)
        return Dependence::All;
    const QByteArrayView bytes(input.payload);
    const auto head = bytes.startsWith('4') ? socketIoHead(bytes) : std::nullopt;
    return head && head->isAck() ? Dependence::Details : Dependence::None;
}

} // namespace sockeye
