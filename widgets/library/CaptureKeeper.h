#pragma once

#include "base/Result.h"
#include "base/WorkerThread.h"

#include <QObject>
#include <QStringList>

#include <functional>

class QWidget;

namespace sockeye {

class Prompts;

/// What is done with captures as files: moves them to the trash, renames them, shows them in their folder. The disk is
/// waited for in the background.
class CaptureKeeper final : public QObject
{
    Q_OBJECT

public:
    /// The prompts outlive it.
    explicit CaptureKeeper(Prompts &prompts, QObject *parent = nullptr);
    ~CaptureKeeper() override;

    /// Tells whether a capture is open or still being written: it must not be touched.
    void setInUse(std::function<bool(const QString &path)> inUse) { m_inUse = std::move(inUse); }
    [[nodiscard]] bool isInUse(const QString &path) const { return m_inUse && m_inUse(path); }

    /// To the trash; where there is none, the user is asked whether to delete them for good.
    void remove(QWidget *parent, const QStringList &paths);
    /// Removes for good, without a question: what the user has seen and agreed to.
    void discard(const QStringList &paths);
    void rename(QWidget *parent, const QString &path, const QString &name);
    /// Opens the capture's folder in the desktop's file manager.
    static void reveal(const QString &path);

Q_SIGNALS:
    void statusText(const QString &text);
    /// Files are gone or have another name.
    void changed();

private:
    void run(std::function<std::function<void()>()> work);
    void askForGood(QWidget *parent, const QStringList &paths);

    Prompts &m_prompts;
    std::function<bool(const QString &)> m_inUse;
    WorkerThread m_thread;
};

} // namespace sockeye
