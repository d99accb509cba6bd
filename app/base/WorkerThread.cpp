#include "base/WorkerThread.h"

#include <QThreadPool>

#include <condition_variable>
#include <deque>
#include <mutex>

namespace sockeye {

class WorkerThread::Queue final
{
public:
    void add(std::function<void()> work)
    {
        {
            const std::lock_guard lock(m_mutex);
            m_waiting.push_back(std::move(work));
        }
        m_wake.notify_one();
    }

    void clear()
    {
        // Declared before the lock, so that the functions are destroyed without it.
        std::deque<std::function<void()>> dropped;
        const std::lock_guard lock(m_mutex);
        dropped.swap(m_waiting);
    }

    /// The thread ends when nothing waits any more.
    void end()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_ending = true;
        }
        m_wake.notify_one();
    }

    void run()
    {
        while (const std::function<void()> work = next())
            work();
    }

private:
    /// None at the end.
    [[nodiscard]] std::function<void()> next()
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_ending || !m_waiting.empty(); });
        if (m_waiting.empty())
            return nullptr;
        std::function<void()> work = std::move(m_waiting.front());
        m_waiting.pop_front();
        return work;
    }

    std::mutex m_mutex;
    std::condition_variable m_wake;
    // Guarded by the mutex.
    std::deque<std::function<void()>> m_waiting;
    bool m_ending = false;
};

WorkerThread::WorkerThread()
    : m_queue(std::make_shared<Queue>())
{
}

WorkerThread::~WorkerThread()
{
    m_queue->end();
    if (m_thread.joinable())
        m_thread.join();
}

void WorkerThread::run(std::function<void()> work)
{
    m_queue->add(std::move(work));
    if (!m_thread.joinable())
        m_thread = std::thread([queue = m_queue] { queue->run(); });
}

void WorkerThread::clear()
{
    m_queue->clear();
}

void WorkerThread::finishInBackground()
{
    m_queue->end();
    if (!m_thread.joinable())
        return;
    // The global pool is waited for when the program ends.
    QThreadPool::globalInstance()->start(
        [thread = std::make_shared<std::thread>(std::move(m_thread))] { thread->join(); });
}

} // namespace sockeye
