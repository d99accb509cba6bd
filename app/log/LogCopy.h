#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "formats/FieldColumns.h"
#include "log/LogColumnInfo.h"
#include "log/SelectedRows.h"

#include <memory>

namespace sockeye {

class CaptureReader;
class FormatSet;

/// How rows are copied.
struct CopyStyle
{
    CopyFormat format = CopyFormat::Rows;
    /// LogTable::Column, or the place of a field behind them, for formats with columns.
    QList<int> columns = {};
    CellStyle cells = {};
    QList<FieldColumn> fields = {};
    /// As what messages are read for their fields; not null if there are any.
    std::shared_ptr<const FormatSet> formats = nullptr;

    /// Rows are copied in the order of the log, until there are so many of them or so many characters.
    qint64 maxRows = CopiedRows::MaxRows;
    qint64 maxSize = CopiedRows::MaxSize;
};

/// The rows as text. If the first row alone is too large, it is cut, where the format allows that; otherwise the copy
/// ends before the first row that does not fit. Any thread; meaningless once cancelled.
[[nodiscard]] Result<CopiedRows> copyRows(const CaptureReader &capture, const SelectedRows &rows,
                                          const CopyStyle &style, const CancelToken &cancel);

} // namespace sockeye
