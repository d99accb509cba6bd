#include "formats/MessageDecoder.h"

#include "formats/Formats.h"

namespace sockeye {

namespace {

/// Fewer bytes in a message are not taken for a format by guess: a sensor's reading is any of them.
constexpr qsizetype LeastGuessed = 16;

/// Decodes what a message carries.
bool decodeInner(NodeBuilder &builder, const QByteArray &bytes, bool isText, QString &summary)
{
    const DecodeInput input{bytes, isText, Direction::None, {}};
    const FormatChoice choice = chooseFormat(input);
    const bool isGuess = choice.certainty == Certainty::Likely;
    if (!choice.format || (isGuess && bytes.size() < LeastGuessed))
        return false;
    choice.format->decode(input, builder);
    summary = builder.summary();
    if (isGuess)
        builder.tellGuess(choice.format->name());
    return true;
}

} // namespace

FormatChoice chooseFormat(const DecodeInput &input)
{
    FormatChoice choice;
    for (const Decoder *format : formats()) {
        const Certainty certainty = format->probe(input);
        if (certainty > choice.certainty)
            choice = {format, certainty};
        if (certainty == Certainty::Sure)
            break;
    }
    return choice;
}

std::optional<DecodedMessage> decodeMessage(const DecodeInput &input, const GoOn &goOn, const Decoder *format,
                                            NodeBuilder::Limits limits)
{
    const FormatChoice choice = format ? FormatChoice{format, Certainty::Sure} : chooseFormat(input);
    if (!choice.format)
        return {};
    NodeBuilder builder(input.payload, goOn, limits);
    builder.setInner(decodeInner);
    choice.format->decode(input, builder);
    if (builder.isStopped())
        return {};
    return DecodedMessage{std::make_shared<const NodeTree>(builder.take()), choice.format, choice.certainty};
}

} // namespace sockeye
