#pragma once

#include "explain/Explanation.h"

namespace sockeye {

/// What a reply's status says to a WebSocket client.
[[nodiscard]] Explanation statusExplanation(int status);

} // namespace sockeye
