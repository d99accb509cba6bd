#pragma once

#include "decode/Decoder.h"
#include "structs/StructDefinition.h"

namespace sockeye {

/// Reads messages as the struct that a user describes.
class StructDecoder final : public Decoder
{
public:
    explicit StructDecoder(std::shared_ptr<const StructDefinition> definition);

    /// "struct:Message"
    [[nodiscard]] QString id() const override { return QStringLiteral("struct:") + m_definition->name(); }
    [[nodiscard]] QString name() const override { return m_definition->name(); }
    /// Likely where at least four bytes must be what they are, and all bytes are told to the last one.
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] const StructDefinition &definition() const { return *m_definition; }

private:
    std::shared_ptr<const StructDefinition> m_definition;
};

} // namespace sockeye
