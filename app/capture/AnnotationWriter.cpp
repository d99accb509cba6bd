#include "capture/AnnotationWriter.h"

#include "capture/AnnotationRow.h"
#include "capture/CaptureFile.h"

#include <QCoreApplication>
#include <QDir>

namespace sockeye {

namespace {

Error notKept(const Error &cause)
{
    return Error{
        QCoreApplication::translate("sockeye::AnnotationWriter", "Bookmarks, colours and notes could not be saved: %1")
            .arg(cause.message)};
}

Error replaced(const QString &path)
{
    return Error{QCoreApplication::translate("sockeye::AnnotationWriter",
                                             "another capture has been saved over %1 since it was opened, and nothing "
                                             "was written into that one. Open the file again to see what it holds "
                                             "now; what is still shown can be saved under another name.")
                     .arg(QDir::toNativeSeparators(path))};
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

Result<> writeAnnotations(const QString &path, const AnnotationMap &annotations, const CaptureIdentity &expected)
{
    const Result<SqliteDatabase> database = CaptureFile::openForWriting(path);
    if (!database)
        return notKept(database.error());
    // Asked with the file open: what was put in its place before is seen here, what comes later is not written into.
    if (!expected.isUnknown()) {
        const Result<CaptureIdentity> now = CaptureIdentity::of(path);
        if (!now)
            return notKept(now.error());
        if (now.value() != expected)
            return notKept(replaced(path));
    }
    // Without a COMMIT, closing rolls back.
    const Result<> written = writeAll(database.value(), annotations);
    if (written)
        return {};
    return notKept(CaptureFile::isRightsError(database.value()) ? CaptureFile::notWritable(path) : written.error());
}

} // namespace sockeye
