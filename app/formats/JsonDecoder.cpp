#include "formats/JsonDecoder.h"

#include "decode/JsonNodes.h"

namespace sockeye {

Certainty JsonDecoder::probe(const DecodeInput &input) const
{
    // Few containers in a row are found in noise, and no reader would miss them there.
    constexpr qsizetype Least = 2;
    if (input.payload.size() < Least || !isJsonText(input.payload))
        return Certainty::None;
    return input.isText ? Certainty::Sure : Certainty::Likely;
}

void JsonDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    // What is wrong is told by the builder; a lone scalar is shown as one.
    static_cast<void>(addJsonTexts(builder, input.payload));
}

} // namespace sockeye
