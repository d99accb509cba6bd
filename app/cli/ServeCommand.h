#pragma once

#include <QStringList>

namespace sockeye::cli {

/// sockeye serve [--port N]: the built-in echo server, until Ctrl+C.
[[nodiscard]] int runServe(const QStringList &arguments);

} // namespace sockeye::cli
