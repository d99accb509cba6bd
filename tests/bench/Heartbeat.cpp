#include "bench/Heartbeat.h"

namespace sockeye::bench {
namespace {
constexpr int IntervalMs = 5;
constexpr double LongStallMs = 50;
} // namespace

Heartbeat::Heartbeat()
{
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Heartbeat::beat);
    m_timer.start(IntervalMs);
    m_sinceBeat.start();
    m_sinceStart.start();
}

void Heartbeat::beat()
{
    const double stall = static_cast<double>(m_sinceBeat.nsecsElapsed()) / 1e6 - IntervalMs;
    if (stall > m_longestStallMs) {
        m_longestStallMs = stall;
        m_longestStallAt = static_cast<double>(m_sinceStart.nsecsElapsed()) / 1e9;
    }
    m_longStalls += stall > LongStallMs ? 1 : 0;
    m_sinceBeat.restart();
}

} // namespace sockeye::bench
