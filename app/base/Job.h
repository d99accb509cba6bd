#pragma once

#include "base/WorkerThread.h"

#include <QObject>

#include <atomic>
#include <functional>
#include <memory>

namespace sockeye {

/// Asks a running job to stop. Copies share one flag; thread-safe.
class CancelToken
{
public:
    void cancel() const { m_cancelled->store(true, std::memory_order_relaxed); }
    [[nodiscard]] bool isCancelled() const { return m_cancelled->load(std::memory_order_relaxed); }

private:
    std::shared_ptr<std::atomic_bool> m_cancelled = std::make_shared<std::atomic_bool>(false);
};

class JobContext;

/// Runs one background job at a time, latest wins: starting a new one cancels the running one, and nothing that a
/// cancelled or replaced job reports arrives any more. Work runs in a thread of a shared pool, one job of a
/// runner after another, so that two never scan at once; progress and results come back through queued calls.
///
///     runner.start([path](const JobContext &job) {            // in the pool
///         for (...) { if (job.isCancelled()) return; job.report([n] { /* where the runner lives */ }); }
///     });
class JobRunner final : public QObject
{
    Q_OBJECT

public:
    using Work = std::function<void(const JobContext &)>;

    explicit JobRunner(QObject *parent = nullptr);
    /// Cancels and waits for the running job; work checks its token often, so this is short.
    ~JobRunner() override;

    void start(Work work);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_running; }

Q_SIGNALS:
    /// The latest job has returned (not emitted for one that was replaced or cancelled).
    void finished();

private:
    friend class JobContext;

    CancelToken m_token;
    quint64 m_generation = 0;
    bool m_running = false;
    /// The last member, and so the first to go: a job reports to what stands above.
    WorkerThread m_thread{WorkerPool::Kind::Scanning};
};

/// What a job's work sees of its runner. Used in the job's thread only.
class JobContext
{
public:
    [[nodiscard]] bool isCancelled() const { return m_token.isCancelled(); }
    [[nodiscard]] CancelToken token() const { return m_token; }
    /// Calls `update` in the runner's thread, unless the job has been cancelled or replaced by then.
    void report(std::function<void()> update) const;

private:
    friend class JobRunner;
    JobContext(JobRunner *runner, CancelToken token, quint64 generation);

    JobRunner *m_runner;
    CancelToken m_token;
    quint64 m_generation;
};

} // namespace sockeye
