#include "protocols/PhoenixDecoder.h"

#include "base/Bytes.h"
#include "encodings/JsonTexts.h"
#include "protocols/AskedCalls.h"

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr std::array<QStringView, 5> PhoenixFields{u"join_ref", u"ref", u"topic", u"event", u"payload"};

enum class PhoenixKind : quint8 { Push, Reply, Broadcast };

/// What the lengths at the beginning of a binary message are those of.
std::vector<QStringView> phoenixFields(PhoenixKind kind, bool isFromClient)
{
    if (kind == PhoenixKind::Broadcast)
        return {u"topic", u"event"};
    if (kind == PhoenixKind::Reply)
        return {u"join_ref", u"ref", u"topic", u"status"};
    return isFromClient ? std::vector<QStringView>{u"join_ref", u"ref", u"topic", u"event"}
                        : std::vector<QStringView>{u"join_ref", u"topic", u"event"};
}

bool isPhoenixRef(QByteArrayView text)
{
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool isPhoenixWord(QByteArrayView text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

/// How many characters of names the message begins with as one of that kind; 0 if it is none.
qsizetype phoenixWords(QByteArrayView bytes, const std::vector<QStringView> &fields)
{
    qsizetype at = 1 + static_cast<qsizetype>(fields.size());
    if (bytes.size() < at)
        return 0;
    qsizetype words = 0;
    for (size_t i = 0; i < fields.size(); ++i) {
        const qsizetype size = static_cast<quint8>(bytes[static_cast<qsizetype>(i) + 1]);
        if (size > bytes.size() - at)
            return 0;
        const QByteArrayView text = bytes.sliced(at, size);
        const bool isRef = fields[i].endsWith("ref"_L1);
        const bool isTopic = fields[i] == "topic"_L1;
        const bool fits =
            isRef ? isPhoenixRef(text) : isPhoenixWord(text) && (!isTopic || text.contains(':') || text == "phoenix");
        if (!fits)
            return 0;
        words += size;
        at += size;
    }
    return words;
}

/// A push has another form from either side; without a direction, the form that fits.
std::vector<QStringView> phoenixFieldsOf(QByteArrayView bytes, Direction direction)
{
    const auto kind = static_cast<PhoenixKind>(bytes[0]);
    const bool isFromClient = direction == Direction::Out ||
                              (direction == Direction::None && phoenixWords(bytes, phoenixFields(kind, true)) > 0);
    return phoenixFields(kind, isFromClient);
}

bool isPhoenixBinary(QByteArrayView bytes)
{
    return !bytes.isEmpty() && static_cast<quint8>(bytes[0]) <= static_cast<quint8>(PhoenixKind::Broadcast);
}

bool isPhoenixRefMember(const JsonShape::Member &member)
{
    return member.kind == Node::Kind::Null || (member.isString() && isPhoenixRef(member.string()));
}

bool isPhoenixEvent(QByteArrayView event)
{
    return isOneOf(event, {"phx_join", "phx_leave", "phx_reply", "phx_error", "phx_close", "heartbeat",
                           "presence_state", "presence_diff"});
}

Certainty phoenixArray(const DecodeInput &input, const JsonShape &shape)
{
    if (shape.size() != 5 || !isPhoenixRefMember(shape.at(0)) || !isPhoenixRefMember(shape.at(1)) ||
        !shape.at(2).isString() || !shape.at(3).isString())
        return Certainty::None;
    const QByteArrayView topic = shape.at(2).string();
    const bool isKnown = isPhoenixEvent(shape.at(3).string());
    const bool isObject = shape.at(4).kind == Node::Kind::Object;
    if (topic.isEmpty() || (!isKnown && !isObject))
        return Certainty::None;
    return isKnown || topic.contains(':') ? Certainty::Sure : likelyIn(input);
}

Certainty phoenixObject(const JsonShape &shape)
{
    const bool isMessage = shape.has("topic", Node::Kind::String) && shape.has("event", Node::Kind::String) &&
                           shape.find("payload") && shape.find("ref") &&
                           shape.hasOnly({"topic", "event", "payload", "ref", "join_ref"});
    return isMessage ? Certainty::Sure : Certainty::None;
}

} // namespace

Certainty PhoenixDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes(input.payload);
    if (bytes.startsWith('[') || bytes.startsWith('{')) {
        const JsonShape shape(bytes);
        if (!shape.fits())
            return Certainty::None;
        return shape.isArray() ? phoenixArray(input, shape) : phoenixObject(shape);
    }
    constexpr qsizetype LeastWords = 10;
    if (input.isText || !isPhoenixBinary(bytes))
        return Certainty::None;
    const qsizetype words = phoenixWords(bytes, phoenixFieldsOf(bytes, input.direction));
    return words >= LeastWords ? Certainty::Sure : words > 4 ? Certainty::Likely : Certainty::None;
}

