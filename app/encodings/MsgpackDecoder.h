#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// MessagePack (github.com/msgpack/msgpack, spec.md), also several values one after another, with the records, sets,
/// typed arrays and bundled strings of msgpackr.
class MsgpackDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("msgpack"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("MessagePack"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
};

} // namespace sockeye
