#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// STOMP 1.0, 1.1 and 1.2 (stomp.github.io/stomp-specification-1.2.html): frames and heart-beats. Which version a
/// connection agreed on is known by its subprotocol only; without one escapes are read as in 1.2. A frame may come in
/// several messages.
class StompDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::StompDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("stomp"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("STOMP"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
};

} // namespace sockeye
