#include "formats/MessageDecoder.h"

namespace sockeye {

namespace {

/// Fewer bytes in a message are not taken for a format by guess: a sensor's reading is any of them.
constexpr qsizetype LeastGuessed = 16;

/// Decodes what a message of this direction carries.
bool decodeInner(const FormatSet &formats, Direction direction, NodeBuilder &builder, const QByteArray &bytes,
                 bool isText, QString &summary)
{
    const DecodeInput input{bytes, isText, Direction::None, {}};
    const FormatChoice choice = formats.chooseInner(input, direction, builder.takeTopic());
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
    return FormatSet::standard()->choose(input);
}

std::optional<DecodedMessage> decodeMessage(const DecodeInput &input, const GoOn &goOn, const Decoder *format,
                                            NodeBuilder::Limits limits, const FormatSet &formats)
{
    const FormatChoice choice = format ? FormatChoice{format, Certainty::Sure, false} : formats.choose(input);
    if (!choice.format)
        return {};
    auto tree = std::make_shared<NodeTree>();
    if (!decodeInto(*tree, input, *choice.format, formats, goOn, limits))
        return {};
    return DecodedMessage{std::move(tree), choice.format, choice.certainty, choice.isRule, formats.shared_from_this()};
}

bool decodeInto(NodeTree &tree, const DecodeInput &input, const Decoder &format, const FormatSet &formats,
                const GoOn &goOn, NodeBuilder::Limits limits)
{
    NodeBuilder builder(input.payload, goOn, limits, std::move(tree));
    builder.setInner([&formats, direction = input.direction](NodeBuilder &inner, const QByteArray &bytes, bool isText,
                                                             QString &summary) {
        return decodeInner(formats, direction, inner, bytes, isText, summary);
    });
    format.decode(input, builder);
    tree = builder.take();
    return !builder.isStopped();
}

} // namespace sockeye
