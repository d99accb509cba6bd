#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// XML 1.0 (www.w3.org/TR/xml): elements with their attributes (`@name`) and texts (`#text`). What has only a text is
/// that text. Nothing outside of the payload is read, and a document that declares entities is refused: a few of them
/// may stand for gigabytes.
class XmlDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("xml"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("XML"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

/// Adds the nodes of an XML document, and tells the builder what is wrong with it: for protocols that speak XML. The
/// index of its outermost element; Node::None if there is none.
qint32 addXmlNodes(NodeBuilder &builder, const DecodeInput &input);

} // namespace sockeye
