#pragma once

#include "bench/Figures.h"

namespace sockeye::bench {

/// The way of `sockeye record`: a Session that records into a capture, without a window. Counts what stands in the
/// capture in the end, numbers checked.
[[nodiscard]] Outcome runRecorded(const QString &url, const Load &load, bool echo = false);

} // namespace sockeye::bench
