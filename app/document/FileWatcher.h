#pragma once

#include <QObject>
#include <QStringList>
#include <QThread>

#include <functional>
#include <memory>

class QFileSystemWatcher;

namespace sockeye {

/// Hears of changes of files and folders from the system. To watch a path asks the disk, and so does each change: both
/// happen in a thread of its own. Lives in the window's thread.
class FileWatcher final : public QObject
{
    Q_OBJECT

public:
    /// The one of the whole program, since each takes one of the few that the system has; it lives as long as somebody
    /// holds it.
    [[nodiscard]] static std::shared_ptr<FileWatcher> shared();
    /// Does not wait for the thread.
    ~FileWatcher() override;

    /// Watches files and folders, as long as this lives; a path that is watched already is not watched twice. A file
    /// that is replaced or removed is not watched any more. `done` is called once no further change is missed, unless
    /// its context object is gone by then.
    void watch(const QStringList &paths, QObject *context, std::function<void()> done);

Q_SIGNALS:
    /// Emitted when a file that is watched has changed, or what stands in a folder; one change may be told several
    /// times.
    void changed(const QString &path);

private:
    FileWatcher();

    std::shared_ptr<QThread> m_thread;
    /// Lives in the thread, and goes with it.
    QFileSystemWatcher *m_watcher;
};

} // namespace sockeye
