#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// A packet of Socket.IO 5 (socket.io/docs/v4/socket-io-protocol) in one of Engine.IO 4: namespaces, acknowledgements,
/// attachments, which follow as binary messages. Packets of Engine.IO itself, too.
class SocketIoDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::SocketIoDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("socketio"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Socket.IO"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
