#pragma once

#include <QString>

namespace sockeye {

/// Which file stands at a path, links followed: another program may put a new one in its place. Two that were never
/// known are alike.
struct FileIdentity
{
    /// 0 where the system does not tell (Windows), and where nothing is there.
    quint64 device = 0;
    quint64 inode = 0;

    [[nodiscard]] static FileIdentity of(const QString &path);

    friend bool operator==(const FileIdentity &, const FileIdentity &) = default;
};

} // namespace sockeye
