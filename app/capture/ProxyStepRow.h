#pragma once

#include "record/ConnectionRecord.h"
#include "sqlite/Sqlite.h"

namespace sockeye {

/// A ProxyStep as a row of the table `proxy_step`. Captures from before there were such rows lack the table.
namespace ProxyStepRow {

/// CREATE TABLE.
[[nodiscard]] const char *createSql();

/// INSERT OR REPLACE; bind with write().
[[nodiscard]] QByteArray insertSql();
/// Writes the connection's steps by a statement of insertSql().
[[nodiscard]] Result<> write(SqliteStatement &insert, const ConnectionRecord &record);

/// SELECT of all steps in their order: the connection's id, then what read() reads.
[[nodiscard]] QByteArray selectSql();
/// The same of the one connection that is bound.
[[nodiscard]] QByteArray selectOfConnectionSql();
[[nodiscard]] ConnectionId connection(const SqliteStatement &row);
[[nodiscard]] ProxyStep read(const SqliteStatement &row);

} // namespace ProxyStepRow

} // namespace sockeye
