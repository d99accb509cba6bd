#pragma once

#include "wire/Finding.h"
#include "wire/Frame.h"
#include "wire/Role.h"

namespace sockeye {

/// Whether RSV1 may stand on it: it marks the first frame of a compressed message, and no other (RFC 7692 section 6).
[[nodiscard]] bool mayBeCompressed(const FrameHeader &header);

/// The rules of RFC 6455 sections 5.1 to 5.5 (and RFC 7692 section 6.1) that a header breaks, for a frame that `sender`
/// sent, inside a fragmented message or not, with permessage-deflate agreed on or not. Their names stand with
/// MessageAssembler.
[[nodiscard]] Findings checkFrameHeader(const FrameHeader &header, Role sender, bool inMessage, bool deflate);

} // namespace sockeye
