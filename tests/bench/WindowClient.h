#pragma once

#include "bench/Figures.h"

namespace sockeye::bench {

/// Sends captures, profiles and settings of this process into a temporary directory: call before runInWindow().
void useTemporaryHome();

/// The real window, shown, connecting to the URL and following its log. Ends when the connection has ended and all
/// entries are rows of the log; then checks the capture.
[[nodiscard]] Outcome runInWindow(const QString &url, const Load &load);

} // namespace sockeye::bench
