#include "profiles/DecodeOptionsJson.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

const QStringList &aboutNames()
{
    static const QStringList names{u"any"_s, u"text"_s, u"binary"_s};
    return names;
}

const QStringList &directionNames()
{
    static const QStringList names{u"both"_s, u"in"_s, u"out"_s};
    return names;
}

constexpr std::array Directions{Direction::None, Direction::In, Direction::Out};

JsonMembers membersOf(const DecodeRule &rule)
{
    JsonMembers members;
    if (rule.about != DecodeRule::About::Any)
        members.add(u"kind"_s, aboutNames().at(static_cast<int>(rule.about)));
    const auto direction = std::ranges::find(Directions, rule.direction) - Directions.begin();
    if (direction > 0)
        members.add(u"direction"_s, directionNames().at(direction));
    if (!rule.topic.isEmpty())
        members.add(u"topic"_s, rule.topic);
    members.add(u"format"_s, rule.format);
    if (rule.isChoice)
        members.add(u"chosen"_s, true);
    return members;
}

/// None for one that this version does not understand.
std::optional<DecodeRule> ruleFrom(const QJsonObject &object)
{
    MemberReader members(object, {});
    DecodeRule rule;
    rule.about = static_cast<DecodeRule::About>(members.choice(u"kind"_s, 0, aboutNames()));
    rule.direction = Directions.at(static_cast<size_t>(members.choice(u"direction"_s, 0, directionNames())));
    rule.topic = members.text(u"topic"_s);
    rule.format = members.text(u"format"_s);
    rule.isChoice = members.boolean(u"chosen"_s, false);
    const bool isKnown = members.error().isEmpty() && members.rest().isEmpty() && !rule.format.isEmpty();
    return isKnown ? std::optional(rule) : std::nullopt;
}

} // namespace

void writeDecodeOptions(JsonMembers &root, const DecodeOptions &options, QJsonObject &unknown)
{
    QList<JsonMembers> rules;
    for (const DecodeRule &rule : options.rules)
        rules.append(membersOf(rule));
    const QJsonArray others = unknown.take(u"formats"_s).toArray();
    for (const QJsonValue &other : others) {
        JsonMembers members;
        members.addAll(other.toObject());
        rules.append(members);
    }
    if (!rules.isEmpty())
        root.addLines(u"formats"_s, rules);
    if (!options.schemas.isEmpty())
        root.add(u"schemas"_s, QJsonArray::fromStringList(options.schemas));
    if (!options.structs.isEmpty())
        root.add(u"structs"_s, QJsonArray::fromStringList(options.structs));
    if (!options.requestPath.isEmpty())
        root.add(u"requests"_s, options.requestPath);
}

DecodeOptions readDecodeOptions(MemberReader &root, QJsonObject &unknown)
{
    DecodeOptions options;
    QJsonArray others;
    const QJsonArray rules = root.list(u"formats"_s);
    for (const QJsonValue &value : rules) {
        if (const auto rule = ruleFrom(value.toObject()))
            options.rules.append(*rule);
        else if (value.isObject())
            others.append(value);
    }
    if (!others.isEmpty())
        unknown.insert(u"formats"_s, others);
    options.schemas = root.texts(u"schemas"_s);
    options.structs = root.texts(u"structs"_s);
    options.requestPath = root.text(u"requests"_s);
    return options;
}

} // namespace sockeye
