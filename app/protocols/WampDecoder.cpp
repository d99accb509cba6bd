#include "protocols/WampDecoder.h"

#include "encodings/CborDecoder.h"
#include "encodings/JsonTexts.h"
#include "encodings/MsgpackDecoder.h"
#include "protocols/AskedCalls.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// A message of WAMP: its name, and its fields behind the type, of which the last ones may be missing.
struct WampType
{
    int code = 0;
    QStringView name;
    std::vector<QStringView> fields;
    /// What each is: n a number, s a string, o an object, a an array.
    QByteArrayView kinds;
    /// How many are always there.
    qsizetype least = 0;
};

const std::vector<WampType> &wampTypes()
{
    static const std::vector<WampType> types{
        {1, u"HELLO", {u"realm", u"details"}, "so", 2},
        {2, u"WELCOME", {u"session", u"details"}, "no", 2},
        {3, u"ABORT", {u"details", u"reason", u"args", u"kwargs"}, "osao", 2},
        {4, u"CHALLENGE", {u"authmethod", u"extra"}, "so", 2},
        {5, u"AUTHENTICATE", {u"signature", u"extra"}, "so", 2},
        {6, u"GOODBYE", {u"details", u"reason"}, "os", 2},
        {8, u"ERROR", {u"request_type", u"request", u"details", u"error", u"args", u"kwargs"}, "nnosao", 4},
        {16, u"PUBLISH", {u"request", u"options", u"topic", u"args", u"kwargs"}, "nosao", 3},
        {17, u"PUBLISHED", {u"request", u"publication"}, "nn", 2},
        {32, u"SUBSCRIBE", {u"request", u"options", u"topic"}, "nos", 3},
        {33, u"SUBSCRIBED", {u"request", u"subscription"}, "nn", 2},
        {34, u"UNSUBSCRIBE", {u"request", u"subscription"}, "nn", 2},
        {35, u"UNSUBSCRIBED", {u"request", u"details"}, "no", 1},
        {36, u"EVENT", {u"subscription", u"publication", u"details", u"args", u"kwargs"}, "nnoao", 3},
        {48, u"CALL", {u"request", u"options", u"procedure", u"args", u"kwargs"}, "nosao", 3},
        {49, u"CANCEL", {u"request", u"options"}, "no", 2},
        {50, u"RESULT", {u"request", u"details", u"args", u"kwargs"}, "noao", 2},
        {64, u"REGISTER", {u"request", u"options", u"procedure"}, "nos", 3},
        {65, u"REGISTERED", {u"request", u"registration"}, "nn", 2},
        {66, u"UNREGISTER", {u"request", u"registration"}, "nn", 2},
        {67, u"UNREGISTERED", {u"request", u"details"}, "no", 1},
        {68, u"INVOCATION", {u"request", u"registration", u"details", u"args", u"kwargs"}, "nnoao", 3},
        {69, u"INTERRUPT", {u"request", u"options"}, "no", 2},
        {70, u"YIELD", {u"request", u"options", u"args", u"kwargs"}, "noao", 2},
    };
    return types;
}

const WampType *wampType(int code)
{
    const auto found = std::ranges::find(wampTypes(), code, &WampType::code);
    return found == wampTypes().end() ? nullptr : &*found;
}

bool isWampKind(const JsonShape::Member &member, char kind)
{
    switch (kind) {
    case 'n':
        return member.isInteger();
    case 's':
        return member.isString();
    case 'o':
        return member.kind == Node::Kind::Object;
    default:
        return member.kind == Node::Kind::Array;
    }
}

/// Names with dots between them.
bool isWampUri(QByteArrayView text)
{
    return text.contains('.') && !text.startsWith('.') && !text.endsWith('.') &&
           std::ranges::none_of(text, [](char c) { return c == ' ' || c == '#' || c == '\\' || c == '/'; });
}

} // namespace

namespace {

/// The format of the connection's messages; null for JSON.
const Decoder *wampEncoding(QStringView subprotocol)
{
    static const MsgpackDecoder msgpack;
    static const CborDecoder cbor;
    if (subprotocol == "wamp.2.msgpack"_L1)
        return &msgpack;
    return subprotocol == "wamp.2.cbor"_L1 ? &cbor : nullptr;
}

} // namespace

