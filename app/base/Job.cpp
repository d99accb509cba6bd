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
}

void JobRunner::start(Work work)
{
    cancel();
    m_token = CancelToken();
    m_running = true;
    m_thread.run([context = JobContext(this, m_token, m_generation), work = std::move(work)] {
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
    m_thread.clear();
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
