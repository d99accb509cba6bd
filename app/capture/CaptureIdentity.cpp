#include "capture/CaptureIdentity.h"

#include "capture/CaptureFile.h"

namespace sockeye {

Result<CaptureIdentity> CaptureIdentity::of(const QString &path)
{
    // Another file may come while this one is opened: then its identity would be told of what the first one says.
    FileIdentity before = FileIdentity::of(path);
    Result<SqliteDatabase> database = CaptureFile::openForReading(path);
    for (FileIdentity after = FileIdentity::of(path); database && after != before; after = FileIdentity::of(path)) {
        before = after;
        database = CaptureFile::openForReading(path);
    }
    if (!database)
        return database.error();
    CaptureIdentity identity;
    identity.file = before;
    const Result<QVariant> created = database->value("SELECT value FROM meta WHERE key = 'created'");
    if (!created)
        return created.error();
    identity.created = created->toString().toUtf8();
    return identity;
}

} // namespace sockeye
