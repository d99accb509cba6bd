#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// XMPP over WebSocket (RFC 7395, with the stanzas of RFC 6120 and 6121): each message is an XML element.
class XmppDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("xmpp"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("XMPP"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
