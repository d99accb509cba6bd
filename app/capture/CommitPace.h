#pragma once

#include "capture/WriteQueue.h"

#include <chrono>

namespace sockeye {

/// When a capture's writer commits. A commit writes each page that it touched, however little of it is new, so a quiet
/// feed gets few of them: what comes after a silence is committed 16 ms later, what follows it some 80 ms after the
/// commit before. A transaction that holds more than a page or two, or what somebody did or waits for, ends 16 ms after
/// the commit before. No entry waits for longer than 80 ms. Of the writer's thread.
class CommitPace final
{
public:
    using SteadyClock = WriteQueue::SteadyClock;

    /// A transaction begins, with what came then.
    void begin(SteadyClock::time_point arrival);
    /// When to look again at the open transaction: it is due then, or more has come.
    [[nodiscard]] SteadyClock::time_point nextLook(SteadyClock::time_point now) const;
    [[nodiscard]] bool isDue(SteadyClock::time_point now, const WrittenAmount &written) const;
    /// Whether sums over the entries are to be written with this commit: with a large one, and else once a second,
    /// because they are a page more for each.
    [[nodiscard]] bool areSumsDue(SteadyClock::time_point now, const WrittenAmount &written) const;
    void committed(SteadyClock::time_point now, bool withSums);

private:
    SteadyClock::time_point m_early;
    SteadyClock::time_point m_late;
    SteadyClock::time_point m_lastCommit;
    SteadyClock::time_point m_lastSums;
};

} // namespace sockeye
