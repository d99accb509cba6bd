#include "structs/StructDefinition.h"

#include "structs/StructParser.h"

#include <utility>

namespace sockeye {

StructDefinition::StructDefinition(QString text, std::shared_ptr<const StructLayout> layout, bool repeats)
    : m_text(std::move(text))
    , m_layout(std::move(layout))
    , m_repeats(repeats)
{
}

ParsedDefinition StructDefinition::parse(const QString &text, const FormatNamed &formatNamed)
{
    ParsedStruct parsed = parseStruct(text, formatNamed);
    if (parsed.fault)
        return {{}, std::move(parsed.fault)};
    return {
        std::shared_ptr<const StructDefinition>(new StructDefinition(text, std::move(parsed.layout), parsed.repeats)),
        {}};
}

} // namespace sockeye
