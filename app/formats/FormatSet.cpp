#include "formats/FormatSet.h"

#include "formats/ChainDecoder.h"
#include "formats/Formats.h"
#include "formats/StepDecoders.h"
#include "schemas/ProtobufMessageDecoder.h"
#include "structs/StructDecoder.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

/// Formats in a chain.
constexpr qsizetype MaxChain = 8;

struct FormatSetWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::FormatSet)
};

bool isAbout(const DecodeRule &rule, bool isText, Direction direction)
{
    using About = DecodeRule::About;
    const bool isKind = rule.about == About::Any || (rule.about == About::Text) == isText;
    return isKind && (rule.direction == Direction::None || rule.direction == direction);
}

} // namespace

const std::shared_ptr<const FormatSet> &FormatSet::standard()
{
    static const std::shared_ptr<const FormatSet> set = make({});
    return set;
}

std::shared_ptr<const FormatSet> FormatSet::make(const DecodeOptions &options, const CancelToken &token,
                                                 const FormatSet *former)
{
    return std::shared_ptr<const FormatSet>(new FormatSet(options, token, former));
}

FormatSet::FormatSet(DecodeOptions options, const CancelToken &token, const FormatSet *former)
    : m_options(std::move(options))
{
    if (former && former->m_options.schemas == m_options.schemas) {
        m_schema = former->m_schema;
        m_schemaProblems = former->m_schemaProblems;
    } else {
        loadSchemas(token);
    }
    addStructs();
    addRules();
    // What was written last, and is shortest, first.
    m_problems = m_ruleProblems + m_structProblems + m_schemaProblems;
}

FormatSet::~FormatSet() = default;

void FormatSet::loadSchemas(const CancelToken &token)
{
    if (m_options.schemas.isEmpty())
        return;
    auto schema = ProtobufSchema::load(m_options.schemas, token);
    if (!schema) {
        m_schemaProblems += schema.error().message;
        return;
    }
    m_schema = std::move(schema).value();
    for (const SchemaProblem &problem : m_schema->problems())
        m_schemaProblems += problem.toString();
}

void FormatSet::addStructs()
{
    for (const QString &text : std::as_const(m_options.structs)) {
        // A field may be in any format but in a struct that is described behind it.
        const auto parsed = StructDefinition::parse(text, [this](QStringView id) { return find(id); });
        m_structNames += parsed.definition ? parsed.definition->name() : QString();
        if (!parsed.definition) {
            m_structProblems += FormatSetWords::tr("Struct %1 cannot be used: line %2, column %3: %4")
                                    .arg(m_structNames.size())
                                    .arg(parsed.fault->line)
                                    .arg(parsed.fault->column)
                                    .arg(parsed.fault->message);
            continue;
        }
        const Decoder *format = keep(std::make_unique<const StructDecoder>(parsed.definition));
        if (std::ranges::find(m_added, format) == m_added.end())
            m_added.push_back(format);
        else
            m_structProblems +=
                FormatSetWords::tr("There are two structs “%1”; the first one counts.").arg(parsed.definition->name());
    }
}

void FormatSet::addRules()
{
    for (const DecodeRule &rule : std::as_const(m_options.rules)) {
        const Decoder *format = find(rule.format);
        if (!format && rule.format != ByContent)
            m_ruleProblems += FormatSetWords::tr("There is no format “%1”.").arg(rule.format);
        else
            (rule.topic.isEmpty() ? m_rules : m_topicRules).push_back({rule, format});
    }
    findFollower();
}

void FormatSet::findFollower()
{
    for (const Rule &rule : m_rules) {
        if (rule.format && rule.format->outermost().isFollowed()) {
            m_follower = &rule.format->outermost();
            return;
        }
        // No message comes to those behind it.
        if (rule.rule.about == DecodeRule::About::Any && rule.rule.direction == Direction::None)
            return;
    }
}

QStringList FormatSet::ids() const
{
    QStringList ids;
    for (const Decoder *format : m_added)
        ids += format->id();
    for (const auto *all : {&formats(), &textFormats()}) {
        for (const Decoder *format : *all)
            ids += format->id();
    }
    ids.sort();
    if (m_schema) {
        for (const QString &type : m_schema->messageTypes())
            ids += ProtobufMessageDecoder::idOf(type);
    }
    return ids;
}

const Decoder *FormatSet::find(QStringView id) const
{
    const QList<QStringView> ids = id.split(u'>');
    if (ids.size() == 1)
        return findPart(id.trimmed());
    if (ids.size() > MaxChain)
        return nullptr;
    std::vector<const Decoder *> parts;
    for (QStringView part : ids) {
        const Decoder *format = findPart(part.trimmed());
        if (!format)
            return nullptr;
        parts.push_back(format);
    }
    return keep(std::make_unique<const ChainDecoder>(std::move(parts)));
}

const Decoder *FormatSet::findPart(QStringView id) const
{
    if (const Decoder *format = formatOf(id))
        return format;
    if (m_schema) {
        if (auto format = ProtobufMessageDecoder::ofId(id, m_schema))
            return keep(std::move(format));
    }
    if (auto slice = SliceDecoder::of(id))
        return keep(std::move(slice));
    const std::lock_guard lock(m_mutex);
    const auto found = m_made.find(id.toString());
    return found == m_made.end() ? nullptr : found->second.get();
}

/// Gives the one that there is with the same id.
const Decoder *FormatSet::keep(std::unique_ptr<const Decoder> format) const
{
    if (!format)
        return nullptr;
    const std::lock_guard lock(m_mutex);
    return m_made.try_emplace(format->id(), std::move(format)).first->second.get();
}

FormatChoice FormatSet::choose(const DecodeInput &input) const
{
    for (const Rule &rule : m_rules) {
        if (isAbout(rule.rule, input.isText, input.direction))
            return rule.format ? FormatChoice{rule.format, Certainty::Sure, true} : chooseByContent(input);
    }
    return chooseByContent(input);
}

FormatChoice FormatSet::chooseInner(const DecodeInput &input, Direction direction, const QString &topic) const
{
    for (const Rule &rule : m_topicRules) {
        if (!topic.isEmpty() && isTopicMatched(rule.rule.topic, topic) && isAbout(rule.rule, input.isText, direction))
            return {rule.format, Certainty::Sure, true};
    }
    return chooseByContent(input);
}

FormatChoice FormatSet::chooseByContent(const DecodeInput &input) const
{
    FormatChoice choice;
    const auto look = [&](const Decoder *format) {
        const Certainty certainty = format->probe(input);
        if (certainty > choice.certainty)
            choice = {format, certainty, false};
        return certainty == Certainty::Sure;
    };
    // What the user describes comes before what is known anyway.
    if (!std::ranges::any_of(m_added, look))
        static_cast<void>(std::ranges::any_of(formats(), look));
    return choice;
}

} // namespace sockeye
