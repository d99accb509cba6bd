#pragma once

#include "base/StrongId.h"
#include "decode/Decoder.h"

#include <QString>

namespace sockeye {

class CaptureReader;
class FormatSet;

/// How a connection's messages are to be read.
struct ConversationChoice
{
    /// What it agreed on, else the id of the format that it speaks all the same (spokenFormat()); empty for neither.
    QString subprotocol;
    /// The format whose messages depend on those before them; null for none.
    const Decoder *format = nullptr;

    /// By the user's rules (FormatSet::follower()); else finds it out by what the connection agreed on, what it asked
    /// for and its first messages, and remembers it for all readers of the capture. Of a connection that has not said
    /// enough yet it is found out again as it goes on. The formats outlive the choice. Any thread.
    [[nodiscard]] static ConversationChoice of(const CaptureReader &capture, ConnectionId connection,
                                               const FormatSet &formats);
    /// What a message says of which it is not known what came before: None also where nothing is followed, and where
    /// the user has it read as a format to which that means nothing.
    [[nodiscard]] Dependence dependence(const DecodeInput &input, const FormatSet &formats) const;
};

} // namespace sockeye
