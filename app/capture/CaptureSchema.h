#pragma once

#include "base/Time.h"
#include "sqlite/Sqlite.h"

#include <algorithm>

namespace sockeye {

/// The capture file's layout (docs/capture-format.md): what stands in the SQLite header, the tables, and how they are
/// addressed.
namespace CaptureSchema {

/// "SOCK" at offset 68 of the file.
inline constexpr qint64 ApplicationId = 0x534F434B;
/// The schema's version, at offset 60 of the file. Raised when a reader of the previous version would misread the file.
inline constexpr qint64 Version = 1;
/// That of a capture whose larger payloads stand in a file beside it, from its beginning until they have been brought
/// in (OutsidePayloads).
inline constexpr qint64 LiveVersion = 2;
/// A commit of a quiet feed writes one or two pages, however little is new in them, so they are small.
inline constexpr int PageSize = 4096;

/// Payloads longer than Entry::HeadSize stand in the table `payload`, in parts of this size; part n of entry e has the
/// id (e << PartBits) + n. One B-tree, appended to in order, and any range is found without walking what is before it.
inline constexpr qint64 PartSize = 1024 * 1024;
inline constexpr int PartBits = 16;
[[nodiscard]] constexpr qint64 partId(qint64 entry, qint64 part)
{
    return (entry << PartBits) + part;
}
inline constexpr qint64 MaxPayload = PartSize << PartBits;

// A file from elsewhere may hold any number. Ids beyond are taken for no entry's, times beyond for the nearest that is
// not, so that whoever counts on from them does not overflow.
/// Parts of the payload of the entry after it still have an id.
inline constexpr qint64 MaxEntryId = (qint64(1) << (62 - PartBits)) - 1;
/// 146 years from 1970; the time from the earliest to the latest fits as well.
inline constexpr qint64 MaxTimeNs = (qint64(1) << 62) - 1;
[[nodiscard]] constexpr Timestamp timeFrom(qint64 ns)
{
    return timestampFromNs(std::clamp(ns, -MaxTimeNs, MaxTimeNs));
}

/// Bits of entry.flags.
enum Flag : quint8 { Compressed = 1, Incomplete = 2 };

/// Makes an empty capture out of an empty database, ready for one writer and many readers (WAL).
[[nodiscard]] Result<> create(const SqliteDatabase &database);

/// A capture says in its table meta that it is being recorded, from create() on until this is called: a copy that was
/// made meanwhile of the file alone lacks what stood in its WAL. Completes the sums by second, and is of the closed
/// form's version unless payloads still stand outside.
[[nodiscard]] Result<> markFinished(const SqliteDatabase &database);
/// For a capture without payloads outside.
[[nodiscard]] QByteArray closedVersionSql();
[[nodiscard]] Result<bool> isMarkedRecording(const SqliteDatabase &database);

/// What the first 100 bytes of the file tell.
struct Header
{
    bool isSqlite = false;
    qint64 applicationId = 0;
    qint64 version = 0;
    /// WAL mode: the capture is live, or was when its program died.
    bool isWal = false;
    /// The file's size by its own account; 0 if the header does not tell.
    qint64 expectedSize = 0;
};
[[nodiscard]] Header parseHeader(QByteArrayView bytes);
inline constexpr int HeaderSize = 100;

} // namespace CaptureSchema

} // namespace sockeye
