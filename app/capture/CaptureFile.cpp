#include "capture/CaptureFile.h"

#include "base/OwnerOnly.h"
#include "base/RegularFile.h"
#include "capture/CaptureSchema.h"
#include "capture/OutsidePayloads.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLocale>
#include <QStorageInfo>

#include <sqlite3.h>

#include <array>

namespace sockeye::CaptureFile {

using namespace Qt::StringLiterals;

namespace {

/// Whoever opens waits this long for another that holds the file for a moment (recovery, a checkpoint's end).
constexpr int OpeningBusyMs = 5000;
/// Larger values than any capture has are refused before memory is taken for them.
constexpr int MaxValueSize = 64 * 1024 * 1024;

struct CaptureFileWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::CaptureFile)

public:
    static QString shown(const QString &path) { return QDir::toNativeSeparators(path); }
    static Error exists(const QString &path)
    {
        return Error{tr("%1 already exists. Choose another name.").arg(shown(path))};
    }
    static Error missing(const QString &path)
    {
        return Error{tr("%1 does not exist. Check the name and the folder.").arg(shown(path))};
    }
    static Error folder(const QString &path)
    {
        return Error{tr("%1 is a folder. Choose a capture file in it.").arg(shown(path))};
    }
    static Error notRegular(const QString &path, const QString &reason)
    {
        return Error{tr("%1 was not opened: %2. Choose another file.").arg(shown(path), reason)};
    }
    static Error cannotCreate(const QString &path, const QString &reason)
    {
        return Error{tr("%1 cannot be created: %2. Check the folder and your rights to it, or choose another place.")
                         .arg(shown(path), reason)};
    }
    static Error empty(const QString &path)
    {
        return Error{tr("%1 is empty: nothing was recorded into it. Choose another file.").arg(shown(path))};
    }
    static Error notCapture(const QString &path)
    {
        return Error{tr("%1 is not a Sockeye capture. Choose a file that Sockeye recorded.").arg(shown(path))};
    }
    static Error otherDatabase(const QString &path)
    {
        return Error{tr("%1 is a SQLite database, but not a Sockeye capture. Choose a file that Sockeye recorded.")
                         .arg(shown(path))};
    }
    static Error newer(const QString &path, qint64 version)
    {
        return Error{
            tr("%1 was recorded by a newer Sockeye (format %2; this one reads up to %3). Update Sockeye to open it.")
                .arg(shown(path))
                .arg(version)
                .arg(CaptureSchema::LiveVersion)};
    }
    static Error truncated(const QString &path, qint64 expected, qint64 actual)
    {
        const QLocale locale;
        return Error{tr("%1 is truncated: it should be %2 bytes and is %3. Get a complete copy of it.")
                         .arg(shown(path), locale.toString(expected), locale.toString(actual))};
    }
    static Error damaged(const QString &path)
    {
        return Error{tr("%1 is damaged: parts of its structure are missing. Use another copy of it if you have one.")
                         .arg(shown(path))};
    }
    static Error notWritable(const QString &path)
    {
        return Error{tr("%1 cannot be changed. Check your rights to the file and its folder, or use a copy of it "
                        "elsewhere.")
                         .arg(shown(path))};
    }
    static Error incomplete(const QString &path)
    {
        return Error{tr("%1 may lack its last part: its recording was never ended, and its -wal file is missing, as in "
                        "a copy made while it was being recorded. Copy it together with %2, or after the recording has "
                        "ended.")
                         .arg(shown(path), QFileInfo(path).fileName() + u"-wal"_s)};
    }
    static Error needsWriting(const QString &path)
    {
        return Error{
            tr("%1 was not closed properly and can only be recovered where it can be written. Copy it, together with "
               "%2, to a folder of yours and open it there.")
                .arg(shown(path), QFileInfo(path).fileName() + u"-wal"_s)};
    }
};

bool hasWal(const QString &path)
{
    return QFileInfo(path + u"-wal"_s).size() > 0;
}

