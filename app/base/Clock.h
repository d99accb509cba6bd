#pragma once

#include "base/Time.h"

namespace sockeye {

/// Where timestamps come from, so that a test can set the time. Thread-safe.
class Clock
{
public:
    Clock() = default;
    virtual ~Clock();
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;

    [[nodiscard]] virtual Timestamp now() const = 0;
};

/// The wall clock read once, then carried on by the monotonic clock: a step of the system's time during a session never
/// makes a later frame look earlier.
class SystemClock final : public Clock
{
public:
    SystemClock();
    [[nodiscard]] Timestamp now() const override;

private:
    Timestamp m_wall;
    std::chrono::steady_clock::time_point m_steady;
};

} // namespace sockeye
