#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// What the headers of images tell, not their pixels: PNG (W3C, third edition), JPEG (ITU T.81, JFIF), GIF (87a and
/// 89a), WebP (RFC 9649), BMP.
class ImageDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("image"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Image"); }
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
