#include "protocols/ActionCableDecoder.h"

#include "encodings/JsonTexts.h"

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

bool isCableIdentifier(const JsonShape &shape)
{
    const JsonShape::Member *identifier = shape.find("identifier");
    return identifier && identifier->isWhole && identifier->isString() &&
           JsonShape(jsonStringText(identifier->value)).has("channel", Node::Kind::String);
}

} // namespace

Certainty ActionCableDecoder::probe(const DecodeInput &input) const
{
    if (!input.payload.startsWith('{'))
        return Certainty::None;
    if (input.subprotocol == "actioncable-v1-json"_L1)
        return Certainty::Sure;
    const JsonShape shape(input.payload);
    if (!shape.fits())
        return Certainty::None;
    const QByteArrayView type = shape.string("type");
    if (shape.find("identifier")) {
        const bool isCommand = isOneOf(shape.string("command"), {"subscribe", "unsubscribe", "message"}) &&
                               shape.hasOnly({"command", "identifier", "data"});
        const bool isAnswer =
            isOneOf(type, {"confirm_subscription", "reject_subscription"}) && shape.hasOnly({"type", "identifier"});
        const bool isMessage = shape.find("message") && shape.hasOnly({"identifier", "message"});
        return (isCommand || isAnswer || isMessage) && isCableIdentifier(shape) ? Certainty::Sure : Certainty::None;
    }
    if (type == "disconnect" && shape.find("reason") && shape.has("reconnect", Node::Kind::Boolean))
        return shape.size() == 3 ? Certainty::Sure : Certainty::None;
    const bool isPing = type == "ping" && shape.size() == 2 && shape.has("message", Node::Kind::Number);
    const bool isWelcome = type == "welcome" && shape.size() == 1;
    return isPing || isWelcome ? likelyIn(input) : Certainty::None;
}

void ActionCableDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const QByteArray &bytes = input.payload;
    const auto carries = [](const JsonShape::Member &member) {
        return member.name == "identifier" || member.name == "data";
    };
    const qint32 index = builder.tree().size();
    if (!addJsonWithTexts(builder, bytes, 0, bytes.size(), carries))
        return;
    const JsonView root(builder.tree(), index);
    const JsonView type = root.member(u"type");
    const JsonView command = root.member(u"command");
    const JsonView identifier = root.member(u"identifier");
    // What the string says stands below it.
    const JsonView channel = identifier.element(0).member(u"channel");
    QString head = type.exists() ? type.text() : command.text();
    if (identifier.exists())
        head += u' ' + (channel.exists() ? channel.text() : identifier.brief());
    const JsonView data = root.member(u"data");
    const JsonView message = data.exists() ? (data.count() > 0 ? data.element(0) : data) : root.member(u"message");
    if (type.text() == "confirm_subscription"_L1)
        builder.noteAt(type.index(), tr("the server accepts the subscription"));
    else if (type.text() == "reject_subscription"_L1)
        builder.noteAt(type.index(), tr("the server refuses the subscription"));
    else if (type.text() == "ping"_L1 && message.isNumber())
        builder.noteAt(message.index(), tr("the server's time in seconds"));
    using Role = MessageFacts::Exchange::Role;
    const QByteArray kind = (type.exists() ? type : command).text().toUtf8();
    // The string names a subscription; a channel may have several.
    const QByteArray subscription = "subscribe " + identifier.text().toUtf8();
    builder.setMessage(kind.isEmpty() && identifier.exists() ? "message" : kind,
                       data.element(0).member(u"action").text().toUtf8(), channel.text().toUtf8());
    if (command.text() == "subscribe"_L1)
        builder.addExchange(Role::Asks, subscription, kind);
    else if (kind == "confirm_subscription")
        builder.addExchange(Role::Answers, subscription);
    else if (kind == "reject_subscription")
        builder.addExchange(Role::Fails, subscription);
    const JsonView reason = root.member(u"reason");
    builder.setSummary(cutSummary(joinedSummary({cutSummary(head.simplified(), 60), message.brief(), reason.brief()})));
}

} // namespace sockeye
