#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// SockJS (sockjs-protocol 0.3.3): frames of the server, which a letter begins, and a client's arrays of strings. Each
/// string is a message of its own.
class SockJsDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::SockJsDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("sockjs"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("SockJS"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
