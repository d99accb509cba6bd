#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// The channels of Kubernetes' exec, attach and port-forward (apimachinery's remotecommand and wsstream, KEP-4006): a
/// byte says which channel the rest of a message belongs to; in the Base64 forms it is a digit. Only the subprotocol
/// says so.
class KubernetesDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("kubernetes"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Kubernetes channel"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
