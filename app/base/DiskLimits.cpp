#include "base/DiskLimits.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <algorithm>

namespace sockeye {

namespace {

constexpr qint64 GiB = 1024LL * 1024 * 1024;
/// As much as a fast disk takes in some ten milliseconds.
constexpr qint64 LookBytes = 16 * 1024 * 1024;
/// A limit is overstepped by about this part of it at most.
constexpr qint64 LooksPerLimit = 16;
constexpr std::chrono::milliseconds LookTime{500};

} // namespace

qint64 standardReserve(qint64 diskSize)
{
    return std::min(GiB, diskSize / 20);
}

DiskGuard::DiskGuard(const QString &path, const DiskLimits &limits)
    : m_folder(QFileInfo(path).absolutePath())
    , m_limits(limits)
{
}

bool DiskGuard::isDue(qint64 bytes, SteadyClock::time_point now)
{
    m_bytes += bytes;
    qint64 most = LookBytes;
    for (const qint64 limit : {m_limits.maxSize, m_limits.reserve.value_or(0)}) {
        if (limit > 0)
            most = std::min(most, limit / LooksPerLimit);
    }
    if (m_bytes < most && now - m_lastLook < LookTime)
        return false;
    m_bytes = 0;
    m_lastLook = now;
    return true;
}

DiskGuard::Verdict DiskGuard::verdict(qint64 captureSize) const
{
    if (m_limits.maxSize > 0 && captureSize >= m_limits.maxSize)
        return Verdict::SizeReached;
    const std::optional<Space> now = space();
    return now && now->free < now->reserve ? Verdict::ReserveReached : Verdict::Room;
}

std::optional<DiskGuard::Space> DiskGuard::space() const
{
    const QStorageInfo disk(m_folder);
    if (!disk.isValid() || disk.bytesTotal() <= 0 || disk.bytesAvailable() < 0)
        return std::nullopt;
    return Space{disk.bytesAvailable(), m_limits.reserve.value_or(standardReserve(disk.bytesTotal()))};
}

} // namespace sockeye
