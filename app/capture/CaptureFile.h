#pragma once

#include "sqlite/Sqlite.h"

#include <mutex>

namespace sockeye {

/// Opening and closing capture files as files: which form a file is in, and what may be done about it.
namespace CaptureFile {

/// Creates an empty capture for a writer; the file must not exist. Nothing is left behind on failure.
[[nodiscard]] Result<SqliteDatabase> create(const QString &path);

/// Opens for reading after checking that it is a capture, whole, of a version we know. Recovers what a crash left
/// behind.
[[nodiscard]] Result<SqliteDatabase> openForReading(const QString &path);

/// Whether nothing is missing: an error for the copy of a capture that was being recorded, made without the -wal file
/// beside it. What had reached the file itself can be read.
[[nodiscard]] Result<> checkComplete(const SqliteDatabase &database);

/// A file opened to be looked at: nothing of the capture is changed, not even what a crash left behind.
struct Look
{
    /// Keeps this program's other threads from closing the file's form meanwhile, and finding it in use. Whoever looks
    /// lets go before it calls closeForm().
    std::unique_lock<std::mutex> turn;
    SqliteDatabase database;
    /// In its live form.
    bool isLive = false;
    /// In its live form with nobody else on it: the program that recorded it died.
    bool isLeft = false;
};
[[nodiscard]] Result<Look> openToLook(const QString &path);

/// Opens a closed capture to add to it: one that nobody records into, and that may not run what its schema says.
[[nodiscard]] Result<SqliteDatabase> openForWriting(const QString &path);
/// Whether the last thing that failed there did so for want of rights to the file or its folder.
[[nodiscard]] bool isRightsError(const SqliteDatabase &database);
/// The words for it.
[[nodiscard]] Error notWritable(const QString &path);

enum class Closing : quint8 {
    Closed,
    InUse,   ///< somebody else has it open; nothing was changed
    Unusable ///< it cannot be opened or written, or is no database
};
/// Brings a file that is or was live into its closed form (journal_mode DELETE, no -wal or -shm beside it) if nobody
/// else has it open. Waits for whoever looks at it in this program.
Closing closeForm(const QString &path);
/// Likewise, but only if the recording into it has ended (CaptureSchema::markFinished()): what a program has left that
/// was killed stays as it is, to be offered.
Closing closeFinishedForm(const QString &path);

/// Whether the open file is still in its live form (WAL mode).
[[nodiscard]] bool isLiveForm(const SqliteDatabase &database);

/// What SQLite may keep beside a database file.
[[nodiscard]] QStringList companions(const QString &path);

} // namespace CaptureFile

} // namespace sockeye
