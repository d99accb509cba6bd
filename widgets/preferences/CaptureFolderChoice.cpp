#include "widgets/preferences/CaptureFolderChoice.h"

#include "base/OwnerOnly.h"
#include "library/Settings.h"
#include "widgets/library/Retention.h"

#include <QDir>
#include <QFileInfo>

namespace sockeye {

namespace {

/// Asks the disk, and makes the folder.
QString problemOf(const QString &folder)
{
    if (!owneronly::makeFolder(folder) || !QFileInfo(folder).isDir())
        return CaptureFolderChoice::tr("This folder cannot be made. Check your rights to the one above it.");
    if (!QFileInfo(folder).isWritable())
        return CaptureFolderChoice::tr("This folder cannot be written. Check your rights to it.");
    return {};
}

} // namespace

CaptureFolderChoice::CaptureFolderChoice(Settings &settings, Retention &retention, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_retention(retention)
{
}

CaptureFolderChoice::~CaptureFolderChoice()
{
    m_thread.finishInBackground();
}

void CaptureFolderChoice::take(const QString &folder)
{
    m_latest = folder;
    m_thread.clear();
    if (folder.isEmpty())
        return finish(folder, {});
    if (!QDir::isAbsolutePath(folder))
        return finish(folder, tr("Write the whole path, from the root of the disk on."));
    m_thread.run([folder] { return problemOf(folder); }, this,
                 [this, folder](const QString &problem) { finish(folder, problem); });
}

void CaptureFolderChoice::finish(const QString &folder, const QString &problem)
{
    if (folder != m_latest)
        return;
    Q_EMIT checked(folder, problem);
    if (!problem.isEmpty() || folder == m_settings.value(Settings::Key::CaptureFolder).toString())
        return;
    m_settings.setValue(Settings::Key::CaptureFolder, folder);
    m_retention.forgetConsent();
    Q_EMIT changed();
}

} // namespace sockeye
