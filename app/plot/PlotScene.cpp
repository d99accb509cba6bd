#include "plot/PlotScene.h"

#include "base/Units.h"
#include "plot/TimeAxis.h"

#include <QCoreApplication>

#include <algorithm>

using namespace std::chrono_literals;

namespace sockeye {

namespace {

struct PlotSceneWords
{
    Q_DECLARE_TR_FUNCTIONS(PlotScene)
};

} // namespace

bool PlotScene::isEmpty() const
{
    return !drawnBeyond(-1, true).has_value();
}

bool PlotScene::isDrawn(int column) const
{
    return std::any_of(lines.begin(), lines.end(), [column](const PlotLine &line) {
        const auto index = static_cast<size_t>(column);
        return column >= 0 && index < line.columns.size() && !line.columns[index].isEmpty();
    });
}

std::optional<int> PlotScene::drawnNear(int column, int reach) const
{
    for (int away = 0; away <= reach; ++away) {
        for (const int near : {column - away, column + away}) {
            if (isDrawn(near))
                return near;
        }
    }
    return std::nullopt;
}

std::optional<int> PlotScene::drawnBeyond(int column, bool forward) const
{
    const int step = forward ? 1 : -1;
    for (int next = column + step; next >= 0 && next < columnCount(); next += step) {
        if (isDrawn(next))
            return next;
    }
    return std::nullopt;
}

Timestamp PlotScene::timeOf(int column) const
{
    return timeaxis::timeAt(double(column) / std::max(columnCount(), 1), range);
}

QString PlotScene::valueText(const PlotColumn &column, PlotUnit unit)
{
    if (column.isEmpty())
        return {};
    const QString lowest = plotunit::text(column.lowest.value, unit);
    if (column.count == 1)
        return lowest;
    const QString count = countText(column.count);
    if (column.lowest.value == column.highest.value)
        return PlotSceneWords::tr("%1 (%2 values)").arg(lowest, count);
    return PlotSceneWords::tr("%1 to %2 (%3 values)").arg(lowest, plotunit::text(column.highest.value, unit), count);
}

QString PlotScene::title(const PlotField &field)
{
    const QString unit = plotunit::name(field.unit());
    // What is a rate says so by its name.
    return unit.isEmpty() || field.kind == PlotField::Kind::Rate
               ? field.name()
               : PlotSceneWords::tr("%1 (%2)").arg(field.name(), unit);
}

QString PlotScene::sentence() const
{
    if (lines.empty())
        return PlotSceneWords::tr("Nothing is drawn.");
    const Nanoseconds step = range.last - range.first < 10s ? Nanoseconds(1ms) : Nanoseconds(1s);
    QStringList sentences{PlotSceneWords::tr("%1 to %2.")
                              .arg(timeaxis::dateText(range.first, step), timeaxis::dateText(range.last, step))};
    for (const PlotLine &line : lines) {
        PlotColumn all;
        for (const PlotColumn &column : line.columns)
            all.add(column);
        sentences += all.isEmpty()
                         ? PlotSceneWords::tr("%1: no values.").arg(line.field.name())
                         : PlotSceneWords::tr("%1: %2.").arg(line.field.name(), valueText(all, line.field.unit()));
    }
    return sentences.join(u' ');
}

} // namespace sockeye
