#pragma once

#include "base/WorkerThread.h"

#include <QObject>

namespace sockeye {

class Retention;
class Settings;

/// Takes the folder that the user has chosen for new captures. Whether it can be is asked of the disk in the
/// background, also when the preferences are closed meanwhile; the latest choice wins.
class CaptureFolderChoice final : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it.
    CaptureFolderChoice(Settings &settings, Retention &retention, QObject *parent = nullptr);
    /// Does not wait for the disk.
    ~CaptureFolderChoice() override;

    /// Makes the folder if it is missing; empty for the usual one.
    void take(const QString &folder);

Q_SIGNALS:
    /// Emitted when the folder that was chosen last was taken, or is not because of the problem.
    void checked(const QString &folder, const QString &problem);
    /// Emitted when new captures go to another folder.
    void changed();

private:
    void finish(const QString &folder, const QString &problem);

    Settings &m_settings;
    Retention &m_retention;
    QString m_latest;
    WorkerThread m_thread;
};

} // namespace sockeye
