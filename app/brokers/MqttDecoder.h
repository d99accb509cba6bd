#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// MQTT 3.1, 3.1.1 and 5.0 (OASIS), the packets of a message one after another. Which version holds stands in CONNECT
/// alone: for other packets it is the one in which they are whole, unless the conversation tells. Packets that go over
/// several messages are put together by it (MqttStream).
class MqttDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("mqtt"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("MQTT"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
};

} // namespace sockeye
