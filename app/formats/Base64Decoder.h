#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// Base64 (RFC 4648), also with the alphabet for URLs and in lines. What it holds is decoded by its content.
class Base64Decoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("base64"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Base64"); }
    /// Likely if it holds something that says what it is: any word is Base64.
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
