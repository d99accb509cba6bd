#pragma once

#include "wire/Frame.h"

#include <optional>

namespace sockeye {

/// What to write into a header. A mask key makes the frame masked, as a client's must be (RFC 6455 section 5.1).
struct FrameSpec
{
    bool fin = true;
    quint8 rsv = 0;
    Opcode opcode = Opcode::Text;
    std::optional<std::array<quint8, 4>> maskKey;
};

/// The header for a payload of `payloadSize` bytes, its length in the minimal form.
[[nodiscard]] FrameHeader makeHeader(const FrameSpec &spec, quint64 payloadSize);
/// The frame's bytes as they go on the wire: header, then the payload, masked if the spec has a key.
[[nodiscard]] QByteArray encodeFrame(const FrameSpec &spec, QByteArrayView payload);
/// The body of a close frame (RFC 6455 section 5.5.1): the code in network byte order, then the reason, cut at a
/// character's boundary to at most 123 bytes. Empty for code 0.
[[nodiscard]] QByteArray encodeCloseBody(quint16 code, QStringView reason);

} // namespace sockeye
