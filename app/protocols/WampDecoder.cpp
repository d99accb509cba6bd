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
    size_t i = 0;
    for (JsonView field = code.next(); field.exists() && i < type->fields.size(); field = field.next(), ++i) {
        const QStringView name = type->fields[i];
        builder.labelAt(field.index(), name);
        if (name == "request_type"_L1) {
            if (const WampType *answered = wampType(field.number()))
                builder.noteAt(field.index(), answered->name);
        } else if (name == "request"_L1) {
            request = u"request "_s + field.text();
        } else if ((name == "details"_L1 || name == "options"_L1) && field.member(u"progress").text() == "true"_L1) {
            builder.noteAt(field.member(u"progress").index(),
                           QCoreApplication::translate("sockeye::WampDecoder", "more results follow"));
        } else if (name == "args"_L1 || name == "kwargs"_L1) {
            line += field.count() > 0 ? u' ' + field.briefList() : QString();
        } else if (!field.isObject()) {
            line += u' ' + field.brief();
        }
    }
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
