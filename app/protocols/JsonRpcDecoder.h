#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// JSON-RPC 2.0 (jsonrpc.org/specification): requests, notifications, answers, batches. Its nodes are those of JSON.
class JsonRpcDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::JsonRpcDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("jsonrpc"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("JSON-RPC"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
