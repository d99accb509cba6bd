#pragma once

#include "decode/Decoder.h"

#include <vector>

namespace sockeye {

/// All formats that payloads are decoded as, those first that make more of a payload which fits several. Any thread.
[[nodiscard]] const std::vector<const Decoder *> &formats();
/// Text in an encoding each, which is only ever chosen: any bytes may be text. Any thread.
[[nodiscard]] const std::vector<const Decoder *> &textFormats();
/// Of all of these; null for an id that none has.
[[nodiscard]] const Decoder *formatOf(QStringView id);

/// The format whose messages depend on each other on a connection of which this is known; null for none.
[[nodiscard]] const Decoder *conversationFormat(const ConnectionFacts &facts);
/// Likewise, where nothing is known but what it agreed on.
[[nodiscard]] const Decoder *conversationFormat(QStringView subprotocol);
/// The format that the connection speaks without having said so (Decoder::isSpoken()); null for none.
[[nodiscard]] const Decoder *spokenFormat(const ConnectionFacts &facts);

} // namespace sockeye
