#pragma once

#include "formats/FormatSet.h"

#include <memory>
#include <optional>

namespace sockeye {

/// What a message says.
struct DecodedMessage
{
    std::shared_ptr<const NodeTree> tree;
    const Decoder *format = nullptr;
    Certainty certainty = Certainty::None;
    /// The user chose the format.
    bool isRule = false;
    /// Where the format comes from.
    std::shared_ptr<const FormatSet> formats;
};

/// What fits a payload best without anything that a user said (FormatSet::choose()).
[[nodiscard]] FormatChoice chooseFormat(const DecodeInput &input);

/// Decodes a payload as what it is by these formats and their rules, or as `format` where that is given; what it
/// carries in other formats is decoded, too. Nothing if no format fits, or if `goOn` said no. Any thread.
[[nodiscard]] std::optional<DecodedMessage> decodeMessage(const DecodeInput &input, const GoOn &goOn = {},
                                                          const Decoder *format = nullptr,
                                                          NodeBuilder::Limits limits = NodeBuilder::Limits(),
                                                          const FormatSet &formats = *FormatSet::standard());

/// Likewise, with a format that was chosen (FormatSet::choose()), and with the memory of a tree that is not needed any
/// more: for those who decode many messages. False if `goOn` said no.
[[nodiscard]] bool decodeInto(NodeTree &tree, const DecodeInput &input, const Decoder &format, const FormatSet &formats,
                              const GoOn &goOn = {}, NodeBuilder::Limits limits = NodeBuilder::Limits());

} // namespace sockeye