bool isHot(const QString &path, const CaptureSchema::Header &header)
{
    return header.isWal || header.version == CaptureSchema::LiveVersion || QFileInfo::exists(path + u"-journal"_s);
}

Result<CaptureSchema::Header> checkedHeader(const SqliteDatabase &database)
{
    const QString path = database.path();
    const Result<QByteArray> start = database.fileStart(CaptureSchema::HeaderSize);
    if (!start)
        return start.error();
    if (start->isEmpty())
        return CaptureFileWords::empty(path);
    const CaptureSchema::Header header = CaptureSchema::parseHeader(start.value());
    if (!header.isSqlite)
        return CaptureFileWords::notCapture(path);
    if (header.applicationId != CaptureSchema::ApplicationId)
        return CaptureFileWords::otherDatabase(path);
    if (header.version > CaptureSchema::LiveVersion)
        return CaptureFileWords::newer(path, header.version);
    return header;
}

Result<> checkSize(const SqliteDatabase &database, const CaptureSchema::Header &header)
{
    // While there is a WAL, pages that the header already counts may still stand only there.
    if (hasWal(database.path()))
        return {};
    const Result<qint64> size = database.fileSize();
    if (!size)
        return size.error();
    if (size.value() < header.expectedSize)
        return CaptureFileWords::truncated(database.path(), header.expectedSize, size.value());
    return {};
}

/// A file from elsewhere must not run what its schema says, nor make us take memory by what its fields claim.
void distrust(const SqliteDatabase &database)
{
    sqlite3 *handle = database.handle();
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, MaxValueSize);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
}

/// The first read: this is where SQLite opens the WAL or finds that it cannot.
Result<> checkTables(const SqliteDatabase &database)
{
    if (const Result<> set = database.run("PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY"); !set)
        return set;
    const Result<QVariant> count = database.value("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN "
                                                  "('meta', 'connection', 'entry', 'frame', 'payload', 'finding')");
    if (!count)
        return count.error();
    return count->toInt() == 6 ? Result<>() : Result<>(CaptureFileWords::damaged(database.path()));
}

Result<SqliteDatabase> openReadOnly(const QString &path)
{
    Result<SqliteDatabase> database = SqliteDatabase::open(path, SqliteDatabase::Mode::ReadOnly);
    if (database)
        database->setBusyTimeout(OpeningBusyMs);
    return database;
}

/// One thread at a time closes a file's form or looks at it alone. Files that share a lock only wait for each other.
std::unique_lock<std::mutex> takeTurn(const QString &path)
{
    static std::array<std::mutex, 16> locks;
    return std::unique_lock(locks[qHash(QFileInfo(path).absoluteFilePath()) % locks.size()]);
}

int primaryCode(const SqliteDatabase &database)
{
    return sqlite3_errcode(database.handle()) & 0xff;
}

bool isAccessError(const SqliteDatabase &database)
{
    const int code = primaryCode(database);
    return code == SQLITE_CANTOPEN || code == SQLITE_READONLY || code == SQLITE_IOERR || code == SQLITE_PERM ||
           code == SQLITE_FULL;
}

/// For a WAL-mode file in a place where SQLite cannot make the files that WAL needs.
Result<SqliteDatabase> openWithoutCompanions(const QString &path)
{
    if (hasWal(path)) {
        // An exclusive lock lets SQLite keep the WAL's index in memory: readable even on a disk without room for it.
        Result<SqliteDatabase> database = SqliteDatabase::open(path, SqliteDatabase::Mode::ReadWrite);
        if (!database)
            return CaptureFileWords::needsWriting(path);
        distrust(database.value());
        if (!database->run("PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON") || !checkTables(database.value()))
            return CaptureFileWords::needsWriting(path);
        return database;
    }
    Result<SqliteDatabase> database = SqliteDatabase::open(path, SqliteDatabase::Mode::Immutable);
    if (!database)
        return database;
    distrust(database.value());
    if (const Result<> tables = checkTables(database.value()); !tables)
        return tables.error();
    return database;
}

