#pragma once

#include "wire/Fragmentation.h"

namespace sockeye {

/// How a data message that a local endpoint frames (QWebSocket) is to be sent. Orders and messages come in the same
/// order, so even what such an endpoint has no call for (raw bytes, a pong) keeps its place in the row: it travels as a
/// binary message.
struct SendOrder
{
    enum class Kind : quint8 { Data, Pong, Raw };

    Kind kind = Kind::Data;
    Fragmentation fragmentation{};
    /// Compress it where permessage-deflate was agreed on.
    bool compress = true;
};

} // namespace sockeye
