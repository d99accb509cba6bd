#pragma once

#include "plot/PlotField.h"
#include "plot/PlotPoint.h"
#include "record/TimelineBucket.h"

#include <QStringList>

#include <optional>
#include <vector>

namespace sockeye {

/// One line of a plot.
struct PlotLine
{
    PlotField field;
    /// Which colour and which marker it has.
    int style = 0;
    /// Of the scene's range, in equal widths; as many as the scene says.
    std::vector<PlotColumn> columns;
};

/// What a plot shows: values over a range of time.
struct PlotScene
{
    TimeSpan range;
    bool isLogarithmic = false;
    std::vector<PlotLine> lines;

    [[nodiscard]] int columnCount() const { return lines.empty() ? 0 : static_cast<int>(lines.front().columns.size()); }
    [[nodiscard]] bool isEmpty() const;
    /// Whether something is drawn in this column.
    [[nodiscard]] bool isDrawn(int column) const;
    /// The column nearest to this one in which something is drawn, of those that are at most `reach` away.
    [[nodiscard]] std::optional<int> drawnNear(int column, int reach) const;
    /// The next one to that side in which something is drawn.
    [[nodiscard]] std::optional<int> drawnBeyond(int column, bool forward) const;
    /// When a column begins.
    [[nodiscard]] Timestamp timeOf(int column) const;
    /// "143.86", or "1.2 to 7 (12 values)"; empty for nothing.
    [[nodiscard]] static QString valueText(const PlotColumn &column, PlotUnit unit);
    /// What it is called, with its unit: "Size (bytes)".
    [[nodiscard]] static QString title(const PlotField &field);
    /// What is shown, in a sentence.
    [[nodiscard]] QString sentence() const;
};

} // namespace sockeye
