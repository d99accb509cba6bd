#include "protocols/JsonRpcDecoder.h"

#include "base/Bytes.h"
#include "encodings/JsonTexts.h"
#include "protocols/AskedCalls.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

bool isJsonRpcMessage(const JsonShape &shape)
{
    return shape.isObject() && shape.string("jsonrpc") == "2.0" &&
           (shape.find("method") || shape.find("result") || shape.find("error"));
}

/// What names a call: a number and a string are two.
QByteArray jsonRpcId(const JsonShape::Member *id)
{
    if (!id || id->kind == Node::Kind::Null || !id->isWhole)
        return {};
    return id->isString() ? '"' + textFromUtf8(jsonStringText(id->value)).toUtf8() + '"' : id->value.toByteArray();
}

/// Calls `visit` with the messages of a payload: one, or the first ones of a batch.
template<typename Visit>
void visitJsonRpc(QByteArrayView payload, const Visit &visit)
{
    const JsonShape shape(payload);
    if (shape.isObject())
        visit(shape);
    for (const JsonShape::Member &member : shape.members()) {
        if (shape.isArray() && member.kind == Node::Kind::Object)
            visit(JsonShape(member.value));
    }
}

/// Adds notes to the nodes of one message, and sums it up.
class JsonRpcMessage final
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::JsonRpcDecoder)

public:
    JsonRpcMessage(NodeBuilder &builder, const DecodeInput &input, const JsonView &message)
        : m_builder(builder)
        , m_input(input)
        , m_message(message)
        , m_id(message.member(u"id"))
    {
    }

    QString read()
    {
        if (const JsonView method = m_message.member(u"method"); method.exists())
            return call(method);
        if (const JsonView error = m_message.member(u"error"); error.isObject())
            return failure(error);
        const JsonView result = m_message.member(u"result");
        if (!result.exists())
            return {};
        const QString asked = answered();
        m_builder.noteAt(m_message.index(), asked.isEmpty() ? tr("result") : tr("result of “%1”").arg(asked));
        m_builder.setMessage("response");
        m_builder.addExchange(Role::Answers, idKey());
        return joinedSummary({u"result "_s + ofCall(asked) + result.brief(), id()});
    }

private:
    using Role = MessageFacts::Exchange::Role;

    /// The id as JSON, which tells 1 from "1". It may stand behind so much that it has no node.
    [[nodiscard]] QByteArray idKey() const
    {
        if (m_id.exists())
            return m_id.isString() ? '"' + m_id.text().toUtf8() + '"' : m_id.text().toUtf8();
        const NodeTree &tree = m_builder.tree();
        const QByteArrayView bytes = tree.isCut ? tree.valueBytes(tree.at(m_message.index())) : QByteArrayView();
        constexpr size_t MaxMembers = 100;
        const JsonShape shape(bytes, {bytes.size(), MaxMembers});
        return bytes.isEmpty() ? QByteArray() : jsonRpcId(shape.find("id"));
    }

    /// What it answers, if that is known.
    [[nodiscard]] QString answered() const
    {
        return AskedCalls::find(m_input.beforeOf("jsonrpc"), m_input.direction, idKey()).value_or(QString());
    }

    static QString ofCall(const QString &asked) { return asked.isEmpty() ? QString() : tr("of %1").arg(asked) + u' '; }

    [[nodiscard]] QString id() const { return m_id.exists() ? u"id "_s + m_id.brief() : QString(); }

    QString call(const JsonView &method)
    {
        m_builder.noteAt(m_message.index(), m_id.exists() ? tr("request") : tr("notification: no answer is wanted"));
        if (m_id.isKind(Node::Kind::Null))
            m_builder.noteAt(m_id.index(), tr("an id all the same: an answer is wanted"));
        const QByteArray key = idKey();
        const QByteArray name = method.text().toUtf8();
        m_builder.setMessage(key.isEmpty() ? "notification" : "request", name);
        if (!key.isEmpty())
            m_builder.addExchange(Role::Asks, key, name);
        const JsonView params = m_message.member(u"params");
        const QString told = params.count() > 0 ? u' ' + params.briefList() : QString();
        return joinedSummary({method.text().left(MaxMethod) + told, id()});
    }

    QString failure(const JsonView &error)
    {
        const JsonView code = error.member(u"code");
        const QString asked = answered();
        m_builder.noteAt(m_message.index(), asked.isEmpty() ? tr("error") : tr("error of “%1”").arg(asked));
        m_builder.setMessage("response");
        m_builder.addExchange(Role::Fails, idKey());
        if (const QString meaning = meaningOf(code.text()); !meaning.isEmpty())
            m_builder.noteAt(code.index(), meaning);
        if (m_id.isKind(Node::Kind::Null))
            m_builder.noteAt(m_id.index(), tr("the request's id could not be read"));
        const QString told =
            u"error %1%2 %3"_s.arg(ofCall(asked), code.text(), error.member(u"message").text().left(MaxMethod))
                .simplified();
        return joinedSummary({told, id()});
    }

    static QString meaningOf(const QString &code)
    {
        if (code == "-32700"_L1)
            return u"Parse error"_s;
        if (code == "-32600"_L1)
            return u"Invalid Request"_s;
        if (code == "-32601"_L1)
            return u"Method not found"_s;
        if (code == "-32602"_L1)
            return u"Invalid params"_s;
        if (code == "-32603"_L1)
            return u"Internal error"_s;
        return code.size() == 6 && code.startsWith("-320"_L1) ? tr("an error of the server's own") : QString();
    }

    static constexpr qsizetype MaxMethod = 80;

    NodeBuilder &m_builder;
    const DecodeInput &m_input;
    const JsonView m_message;
    const JsonView m_id;
};

} // namespace

