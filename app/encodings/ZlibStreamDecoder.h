#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// One zlib stream (RFC 1950) over all messages of a direction, as gateways with `compress=zlib-stream` have it: the
/// first message has the header, each one ends with a flush (00 00 ff ff), and what a message says is written with
/// references to those before it. A message whose last bytes are no flush goes on in the next one.
class ZlibStreamDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("zlib-stream"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("zlib stream"); }
    /// Nothing but what a conversation says of it: alone its first message is zlib, and others are noise.
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
};

} // namespace sockeye
