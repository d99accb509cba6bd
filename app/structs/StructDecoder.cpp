#include "structs/StructDecoder.h"

#include "structs/StructReader.h"

#include <utility>

namespace sockeye {

namespace {

/// Enough for each byte of a long message, and for what takes none.
constexpr qint64 MaxStructSteps = 100'000'000;
/// What a look at a payload may cost.
constexpr qint64 MaxStructProbe = 20'000;
/// Less of them are there by chance.
constexpr qsizetype LeastStructConstants = 4;

} // namespace

StructDecoder::StructDecoder(std::shared_ptr<const StructDefinition> definition)
    : m_definition(std::move(definition))
{
}

Certainty StructDecoder::probe(const DecodeInput &input) const
{
    if (input.payload.isEmpty())
        return Certainty::None;
    const StructWalk walk =
        readStructs(m_definition->layout(), m_definition->repeats(), input.payload, nullptr, MaxStructProbe);
    return walk.isWhole && walk.constantBytes >= LeastStructConstants ? Certainty::Likely : Certainty::None;
}

void StructDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    const StructWalk walk =
        readStructs(m_definition->layout(), m_definition->repeats(), input.payload, &builder, MaxStructSteps);
    builder.setSummary(walk.summary);
}

} // namespace sockeye
