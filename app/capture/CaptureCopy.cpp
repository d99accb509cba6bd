#include "capture/CaptureCopy.h"

#include "base/OwnerOnly.h"
#include "capture/CaptureFile.h"
#include "capture/CaptureSchema.h"
#include "capture/OutsidePayloads.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <sqlite3.h>

#include <filesystem>

namespace sockeye::CaptureFile {

using namespace Qt::StringLiterals;

namespace {

/// Pages between two looks at the cancel flag: 4 MB.
constexpr int PagesAtATime = 256;

struct CaptureCopyWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::CaptureCopy)

public:
    static Error itself(const QString &target)
    {
        return Error{tr("%1 is this capture's own file. Choose another name.").arg(QDir::toNativeSeparators(target))};
    }
    static Error isLive(const QString &target)
    {
        return Error{tr("%1 is in use: it is being recorded or read just now. Close it first or choose another name.")
                         .arg(QDir::toNativeSeparators(target))};
    }
    static Error isFolder(const QString &target)
    {
        return Error{tr("%1 is a folder. Choose a file name in it.").arg(QDir::toNativeSeparators(target))};
    }
    static Error noFolder(const QString &folder)
    {
        return Error{
            tr("The folder %1 does not exist. Create it or choose another one.").arg(QDir::toNativeSeparators(folder))};
    }
    static Error cannotWrite(const QString &target)
    {
        return Error{tr("%1 cannot be written. Check your rights to the folder, or choose another one.")
                         .arg(QDir::toNativeSeparators(target))};
    }
    static Error cannotReplace(const QString &target, const QString &reason)
    {
        return Error{tr("%1 cannot be replaced: %2. Close it in other programs or choose another name.")
                         .arg(QDir::toNativeSeparators(target), reason)};
    }
    static Error cancelled(const QString &target)
    {
        return Error{tr("Saving was cancelled; %1 was not changed.").arg(QDir::toNativeSeparators(target))};
    }
};

/// A file that goes with the scope unless it was renamed.
class TemporaryFile final
{
public:
    explicit TemporaryFile(const QString &folder)
        : m_path(folder +
                 u"/.sockeye-%1.part"_s.arg(QRandomGenerator::global()->generate64(), 16, 16, QLatin1Char('0')))
    {
    }
    ~TemporaryFile()
    {
        QFile::remove(m_path);
        for (const QString &companion : companions(m_path))
            QFile::remove(companion);
    }
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;

    [[nodiscard]] QString path() const { return m_path; }

private:
    QString m_path;
};

/// Keeps the source at one state while it is copied: a backup would start anew at each commit of a live capture's
/// writer.
class Snapshot final
{
public:
    explicit Snapshot(const SqliteDatabase &database)
        : m_database(database)
    {
    }
    ~Snapshot() { static_cast<void>(m_database.run("END").ok()); }
    Snapshot(const Snapshot &) = delete;
    Snapshot &operator=(const Snapshot &) = delete;

    [[nodiscard]] Result<> begin() const { return m_database.run("BEGIN; SELECT 1 FROM meta LIMIT 1"); }

private:
    const SqliteDatabase &m_database;
};

struct BackupFinisher
{
    void operator()(sqlite3_backup *backup) const { sqlite3_backup_finish(backup); }
};

Result<> checkTarget(const SqliteDatabase &source, const QString &target)
{
    const QFileInfo info(target);
    if (info.isDir())
        return CaptureCopyWords::isFolder(target);
    if (!QFileInfo(info.absolutePath()).isDir())
        return CaptureCopyWords::noFolder(info.absolutePath());
    if (info.exists() && info.canonicalFilePath() == QFileInfo(source.path()).canonicalFilePath())
        return CaptureCopyWords::itself(target);
    return {};
}

