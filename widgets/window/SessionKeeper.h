#pragma once

#include "base/WorkerThread.h"
#include "widgets/tab/SessionState.h"

#include <QLockFile>
#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>

namespace sockeye {

/// Keeps the tabs of a window in a file, so that the next start finds them, also after the program was killed. The file
/// is written atomically in the background, at most once a second while tabs change. Only one program does so at a
/// time; a second one beside it neither reads nor writes the file.
class SessionKeeper final : public QObject
{
    Q_OBJECT

public:
    using Collect = std::function<SessionState()>;

    /// `collect` returns the state to be written.
    SessionKeeper(const QString &path, Collect collect, QObject *parent = nullptr);
    /// Waits until the file is written.
    ~SessionKeeper() override;

    /// Reads what the last program wrote, and begins to write changes; called once. Nothing if another program keeps
    /// the file, or if there is nothing to read.
    [[nodiscard]] std::optional<SessionState> take();
    /// Whether the last program ended while it opened the tabs that it had read; known after take().
    [[nodiscard]] bool hasDiedRestoring() const { return m_hasDiedRestoring; }
    /// Why nothing is read and kept, in a sentence; empty for no trouble, known after take().
    [[nodiscard]] QString problem() const { return m_problem; }
    /// Sets or removes the mark that says that tabs are being opened again: one of them may crash the program, and the
    /// next start has to know.
    void setRestoring(bool restoring);
    /// Begins to write changes, or stops and removes the file.
    void setOn(bool on);
    /// Whether no other program keeps this file.
    [[nodiscard]] bool isAlone() { return lock(); }
    /// Called when a tab changes.
    void noteChange();
    /// Writes the state a last time, marked as that of a program that ended regularly.
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
    QString m_problem;
    bool m_isOn = false;
    bool m_hasDiedRestoring = false;
};

} // namespace sockeye
