#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// CBOR (RFC 8949), also several data items one after another (RFC 8742).
class CborDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("cbor"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("CBOR"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
};

} // namespace sockeye
