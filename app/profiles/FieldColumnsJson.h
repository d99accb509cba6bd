#pragma once

#include "endpoint/JsonMembers.h"
#include "endpoint/MemberReader.h"
#include "formats/FieldColumns.h"

namespace sockeye {

/// Adds the members "columns" and "columnSets" to those of a profile's file, each unless it would be empty:
///
///     "columns": [{ "path": "$.price", "title": "Price", "width": 80, "before": "size", "shown": false }],
///     "columnSets": [{ "name": "Trades", "format": "json", "columns": [{ "path": "$.price" }] }]
///
/// What a newer version wrote and this one does not know stays in the file.
void writeColumnOptions(JsonMembers &root, const ColumnOptions &options, QJsonObject &unknown);
/// The reverse; the reader has the first error.
[[nodiscard]] ColumnOptions readColumnOptions(MemberReader &root, QJsonObject &unknown);

} // namespace sockeye
