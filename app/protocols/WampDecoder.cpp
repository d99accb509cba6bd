#include "protocols/WampDecoder.h"

#include "encodings/CborDecoder.h"
#include "encodings/JsonTexts.h"
#include "encodings/MsgpackDecoder.h"

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

/// Names the fields of one message, and sums it up.
QString readWampMessage(NodeBuilder &builder, const JsonView &root)
{
    const JsonView code = root.element(0);
    const WampType *type = root.isArray() ? wampType(code.number()) : nullptr;
    if (!type)
        return {};
    builder.labelAt(code.index(), u"type");
    builder.noteAt(code.index(), type->name);
    QString line = type->name.toString();
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
                        [&builder](const JsonView &root) { return readWampMessage(builder, root); });
        return;
    }
    const qint32 first = builder.tree().size();
    format->decode(input, builder);
    if (const JsonView root(builder.tree(), first); root.exists())
        builder.setSummary(cutSummary(readWampMessage(builder, root)));
}

} // namespace sockeye
