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
    const Result<QByteArray> created = createdIn(database.value());
    if (!created)
        return created.error();
    identity.created = created.value();
    return identity;
}

Result<QByteArray> CaptureIdentity::createdIn(const SqliteDatabase &capture)
{
    const Result<QVariant> created = capture.value("SELECT value FROM meta WHERE key = 'created'");
    return created ? Result<QByteArray>(created->toString().toUtf8()) : created.error();
}

} // namespace sockeye
