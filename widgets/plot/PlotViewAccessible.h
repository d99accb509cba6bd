#pragma once

namespace sockeye {

class PlotView;

/// Makes every PlotView a table for assistive programs: a row for each time at which something is drawn, a column for
/// the time and one for each line. Repeated calls do nothing.
void installPlotViewAccessible();

/// Tell assistive programs, if there are any, that something else is drawn, and that the cross was moved by keys.
void plotViewChanged(PlotView &view);
void plotViewMarked(PlotView &view);

} // namespace sockeye
