#include "base/Job.h"

namespace sockeye {

JobRunner::JobRunner(QObject *parent)
    : QObject(parent)
{
    // One thread that serves this runner only: a replaced job ends before the next begins, so two never scan at once.
    m_pool.setMaxThreadCount(1);
}

JobRunner::~JobRunner()
{
    cancel();
    m_pool.waitForDone();
}

void JobRunner::start(Work work)
{
    cancel();
    m_pool.clear();
    m_token = CancelToken();
    m_running = true;
    m_pool.start([context = JobContext(this, m_token, m_generation), work = std::move(work)] {
        if (context.isCancelled())
            return;
        work(context);
        context.report([runner = context.m_runner] {
            runner->m_running = false;
            Q_EMIT runner->finished();
        });
    });
}

void JobRunner::cancel()
{
    m_token.cancel();
    ++m_generation;
    m_running = false;
}

JobContext::JobContext(JobRunner *runner, CancelToken token, quint64 generation)
    : m_runner(runner)
    , m_token(std::move(token))
    , m_generation(generation)
{
}

void JobContext::report(std::function<void()> update) const
{
    // The runner outlives its pool's threads (its destructor waits), so posting to it is safe; the generation is
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
