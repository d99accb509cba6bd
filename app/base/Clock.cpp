#include "base/Clock.h"

namespace sockeye {

Clock::~Clock() = default;

SystemClock::SystemClock()
    : m_wall(std::chrono::time_point_cast<Nanoseconds>(std::chrono::system_clock::now()))
    , m_steady(std::chrono::steady_clock::now())
{
}

Timestamp SystemClock::now() const
{
    return m_wall + std::chrono::duration_cast<Nanoseconds>(std::chrono::steady_clock::now() - m_steady);
}

} // namespace sockeye
