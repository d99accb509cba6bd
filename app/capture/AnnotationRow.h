#pragma once

#include "record/Annotation.h"
#include "capture/Sqlite.h"

namespace sockeye::AnnotationRow {

/// Notes are read up to so many bytes: a file from elsewhere may hold any.
inline constexpr qsizetype MaxNoteSize = 64 * 1024;

/// CREATE TABLE IF NOT EXISTS: captures made before there were annotations lack it.
[[nodiscard]] const char *createSql();

[[nodiscard]] QByteArray selectSql();
/// All rows of a statement of selectSql().
[[nodiscard]] Result<AnnotationMap> readAll(SqliteStatement &rows);

[[nodiscard]] QByteArray replaceSql();
[[nodiscard]] QByteArray removeSql();
/// Writes each, and removes the empty ones.
[[nodiscard]] Result<> write(SqliteStatement &replace, SqliteStatement &remove, const AnnotationMap &annotations);

} // namespace sockeye::AnnotationRow
