#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// Protocol Buffers without their schema (protobuf.dev, "Encoding"): fields by their numbers. The bytes do not say
/// which type a field has, so notes tell what else a value may be.
class ProtobufDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("protobuf"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Protobuf"); }
    /// Never Sure: random bytes are often a message.
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
