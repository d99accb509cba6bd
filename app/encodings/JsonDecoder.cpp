#include "encodings/JsonDecoder.h"

#include "decode/JsonNodes.h"

namespace sockeye {

Certainty JsonDecoder::probe(const DecodeInput &input) const
{
    // Few containers in a row are found in noise, and no reader would miss them there.
    constexpr qsizetype Least = 2;
    if (input.payload.size() < Least || !isJsonText(input.payload))
        return Certainty::None;
    // Two brackets in bytes may be chance, a name in quotes is none.
    constexpr qsizetype LeastInBytes = 6;
    const bool isTelling = input.payload.size() >= LeastInBytes && input.payload.contains('"');
    return input.isText || isTelling ? Certainty::Sure : Certainty::Likely;
}

void JsonDecoder::decode(const DecodeInput &input, NodeBuilder &builder) const
{
    // A lone scalar, too, since somebody wants it read as JSON. What is wrong is told by the builder.
    NodeBuilder none(input.payload, {}, {0, builder.maxDepth()});
    if (addJsonNodes(none, input.payload, 0, input.payload.size()))
        static_cast<void>(addJsonNodes(builder, input.payload, 0, input.payload.size()));
    else
        static_cast<void>(addJsonTexts(builder, input.payload));
}

} // namespace sockeye
