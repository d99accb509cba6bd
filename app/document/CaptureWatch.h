#pragma once

#include "base/WorkerThread.h"
#include "capture/CaptureIdentity.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace sockeye {

class FileWatcher;

/// Notices that another program has changed what stands at the path of an open capture. Looks in the background, at
/// first and when the system tells of a change.
class CaptureWatch final : public QObject
{
    Q_OBJECT

public:
    enum class Change : quint8 {
        Replaced,    ///< another file stands there; the one that is open can still be read where it is open
        Overwritten, ///< another capture was written into the same file: the one that was open is gone
        Removed      ///< nothing stands there any more; the one that is open can still be read where it is open
    };

    /// `opened` is the capture that is open, which need not be the one that stands at `path` by now.
    CaptureWatch(const QString &path, const CaptureIdentity &opened, QObject *parent = nullptr);
    /// Does not wait for the disk.
    ~CaptureWatch() override;

Q_SIGNALS:
    /// Emitted once for each change.
    void changed(sockeye::CaptureWatch::Change change);
    /// Emitted when what was open stands there again.
    void restored();
    /// Emitted after each look, behind what it has found.
    void looked();

private:
    /// What a look finds at the path.
    struct Found
    {
        bool isThere = false;
        FileIdentity file;
        /// Nothing for a capture that cannot be read at this moment.
        std::optional<QByteArray> created;

        [[nodiscard]] static Found at(const QString &path);
    };

    void hear(const QString &path);
    void look();
    void take(const Found &found);
    [[nodiscard]] std::optional<Change> changeOf(const Found &found) const;

    const QString m_path;
    const QString m_folder;
    const CaptureIdentity m_opened;
    std::shared_ptr<FileWatcher> m_watcher;
    std::optional<Change> m_told;
    QTimer m_pause;
    WorkerThread m_thread;
};

} // namespace sockeye
