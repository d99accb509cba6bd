#include "base/WorkerPool.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace sockeye {

namespace {

constexpr int ReadingThreads = 16;
constexpr int ScanningThreads = 12;
constexpr int SyncingThreads = 4;

} // namespace

class WorkerPool::State final
{
public:
    explicit State(size_t maxThreads)
        : m_maxThreads(maxThreads)
    {
    }

    void start(std::function<void()> turn)
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.push_back(std::move(turn));
        if (m_idle < m_waiting.size() && m_threads.size() < m_maxThreads)
            addThread();
        m_wake.notify_one();
    }

    void end()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_ending = true;
        }
        m_wake.notify_all();
        for (std::thread &thread : m_threads)
            thread.join();
    }

private:
    void addThread()
    {
        try {
            m_threads.emplace_back([this] { run(); });
        } catch (const std::system_error &) {
            // The others do it, later. Without any there is nothing left to do it with.
            if (m_threads.empty()) {
                m_waiting.pop_back();
                throw;
            }
        }
    }

    void run()
    {
        std::unique_lock lock(m_mutex);
        for (;;) {
            ++m_idle;
            m_wake.wait(lock, [this] { return m_ending || !m_waiting.empty(); });
            --m_idle;
            if (m_waiting.empty())
                return;
            std::function<void()> turn = std::move(m_waiting.front());
            m_waiting.pop_front();
            lock.unlock();
            turn();
            turn = nullptr;
            lock.lock();
        }
    }

    const size_t m_maxThreads;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    // Guarded by the mutex; the threads themselves are touched by start() alone, and by the end.
    std::deque<std::function<void()>> m_waiting;
    std::vector<std::thread> m_threads;
    size_t m_idle = 0;
    bool m_ending = false;
};

WorkerPool &WorkerPool::shared(Kind kind)
{
    static WorkerPool reading(ReadingThreads);
    static WorkerPool scanning(ScanningThreads);
    static WorkerPool syncing(SyncingThreads);
    switch (kind) {
    case Kind::Reading:
        break;
    case Kind::Scanning:
        return scanning;
    case Kind::Syncing:
        return syncing;
    }
    return reading;
}

WorkerPool::WorkerPool(int maxThreads)
    : m_state(std::make_unique<State>(static_cast<size_t>(maxThreads)))
{
}

WorkerPool::~WorkerPool()
{
    m_state->end();
}

void WorkerPool::start(std::function<void()> turn)
{
    m_state->start(std::move(turn));
}

} // namespace sockeye
