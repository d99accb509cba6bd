#pragma once

#include "base/Result.h"

namespace sockeye {

/// A non-blocking stream socket connected to the Unix domain socket at the path, as a QTcpSocket takes it over. The
/// error says what is wrong with the path, or that this system has no such sockets.
[[nodiscard]] Result<qintptr> connectUnixSocket(const QString &path);

} // namespace sockeye
