#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// A packet of Socket.IO 5 (socket.io/docs/v4/socket-io-protocol) in one of Engine.IO 4: namespaces, acknowledgements,
/// attachments, which follow as binary messages. Packets of Engine.IO itself, too. Earlier messages decide which event
/// an attachment belongs to and which one is answered.
class SocketIoDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::SocketIoDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("socketio"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Socket.IO"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
};

} // namespace sockeye
