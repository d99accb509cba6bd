#pragma once

#include "base/Result.h"

#include <optional>

namespace sockeye {

/// How many files and sockets this process may have open (the soft RLIMIT_NOFILE). Libraries end the program where
/// there is none left for a thread's event loop, so whoever is about to open many asks first. Where there is no such
/// limit (Windows) there is always room.
namespace openfiles {

/// As many as the limit is raised to at the start, if the system's hard limit allows.
constexpr quint64 WantedLimit = 65'536;

/// Raises the limit to `wanted`, as far as the hard limit allows; never lowers it. The usual 1,024 are fewer than two
/// hundred tabs or a server's clients need.
void raiseLimit(quint64 wanted = WantedLimit);
/// How many more can be opened now; none where there is no limit. Thread-safe.
[[nodiscard]] std::optional<quint64> left();
/// Whether fewer than `spared` files and sockets can still be opened, or about so many. `openFile` is the descriptor of
/// any that is open. Costs one system call.
[[nodiscard]] bool isNearLimit(qintptr openFile, quint64 spared);
/// An error in words unless `files` more can be opened and some are left for the rest of the program.
[[nodiscard]] Result<> checkRoom(quint64 files);

} // namespace openfiles

/// A claim on files that will be opened bit by bit, as those of a connection: who asks meanwhile is told that they are
/// gone. Thread-safe.
class OpenFilesShare final
{
public:
    /// An error in words if there are not so many left.
    [[nodiscard]] static Result<OpenFilesShare> take(quint64 files);

    OpenFilesShare() = default;
    ~OpenFilesShare();
    OpenFilesShare(OpenFilesShare &&other) noexcept;
    OpenFilesShare &operator=(OpenFilesShare &&other) noexcept;
    OpenFilesShare(const OpenFilesShare &) = delete;
    OpenFilesShare &operator=(const OpenFilesShare &) = delete;

private:
    quint64 m_files = 0;
};

} // namespace sockeye
