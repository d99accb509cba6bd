#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// Messages between Jupyter's front ends and kernels (jupyter-client.readthedocs.io, "Messaging in Jupyter"), as
/// jupyter_server puts them on a WebSocket: as JSON, as JSON with binary buffers behind it, and in the parts of the
/// subprotocol v1.kernel.websocket.jupyter.org.
class JupyterDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("jupyter"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Jupyter"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
