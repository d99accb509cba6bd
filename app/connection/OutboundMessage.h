#pragma once

#include "wire/Fragmentation.h"
#include "wire/MessageAssembler.h"

#include <array>

namespace sockeye {

using MaskKey = std::array<quint8, 4>;

/// A fresh masking key from a strong source of entropy (RFC 6455 section 5.3).
[[nodiscard]] MaskKey freshMaskKey();

/// What leaves: bytes for the wire, and the message that they make for the record.
struct OutboundMessage
{
    /// None for raw bytes that are not one whole frame.
    std::optional<Message> message;
    QByteArray bytes;
};

/// Cuts a data message into frames, compressed first if there is a deflater (RFC 7692 section 7.2.1). The first frame
/// has the key given, the others fresh ones; without a key none is masked, as a server sends them. The message's time
/// is left to the caller.
[[nodiscard]] OutboundMessage makeOutbound(Opcode opcode, const QByteArray &payload,
                                           const std::optional<MaskKey> &firstKey, const Fragmentation &fragmentation,
                                           Deflater *deflater);
/// Raw bytes for the record: a message with findings (the rules that `sender` breaks by them) if they are one whole
/// frame; none if not.
[[nodiscard]] std::optional<Message> readRawFrame(const QByteArray &bytes, bool deflate, Role sender = Role::Client);

} // namespace sockeye
