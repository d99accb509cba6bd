#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// GraphQL over WebSocket: graphql-transport-ws (the protocol of the library graphql-ws, PROTOCOL.md there) and the
/// older one of subscriptions-transport-ws, whose subprotocol is called graphql-ws. Their nodes are those of JSON.
class GraphQlWsDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::GraphQlWsDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("graphql-ws"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("GraphQL over WebSocket"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
