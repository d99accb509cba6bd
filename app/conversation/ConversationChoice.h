#pragma once

#include "base/StrongId.h"
#include "decode/Decoder.h"

#include <QString>

namespace sockeye {

class CaptureReader;

/// How a connection's messages are to be read.
struct ConversationChoice
{
    /// What it agreed on; empty for none.
    QString subprotocol;
    /// The format whose messages depend on those before them; null for none.
    const Decoder *format = nullptr;

    /// Finds it out by what the connection agreed on, what it asked for and its first messages, and remembers it for
    /// all readers of the capture. Of a connection that has not said enough yet it is found out again as it goes on.
    /// Any thread.
    [[nodiscard]] static ConversationChoice of(const CaptureReader &capture, ConnectionId connection);
};

} // namespace sockeye
