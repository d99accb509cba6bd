#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// WAMP (wamp-proto.org) in JSON, also batched, and in MessagePack and CBOR where a connection agreed on these: arrays
/// whose elements are named by the type of the message. Its nodes are those of JSON.
class WampDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::WampDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("wamp"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("WAMP"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    /// Remembers calls until they are answered.
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
};

} // namespace sockeye
