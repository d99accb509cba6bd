#pragma once

#include "decode/Decoder.h"

#include <QCoreApplication>

namespace sockeye {

/// The DevTools protocol of Chromium (chromedevtools.github.io/devtools-protocol), which Node speaks, too: JSON-RPC
/// without a mark, with domains and sessions. Its nodes are those of JSON.
class CdpDecoder final : public Decoder
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::CdpDecoder)

public:
    [[nodiscard]] QString id() const override { return QStringLiteral("cdp"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Chrome DevTools Protocol"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
    /// An answer without a session has nothing that tells it from those of other protocols.
    [[nodiscard]] bool isSpoken(const ConnectionFacts &facts) const override;
};

} // namespace sockeye
