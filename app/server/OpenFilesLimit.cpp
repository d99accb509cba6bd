#include "server/OpenFilesLimit.h"

#ifdef Q_OS_UNIX
#include <sys/resource.h>

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

} // namespace sockeye