namespace {

/// What stands in the messages of both forms.
class PhoenixMessage final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::PhoenixDecoder)

public:
    static void decodeBinary(const DecodeInput &input, NodeBuilder &builder)
    {
        const QByteArrayView bytes(input.payload);
        static constexpr std::array<QStringView, 3> kinds{u"push", u"reply", u"broadcast"};
        if (!isPhoenixBinary(bytes)) {
            builder.fail(0, tr("A binary message begins with its kind: 0 push, 1 reply or 2 broadcast."));
            return;
        }
        const std::vector<QStringView> fields = phoenixFieldsOf(bytes, input.direction);
        if (!builder.open(Node::Kind::Object, 0))
            return;
        const auto kind = static_cast<size_t>(bytes[0]);
        builder.add(u"kind", 0, 1, static_cast<qint64>(kind), kinds[kind]);
        qsizetype at = 1;
        for (const QStringView field : fields) {
            if (at == bytes.size()) {
                builder.fail(at, tr("The message ends in its lengths."));
                return;
            }
            builder.add(field.toString() + u" length"_s, at, at + 1, static_cast<quint8>(bytes[at]));
            ++at;
        }
        QString ref;
        Words words;
        if (kind == static_cast<size_t>(PhoenixKind::Reply))
            words.event = "phx_reply";
        QString line = kinds[kind].toString();
        for (size_t i = 0; i < fields.size(); ++i) {
            const qsizetype size = static_cast<quint8>(bytes[static_cast<qsizetype>(i) + 1]);
            if (size > bytes.size() - at) {
                builder.fail(at, tr("The message ends early: %1 of %2 bytes of this field are here.")
                                     .arg(bytes.size() - at)
                                     .arg(size));
                return;
            }
            const QString text = textFromUtf8(bytes.sliced(at, size));
            builder.addPlace(fields[i], Node::Kind::String, at, at + size, at, noteOf(fields[i], text));
            if (fields[i] == "topic"_L1) {
                builder.setTopic(text);
                words.topic = text.toUtf8();
            } else if (fields[i] == "event"_L1) {
                words.event = text.toUtf8();
            } else if (fields[i] == "status"_L1) {
                words.status = text.toUtf8();
            } else if (fields[i] == "ref"_L1) {
                words.ref = text.toUtf8();
                ref = u"ref "_s + text;
                if (static_cast<PhoenixKind>(kind) == PhoenixKind::Reply)
                    line += ofPush(answered(input, text));
            }
            if (fields[i] != "ref"_L1 && fields[i] != "join_ref"_L1)
                line += u' ' + text;
            at += size;
        }
        QString payload;
        if (at < bytes.size())
            payload = builder.addInner(u"payload", at, bytes.size(), at, false);
        builder.close(bytes.size());
        tellFacts(builder, words);
        const QString told = payload.isEmpty() ? tr("%1 B").arg(bytes.size() - at) : payload;
        builder.setSummary(cutSummary(joinedSummary({line, told, ref})));
    }

    /// Adds notes to the nodes of one message, and sums it up.
    static QString read(const DecodeInput &input, NodeBuilder &builder, const JsonView &root)
    {
        std::array<JsonView, PhoenixFields.size()> fields{root.element(0), root.element(1), root.element(2),
                                                          root.element(3), root.element(4)};
        if (root.isArray() && root.count() == static_cast<qint32>(fields.size()) && fields.back().exists()) {
            for (size_t i = 0; i < fields.size(); ++i)
                builder.labelAt(fields[i].index(), PhoenixFields[i]);
        } else if (root.isObject()) {
            for (size_t i = 0; i < fields.size(); ++i)
                fields[i] = root.member(PhoenixFields[i]);
        } else {
            return {};
        }
        const auto &[joinRef, ref, topic, event, payload] = fields;
        if (!topic.isString() || !event.isString())
            return {};
        if (const QString note = noteOf(u"event", event.text()); !note.isEmpty())
            builder.noteAt(event.index(), note);
        QString told = payload.count() > 0 ? payload.brief() : QString();
        if (event.text() == "phx_reply"_L1 && payload.member(u"status").isString()) {
            const JsonView response = payload.member(u"response");
            told = payload.member(u"status").text() + (response.count() > 0 ? u' ' + response.brief() : QString());
        }
        tellFacts(builder, {ref.isString() || ref.isNumber() ? ref.text().toUtf8() : QByteArray(),
                            topic.text().toUtf8(), event.text().toUtf8(), payload.member(u"status").text().toUtf8()});
        const QString refText = ref.isString() ? u"ref "_s + ref.text() : QString();
        const QString of = event.text() == "phx_reply"_L1 ? ofPush(answered(input, ref.text())) : QString();
        return joinedSummary({cutSummary(topic.text() + u' ' + event.text() + of, MaxHead), told, refText});
    }

