#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// BSON (bsonspec.org, version 1.1), also several documents one after another.
class BsonDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("bson"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("BSON"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
