#pragma once

#include <QtGlobal>

#include <chrono>

namespace sockeye {

/// How much may wait for a writer: the fixed bounds, or less where the disk is too slow to write that much in time.
/// What waits is lost with the program, so it is kept to what lately took TargetDelay to write.
class QueueLimit final
{
public:
    static constexpr std::chrono::milliseconds TargetDelay{25};

    QueueLimit(qint64 maxEntries, qint64 maxBytes);

    /// Tells what was written and how long that took, waiting for more to write not counted.
    void measured(qint64 entries, qint64 bytes, std::chrono::nanoseconds busy);

    [[nodiscard]] bool isBeyond(qint64 entries, qint64 bytes) const { return entries > m_entries || bytes > m_bytes; }
    [[nodiscard]] bool isBelowHalf(qint64 entries, qint64 bytes) const
    {
        return entries <= m_entries / 2 && bytes <= m_bytes / 2;
    }

private:
    qint64 m_maxEntries;
    qint64 m_maxBytes;
    qint64 m_entries;
    qint64 m_bytes;
    /// TargetDelay over the time that a batch took: how many such batches may wait. Smoothed per entry and per byte.
    double m_entriesPerNs = 0;
    double m_bytesPerNs = 0;
};

} // namespace sockeye
