#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace sockeye {

/// How much a recording may take of its disk.
struct DiskLimits
{
    /// Bytes that stay free on the disk; without one, standardReserve() of the disk.
    std::optional<qint64> reserve;
    /// The size of one capture in bytes; 0 for no limit.
    qint64 maxSize = 0;

    friend bool operator==(const DiskLimits &, const DiskLimits &) = default;
};

/// The smaller of 1 GiB and 5 % of a disk of so many bytes.
[[nodiscard]] qint64 standardReserve(qint64 diskSize);

/// Watches that what is written keeps to its limits. Looking at the disk is a system call, so it is done once in a
/// while: after so many bytes, or so much time. A disk that cannot be asked has room. Used in one thread.
class DiskGuard final
{
public:
    using SteadyClock = std::chrono::steady_clock;

    enum class Verdict : quint8 {
        Room,
        /// Less is free than is to stay free.
        ReserveReached,
        /// The capture is as large as it may be.
        SizeReached
    };

    /// `path` is a file on the disk; its folder exists.
    DiskGuard(const QString &path, const DiskLimits &limits);

    [[nodiscard]] const DiskLimits &limits() const { return m_limits; }
    void setLimits(const DiskLimits &limits) { m_limits = limits; }
    /// Whether it is time to ask verdict(), after so many bytes more.
    [[nodiscard]] bool isDue(qint64 bytes, SteadyClock::time_point now);
    /// `captureSize` is what the capture takes now.
    [[nodiscard]] Verdict verdict(qint64 captureSize) const;
    /// What is free on the disk and what is to stay free, in bytes; nothing for a disk that cannot be asked.
    struct Space
    {
        qint64 free = 0;
        qint64 reserve = 0;
    };
    [[nodiscard]] std::optional<Space> space() const;

private:
    QString m_folder;
    DiskLimits m_limits;
    qint64 m_bytes = 0;
    SteadyClock::time_point m_lastLook;
};

} // namespace sockeye
