#pragma once

#include "record/Entry.h"
#include "capture/Sqlite.h"

namespace sockeye {

/// Rows of the tables `entry`, `frame` and `finding` as values. What a damaged or hostile file claims is brought into
/// the range of the types: an unknown kind becomes Raw, a negative size 0, a head longer than it may be is cut.
namespace EntryRow {

/// What read() expects after SELECT.
[[nodiscard]] QByteArray columns();
[[nodiscard]] Entry read(const SqliteStatement &row);

/// From entry.header of an entry of one frame; empty if there is none.
[[nodiscard]] FrameHeaders oneFrame(QByteArrayView header);
/// SELECT header, all rows.
[[nodiscard]] Result<FrameHeaders> readFrames(SqliteStatement &rows);
/// SELECT severity, rule, section, text, byte_offset, fail_with, all rows.
[[nodiscard]] Result<Findings> readFindings(SqliteStatement &rows);

} // namespace EntryRow

} // namespace sockeye
