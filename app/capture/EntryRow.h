#pragma once

#include "record/Entry.h"
#include "sqlite/Sqlite.h"

namespace sockeye {

/// Rows of the tables `entry`, `frame` and `finding` as values. What a damaged or hostile file claims is brought into
/// the range of the types: an unknown kind becomes Raw, a negative size 0, a head longer than it may be is cut.
namespace EntryRow {

/// What read() expects after SELECT.
[[nodiscard]] QByteArray columns();
[[nodiscard]] Entry read(const SqliteStatement &row);

/// From entry.header of an entry of one frame, or from a row of `frame`; empty if it is none.
[[nodiscard]] FrameHeaders oneFrame(QByteArrayView header);
/// From SELECT severity, rule, section, text, byte_offset, fail_with.
[[nodiscard]] Finding finding(const SqliteStatement &row);

} // namespace EntryRow

} // namespace sockeye
