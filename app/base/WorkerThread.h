#pragma once

#include "base/WorkerPool.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

namespace sockeye {

/// Tells in a worker's thread that an answer is there. Qt's connections keep it from a receiver that is gone.
class WorkerReply final : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void ready();
};

/// Runs functions one after another, in the order in which they were given, never two at once, in a thread of a shared
/// pool: which one may change from function to function. There is no event loop in it. All methods are called in one
/// thread, that of the owner.
///
///     worker.run([path] { return readAll(path); },               // in the worker's thread
///                this, [this](const QByteArray &bytes) { ... }); // in the thread of `this`, unless it is gone by then
class WorkerThread final
{
public:
    explicit WorkerThread(WorkerPool::Kind kind = WorkerPool::Kind::Reading);
    /// Waits until everything that was given has been run.
    ~WorkerThread();
    WorkerThread(const WorkerThread &) = delete;
    WorkerThread &operator=(const WorkerThread &) = delete;

    void run(std::function<void()> work);
    /// Hands what `work` returns to `done`, which is called by the event loop of the context's thread.
    template<typename Work, typename Done>
    void run(Work work, QObject *context, Done done)
    {
        auto value = std::make_shared<std::optional<std::invoke_result_t<Work>>>();
        // The worker is often the last to let go of it. Destroyed there, it would turn into a plain QObject while its
        // receiver, which goes at the same moment in its own thread, still asks it for its meta-object.
        const std::shared_ptr<WorkerReply> reply(new WorkerReply, [](WorkerReply *gone) { gone->deleteLater(); });
        QObject::connect(
            reply.get(), &WorkerReply::ready, context,
            [value, done = std::move(done)]() mutable { done(std::move(**value)); }, Qt::QueuedConnection);
        run([work = std::move(work), value, reply]() mutable {
            value->emplace(work());
            Q_EMIT reply->ready();
        });
    }
    /// Drops what waits. What runs goes on to its end.
    void clear();
    /// Instead of the destructor's waiting: what was given is still run, and the program waits for it before it ends.
    /// Nothing may be given after that.
    void finishInBackground();

private:
    class Queue;
    /// Shared with the pool, where it may outlive this object.
    std::shared_ptr<Queue> m_queue;
};

} // namespace sockeye
