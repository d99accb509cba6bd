#include "connection/PeerSilence.h"

#include <algorithm>
#include <cmath>

namespace sockeye {
namespace {

constexpr double PerOctave = 4;

size_t bucketOf(Nanoseconds gap, size_t buckets)
{
    const double seconds = std::chrono::duration<double>(gap).count();
    if (seconds < 1)
        return 0;
    return std::min(static_cast<size_t>(std::floor(PerOctave * std::log2(seconds))) + 1, buckets - 1);
}

} // namespace

void PeerSilence::begin(Timestamp now)
{
    *this = PeerSilence();
    m_last = now;
}

void PeerSilence::heard(Timestamp now, qint64 frames)
{
    if (frames <= 0)
        return;
    add(duration(now), 1);
    add(Nanoseconds(0), frames - 1);
    m_last = now;
}

Nanoseconds PeerSilence::duration(Timestamp now) const
{
    return std::max(now - m_last, Nanoseconds(0));
}

Nanoseconds PeerSilence::limit() const
{
    qint64 longer = 0;
    for (auto bucket = m_buckets.crbegin(); bucket != m_buckets.crend(); ++bucket) {
        longer += bucket->count;
        // The bucket with the gap that 99 of 100 do not exceed.
        if (bucket->count > 0 && longer * 100 > m_count)
            return std::max(3 * bucket->longest, Least);
    }
    return Least;
}

void PeerSilence::add(Nanoseconds gap, qint64 count)
{
    if (count <= 0)
        return;
    Bucket &bucket = m_buckets[bucketOf(gap, m_buckets.size())];
    bucket.count += count;
    bucket.longest = std::max(bucket.longest, gap);
    m_count += count;
}

} // namespace sockeye
