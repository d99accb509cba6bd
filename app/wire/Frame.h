#pragma once

#include "base/Time.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QVarLengthArray>

#include <array>

namespace sockeye {

/// The way a frame went, as the user sees it: In from the peer, Out to the peer. None for events that are no frames.
enum class Direction : quint8 { In = 0, Out = 1, None = 2 };

/// RFC 6455 section 5.2 and 11.8. A frame keeps its raw opcode, reserved ones (3 to 7, 11 to 15) included.
enum class Opcode : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

[[nodiscard]] constexpr bool isControl(Opcode opcode)
{
    return (static_cast<quint8>(opcode) & 0x8) != 0;
}
[[nodiscard]] bool isReserved(Opcode opcode);
/// "text", "continuation", "ping", ...; "reserved 0xB" for the rest.
[[nodiscard]] QString opcodeName(Opcode opcode);

/// RFC 6455 section 5.5: bytes of payload that a control frame holds at most.
inline constexpr qsizetype MaxControlPayload = 125;

/// Reserved bits as a number of three bits: RSV1 is 4, RSV2 is 2, RSV3 is 1.
enum RsvBit : quint8 { Rsv3 = 1, Rsv2 = 2, Rsv1 = 4 };

/// A frame's header (RFC 6455 section 5.2), 2 to 14 bytes, all fields in network byte order:
///
///     byte 0   FIN 0x80 | RSV1 0x40 | RSV2 0x20 | RSV3 0x10 | opcode 0x0f
///     byte 1   MASK 0x80 | length 0-125, or 126: the next 2 bytes, or 127: the next 8 bytes
///     then     the extended length, then the 4-byte masking key if MASK is set
///
/// A value: the fields and the bytes as they were on the wire.
struct FrameHeader
{
    static constexpr int MaxSize = 14;

    bool fin = true;
    quint8 rsv = 0;
    Opcode opcode = Opcode::Text;
    bool masked = false;
    /// Bytes that hold the length: 1, 3 or 9, as it was written (a longer form than needed is a finding).
    quint8 lengthSize = 1;
    quint64 payloadSize = 0;
    std::array<quint8, 4> maskKey{};
    /// Bytes of the header on the wire; `size` of them count.
    std::array<char, MaxSize> bytes{};
    quint8 size = 0;

    [[nodiscard]] QByteArrayView view() const { return QByteArrayView(bytes.data(), size); }
    /// Reads a header from its bytes, e.g. out of a capture. False if there are too few.
    [[nodiscard]] static bool parse(QByteArrayView bytes, FrameHeader &header);
    /// Whether the length could have been written in fewer bytes (RFC 6455 section 5.2: the minimal form MUST be used).
    [[nodiscard]] bool hasMinimalLength() const;

    friend bool operator==(const FrameHeader &, const FrameHeader &) = default;
};

/// Nearly every message is one frame: no allocation for it.
using FrameHeaders = QVarLengthArray<FrameHeader, 1>;

/// One frame, its payload unmasked. `time` is when its last byte was read or written.
struct Frame
{
    FrameHeader header;
    QByteArray payload;
    Timestamp time;
};

/// XORs the bytes with the key (RFC 6455 section 5.3), starting at key byte `phase` % 4. Masks and unmasks.
void applyMask(char *bytes, qsizetype size, std::array<quint8, 4> key, quint64 phase = 0);

} // namespace sockeye
