#pragma once

#include <QtGlobal>

namespace sockeye {

/// Raises how many files and sockets this process may have open (the soft RLIMIT_NOFILE) to `wanted`, as far as the
/// system's hard limit allows; never lowers it. The usual 1,024 are fewer than a server's clients. Nothing to do
/// where there is no such limit (Windows).
void raiseOpenFilesLimit(quint64 wanted);
/// Whether fewer than `spared` files and sockets can still be opened, or about so many. `openFile` is the descriptor of
/// any that is open. Where there is no such limit, false.
[[nodiscard]] bool isNearOpenFilesLimit(qintptr openFile, quint64 spared);

} // namespace sockeye
