#pragma once

#include "decode/Decoder.h"

#include <vector>

namespace sockeye {

/// Formats in each other, as a user put them together: what a message of the first one carries is read as the second
/// one, and so on. Its id is theirs with " > " between them: "mqtt > gzip > msgpack".
class ChainDecoder final : public Decoder
{
public:
    /// At least two, which outlive it.
    explicit ChainDecoder(std::vector<const Decoder *> parts);

    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString name() const override;
    /// By choice only.
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] const Decoder &outermost() const override { return *m_parts.front(); }
    [[nodiscard]] const std::vector<const Decoder *> &parts() const { return m_parts; }

private:
    NodeBuilder::Inner innerOf(size_t part, const NodeBuilder::Inner &rest) const;

    std::vector<const Decoder *> m_parts;
};

} // namespace sockeye
