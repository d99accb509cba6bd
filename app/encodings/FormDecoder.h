#pragma once

#include "decode/Decoder.h"

namespace sockeye {

/// Form data (application/x-www-form-urlencoded, url.spec.whatwg.org): names and values with their escapes read.
class FormDecoder final : public Decoder
{
public:
    [[nodiscard]] QString id() const override { return QStringLiteral("form"); }
    [[nodiscard]] QString name() const override { return QStringLiteral("Form data"); }
    /// Likely at most: nothing in it says what it is.
    [[nodiscard]] Certainty probe(const DecodeInput &input) const override;
    void decode(const DecodeInput &input, NodeBuilder &builder) const override;
};

} // namespace sockeye
