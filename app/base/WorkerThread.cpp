#include "base/WorkerThread.h"

#include <QThreadPool>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace sockeye {

/// Waits in the pool, or runs there, while there is something to run: one function a turn, so that the queues that
/// share a thread take turns.
class WorkerThread::Queue final : public std::enable_shared_from_this<Queue>
{
public:
    explicit Queue(WorkerPool &pool)
        : m_pool(pool)
    {
    }

    void add(std::function<void()> work)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_waiting.push_back(std::move(work));
            if (m_isScheduled)
                return;
            m_isScheduled = true;
        }
        schedule();
    }

    void clear()
    {
        // Declared before the lock, so that the functions are destroyed without it.
        std::deque<std::function<void()>> dropped;
        const std::lock_guard lock(m_mutex);
        dropped.swap(m_waiting);
    }

    /// Runs what waits in the caller's thread, once what runs has returned: the pool may be busy with others for long.
    void finish()
    {
        std::unique_lock lock(m_mutex);
        m_isTakenOver = true;
        m_idle.wait(lock, [this] { return !m_isRunning; });
        while (!m_waiting.empty())
            runNext(lock);
    }

private:
    void schedule()
    {
        m_pool.start([self = shared_from_this()] { self->takeTurn(); });
    }

    void takeTurn()
    {
        std::unique_lock lock(m_mutex);
        if (m_isTakenOver)
            return;
        if (!m_waiting.empty()) {
            m_isRunning = true;
            runNext(lock);
            m_isRunning = false;
            m_idle.notify_all();
        }
        m_isScheduled = !m_isTakenOver && !m_waiting.empty();
        const bool goesOn = m_isScheduled;
        lock.unlock();
        if (goesOn)
            schedule();
    }

    void runNext(std::unique_lock<std::mutex> &lock)
    {
        std::function<void()> work = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        work();
        work = nullptr;
        lock.lock();
    }

    WorkerPool &m_pool;
    std::mutex m_mutex;
    std::condition_variable m_idle;
    // Guarded by the mutex.
    std::deque<std::function<void()>> m_waiting;
    /// It waits in the pool, or runs there.
    bool m_isScheduled = false;
    bool m_isRunning = false;
    /// Nothing more is run in the pool.
    bool m_isTakenOver = false;
};

WorkerThread::WorkerThread(WorkerPool::Kind kind)
    : m_queue(std::make_shared<Queue>(WorkerPool::shared(kind)))
{
}

WorkerThread::~WorkerThread()
{
    if (m_queue)
        m_queue->finish();
}

void WorkerThread::run(std::function<void()> work)
{
    m_queue->add(std::move(work));
}

void WorkerThread::clear()
{
    m_queue->clear();
}

void WorkerThread::finishInBackground()
{
    // The global pool is waited for when the program ends.
    QThreadPool::globalInstance()->start([queue = std::move(m_queue)] { queue->finish(); });
}

} // namespace sockeye
