#pragma once

#include "base/Job.h"
#include "base/Result.h"
#include "plot/PlotField.h"
#include "plot/Series.h"

#include <functional>
#include <memory>
#include <vector>

class QIODevice;

namespace sockeye {

/// The points of a plot as comma-separated values (RFC 4180): a row for each entry, with its time in UTC, and a column
/// for each line. All points of a range are there, not only those that a picture shows.
namespace PlotCsv {

struct Column
{
    PlotField field;
    std::shared_ptr<const Series> series;
};

/// Writes point by point. `progress` gets the share that is done, from 0 to 1, and may be empty; a cancelled one stops
/// where it is.
[[nodiscard]] Result<> write(const std::vector<Column> &columns, TimeSpan range, QIODevice &out,
                             const CancelToken &cancel, const std::function<void(double)> &progress = {});

} // namespace PlotCsv

} // namespace sockeye
