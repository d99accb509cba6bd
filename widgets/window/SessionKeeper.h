#pragma once

#include "base/WorkerThread.h"
#include "widgets/tab/SessionState.h"

#include <QLockFile>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace sockeye {

/// Keeps what a window holds in a file, so that the next start finds it, also after a kill: some moments after
/// something changed, at most once a second, written atomically in the background. Only one program does so at a time;
/// a second one beside it neither reads nor writes.
class SessionKeeper final : public QObject
{
    Q_OBJECT

public:
    using Collect = std::function<SessionState()>;

    /// `collect` is asked for what there is to keep.
    SessionKeeper(const QString &path, Collect collect, QObject *parent = nullptr);
    /// Waits for what is being written.
    ~SessionKeeper() override;

    /// What the last program left, once; from here on changes are kept. None if another program keeps the file, or if
    /// there is nothing to read.
    [[nodiscard]] std::optional<SessionState> take();
    /// The last program ended while it showed the tabs that it had taken; told from take() on.
    [[nodiscard]] bool hasDiedRestoring() const { return m_hasDiedRestoring; }
    /// Leaves a mark for the next program as long as tabs are being shown again: one of them may bring the program
    /// down.
    void setRestoring(bool restoring);
    /// Begins to keep, or forgets what was kept.
    void setOn(bool on);
    /// No other program keeps this file.
    [[nodiscard]] bool isAlone() { return lock(); }
    /// What the window holds has changed.
    void noteChange();
    /// The window is about to close: keeps what it holds, as of a program that came to its end.
    void close();

private:
    [[nodiscard]] bool lock();
    void save();
    void write(const QByteArray &json);

    const QString m_path;
    Collect m_collect;
    QLockFile m_lock;
    QTimer m_pause;
    QByteArray m_written;
    WorkerThread m_thread;
    bool m_isOn = false;
    bool m_hasDiedRestoring = false;
};

} // namespace sockeye