/// A failed step names the file that it failed on.
Error stepError(int code, const SqliteDatabase &source, const SqliteDatabase &copy)
{
    const bool isSource = (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB ||
                          code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ;
    return sqliteError(code, isSource ? source.path() : copy.path(), QString::fromUtf8(sqlite3_errstr(code)));
}

Result<> copyPages(const SqliteDatabase &source, const SqliteDatabase &copy, const CancelToken &cancel,
                   const std::function<void(qint64, qint64)> &progress)
{
    const std::unique_ptr<sqlite3_backup, BackupFinisher> backup(
        sqlite3_backup_init(copy.handle(), "main", source.handle(), "main"));
    if (!backup)
        return copy.error(sqlite3_extended_errcode(copy.handle()));
    for (;;) {
        if (cancel.isCancelled())
            return CaptureCopyWords::cancelled(copy.path());
        const int code = sqlite3_backup_step(backup.get(), PagesAtATime);
        if (code != SQLITE_OK && code != SQLITE_DONE)
            return stepError(code, source, copy);
        const qint64 total = sqlite3_backup_pagecount(backup.get());
        if (progress)
            progress(total - sqlite3_backup_remaining(backup.get()), total);
        if (code == SQLITE_DONE)
            return {};
    }
}

Result<> writeCopy(const SqliteDatabase &source, const QString &path, const QString &target, const CancelToken &cancel,
                   const std::function<void(qint64, qint64)> &progress)
{
    // Where this fails, so does SQLite, which says why.
    if (QFile file(path); owneronly::openNew(file))
        file.close();
    const Result<SqliteDatabase> copy = SqliteDatabase::open(path, SqliteDatabase::Mode::Create, target);
    if (!copy)
        return copy.error();
    const Snapshot snapshot(source);
    if (const Result<> begun = snapshot.begin(); !begun)
        return begun;
    if (const Result<> copied = copyPages(source, copy.value(), cancel, progress); !copied)
        return copied;
    // A live source's header says WAL; this also syncs.
    const Result<QVariant> mode = copy->value("PRAGMA journal_mode = DELETE");
    if (!mode)
        return mode.error();
    if (const Result<> folded = OutsidePayloads::foldIn(copy.value(), PayloadFile::pathFor(source.path()), cancel);
        !folded)
        return folded;
    // All that was recorded so far is in it. A source that lacks its last part stays one.
    return checkComplete(source) ? CaptureSchema::markFinished(copy.value()) : Result<>();
}

/// An old WAL beside the target would be taken for the new file's: it goes first, and nobody may be using it.
Result<> clearCompanions(const QString &target)
{
    const QStringList files = companions(target);
    const auto exists = [](const QString &file) { return QFileInfo::exists(file); };
    if (std::none_of(files.cbegin(), files.cend(), exists))
        return {};
    if (QFileInfo::exists(target) && closeForm(target) == Closing::InUse)
        return CaptureCopyWords::isLive(target);
    for (const QString &file : files)
        QFile::remove(file);
    return {};
}

Result<> replace(const QString &from, const QString &target)
{
    if (const Result<> clear = clearCompanions(target); !clear)
        return clear;
    std::error_code failed;
    std::filesystem::rename(QFileInfo(from).filesystemAbsoluteFilePath(),
                            QFileInfo(target).filesystemAbsoluteFilePath(), failed);
    if (failed)
        return CaptureCopyWords::cannotReplace(target, QString::fromLocal8Bit(failed.message()));
    return {};
}

} // namespace

Result<> copy(const SqliteDatabase &source, const QString &target, const CancelToken &cancel,
              const std::function<void(qint64, qint64)> &progress)
{
    if (const Result<> fine = checkTarget(source, target); !fine)
        return fine;
    const QFileInfo info(target);
    if (info.exists() && !info.isWritable())
        return CaptureCopyWords::cannotWrite(target);
    const TemporaryFile temporary(info.absolutePath());
    const Result<> written = writeCopy(source, temporary.path(), target, cancel, progress);
    if (cancel.isCancelled())
        return CaptureCopyWords::cancelled(target);
    return written ? replace(temporary.path(), target) : written;
}

} // namespace sockeye::CaptureFile