private:
    static constexpr qsizetype MaxHead = 60;

    /// What tells what a message is.
    struct Words
    {
        QByteArray ref;
        QByteArray topic;
        QByteArray event;
        /// Of a reply.
        QByteArray status;
    };

    static void tellFacts(NodeBuilder &builder, const Words &words)
    {
        using Role = MessageFacts::Exchange::Role;
        builder.setMessage(words.event, {}, words.topic);
        if (words.ref.isEmpty() || words.event == "phx_close")
            return;
        if (words.event == "phx_reply")
            builder.addExchange(words.status == "ok" ? Role::Answers : Role::Fails, words.ref);
        else if (words.event == "phx_error")
            builder.addExchange(Role::Fails, words.ref);
        else
            builder.addExchange(Role::Asks, words.ref, words.event);
    }

    /// The event that a reply answers, if that is known.
    static QString answered(const DecodeInput &input, const QString &ref)
    {
        return AskedCalls::find(input.beforeOf("phoenix"), input.direction, ref.toUtf8()).value_or(QString());
    }
    static QString ofPush(const QString &event) { return event.isEmpty() ? QString() : u' ' + tr("of %1").arg(event); }

    static QString noteOf(QStringView field, const QString &text)
    {
        if (field != "event"_L1)
            return {};
        if (text == "phx_join"_L1)
            return tr("joins the topic");
        if (text == "phx_leave"_L1)
            return tr("leaves the topic");
        if (text == "phx_reply"_L1)
            return tr("answers the message of the same ref");
        if (text == "phx_error"_L1)
            return tr("the channel has failed");
        if (text == "phx_close"_L1)
            return tr("the channel has ended");
        return text == "heartbeat"_L1 ? tr("keeps the connection alive") : QString();
    }
};

} // namespace

void PhoenixDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const QByteArrayView bytes(input.payload);
    if (!input.isText && isPhoenixBinary(bytes)) {
        PhoenixMessage::decodeBinary(input, builder);
        return;
    }
    addJsonMessages(builder, input.payload,
                    [&](const JsonView &root) { return PhoenixMessage::read(input, builder, root); });
}

namespace {

/// What names a message and what it is, in any of its forms.
struct PhoenixHead
{
    QByteArray ref;
    QByteArray event;
    bool isReply = false;
};

/// Of a binary message that has all its names; nothing in it otherwise.
PhoenixHead phoenixBinaryHead(QByteArrayView bytes, Direction direction)
{
    PhoenixHead head;
    const std::vector<QStringView> fields = phoenixFieldsOf(bytes, direction);
    if (phoenixWords(bytes, fields) == 0)
        return head;
    head.isReply = static_cast<PhoenixKind>(bytes[0]) == PhoenixKind::Reply;
    qsizetype at = 1 + static_cast<qsizetype>(fields.size());
    for (size_t i = 0; i < fields.size(); ++i) {
        const qsizetype size = static_cast<quint8>(bytes[static_cast<qsizetype>(i) + 1]);
        if (fields[i] == "ref"_L1)
            head.ref = bytes.sliced(at, size).toByteArray();
        else if (fields[i] == "event"_L1)
            head.event = bytes.sliced(at, size).toByteArray();
        at += size;
    }
    return head;
}

PhoenixHead phoenixHead(const DecodeInput &input)
{
    const QByteArrayView bytes(input.payload);
    if (!bytes.startsWith('[') && !bytes.startsWith('{'))
        return input.isText || !isPhoenixBinary(bytes) ? PhoenixHead() : phoenixBinaryHead(bytes, input.direction);
    const JsonShape shape(bytes);
    const bool isArray = shape.isArray() && shape.size() == static_cast<qsizetype>(PhoenixFields.size());
    const JsonShape::Member *ref = isArray ? &shape.at(1) : shape.find("ref");
    const JsonShape::Member *event = isArray ? &shape.at(3) : shape.find("event");
    if (!ref || !event || !ref->isString() || !event->isString())
        return {};
    PhoenixHead head{jsonStringText(ref->value), jsonStringText(event->value)};
    head.isReply = head.event == "phx_reply";
    return head;
}

} // namespace

bool PhoenixDecoder::isConversation(const ConnectionFacts &facts) const
{
    return std::ranges::any_of(facts.first, [this](const ConnectionFacts::Message &message) {
        return probe({message.payload, message.isText, message.direction}) == Certainty::Sure;
    });
}

void PhoenixDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    const PhoenixHead head = phoenixHead(input);
    if (head.ref.isEmpty())
        return;
    conversation.format = QByteArrayLiteral("phoenix");
    if (head.isReply)
        AskedCalls::answer(conversation, input.direction, head.ref);
    else
        AskedCalls::ask(conversation, input.direction, head.ref, head.event);
}

Dependence PhoenixDecoder::dependence(const DecodeInput &input) const
{
    return phoenixHead(input).isReply ? Dependence::Details : Dependence::None;
}

} // namespace sockeye
