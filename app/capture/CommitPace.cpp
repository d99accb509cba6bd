#include "capture/CommitPace.h"

#include <algorithm>

namespace sockeye {

namespace {

constexpr std::chrono::milliseconds BatchTime{16};
constexpr std::chrono::milliseconds QuietTime{80};
constexpr std::chrono::milliseconds SumsTime{1000};
/// What fills several pages.
constexpr qint64 LargeEntries = 64;
constexpr qint64 LargeBytes = 32 * 1024;

bool isLarge(const WrittenAmount &written)
{
    return written.entries >= LargeEntries || written.bytes >= LargeBytes;
}

/// Connections and annotations are what people did just now.
bool isPressing(const WrittenAmount &written)
{
    return isLarge(written) || written.puts > 0 || written.annotationCalls > 0;
}

} // namespace

void CommitPace::begin(SteadyClock::time_point arrival)
{
    m_early = std::max(arrival, m_lastCommit) + BatchTime;
    m_late = std::max(arrival + BatchTime, m_lastCommit + QuietTime);
}

CommitPace::SteadyClock::time_point CommitPace::nextLook(SteadyClock::time_point now) const
{
    return now < m_early ? m_early : m_late;
}

bool CommitPace::isDue(SteadyClock::time_point now, const WrittenAmount &written) const
{
    return now >= m_late || (now >= m_early && isPressing(written));
}

bool CommitPace::areSumsDue(SteadyClock::time_point now, const WrittenAmount &written) const
{
    return isLarge(written) || now - m_lastSums >= SumsTime;
}

void CommitPace::committed(SteadyClock::time_point now, bool withSums)
{
    m_lastCommit = now;
    if (withSums)
        m_lastSums = now;
}

} // namespace sockeye
