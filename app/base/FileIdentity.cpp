#include "base/FileIdentity.h"

#include <QFile>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace sockeye {

FileIdentity FileIdentity::of([[maybe_unused]] const QString &path)
{
    FileIdentity identity;
#ifdef Q_OS_UNIX
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) == 0) {
        identity.device = quint64(status.st_dev);
        identity.inode = quint64(status.st_ino);
    }
#endif
    return identity;
}

} // namespace sockeye
