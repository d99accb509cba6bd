#pragma once

#include "decode/Decoder.h"

#include <QStringList>

#include <memory>
#include <optional>

namespace sockeye {

/// What a message says.
struct DecodedMessage
{
    std::shared_ptr<const NodeTree> tree;
    const Decoder *format = nullptr;
    Certainty certainty = Certainty::None;
};

/// The format that fits the payload best, and how well; null for none. Bytes that random noise may be, a lone scalar
/// and a lone string are none.
struct FormatChoice
{
    const Decoder *format = nullptr;
    Certainty certainty = Certainty::None;
};
[[nodiscard]] FormatChoice chooseFormat(const DecodeInput &input);

/// Decodes a payload as what it is, or as `format` where that is given; what it carries in other formats is decoded,
/// too. Nothing if no format fits, or if `goOn` said no. Any thread.
[[nodiscard]] std::optional<DecodedMessage> decodeMessage(const DecodeInput &input, const GoOn &goOn = {},
                                                          const Decoder *format = nullptr,
                                                          NodeBuilder::Limits limits = NodeBuilder::Limits());

} // namespace sockeye