/// With the file to ourselves, or an error: somebody else is on it, or it cannot be written.
Result<SqliteDatabase> openAlone(const QString &path)
{
    Result<SqliteDatabase> database = SqliteDatabase::open(path, SqliteDatabase::Mode::ReadWrite);
    if (!database)
        return database;
    distrust(database.value());
    // What stands in the WAL stays there when we go.
    sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    if (const Result<> alone = database->run("PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON"); !alone)
        return alone.error();
    if (const Result<> tables = checkTables(database.value()); !tables)
        return tables.error();
    return database;
}

Result<> checkPath(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return CaptureFileWords::missing(path);
    if (info.isDir())
        return CaptureFileWords::folder(path);
    // SQLite opens what it finds under these names, and would wait for a pipe.
    for (const QString &file : QStringList{path} + companions(path)) {
        if (const QString reason = RegularFile::refusal(file); !reason.isEmpty())
            return CaptureFileWords::notRegular(file, reason);
    }
    return {};
}

} // namespace

Result<SqliteDatabase> create(const QString &path)
{
    if (QFileInfo::exists(path))
        return CaptureFileWords::exists(path);
    QFile file(path);
    // SQLite gives the -wal and -shm files the mode of this one.
    if (!owneronly::openNew(file))
        return QFileInfo::exists(path) ? CaptureFileWords::exists(path)
                                       : CaptureFileWords::cannotCreate(path, file.errorString());
    file.close();
    Result<SqliteDatabase> database = SqliteDatabase::open(path, SqliteDatabase::Mode::Create);
    if (database)
        database->setBusyTimeout(OpeningBusyMs);
    const Result<> made = database ? CaptureSchema::create(database.value()) : Result<>(database.error());
    if (made)
        return database;
    if (database)
        database->close();
    QFile::remove(path);
    for (const QString &companion : companions(path))
        QFile::remove(companion);
    return made.error();
}

Result<SqliteDatabase> openForReading(const QString &path)
{
    if (const Result<> fine = checkPath(path); !fine)
        return fine.error();
    Result<SqliteDatabase> database = openReadOnly(path);
    if (!database)
        return database;
    Result<CaptureSchema::Header> header = checkedHeader(database.value());
    if (!header)
        return header.error();
    if (isHot(path, header.value())) {
        database->close();
        closeForm(path);
        database = openReadOnly(path);
        if (!database)
            return database;
        header = checkedHeader(database.value());
        if (!header)
            return header.error();
    }
    if (const Result<> size = checkSize(database.value(), header.value()); !size)
        return size.error();
    distrust(database.value());
    const Result<> tables = checkTables(database.value());
    if (tables)
        return database;
    if (header->isWal && isAccessError(database.value()))
        return openWithoutCompanions(path);
    return tables.error();
}

Result<> checkComplete(const SqliteDatabase &database)
{
    if (hasWal(database.path()))
        return {};
    const Result<bool> isMarked = CaptureSchema::isMarkedRecording(database);
    if (!isMarked)
        return isMarked.error();
    return isMarked.value() ? Result<>(CaptureFileWords::incomplete(database.path())) : Result<>();
}

Result<Look> openToLook(const QString &path)
{
    if (const Result<> fine = checkPath(path); !fine)
        return fine.error();
    Look look;
    Result<SqliteDatabase> database = openReadOnly(path);
    if (!database)
        return database.error();
    const Result<CaptureSchema::Header> header = checkedHeader(database.value());
    if (!header)
        return header.error();
    look.isLive = header->isWal;
    if (look.isLive) {
        look.turn = takeTurn(path);
        look.isLive = isLiveForm(database.value());
    }
    if (look.isLive) {
        if (Result<SqliteDatabase> alone = openAlone(path); alone) {
            look.database = std::move(alone).value();
            look.isLeft = true;
            return look;
        }
    }
    if (look.turn)
        look.turn.unlock();
    if (const Result<> size = checkSize(database.value(), header.value()); !size)
        return size.error();
    distrust(database.value());
    if (const Result<> tables = checkTables(database.value()); !tables)
        return tables.error();
    look.database = std::move(database).value();
    return look;
}