Certainty WampDecoder::probe(const DecodeInput &input) const
{
    if (wampEncoding(input.subprotocol))
        return input.payload.isEmpty() ? Certainty::None : Certainty::Sure;
    if (!input.payload.startsWith('['))
        return Certainty::None;
    if (input.subprotocol == "wamp.2.json"_L1 || input.subprotocol == "wamp.2.json.batched"_L1)
        return Certainty::Sure;
    const JsonShape shape(input.payload);
    const WampType *type = shape.fits() && shape.size() > 1 ? wampType(shape.at(0).number()) : nullptr;
    const qsizetype fields = shape.size() - 1;
    if (!type || fields < type->least || fields > type->kinds.size())
        return Certainty::None;
    bool hasUri = false;
    bool hasObject = false;
    for (qsizetype i = 0; i < fields; ++i) {
        const JsonShape::Member &field = shape.at(i + 1);
        if (!isWampKind(field, type->kinds[i]))
            return Certainty::None;
        hasUri = hasUri || (type->kinds[i] == 's' && isWampUri(field.string()));
        hasObject = hasObject || type->kinds[i] == 'o';
    }
    // A number of the protocol's, all fields of their kind, and a name that looks like one of WAMP.
    const bool isGreeting = type->code <= 2 && JsonShape(shape.at(2).value).has("roles", Node::Kind::Object);
    if (isGreeting || (hasUri && hasObject && fields >= 3))
        return Certainty::Sure;
    return hasObject ? likelyIn(input) : Certainty::None;
}

namespace {

/// What the fields of a message say, for those who join the messages of both sides.
struct WampWords
{
    QByteArray request;
    /// Of an error: what it answers.
    int answered = 0;
    /// A procedure, a topic, an error, a realm.
    QByteArray uri;
    QByteArray topic;
    QByteArray reason;
    bool isProgress = false;
    bool isAcknowledged = false;
};

/// Tells which message it answers, or what it asks for. Requests of a kind have ids of their own here, since a router
/// may count its invocations as clients count their requests.
void tellWampExchange(NodeBuilder &builder, int code, const QByteArray &name, const WampWords &words)
{
    using Role = MessageFacts::Exchange::Role;
    const auto exchange = [&](Role role, int asked, const QByteArray &method = {}) {
        builder.addExchange(role, QByteArray::number(asked) + ' ' + words.request, method);
    };
    const auto asks = [&] { exchange(Role::Asks, code, name + ' ' + words.uri); };
    switch (code) {
    case 1:
        return builder.addExchange(Role::Asks, "hello", name);
    case 2:
        return builder.addExchange(Role::Answers, "hello");
    case 3:
        return builder.addExchange(Role::Fails, "hello");
    case 6:
        if (words.reason == "wamp.close.goodbye_and_out")
            builder.addExchange(Role::Answers, "goodbye");
        else
            builder.addExchange(Role::Asks, "goodbye", name);
        return;
    case 8:
        return exchange(Role::Fails, words.answered);
    case 16:
        if (words.isAcknowledged)
            asks();
        return;
    case 32:
    case 48:
    case 64:
        return asks();
    case 34:
    case 66:
    case 68:
        return exchange(Role::Asks, code, name);
    case 17:
    case 33:
    case 35:
    case 65:
    case 67:
        return exchange(Role::Answers, code - 1);
    case 50:
    case 70:
        return exchange(words.isProgress ? Role::Continues : Role::Answers, code - 2);
    default:
        return;
    }
}

/// What a message has to do with calls.
struct WampCall
{
    /// Of a call its own type, of an answer that of what it answers; 0 for what is neither.
    int type = 0;
    bool isAnswer = false;
    /// More answers follow.
    bool isProgress = false;
    QByteArray request;
    /// What the call is about.
    QByteArray uri;