Certainty JsonRpcDecoder::probe(const DecodeInput &input) const
{
    const JsonShape shape(input.payload);
    if (!shape.fits() || shape.size() == 0)
        return Certainty::None;
    if (shape.isObject())
        return isJsonRpcMessage(shape) ? Certainty::Sure : Certainty::None;
    const bool isBatch = std::ranges::all_of(
        shape.members(), [](const JsonShape::Member &member) { return member.kind == Node::Kind::Object; });
    return isBatch && isJsonRpcMessage(JsonShape(shape.at(0).value)) ? Certainty::Sure : Certainty::None;
}

void JsonRpcDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    addJsonMessages(builder, input.payload, [&builder, &input](const JsonView &root) {
        if (!root.isArray())
            return JsonRpcMessage(builder, input, root).read();
        QString first;
        for (JsonView message = root.element(0); message.exists() && builder.goOn(0); message = message.next()) {
            const QString line = JsonRpcMessage(builder, input, message).read();
            if (first.isEmpty())
                first = line;
        }
        builder.noteAt(root.index(), tr("batch"));
        return tr("batch of %n: %1", nullptr, root.count()).arg(first);
    });
}

bool JsonRpcDecoder::isConversation(const ConnectionFacts &facts) const
{
    return std::ranges::any_of(facts.first, [this](const ConnectionFacts::Message &message) {
        return probe({message.payload, message.isText}) == Certainty::Sure;
    });
}

void JsonRpcDecoder::follow(const DecodeInput &input, Conversation &conversation) const
{
    visitJsonRpc(input.payload, [&](const JsonShape &message) {
        if (!isJsonRpcMessage(message))
            return;
        conversation.format = QByteArrayLiteral("jsonrpc");
        const QByteArray callId = jsonRpcId(message.find("id"));
        if (message.find("method"))
            AskedCalls::ask(conversation, input.direction, callId, jsonStringText(message.find("method")->value));
        else
            AskedCalls::answer(conversation, input.direction, callId);
    });
}

Dependence JsonRpcDecoder::dependence(const DecodeInput &input) const
{
    Dependence dependence = Dependence::None;
    visitJsonRpc(input.payload, [&dependence](const JsonShape &message) {
        if (message.find("result") || message.find("error"))
            dependence = Dependence::Details;
    });
    return dependence;
}

} // namespace sockeye
