#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// SignalR's hub protocol in MessagePack (HubProtocol.md of ASP.NET Core): records with their length before them,
/// several in a message. The handshake is JSON.
class SignalRPackDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::SignalRPackDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("signalr-msgpack"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("SignalR MessagePack"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    /// Remembers calls until they are answered.
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
    /// The handshake says so; a ping is too short to.
    [[nodiscard]] bool isSpoken(const ConnectionFacts &facts) const override;
};

} // namespace sockeye
