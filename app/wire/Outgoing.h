#pragma once

#include "wire/Fragmentation.h"
#include "wire/Frame.h"

namespace sockeye {

/// What to send. Ping and pong payloads hold at most MaxControlPayload bytes (RFC 6455 section 5.5), a message goes in
/// at most Fragmentation::MaxFrames frames, counted before compressing.
struct Outgoing
{
    enum class Kind : quint8 {
        Message, ///< a text or binary message, a ping or a pong
        Raw      ///< bytes for the wire as they are, header included (RawFrame), even invalid ones
    };

    Opcode opcode = Opcode::Text;
    QByteArray payload;
    Kind kind = Kind::Message;
    Fragmentation fragmentation{};
    /// Compress a data message where permessage-deflate was agreed on.
    bool compress = true;

    [[nodiscard]] static Outgoing raw(const QByteArray &bytes)
    {
        Outgoing outgoing;
        outgoing.payload = bytes;
        outgoing.kind = Kind::Raw;
        return outgoing;
    }
};

} // namespace sockeye
