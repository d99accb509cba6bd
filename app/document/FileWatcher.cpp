#include "document/FileWatcher.h"

#include "base/WorkerThread.h"

#include <QFileSystemWatcher>
#include <QThreadPool>

#include <utility>

namespace sockeye {

std::shared_ptr<FileWatcher> FileWatcher::shared()
{
    static std::weak_ptr<FileWatcher> known;
    std::shared_ptr<FileWatcher> watcher = known.lock();
    if (!watcher) {
        watcher.reset(new FileWatcher);
        known = watcher;
    }
    return watcher;
}

FileWatcher::FileWatcher()
    : m_thread(std::make_shared<QThread>())
    , m_watcher(new QFileSystemWatcher)
{
    connect(m_watcher, &QFileSystemWatcher::fileChanged, this, &FileWatcher::changed);
    connect(m_watcher, &QFileSystemWatcher::directoryChanged, this, &FileWatcher::changed);
    connect(m_thread.get(), &QThread::finished, m_watcher, &QObject::deleteLater);
    m_watcher->moveToThread(m_thread.get());
    m_thread->setObjectName(QStringLiteral("file watcher"));
    m_thread->start();
}

FileWatcher::~FileWatcher()
{
    // The thread may be waiting for a disk that does not answer. The global pool is waited for when the program ends.
    QThreadPool::globalInstance()->start([thread = std::move(m_thread)] {
        thread->quit();
        thread->wait();
    });
}

void FileWatcher::watch(const QStringList &paths, QObject *context, std::function<void()> done)
{
    // The thread may be the last to let go of it.
    const std::shared_ptr<WorkerReply> reply(new WorkerReply, [](WorkerReply *gone) { gone->deleteLater(); });
    connect(reply.get(), &WorkerReply::ready, context, std::move(done), Qt::QueuedConnection);
    QMetaObject::invokeMethod(m_watcher, [watcher = m_watcher, paths, reply] {
        watcher->addPaths(paths);
        Q_EMIT reply->ready();
    });
}

} // namespace sockeye
