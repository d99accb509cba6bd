#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// The client protocol of NATS (docs.nats.io/reference/reference-protocols/nats-protocol), whose operations stand
/// behind each other in a message, and may go on in the next one.
class NatsDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("nats"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("NATS"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
