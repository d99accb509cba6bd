#include "protocols/SignalRDecoder.h"

#include "decode/JsonNodes.h"
#include "encodings/JsonShape.h"
#include "protocols/AskedCalls.h"
#include "protocols/SignalRWords.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

constexpr char SignalREnd = '\x1e';

bool isSignalRRecord(const JsonShape &shape)
{
    const JsonShape::Member *type = shape.find("type");
    if (!type)
        return shape.string("protocol").size() > 0 && shape.has("version", Node::Kind::Number);
    const int number = type->number();
    switch (static_cast<SignalRType>(number)) {
    case SignalRType::Invocation:
    case SignalRType::StreamInvocation:
        return shape.has("target", Node::Kind::String) && shape.has("arguments", Node::Kind::Array);
    case SignalRType::StreamItem:
    case SignalRType::Completion:
    case SignalRType::CancelInvocation:
        return shape.has("invocationId", Node::Kind::String);
    case SignalRType::Ping:
    case SignalRType::Close:
        return true;
    case SignalRType::Ack:
    case SignalRType::Sequence:
        return shape.has("sequenceId", Node::Kind::Number);
    }
    return false;
}

QString signalRRecordSummary(const JsonView &record, const QString &asked)
{
    const int type = record.member(u"type").number();
    const QString id = record.member(u"invocationId").text();
    const QString name = signalRTypeName(type).toString();
    if (!record.member(u"type").exists()) {
        if (record.member(u"error").exists())
            return u"Handshake error · "_s + record.member(u"error").brief();
        return (u"Handshake "_s + record.member(u"protocol").text() + u' ' + record.member(u"version").text())
            .trimmed();
    }
    switch (static_cast<SignalRType>(type)) {
    case SignalRType::Invocation:
    case SignalRType::StreamInvocation:
        return joinedSummary(
            {(name + u' ' + record.member(u"target").text() + u' ' + record.member(u"arguments").briefList()).trimmed(),
             id.isEmpty() ? QString() : u"id "_s + id});
    case SignalRType::StreamItem:
        return joinedSummary({name + u' ' + id + signalROf(asked), record.member(u"item").brief()});
    case SignalRType::Completion: {
        const JsonView error = record.member(u"error");
        const QString told = error.exists() ? u"error "_s + error.brief() : record.member(u"result").brief();
        return joinedSummary({name + u' ' + id + signalROf(asked), told});
    }
    case SignalRType::CancelInvocation:
        return name + u' ' + id;
    case SignalRType::Close:
        return joinedSummary({name, record.member(u"error").brief()});
    case SignalRType::Ack:
    case SignalRType::Sequence:
        return name + u' ' + record.member(u"sequenceId").text();
    case SignalRType::Ping:
        break;
    }
    return name;
}

} // namespace

namespace {

/// Calls `visit` with the records of a payload, as far as they are whole.
template<typename Visit>
void visitSignalR(QByteArrayView bytes, const Visit &visit)
{
    for (qsizetype at = 0, end = bytes.indexOf(SignalREnd); end >= 0; at = end + 1, end = bytes.indexOf(SignalREnd, at))
        visit(JsonShape(bytes.sliced(at, end - at)));
}

bool isSignalROf(const JsonShape &record, std::initializer_list<SignalRType> types)
{
    const JsonShape::Member *type = record.find("type");
    return type && std::ranges::find(types, static_cast<SignalRType>(type->number())) != types.end();
}

} // namespace

Certainty SignalRDecoder::probe(const DecodeInput &input) const
{
    const QByteArrayView bytes(input.payload);
    if (!bytes.startsWith('{') || !bytes.endsWith(SignalREnd))
        return Certainty::None;
    const JsonShape shape(bytes.first(bytes.indexOf(SignalREnd)));
    if (!shape.fits())
        return Certainty::None;
    if (shape.size() == 0)
        return input.isText ? Certainty::Sure : Certainty::Likely;
    const bool isRefusal = shape.has("error", Node::Kind::String) && shape.hasOnly({"error", "minorVersion"});
    return isSignalRRecord(shape) || isRefusal ? Certainty::Sure : Certainty::None;
}

void SignalRDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const QByteArray &bytes = input.payload;
    QString first;
    qsizetype records = 0;
    for (qsizetype at = 0; at < bytes.size();) {
        if (!builder.goOn(at))
            return;
        const qsizetype found = bytes.indexOf(SignalREnd, at);
        const qsizetype end = found < 0 ? bytes.size() : found;
        const qint32 root = builder.tree().size();
        if (!addJsonOrFail(builder, bytes, at, end))
            return;
        const JsonView record(builder.tree(), root);
        if (record.isObject()) {
            const JsonView type = record.member(u"type");
            const QStringView name = signalRTypeName(type.number());
            if (type.exists() && !name.isEmpty())
                builder.noteAt(type.index(), name);
            else if (!type.exists())
                builder.noteAt(root, record.member(u"protocol").exists() ? tr("handshake") : tr("handshake's answer"));
        }
        if (record.isObject()) {
            const JsonView type = record.member(u"type");
            tellSignalRFacts(builder,
                             {type.exists() ? type.number() : 0, record.member(u"invocationId").text().toUtf8(),
                              record.member(u"target").text().toUtf8(), record.member(u"error").exists(),
                              record.member(u"protocol").exists()});
        }
        if (records++ == 0)
            first = signalRRecordSummary(record, AskedCalls::find(input.beforeOf("signalr"), input.direction,
                                                                  record.member(u"invocationId").text().toUtf8())
                                                     .value_or(QString()));
        builder.setSummary(signalRSummary(first, records));
        if (found < 0) {
            builder.fail(bytes.size(), tr("The byte 1e behind the record is missing."));
            return;
        }
        at = end + 1;
    }
}

bool SignalRDecoder::isConversation(const ConnectionFacts &facts) const
{
    return std::ranges::any_of(facts.first, [](const ConnectionFacts::Message &message) {
        bool isJson = false;
        // After the handshake of the other protocol no record of this one comes.
        visitSignalR(message.payload, [&isJson](const JsonShape &record) {
            isJson =
                isJson || (isSignalRRecord(record) && (record.find("type") || record.string("protocol") == "json"));
        });
        return isJson;
    });
}

void SignalRDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    visitSignalR(input.payload, [&](const JsonShape &record) {
        const JsonShape::Member *invocation = record.find("invocationId");
        if (!invocation || !isSignalRRecord(record))
            return;
        conversation.format = QByteArrayLiteral("signalr");
        const QByteArray callId = jsonStringText(invocation->value);
        if (isSignalROf(record, {SignalRType::Invocation, SignalRType::StreamInvocation}))
            AskedCalls::ask(conversation, input.direction, callId, jsonStringText(record.find("target")->value));
        else if (isSignalROf(record, {SignalRType::Completion}))
            AskedCalls::answer(conversation, input.direction, callId);
    });
}

Dependence SignalRDecoder::dependence(const DecodeInput &input) const
{
    Dependence dependence = Dependence::None;
    visitSignalR(input.payload, [&dependence](const JsonShape &record) {
        if (isSignalROf(record, {SignalRType::StreamItem, SignalRType::Completion}))
            dependence = Dependence::Details;
    });
    return dependence;
}

} // namespace sockeye
