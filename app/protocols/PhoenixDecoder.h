#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// Phoenix channels: the arrays of version 2 and the objects of version 1 of its serializer, whose nodes are those of
/// JSON, and the binary messages of version 2, which differ by direction.
class PhoenixDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::PhoenixDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("phoenix"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Phoenix Channels"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    /// Remembers calls until they are answered.
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
};

} // namespace sockeye
