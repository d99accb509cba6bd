#pragma once

#include <QStringList>

namespace sockeye::cli {

/// sockeye record URL ...: connects, prints what happens as it happens, and leaves a complete capture in every case.
[[nodiscard]] int runRecord(const QStringList &arguments);

} // namespace sockeye::cli
