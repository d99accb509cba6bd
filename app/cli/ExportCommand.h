#pragma once

#include <QStringList>

namespace sockeye::cli {

/// sockeye export FILE --format NAME [-o OUT|-] [--filter EXPR] [--keep-secrets]
[[nodiscard]] int runExport(const QStringList &arguments);

} // namespace sockeye::cli
