#include "protocols/GraphQlWsDecoder.h"

#include "encodings/JsonTexts.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// What no other protocol calls its messages.
bool isGraphQlHandshake(QByteArrayView type)
{
    return isOneOf(type, {"connection_init", "connection_ack", "connection_error", "connection_terminate",
                          "connection_keep_alive"});
}

bool hasGraphQlPayload(QByteArrayView type, const JsonShape::Member &payload)
{
    const JsonShape inner(payload.value);
    if (isOneOf(type, {"subscribe", "start"}))
        return inner.has("query", Node::Kind::String) || inner.find("extensions");
    if (isOneOf(type, {"next", "data"}))
        return (inner.find("data") || inner.has("errors", Node::Kind::Array)) &&
               inner.hasOnly(
                   {"data", "errors", "extensions", "hasNext", "incremental", "path", "label", "pending", "completed"});
    if (type != "error")
        return false;
    const JsonShape error(inner.isArray() && inner.size() > 0 ? inner.at(0).value : payload.value);
    return error.has("message", Node::Kind::String);
}

} // namespace

Certainty GraphQlWsDecoder::probe(const DecodeInput &input) const
{
    if (!input.payload.startsWith('{'))
        return Certainty::None;
    const bool isAgreed = input.subprotocol == "graphql-transport-ws"_L1 || input.subprotocol == "graphql-ws"_L1;
    if (isAgreed)
        return Certainty::Sure;
    const JsonShape shape(input.payload);
    const QByteArrayView type = shape.string("type");
    if (type.isEmpty() || !shape.fits() || !shape.hasOnly({"id", "type", "payload"}))
        return Certainty::None;
    if (isGraphQlHandshake(type))
        return Certainty::Sure;
    const bool hasId = shape.has("id", Node::Kind::String);
    const JsonShape::Member *payload = shape.find("payload");
    if (hasId && payload && hasGraphQlPayload(type, *payload))
        return Certainty::Sure;
    const bool mayBe = hasId ? isOneOf(type, {"complete", "stop"}) && !payload : isOneOf(type, {"ping", "pong", "ka"});
    return mayBe ? likelyIn(input) : Certainty::None;
}

namespace {

/// Adds notes to the nodes of one message, and sums it up.
class GraphQlWsMessage final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::GraphQlWsDecoder)

public:
    GraphQlWsMessage(NodeBuilder &builder, const JsonView &message, Direction direction)
        : m_builder(builder)
        , m_message(message)
        , m_direction(direction)
    {
    }

    QString read()
    {
        const JsonView type = m_message.member(u"type");
        if (!type.isString())
            return {};
        const QString name = type.text();
        if (const QString note = noteOf(name); !note.isEmpty())
            m_builder.noteAt(type.index(), note);
        tellFacts(name.toUtf8());
        const QString head =
            name + (m_message.member(u"id").exists() ? u' ' + m_message.member(u"id").text() : QString());
        return joinedSummary({cutSummary(head, MaxHead), told(name, m_message.member(u"payload"))});
    }

private:
    void tellFacts(const QByteArray &type)
    {
        using Role = MessageFacts::Exchange::Role;
        const QByteArray id = "operation " + m_message.member(u"id").text().toUtf8();
        const bool begins = type == "subscribe" || type == "start";
        const QByteArray name = begins ? operationName() : QByteArray();
        m_builder.setMessage(type, name);
        if (begins)
            m_builder.addExchange(Role::Asks, id, name.isEmpty() ? type : name);
        else if (type == "next" || type == "data")
            m_builder.addExchange(Role::Continues, id);
        else if (type == "complete")
            m_builder.addExchange(Role::Answers, id);
        else if (type == "error")
            m_builder.addExchange(Role::Fails, id);
        else if (type == "connection_init" || type == "ping")
            m_builder.addExchange(Role::Asks, type, type);
        else if (type == "connection_ack")
            m_builder.addExchange(Role::Answers, "connection_init");
        else if (type == "connection_error")
            m_builder.addExchange(Role::Fails, "connection_init");
        else if (type == "pong")
            m_builder.addExchange(Role::Answers, "ping");
    }

    /// The one that is to run; the first that has a name in the document where that is not said.
    [[nodiscard]] QByteArray operationName() const
    {
        static const QRegularExpression operation(u"(?:^|[\\s}])(?:query|mutation|subscription)\\s+([_A-Za-z]\\w*)"_s);
        const JsonView payload = m_message.member(u"payload");
        if (const JsonView name = payload.member(u"operationName"); name.isString())
            return name.text().toUtf8();
        return operation.match(payload.member(u"query").text().left(MaxDocument)).captured(1).toUtf8();
    }

    [[nodiscard]] QString told(const QString &type, const JsonView &payload)
    {
        if (type == "subscribe"_L1 || type == "start"_L1) {
            const JsonView query = payload.member(u"query");
            return query.text().left(MaxQuery * 2).simplified().left(MaxQuery);
        }
        if (type == "next"_L1 || type == "data"_L1) {
            const JsonView errors = payload.member(u"errors");
            if (errors.exists())
                m_builder.noteAt(errors.index(), tr("the operation ran, with errors"));
            const QString failed = errors.exists() ? u"errors "_s + messageOf(errors) : QString();
            return joinedSummary({payload.member(u"data").brief(), failed});
        }
        if (type == "error"_L1 || type == "connection_error"_L1)
            return messageOf(payload);
        return payload.count() > 0 ? payload.brief() : QString();
    }

    /// Of the first error.
    static QString messageOf(const JsonView &errors)
    {
        const JsonView first = errors.isArray() ? errors.element(0) : errors;
        const JsonView message = first.member(u"message");
        return message.exists() ? message.text().left(MaxQuery) : first.brief();
    }

    [[nodiscard]] QString noteOf(const QString &type) const
    {
        if (type == "connection_init"_L1)
            return tr("the client opens the connection");
        if (type == "connection_ack"_L1)
            return tr("the server accepts the connection");
        if (type == "subscribe"_L1 || type == "start"_L1)
            return tr("begins an operation");
        if (type == "next"_L1 || type == "data"_L1)
            return tr("a result");
        if (type == "error"_L1)
            return tr("the operation did not run, and ends");
        if (type == "complete"_L1 && m_direction == Direction::Out)
            return tr("the client ends the operation");
        if (type == "complete"_L1)
            return tr("the operation ends");
        if (type == "stop"_L1)
            return tr("the client ends the operation");
        if (type == "ka"_L1 || type == "connection_keep_alive"_L1)
            return tr("keeps the connection alive");
        if (type == "connection_terminate"_L1)
            return tr("the client ends the connection");
        return {};
    }

    static constexpr qsizetype MaxHead = 60;
    static constexpr qsizetype MaxQuery = 80;
    /// Of a document, in which a name is looked for.
    static constexpr qsizetype MaxDocument = 10'000;

    NodeBuilder &m_builder;
    const JsonView m_message;
    const Direction m_direction;
};

} // namespace

void GraphQlWsDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    addJsonMessages(builder, input.payload,
                    [&](const JsonView &root) { return GraphQlWsMessage(builder, root, input.direction).read(); });
}

} // namespace sockeye
