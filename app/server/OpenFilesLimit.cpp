#include "server/OpenFilesLimit.h"

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#endif

namespace sockeye {

void raiseOpenFilesLimit(quint64 wanted)
{
#ifdef Q_OS_UNIX
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
    // Refused: the limit stays as it is, and the server says so when it is reached.
    (void)setrlimit(RLIMIT_NOFILE, &limit);
#else
    Q_UNUSED(wanted);
#endif
}

bool isNearOpenFilesLimit(qintptr openFile, quint64 spared)
{
#ifdef Q_OS_UNIX
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return false;
    // A new descriptor has the lowest number that is free.
    const int next = dup(static_cast<int>(openFile));
    if (next < 0)
        return true;
    close(next);
    return static_cast<quint64>(next) + spared >= limit.rlim_cur;
#else
    Q_UNUSED(openFile);
    Q_UNUSED(spared);
    return false;
#endif
}

} // namespace sockeye
