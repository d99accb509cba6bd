#pragma once

#include <QFile>

namespace sockeye::test {

/// This process's memory at one moment, in bytes; zeros where /proc does not tell.
struct MemoryUse
{
    static constexpr qint64 MiB = 1024 * 1024;

    /// Address space taken, used or not.
    qint64 reserved = 0;
    qint64 resident = 0;

    [[nodiscard]] static MemoryUse now()
    {
        constexpr qint64 pageSize = 4096;
        QFile file(QStringLiteral("/proc/self/statm"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QList<QByteArray> pages = file.readAll().split(' ');
        return {pages.value(0).toLongLong() * pageSize, pages.value(1).toLongLong() * pageSize};
    }
};

} // namespace sockeye::test
