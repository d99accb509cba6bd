#include "widgets/tab/RateMeter.h"

#include <algorithm>

namespace sockeye {
namespace {

constexpr qint64 Second = 1000;
/// Totals that come faster are one sample.
constexpr qint64 Resolution = 50;

} // namespace

void RateMeter::add(qint64 total, qint64 time)
{
    // What was there before the first moment did not come within a second of it.
    if (m_samples.empty())
        m_samples.push_back({time - Second, 0});
    while (m_samples.size() > 1 && m_samples[1].time <= time - Second)
        m_samples.pop_front();
    if (m_samples.size() > 1 && time - m_samples[m_samples.size() - 2].time < Resolution)
        m_samples.back() = {time, total};
    else
        m_samples.push_back({time, total});
    m_peak = std::max(m_peak, perSecond(time));
}

qint64 RateMeter::perSecond(qint64 time) const
{
    if (m_samples.empty())
        return 0;
    qint64 before = m_samples.front().total;
    for (const Sample &sample : m_samples) {
        if (sample.time > time - Second)
            break;
        before = sample.total;
    }
    return m_samples.back().total - before;
}

} // namespace sockeye
