#pragma once

#include <QStringList>

namespace sockeye::cli {

/// sockeye serve [--port N] [--subprotocol NAME]...: the built-in echo server, until Ctrl+C.
[[nodiscard]] int runServe(const QStringList &arguments);

} // namespace sockeye::cli
