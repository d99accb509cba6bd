#pragma once

#include "connection/Session.h"
#include "wire/MessageAssembler.h"

#include <array>
#include <functional>

namespace sockeye {

/// What is to become of a data message that QWebSocket hands to the tap. Orders and messages come in the same order, so
/// even what QWebSocket has no call for (raw bytes, a pong) keeps its place in the row: it travels as a binary message.
struct SendOrder
{
    enum class Kind : quint8 { Data, Pong, Raw };

    Kind kind = Kind::Data;
    Fragmentation fragmentation;
    bool compress = true;
};

using MaskKey = std::array<quint8, 4>;

/// A fresh masking key from a strong source of entropy (RFC 6455 section 5.3).
[[nodiscard]] MaskKey freshMaskKey();

/// A message as it leaves: for the record, and for the wire.
struct OutboundMessage
{
    Message message;
    QByteArray bytes;
};

/// Cuts a data message into frames, compressed first if there is a deflater (RFC 7692 section 7.2.1). The first frame
/// has the key given, the others fresh ones. The message's time is left to the caller.
[[nodiscard]] OutboundMessage makeOutbound(Opcode opcode, const QByteArray &payload, const MaskKey &firstKey,
                                           const Fragmentation &fragmentation, Deflater *deflater);
/// Raw bytes for the record: a message with findings if they are one whole frame; none if not.
[[nodiscard]] std::optional<Message> readRawFrame(const QByteArray &bytes, bool deflate);

} // namespace sockeye