    /// Ids count for each side; what asks and what is asked may use the same.
    [[nodiscard]] QByteArray id() const { return QByteArray::number(type) + ' ' + request; }
};

/// The type of the call that a message of this type answers; 0 for none.
int wampAnswered(int code)
{
    switch (code) {
    case 17: // PUBLISHED
        return 16;
    case 33: // SUBSCRIBED
        return 32;
    case 50: // RESULT
        return 48;
    case 65: // REGISTERED
        return 64;
    default:
        return 0;
    }
}

/// `text` gives an element as it is written, a string without its quotes.
template<typename Text>
WampCall wampCall(int code, bool isProgress, const Text &text)
{
    constexpr int Error = 8;
    const bool isCall = code == 16 || code == 32 || code == 48 || code == 64;
    if (isCall)
        return {code, false, false, text(1), text(3)};
    if (code == Error)
        return {text(1).toInt(), true, false, text(2), {}};
    if (const int answered = wampAnswered(code); answered > 0)
        return {answered, true, isProgress, text(1), {}};
    return {};
}

/// Of a message that has been decoded.
WampCall wampCall(const JsonView &root)
{
    if (!root.isArray())
        return {};
    const bool isProgress = root.element(2).member(u"progress").text() == "true"_L1;
    return wampCall(root.element(0).number(), isProgress,
                    [&root](qint32 i) { return root.element(i).text().toUtf8(); });
}

/// What an answer answers, if that is known.
QString wampAnsweredName(const DecodeInput &input, const WampCall &call)
{
    if (!call.isAnswer)
        return {};
    return AskedCalls::find(input.beforeOf("wamp"), input.direction, call.id()).value_or(QString());
}

/// Names the fields of one message, and sums it up.
QString readWampMessage(const DecodeInput &input, NodeBuilder &builder, const JsonView &root)
{
    const JsonView code = root.element(0);
    const WampType *type = root.isArray() ? wampType(code.number()) : nullptr;
    if (!type)
        return {};
    builder.labelAt(code.index(), u"type");
    builder.noteAt(code.index(), type->name);
    QString line = type->name.toString();
    if (const QString asked = wampAnsweredName(input, wampCall(root)); !asked.isEmpty())
        line += u' ' + QCoreApplication::translate("sockeye::WampDecoder", "of %1").arg(asked);
    QString request;
    WampWords words;
    size_t i = 0;
    for (JsonView field = code.next(); field.exists() && i < type->fields.size(); field = field.next(), ++i) {
        const QStringView name = type->fields[i];
        builder.labelAt(field.index(), name);
        if (name == "request_type"_L1) {
            words.answered = field.number();
            if (const WampType *answered = wampType(field.number()))
                builder.noteAt(field.index(), answered->name);
        } else if (name == "request"_L1) {
            request = u"request "_s + field.text();
            words.request = field.text().toUtf8();
        } else if ((name == "details"_L1 || name == "options"_L1) && field.member(u"progress").text() == "true"_L1) {
            words.isProgress = true;
            builder.noteAt(field.member(u"progress").index(),
                           QCoreApplication::translate("sockeye::WampDecoder", "more results follow"));
        } else if (name == "args"_L1 || name == "kwargs"_L1) {
            line += field.count() > 0 ? u' ' + field.briefList() : QString();
        } else if (!field.isObject()) {
            line += u' ' + field.brief();
        }
        if (name == "options"_L1 && field.member(u"acknowledge").text() == "true"_L1)
            words.isAcknowledged = true;
        else if (name == "procedure"_L1 || name == "topic"_L1 || name == "error"_L1 || name == "realm"_L1)
            words.uri = field.text().toUtf8();
        else if (name == "reason"_L1)
            words.reason = field.text().toUtf8();
        if (name == "topic"_L1)
            words.topic = words.uri;
    }
    const QByteArray kind = type->name.toUtf8();
    builder.setMessage(kind, words.uri.isEmpty() ? words.reason : words.uri, words.topic);
    tellWampExchange(builder, type->code, kind, words);
    return joinedSummary({line, request});
}

} // namespace

void WampDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const Decoder *format = wampEncoding(input.subprotocol);
    if (!format) {
        addJsonMessages(builder, input.payload,
                        [&](const JsonView &root) { return readWampMessage(input, builder, root); });
        return;
    }
    const qint32 first = builder.tree().size();
    format->decode(input, builder);
    if (const JsonView root(builder.tree(), first); root.exists())
        builder.setSummary(cutSummary(readWampMessage(input, builder, root)));
}

namespace {

/// What a message has to do with calls, read as far as that takes.
WampCall wampCallOf(const DecodeInput &input)
{
    if (const Decoder *format = wampEncoding(input.subprotocol)) {
        // What matters stands in front of what a call carries; options are small.
        constexpr qint32 MaxNodes = 200;
        constexpr qint32 MaxDepth = 100;
        NodeBuilder builder(input.payload, {}, {MaxNodes, MaxDepth});
        format->decode(input, builder);
        return wampCall(JsonView(builder.tree(), 0));
    }
    const JsonShape shape(input.payload);
    if (!shape.isArray() || shape.size() < 3)
        return {};
    const JsonShape details(shape.at(2).value);
    const JsonShape::Member *progress = details.find("progress");
    const bool isProgress = progress && progress->value == "true";
    return wampCall(shape.at(0).number(), isProgress, [&shape](qsizetype i) {
        if (i >= shape.size())
            return QByteArray();
        const JsonShape::Member &member = shape.at(i);
        return member.isString() ? jsonStringText(member.value) : member.value.toByteArray();
    });
}

} // namespace

bool WampDecoder::isConversation(const ConnectionFacts &facts) const
{
    if (facts.subprotocol.startsWith("wamp.2."_L1))
        return true;
    return facts.subprotocol.isEmpty() &&
           std::ranges::any_of(facts.first, [this](const ConnectionFacts::Message &message) {
               return probe({message.payload, message.isText}) == Certainty::Sure;
           });
}

void WampDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    const WampCall call = wampCallOf(input);
    if (call.type == 0)
        return;
    conversation.format = QByteArrayLiteral("wamp");
    if (!call.isAnswer)
        AskedCalls::ask(conversation, input.direction, call.id(), call.uri);
    else if (!call.isProgress)
        AskedCalls::answer(conversation, input.direction, call.id());
}

Dependence WampDecoder::dependence(const DecodeInput &input) const
{
    return wampCallOf(input).isAnswer ? Dependence::Details : Dependence::None;
}

} // namespace sockeye
