#include "capture/AnnotationWriter.h"

#include "capture/AnnotationRow.h"
#include "capture/CaptureFile.h"

#include <QCoreApplication>

namespace sockeye {

namespace {

Error notKept(const Error &cause)
{
    return Error{
        QCoreApplication::translate("sockeye::AnnotationWriter", "Bookmarks, colours and notes could not be saved: %1")
            .arg(cause.message)};
}

Result<> writeAll(const SqliteDatabase &database, const AnnotationMap &annotations)
{
    if (const Result<> begun = database.run("BEGIN IMMEDIATE"); !begun)
        return begun;
    if (const Result<> made = database.run(AnnotationRow::createSql()); !made)
        return made;
    Result<SqliteStatement> replace = database.prepare(AnnotationRow::replaceSql());
    if (!replace)
        return replace.error();
    Result<SqliteStatement> remove = database.prepare(AnnotationRow::removeSql());
    if (!remove)
        return remove.error();
    if (const Result<> written = AnnotationRow::write(replace.value(), remove.value(), annotations); !written)
        return written;
    return database.run("COMMIT");
}

} // namespace

Result<> writeAnnotations(const QString &path, const AnnotationMap &annotations)
{
    const Result<SqliteDatabase> database = CaptureFile::openForWriting(path);
    if (!database)
        return notKept(database.error());
    // Without a COMMIT, closing rolls back.
    const Result<> written = writeAll(database.value(), annotations);
    if (written)
        return {};
    return notKept(CaptureFile::isRightsError(database.value()) ? CaptureFile::notWritable(path) : written.error());
}

} // namespace sockeye
