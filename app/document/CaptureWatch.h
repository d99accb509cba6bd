#pragma once

#include "base/Job.h"
#include "capture/CaptureIdentity.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

class QFileSystemWatcher;

namespace sockeye {

/// Notices that another program has changed what stands at the path of an open capture. Looks in the background, when
/// the system tells of a change.
class CaptureWatch final : public QObject
{
    Q_OBJECT

public:
    enum class Change : quint8 {
        Replaced,    ///< another file stands there; the one that is open can still be read where it is open
        Overwritten, ///< another capture was written into the same file: the one that was open is gone
        Removed      ///< nothing stands there any more; the one that is open can still be read where it is open
    };

    /// Begins with what stands at `path` now.
    explicit CaptureWatch(const QString &path, QObject *parent = nullptr);
    ~CaptureWatch() override;
    /// Whether it knows what stood there when it began.
    [[nodiscard]] bool hasBegun() const { return m_opened.has_value(); }

Q_SIGNALS:
    /// Emitted once for each change.
    void changed(sockeye::CaptureWatch::Change change);
    /// Emitted when what was open stands there again.
    void restored();

private:
    /// What a look finds; nothing for a capture that cannot be read at this moment.
    using Look = std::optional<CaptureIdentity>;

    void look();
    void take(const Look &found);

    const QString m_path;
    /// Shared among all captures: each watcher takes one of the few that the system has.
    std::shared_ptr<QFileSystemWatcher> m_watcher;
    std::optional<CaptureIdentity> m_opened;
    std::optional<Change> m_told;
    QTimer m_pause;
    JobRunner m_job;
};

} // namespace sockeye
