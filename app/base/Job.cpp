#include "base/Job.h"

#include <utility>

namespace sockeye {

JobRunner::JobRunner(QObject *parent)
    : QObject(parent)
{
}

JobRunner::~JobRunner()
{
    cancel();
    if (!m_thread.joinable())
        return;
    {
        const std::lock_guard lock(m_mutex);
        m_quit = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void JobRunner::start(Work work)
{
    cancel();
    m_token = CancelToken();
    m_running = true;
    {
        const std::lock_guard lock(m_mutex);
        m_next = [context = JobContext(this, m_token, m_generation), work = std::move(work)] {
            work(context);
            context.report([runner = context.m_runner] {
                runner->m_running = false;
                Q_EMIT runner->finished();
            });
        };
    }
    if (!m_thread.joinable())
        m_thread = std::thread(&JobRunner::run, this);
    m_wake.notify_one();
}

void JobRunner::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_quit || m_next; });
        if (m_quit)
            return;
        const std::function<void()> job = std::exchange(m_next, nullptr);
        lock.unlock();
        job();
        lock.lock();
    }
}

void JobRunner::cancel()
{
    m_token.cancel();
    ++m_generation;
    m_running = false;
    const std::lock_guard lock(m_mutex);
    m_next = nullptr;
}

JobContext::JobContext(JobRunner *runner, CancelToken token, quint64 generation)
    : m_runner(runner)
    , m_token(std::move(token))
    , m_generation(generation)
{
}

void JobContext::report(std::function<void()> update) const
{
    // The runner outlives its thread (its destructor waits), so posting to it is safe; the generation is
    // compared in the runner's thread, where it changes.
    QMetaObject::invokeMethod(
        m_runner,
        [runner = m_runner, generation = m_generation, update = std::move(update)] {
            if (runner->m_generation == generation)
                update();
        },
        Qt::QueuedConnection);
}

} // namespace sockeye
