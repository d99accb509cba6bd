#pragma once

#include "wire/Finding.h"
#include "wire/Frame.h"
#include "wire/Role.h"

#include <optional>

namespace sockeye {

/// A frame to put on the wire bit by bit, right or wrong: each field of the header (RFC 6455 section 5.2) as given.
struct RawFrame
{
    /// The bytes that hold the length.
    enum class LengthForm : quint8 { Minimal, SevenBits, SixteenBits, SixtyFourBits };

    bool fin = true;
    /// RSV1 is 4, RSV2 is 2, RSV3 is 1.
    quint8 rsv = 0;
    /// 0 to 15.
    quint8 opcode = 1;
    /// None sends the payload unmasked, which a client must not.
    std::optional<std::array<quint8, 4>> maskKey;
    LengthForm lengthForm = LengthForm::Minimal;
    /// The length that the header claims, if not the payload's own. Cut to what the length form can hold.
    std::optional<quint64> claimedSize;
    QByteArray payload;

    friend bool operator==(const RawFrame &, const RawFrame &) = default;
};

/// The frame's bytes: 2 to 14 of header, then the payload, masked if there is a key.
[[nodiscard]] QByteArray encodeRawFrame(const RawFrame &frame);
/// How many of them are the header.
[[nodiscard]] int rawHeaderSize(const RawFrame &frame);
/// What a peer may object to: the rules that a client breaks by sending this, taken alone. A compressed payload (RSV1)
/// counts as broken unless `deflate` was agreed on.
[[nodiscard]] Findings checkRawFrame(const RawFrame &frame, bool deflate);

/// The same for a frame that is whole: its length is what it claims. `sender` is who sends it.
[[nodiscard]] Findings checkFrame(const Frame &frame, bool deflate, Role sender = Role::Client);

} // namespace sockeye
