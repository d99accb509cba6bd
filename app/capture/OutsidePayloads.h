#pragma once

#include "base/Job.h"
#include "capture/PayloadFile.h"
#include "sqlite/Sqlite.h"

#include <functional>

namespace sockeye {

/// The payloads of a live capture, or of one that a crash left, that stand in the file beside it (PayloadFile): the
/// table `outside` tells where. A closed capture has none. Used in the thread of its database.
class OutsidePayloads final
{
public:
    /// The database outlives it.
    explicit OutsidePayloads(const SqliteDatabase &database);
    OutsidePayloads(const OutsidePayloads &) = delete;
    OutsidePayloads &operator=(const OutsidePayloads &) = delete;

    /// Calls `take` with the bytes of the entry's payload from `begin` to `end` in pieces of at most
    /// CaptureSchema::PartSize, until it returns false. False if the payload does not stand outside. An error where it
    /// should and does not.
    [[nodiscard]] Result<bool> read(qint64 entry, qint64 begin, qint64 end,
                                    const std::function<bool(QByteArrayView)> &take);

    /// Brings all that stands in the payload file into the database, which nobody else uses. What the file lacks is
    /// left out; without a file nothing is done. Cancelled, it changes nothing.
    [[nodiscard]] static Result<> foldIn(const SqliteDatabase &database, const QString &payloadPath,
                                         const CancelToken &cancel);

private:
    const SqliteDatabase &m_database;
    /// Not prepared in a capture without the table.
    SqliteStatement m_find;
    PayloadFile::Source m_source;
    QByteArray m_piece;
};

} // namespace sockeye
