#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "log/LogModel.h"
#include "log/SelectedRows.h"

namespace sockeye {

/// How rows are copied.
struct CopyStyle
{
    CopyFormat format = CopyFormat::Rows;
    /// LogModel::Column, of formats with columns.
    QList<int> columns;
    CellStyle cells;
    DeltaFrom deltaFrom = DeltaFrom::Previous;
    EntryId reference;
};

/// The rows as text, at most LogModel::MaxCopiedRows and about LogModel::MaxCopiedSize characters. Any thread.
[[nodiscard]] Result<CopiedRows> copyRows(const CaptureReader &capture, const SelectedRows &rows,
                                          const CopyStyle &style, const CancelToken &cancel);

} // namespace sockeye
