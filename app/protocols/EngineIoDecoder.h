#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// A packet of Engine.IO 4 (socket.io/docs/v4/engine-io-protocol) as it goes over a WebSocket: a digit before a text,
/// nothing before binary data. What its messages carry is decoded by content.
class EngineIoDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::EngineIoDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("engineio"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Engine.IO"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
