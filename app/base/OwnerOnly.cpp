#include "base/OwnerOnly.h"

#include <QDir>
#include <QFileInfo>

namespace sockeye::owneronly {

bool makeFolder(const QString &path)
{
#ifdef Q_OS_UNIX
    const QFileInfo info(QDir::cleanPath(QFileInfo(path).absoluteFilePath()));
    if (info.isDir())
        return true;
    if (info.isRoot() || !makeFolder(info.path()))
        return false;
    // Somebody else may make it in the same moment.
    return QDir().mkdir(info.filePath(), FolderPermissions) || QFileInfo(info.filePath()).isDir();
#else
    return QDir().mkpath(path);
#endif
}

bool openNew(QFile &file)
{
#ifdef Q_OS_UNIX
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly, FilePermissions);
#else
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly);
#endif
}

void narrow(const QString &path)
{
#ifdef Q_OS_UNIX
    const QFileInfo info(path);
    constexpr QFileDevice::Permissions OfOthers = QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                                                  QFileDevice::ExeGroup | QFileDevice::ReadOther |
                                                  QFileDevice::WriteOther | QFileDevice::ExeOther;
    const QFileDevice::Permissions permissions = info.permissions();
    if (info.exists() && (permissions & OfOthers))
        QFile::setPermissions(path, permissions & ~OfOthers);
#else
    Q_UNUSED(path)
#endif
}

void prepareFile(const QString &path)
{
    if (QFileInfo::exists(path)) {
        narrow(path);
        return;
    }
    QFile file(path);
    // Where this fails, so will the writing, which says so.
    if (makeFolder(QFileInfo(path).path()))
        static_cast<void>(openNew(file));
}

} // namespace sockeye::owneronly
