#include "base/OpenFiles.h"

#include <QCoreApplication>

#ifdef Q_OS_UNIX
#include <sys/resource.h>

#include <dirent.h>
#include <limits.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <mutex>
#include <utility>

namespace sockeye {

namespace {

/// For what is not counted beforehand: a window's pictures and fonts, a dialog, an export, a thread's event loop.
constexpr quint64 Reserve = 32;

/// What OpenFilesShare has given away, and how many files were open when it was nothing.
struct Shares
{
    std::mutex mutex;
    quint64 given = 0;
    quint64 others = 0;
};

Shares &shares()
{
    static Shares all;
    return all;
}

#ifdef Q_OS_UNIX
std::optional<quint64> limitNow()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return std::nullopt;
    return limit.rlim_cur;
}

/// None where the system does not list them, or has none left to list them with.
std::optional<quint64> countOpen()
{
#ifdef Q_OS_LINUX
    constexpr const char *Folder = "/proc/self/fd";
#else
    constexpr const char *Folder = "/dev/fd";
#endif
    DIR *folder = opendir(Folder);
    if (!folder)
        return std::nullopt;
    quint64 count = 0;
    while (const dirent *file = readdir(folder)) {
        if (file->d_name[0] != '.')
            ++count;
    }
    closedir(folder);
    // The folder's own was one of them.
    return count > 0 ? count - 1 : 0;
}

/// A new descriptor has the lowest number that is free: about as many are open.
quint64 lowestFree(quint64 limit)
{
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0)
        return limit;
    close(ends[0]);
    close(ends[1]);
    return static_cast<quint64>(std::max(0, ends[0]));
}
#endif

Error noRoomError(quint64 files, quint64 limit)
{
    return Error{QCoreApplication::translate(
                     "sockeye::OpenFiles",
                     "Sockeye has no more files to open: this needs room for about %1, and of the %2 that the system "
                     "allows this program too few are left. Close a tab, or set a higher limit with “ulimit -n” before "
                     "the program starts.")
                     .arg(files + Reserve)
                     .arg(limit)};
}

/// How many can be opened, given that `claimed` are as good as open.
Result<> check(quint64 files, quint64 claimed)
{
#ifdef Q_OS_UNIX
    const std::optional<quint64> limit = limitNow();
    if (!limit)
        return {};
    const std::optional<quint64> left = openfiles::left();
    const quint64 open = std::max(claimed, *limit - left.value_or(0));
    if (open + files + Reserve > *limit)
        return noRoomError(files, *limit);
#else
    Q_UNUSED(files);
    Q_UNUSED(claimed);
#endif
    return {};
}

} // namespace

namespace openfiles {

void raiseLimit(quint64 wanted)
{
#ifdef Q_OS_UNIX
#ifdef Q_OS_DARWIN
    // More is refused, whatever the hard limit says.
    wanted = std::min<quint64>(wanted, OPEN_MAX);
#endif
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
    // Refused: the limit stays as it is, and whoever reaches it says so.
    (void)setrlimit(RLIMIT_NOFILE, &limit);
#else
    Q_UNUSED(wanted);
#endif
}

std::optional<quint64> left()
{
#ifdef Q_OS_UNIX
    const std::optional<quint64> limit = limitNow();
    if (!limit)
        return std::nullopt;
    std::optional<quint64> open = countOpen();
    if (!open)
        open = lowestFree(*limit);
    return *limit - std::min(*open, *limit);
#else
    return std::nullopt;
#endif
}

bool isNearLimit(qintptr openFile, quint64 spared)
{
#ifdef Q_OS_UNIX
    const std::optional<quint64> limit = limitNow();
    if (!limit)
        return false;
    // A new descriptor has the lowest number that is free.
    const int next = dup(static_cast<int>(openFile));
    if (next < 0)
        return true;
    close(next);
    return static_cast<quint64>(next) + spared >= *limit;
#else
    Q_UNUSED(openFile);
    Q_UNUSED(spared);
    return false;
#endif
}

Result<> checkRoom(quint64 files)
{
    Shares &all = shares();
    const std::lock_guard lock(all.mutex);
    return check(files, all.others + all.given);
}

} // namespace openfiles

Result<OpenFilesShare> OpenFilesShare::take(quint64 files)
{
    Shares &all = shares();
    const std::lock_guard lock(all.mutex);
#ifdef Q_OS_UNIX
    if (all.given == 0) {
        const std::optional<quint64> limit = limitNow();
        all.others = limit ? *limit - openfiles::left().value_or(0) : 0;
    }
#endif
    if (const Result<> room = check(files, all.others + all.given); !room)
        return room.error();
    OpenFilesShare share;
    share.m_files = files;
    all.given += files;
    return share;
}

OpenFilesShare::~OpenFilesShare()
{
    if (m_files == 0)
        return;
    Shares &all = shares();
    const std::lock_guard lock(all.mutex);
    all.given -= m_files;
}

OpenFilesShare::OpenFilesShare(OpenFilesShare &&other) noexcept
    : m_files(std::exchange(other.m_files, 0))
{
}

OpenFilesShare &OpenFilesShare::operator=(OpenFilesShare &&other) noexcept
{
    std::swap(m_files, other.m_files);
    return *this;
}

} // namespace sockeye
