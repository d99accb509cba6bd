#pragma once

#include <QtGlobal>

namespace sockeye {

/// Raises how many files and sockets this process may have open (the soft RLIMIT_NOFILE) to `wanted`, as far as the
/// system's hard limit allows; never lowers it. The usual 1,024 are fewer than a server's clients. Nothing to do
/// where there is no such limit (Windows).
void raiseOpenFilesLimit(quint64 wanted);

} // namespace sockeye
