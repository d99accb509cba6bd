#include "capture/CaptureIdentity.h"

#include "capture/CaptureFile.h"

#include <QFile>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace sockeye {

Result<CaptureIdentity> CaptureIdentity::of(const QString &path)
{
    const Result<SqliteDatabase> database = CaptureFile::openForReading(path);
    if (!database)
        return database.error();
    CaptureIdentity identity;
    const Result<QVariant> created = database->value("SELECT value FROM meta WHERE key = 'created'");
    if (!created)
        return created.error();
    identity.created = created->toString().toUtf8();
#ifdef Q_OS_UNIX
    // After opening: whoever replaces the file from now on makes it another one.
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) == 0) {
        identity.device = quint64(status.st_dev);
        identity.inode = quint64(status.st_ino);
    }
#endif
    return identity;
}

} // namespace sockeye
