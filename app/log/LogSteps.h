#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "filter/EntryQuery.h"
#include "log/LogTypes.h"
#include "log/SelectedRows.h"

namespace sockeye {

class CaptureReader;

/// What RowReader reads of rows in the background. Any thread, each with its own reader.

struct StepFrom
{
    EntryId from;
    LogStep step;
    bool forward = true;
};

/// The nearest of the rows after (or before) it that is such a step; EntryId() if there is none or it was cancelled.
[[nodiscard]] Result<EntryId> findStep(const CaptureReader &capture, const SelectedRows &rows, const StepFrom &step,
                                       const CancelToken &cancel);
/// The rows' totals. Meaningless once cancelled.
[[nodiscard]] Result<SelectionSums> sumsOf(const CaptureReader &capture, const SelectedRows &rows,
                                           const CancelToken &cancel);
/// Matches what matches `shown` and is one of the rows.
[[nodiscard]] EntryQuery queryOf(const SelectedRows &rows, const EntryQuery &shown);

} // namespace sockeye
