#pragma once

#include "base/Clock.h"

#include <atomic>

namespace sockeye::test {

/// Stands still until it is set.
class SetClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override { return timestampFromNs(m_now.load()); }
    void set(Timestamp now) { m_now = toNs(now); }
    void advance(Nanoseconds duration) { m_now += duration.count(); }

private:
    std::atomic<qint64> m_now = 0;
};

} // namespace sockeye::test