Result<SqliteDatabase> openForWriting(const QString &path)
{
    if (const Result<> fine = checkPath(path); !fine)
        return fine.error();
    Result<SqliteDatabase> database = SqliteDatabase::open(path, SqliteDatabase::Mode::ReadWrite);
    if (!database)
        return database;
    database->setBusyTimeout(OpeningBusyMs);
    const Result<CaptureSchema::Header> header = checkedHeader(database.value());
    if (!header)
        return header.error();
    if (const Result<> size = checkSize(database.value(), header.value()); !size)
        return size.error();
    distrust(database.value());
    sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    if (const Result<> tables = checkTables(database.value()); !tables)
        return isRightsError(database.value()) ? CaptureFileWords::notWritable(path) : tables.error();
    return database;
}

bool isRightsError(const SqliteDatabase &database)
{
    const int code = primaryCode(database);
    return code == SQLITE_READONLY || code == SQLITE_PERM || code == SQLITE_CANTOPEN || code == SQLITE_AUTH;
}

Error notWritable(const QString &path)
{
    return CaptureFileWords::notWritable(path);
}

namespace {
/// Bytes for pages of the index and the journal.
constexpr qint64 FoldingMargin = 256 * 1024;

/// Leaves one file. Where there is no room for that, it can be read as it is, and this is tried anew the next time.
bool foldIn(const SqliteDatabase &database, const QString &path)
{
    const QString payloadPath = PayloadFile::pathFor(path);
    if (!QFileInfo::exists(payloadPath))
        return true;
    // A disk that fills up meanwhile would leave a journal that a reader without rights cannot take back.
    const qint64 needed = QFileInfo(payloadPath).size() + QFileInfo(payloadPath).size() / 8 + FoldingMargin;
    if (const QStorageInfo disk(QFileInfo(path).absolutePath()); disk.isValid() && disk.bytesAvailable() < needed)
        return false;
    if (!OutsidePayloads::foldIn(database, payloadPath, CancelToken()))
        return false;
    QFile::remove(payloadPath);
    return true;
}

Closing closeFormOf(const QString &path, bool onlyFinished)
{
    const std::unique_lock turn = takeTurn(path);
    const bool isWhole = hasWal(path);
    const Result<SqliteDatabase> database = SqliteDatabase::open(path, SqliteDatabase::Mode::ReadWrite);
    if (!database)
        return Closing::Unusable;
    distrust(database.value());
    if (onlyFinished) {
        // The last connection to go would carry the WAL home.
        sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        const Result<bool> isMarked = CaptureSchema::isMarkedRecording(database.value());
        if (!isMarked || isMarked.value())
            return Closing::InUse;
        sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    }
    // Leaving WAL takes an exclusive lock and gives up at once when another connection, of any process, is on the file.
    const Result<QVariant> mode = database->value("PRAGMA journal_mode = DELETE");
    if (mode && mode->toString() == "delete"_L1) {
        // What a crash left is all there now. Where that cannot be written it is told as a part, which harms nobody.
        if (isWhole)
            static_cast<void>(CaptureSchema::markFinished(database.value()).ok());
        return foldIn(database.value(), path) ? Closing::Closed : Closing::Unusable;
    }
    const int code = primaryCode(database.value());
    return mode || code == SQLITE_BUSY || code == SQLITE_LOCKED ? Closing::InUse : Closing::Unusable;
}
} // namespace

Closing closeForm(const QString &path)
{
    return closeFormOf(path, false);
}

Closing closeFinishedForm(const QString &path)
{
    return closeFormOf(path, true);
}

bool isLiveForm(const SqliteDatabase &database)
{
    const Result<QByteArray> start = database.fileStart(CaptureSchema::HeaderSize);
    return start && CaptureSchema::parseHeader(start.value()).isWal;
}

QStringList companions(const QString &path)
{
    return {path + u"-wal"_s, path + u"-shm"_s, path + u"-journal"_s, PayloadFile::pathFor(path)};
}

} // namespace sockeye::CaptureFile
