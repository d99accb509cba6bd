#pragma once

#include <functional>
#include <memory>

namespace sockeye {

/// Threads that many WorkerThreads share: made as they are needed, up to a bound, and kept until the program ends. A
/// thread that the system refuses is done without, as long as there is another one. Thread-safe.
class WorkerPool final
{
public:
    /// What may hold a thread for how long; each kind has threads of its own, so that a short question never waits
    /// behind scans.
    enum class Kind : unsigned char {
        Reading,  ///< short: a page, a payload, a file of settings
        Scanning, ///< long: a filter, a sum, an export
        Syncing   ///< waits for the disk
    };
    static WorkerPool &shared(Kind kind);

    explicit WorkerPool(int maxThreads);
    /// Waits until all that was given has been run.
    ~WorkerPool();
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    /// Runs `turn` in one of the threads, as soon as one is free.
    void start(std::function<void()> turn);

private:
    class State;
    const std::unique_ptr<State> m_state;
};

} // namespace sockeye
