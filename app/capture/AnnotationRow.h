#pragma once

#include "record/Annotation.h"
#include "sqlite/Sqlite.h"

namespace sockeye::AnnotationRow {

/// Notes are read up to so many bytes: a file from elsewhere may hold any.
inline constexpr qsizetype MaxNoteSize = 64 * 1024;

/// CREATE TABLE IF NOT EXISTS: captures made before there were annotations lack it.
[[nodiscard]] const char *createSql();

/// In the order of the entries, whose id is the first column.
[[nodiscard]] QByteArray selectSql();
/// A row of selectSql(); empty for one that holds nothing.
[[nodiscard]] Annotation read(const SqliteStatement &row);

[[nodiscard]] QByteArray replaceSql();
[[nodiscard]] QByteArray removeSql();
/// Writes each, and removes the empty ones.
[[nodiscard]] Result<> write(SqliteStatement &replace, SqliteStatement &remove, const AnnotationMap &annotations);

} // namespace sockeye::AnnotationRow
