#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "log/LogModel.h"
#include "log/SelectedRows.h"

#include <QStringList>

namespace sockeye {

/// How rows are copied.
struct CopyStyle
{
    CopyFormat format = CopyFormat::Rows;
    /// LogModel::Column, of formats with columns; and their titles, of formats with a head.
    QList<int> columns;
    QStringList titles;
    CellStyle cells;
    DeltaFrom deltaFrom = DeltaFrom::Previous;
    EntryId reference;

    /// In the order of the log, until there are so many rows or characters.
    qint64 maxRows = LogModel::MaxCopiedRows;
    qint64 maxSize = LogModel::MaxCopiedSize;
};

/// The rows as text. A first row that is too large on its own is cut, if the format can be; others are left out from
/// the first on that does not fit. Any thread; meaningless once cancelled.
[[nodiscard]] Result<CopiedRows> copyRows(const CaptureReader &capture, const SelectedRows &rows,
                                          const CopyStyle &style, const CancelToken &cancel);

} // namespace sockeye
