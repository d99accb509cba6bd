#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// SignalR's hub protocol in JSON (HubProtocol.md of ASP.NET Core): records that the byte 1e ends, several in a
/// message; the handshake, which is one for MessagePack, too.
class SignalRDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::SignalRDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("signalr"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("SignalR"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    /// Remembers calls until they are answered.
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
};

} // namespace sockeye
