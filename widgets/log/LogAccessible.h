#pragma once

#include <QModelIndex>

namespace sockeye::LogAccessible {

/// Makes LogView a table for screen readers: rows and columns by number, a cell's text read when it is asked for. Cells
/// exist only while they are looked at, so a log of millions of rows costs no more than a short one.
void install();

/// A cell's number among the table's children: the header's cells first, then row by row.
[[nodiscard]] int childIndex(const QModelIndex &index);

} // namespace sockeye::LogAccessible
