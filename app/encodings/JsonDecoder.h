#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// JSON (RFC 8259), also several values one after another (JSON Lines) and in the envelopes of EnvelopeSplitter.
class JsonDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("json"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("JSON"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
