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
    [[nodiscard]] bool isConversation(const ConnectionFacts &facts) const override;
    [[nodiscard]] bool isFollowed() const override { return true; }
    /// Remembers calls until they are answered.
    void follow(const DecodeInput &input, Conversation &conversation) const override;
    [[nodiscard]] Dependence dependence(const DecodeInput &input) const override;
};

} // namespace sockeye
