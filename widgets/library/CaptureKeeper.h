#pragma once

#include "base/Result.h"
#include "base/WorkerThread.h"

#include <QObject>
#include <QStringList>

#include <functional>

class QWidget;

namespace sockeye {

class Prompts;

/// Moves the files of captures to the trash, renames them, shows them in their folder. Works on the disk in the
/// background.
class CaptureKeeper final : public QObject
{
    Q_OBJECT

public:
    /// The prompts outlive it.
    explicit CaptureKeeper(Prompts &prompts, QObject *parent = nullptr);
    ~CaptureKeeper() override;

    /// Sets how to ask whether a capture is open or still being written: such a capture is left alone.
    void setInUse(std::function<bool(const QString &path)> inUse) { m_inUse = std::move(inUse); }
    [[nodiscard]] bool isInUse(const QString &path) const { return m_inUse && m_inUse(path); }

    /// Moves captures to the trash; without a trash, the user is asked whether to delete them for good.
    void remove(QWidget *parent, const QStringList &paths);
    /// Deletes captures for good, without a question: the user has agreed before.
    void discard(const QStringList &paths);
    void rename(QWidget *parent, const QString &path, const QString &name);
    /// Opens the capture's folder in the desktop's file manager.
    static void reveal(const QString &path);

Q_SIGNALS:
    void statusText(const QString &text);
    /// Emitted when files have been removed or renamed.
    void changed();

private:
    void run(std::function<std::function<void()>()> work);
    void askForGood(QWidget *parent, const QStringList &paths);

    Prompts &m_prompts;
    std::function<bool(const QString &)> m_inUse;
    WorkerThread m_thread;
};

} // namespace sockeye
