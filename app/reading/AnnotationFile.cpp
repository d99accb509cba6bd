#include "reading/AnnotationFile.h"

#include "capture/AnnotationWriter.h"

#include <QThreadPool>

#include <functional>
#include <mutex>

namespace sockeye {

/// Shared with the pool's thread that writes, which may outlive the file's object. The pool is waited for when the
/// program ends.
class AnnotationFile::Queue final
{
public:
    Queue(QString path, AnnotationFile *owner)
        : m_path(std::move(path))
        , m_owner(owner)
    {
    }

    /// True if somebody has to call run().
    bool add(const AnnotationMap &changed)
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.insert(changed);
        return !std::exchange(m_running, true);
    }

    void run()
    {
        for (AnnotationMap next = take(); !next.isEmpty(); next = take()) {
            const Result<> written = writeAnnotations(m_path, next);
            tell([message = written.message(), next, ok = written.ok()](AnnotationFile *owner) {
                if (ok)
                    Q_EMIT owner->written();
                else
                    Q_EMIT owner->failed(message, next);
            });
        }
    }

    void forgetOwner()
    {
        const std::lock_guard lock(m_mutex);
        m_owner = nullptr;
    }

private:
    AnnotationMap take()
    {
        const std::lock_guard lock(m_mutex);
        m_running = !m_waiting.isEmpty();
        return std::exchange(m_waiting, {});
    }

    void tell(const std::function<void(AnnotationFile *)> &what)
    {
        const std::lock_guard lock(m_mutex);
        if (m_owner)
            QMetaObject::invokeMethod(
                m_owner, [owner = m_owner, what] { what(owner); }, Qt::QueuedConnection);
    }

    const QString m_path;
    std::mutex m_mutex;
    // What the mutex guards.
    AnnotationFile *m_owner;
    AnnotationMap m_waiting;
    bool m_running = false;
};

AnnotationFile::AnnotationFile(const QString &path, QObject *parent)
    : QObject(parent)
    , m_queue(std::make_shared<Queue>(path, this))
{
}

AnnotationFile::~AnnotationFile()
{
    m_queue->forgetOwner();
}

void AnnotationFile::write(const AnnotationMap &changed)
{
    if (!changed.isEmpty() && m_queue->add(changed))
        QThreadPool::globalInstance()->start([queue = m_queue] { queue->run(); });
}

} // namespace sockeye
