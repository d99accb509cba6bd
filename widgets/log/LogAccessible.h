#pragma once

#include <QModelIndex>

namespace sockeye {

class LogView;

namespace LogAccessible {

/// Makes LogView a table for screen readers: the shown columns from left to right, rows by number, a cell's text read
/// on request. Cells exist only while they are in use, so a log of millions of rows costs no more than a short one.
void install();

/// A cell's number among the table's children: the header's cells first, then row by row. That of the row's first cell
/// if the index is of a hidden column.
[[nodiscard]] int childIndex(const LogView &view, const QModelIndex &index);

/// Tell assistive programs, if there are any, what has changed.
void currentChanged(LogView &view, const QModelIndex &current);
void selectionChanged(LogView &view);

} // namespace LogAccessible
} // namespace sockeye
