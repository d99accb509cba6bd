#include "formats/JsonDecoder.h"

#include "decode/JsonNodes.h"

#include <QCoreApplication>

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
    if (!addJsonTexts(builder, input.payload) && !builder.isStopped() && !builder.hasFailed())
        builder.fail(0, QCoreApplication::translate("sockeye::JsonDecoder", "This is no JSON text."));
}

} // namespace sockeye
