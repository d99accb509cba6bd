#include "requests/LongAnswers.h"

#include "encodings/JsonShape.h"

namespace sockeye {

namespace {

using AnswerRole = MessageFacts::Exchange::Role;

/// Of a member `"id": 7` that ends the message; empty for none.
QByteArray lastId(QByteArrayView tail)
{
    const qsizetype name = tail.lastIndexOf("\"id\"");
    if (name < 0)
        return {};
    // The member alone, as an object of its own.
    const QByteArray object = '{' + tail.sliced(name).trimmed().toByteArray();
    const JsonShape shape(object);
    const JsonShape::Member *id = shape.isWhole() && shape.size() == 1 ? shape.find("id") : nullptr;
    return id ? id->value.toByteArray() : QByteArray();
}

std::vector<MessageFacts::Exchange> ofPhoenix(const JsonShape &array)
{
    if (array.size() < 4 || !array.at(1).isString() || array.at(3).string() != "phx_reply")
        return {};
    return {{AnswerRole::Answers, array.at(1).string().toByteArray()}};
}

} // namespace

std::vector<MessageFacts::Exchange> longAnswers(QByteArrayView head, QByteArrayView tail)
{
    const JsonShape shape(head.endsWith('\x1e') ? head.chopped(1) : head);
    if (shape.isArray())
        return ofPhoenix(shape);
    if (!shape.isObject() || shape.find("method") || shape.find("target"))
        return {};
    if (const QByteArrayView invocation = shape.string("invocationId"); !invocation.isEmpty()) {
        const JsonShape::Member *type = shape.find("type");
        const bool isItem = type && type->number() == 2;
        return {{isItem ? AnswerRole::Continues : AnswerRole::Answers, invocation.toByteArray()}};
    }
    const JsonShape::Member *member = shape.find("id");
    const QByteArray id = member && member->isWhole ? member->value.toByteArray() : lastId(tail);
    if (id.isEmpty())
        return {};
    const QByteArrayView type = shape.string("type");
    if (type == "next" || type == "data")
        return {{AnswerRole::Continues, "operation " + (member ? member->string().toByteArray() : QByteArray())}};
    const AnswerRole role = shape.find("error") ? AnswerRole::Fails : AnswerRole::Answers;
    std::vector<MessageFacts::Exchange> answers{{role, id}};
    // The session of a DevTools answer stands behind its result.
    constexpr QByteArrayView Session("\"sessionId\":\"");
    if (const qsizetype session = tail.lastIndexOf(Session); session >= 0) {
        const QByteArrayView words = tail.sliced(session + Session.size());
        const qsizetype end = words.indexOf('"');
        if (end > 0)
            answers.push_back({role, words.first(end).toByteArray() + ' ' + id});
    }
    return answers;
}

} // namespace sockeye
