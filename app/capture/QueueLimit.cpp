#include "capture/QueueLimit.h"

#include <algorithm>

namespace sockeye {

namespace {

/// Below these a batch is too small to tell a rate, and a queue too short to keep the writer busy.
constexpr qint64 MinEntries = 2048;
constexpr qint64 MinBytes = 4 * 1024 * 1024;

qint64 scaled(double perNs, qint64 least, qint64 most)
{
    const double allowed = perNs * double(std::chrono::nanoseconds(QueueLimit::TargetDelay).count());
    return qint64(std::clamp(allowed, double(std::min(least, most)), double(most)));
}

double smoothed(double before, double now)
{
    return before > 0 ? (before + now) / 2 : now;
}

} // namespace

QueueLimit::QueueLimit(qint64 maxEntries, qint64 maxBytes)
    : m_maxEntries(maxEntries)
    , m_maxBytes(maxBytes)
    , m_entries(std::min(maxEntries, qint64(16 * 1024)))
    , m_bytes(std::min(maxBytes, qint64(16 * 1024 * 1024)))
{
}

void QueueLimit::measured(qint64 entries, qint64 bytes, std::chrono::nanoseconds busy)
{
    if (entries < MinEntries / 4 && bytes < MinBytes / 4)
        return;
    const double ns = double(std::max<qint64>(busy.count(), 1));
    m_entriesPerNs = smoothed(m_entriesPerNs, double(entries) / ns);
    m_bytesPerNs = smoothed(m_bytesPerNs, double(bytes) / ns);
    // Many small entries tell nothing of how many bytes the disk takes, nor few large ones of how many entries.
    m_entries = entries >= MinEntries / 4 ? scaled(m_entriesPerNs, MinEntries, m_maxEntries) : m_maxEntries;
    m_bytes = bytes >= MinBytes / 4 ? scaled(m_bytesPerNs, MinBytes, m_maxBytes) : m_maxBytes;
}

} // namespace sockeye
