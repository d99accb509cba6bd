#pragma once

#include "record/ConnectionRecord.h"
#include "sqlite/Sqlite.h"

namespace sockeye {

/// A ConnectionRecord as a row of the table `connection`: lists as JSON, absent times as NULL, the rest as it is.
namespace ConnectionRow {

/// The most that is read of a text and of a head, a body or a list, in bytes: far beyond what is ever recorded. A file
/// from elsewhere may hold any amount, and whoever showed it all would take the memory for it.
inline constexpr qsizetype MaxWords = 1024 * 1024;
inline constexpr qsizetype MaxHeadBytes = 16 * 1024 * 1024;

/// INSERT OR REPLACE with all columns; bind with write().
[[nodiscard]] QByteArray insertSql();
/// Writes the record by a statement of insertSql().
[[nodiscard]] Result<> write(SqliteStatement &insert, const ConnectionRecord &record);

/// SELECT with all columns, without WHERE; read the current row with read().
[[nodiscard]] QByteArray selectSql();
/// The same without what takes room: certificates, checks, heads and body are empty. Of connections that were open and
/// have ended.
[[nodiscard]] QByteArray selectEndsSql();
[[nodiscard]] ConnectionRecord read(const SqliteStatement &row);
/// The value of the column `end_details`; none for a connection that was not open.
[[nodiscard]] std::optional<EndDetails> endFrom(const QByteArray &json);

} // namespace ConnectionRow

} // namespace sockeye
