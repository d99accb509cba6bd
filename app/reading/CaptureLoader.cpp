#include "reading/CaptureLoader.h"

#include <atomic>

namespace sockeye {

/// Lives in the loader's thread, with the reader.
class CaptureLoader::Worker final : public QObject
{
public:
    void open(const QString &path)
    {
        auto opened = CaptureReader::open(path);
        if (opened)
            m_reader = std::move(opened).value();
        else
            m_problem = opened.message();
    }

    [[nodiscard]] const CaptureReader *reader() const { return m_reader.get(); }
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool isStopping() const { return m_stopping.load(std::memory_order_relaxed); }
    /// What is still queued is not worth the wait of whoever closes the capture.
    void stop() { m_stopping.store(true, std::memory_order_relaxed); }

private:
    std::unique_ptr<CaptureReader> m_reader;
    QString m_problem;
    std::atomic_bool m_stopping = false;
};

CaptureLoader::CaptureLoader(const QString &path, QObject *parent)
    : QObject(parent)
    , m_path(path)
    , m_worker(std::make_unique<Worker>())
{
    m_thread.setObjectName(QStringLiteral("capture loader"));
    m_worker->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(m_worker.get(), [this, path, worker = m_worker.get()] {
        if (worker->isStopping())
            return;
        worker->open(path);
        auto last = worker->reader() ? worker->reader()->lastEntry() : Result<EntryId>(Error{worker->problem()});
        QMetaObject::invokeMethod(this, [this, last = std::move(last)] {
            if (last)
                Q_EMIT opened(last.value());
            else
                Q_EMIT failed(last.message());
        });
    });
}

CaptureLoader::~CaptureLoader()
{
    m_worker->stop();
    m_thread.quit();
    m_thread.wait();
}

void CaptureLoader::post(QObject *context, Task task)
{
    QMetaObject::invokeMethod(
        m_worker.get(), [this, context = QPointer<QObject>(context), task = std::move(task), worker = m_worker.get()] {
            if (worker->isStopping() || !worker->reader())
                return;
            QMetaObject::invokeMethod(this, [context, answer = task(*worker->reader())] {
                if (context)
                    answer();
            });
        });
}

} // namespace sockeye
