#include "widgets/log/LogColumns.h"

#include "log/LogColumnInfo.h"

#include <QHash>

#include <algorithm>
#include <optional>
#include <utility>

namespace sockeye {

namespace {

/// Wider than any screen: what a settings file that was edited by hand may say at most.
constexpr int MaxWidth = 10'000;

std::optional<LogColumn> parseColumn(const QString &string)
{
    const bool hidden = string.startsWith(u'-');
    const QString name = string.sliced(hidden ? 1 : 0).section(u':', 0, 0);
    const int width = string.section(u':', 1, 1).toInt();
    const LogColumnInfo *known = LogColumnInfo::named(name);
    if (!known)
        return std::nullopt;
    return LogColumn{known->id, !hidden, width > 0 && width <= MaxWidth ? width : 0};
}

qsizetype placeOf(const QList<LogColumn> &order, int column)
{
    const auto found =
        std::find_if(order.begin(), order.end(), [column](const LogColumn &one) { return one.column == column; });
    return found == order.end() ? -1 : found - order.begin();
}

/// Fields by the own column that they stand before; LogTable::ColumnCount stands for the end.
using FieldRuns = QHash<int, QList<LogColumn>>;

LogColumns joined(const LogColumns &own, const FieldRuns &runs)
{
    LogColumns columns;
    for (const LogColumn &one : own.order) {
        columns.order += runs.value(one.column);
        columns.order += one;
    }
    columns.order += runs.value(LogTable::ColumnCount);
    return columns;
}

QString nameOf(int column)
{
    return column < LogTable::ColumnCount ? QString::fromLatin1(LogColumnInfo::of(column).name) : QString();
}

} // namespace

LogColumns LogColumns::standard()
{
    LogColumns columns;
    for (const LogColumnInfo &one : LogColumnInfo::all())
        columns.order.append({one.id, one.isShown, 0});
    return columns;
}

LogColumns LogColumns::fromStrings(const QStringList &strings)
{
    LogColumns columns;
    for (const QString &string : strings) {
        const auto column = parseColumn(string);
        if (column && placeOf(columns.order, column->column) < 0)
            columns.order.append(*column);
    }
    qsizetype place = 0;
    for (const LogColumn &column : standard().order) {
        const qsizetype at = placeOf(columns.order, column.column);
        if (at < 0)
            columns.order.insert(place, column);
        place = (at < 0 ? place : at) + 1;
    }
    // A log without any column cannot be clicked on, not even to bring one back.
    if (std::none_of(columns.order.begin(), columns.order.end(), [](const LogColumn &one) { return one.shown; }))
        return standard();
    return columns;
}

QStringList LogColumns::toStrings() const
{
    QStringList strings;
    const LogColumns columns = own();
    for (const LogColumn &one : columns.order) {
        const QString name = nameOf(one.column);
        QString string = one.shown ? name : u'-' + name;
        if (one.width > 0)
            string += QStringLiteral(":%1").arg(one.width);
        strings += string;
    }
    return strings;
}

bool LogColumns::isField(int column)
{
    return column >= LogTable::ColumnCount;
}

LogColumns LogColumns::own() const
{
    LogColumns columns = *this;
    columns.order.removeIf([](const LogColumn &one) { return isField(one.column); });
    return columns;
}

LogColumns LogColumns::withOwn(const LogColumns &columns) const
{
    FieldRuns runs;
    QList<LogColumn> run;
    for (const LogColumn &one : order) {
        if (isField(one.column))
            run += one;
        else
            runs.insert(one.column, std::exchange(run, {}));
    }
    runs.insert(LogTable::ColumnCount, run);
    return joined(columns.own(), runs);
}

LogColumns LogColumns::withFields(const QList<FieldColumn> &fields) const
{
    FieldRuns runs;
    for (int place = 0; place < fields.size(); ++place) {
        const FieldColumn &field = fields.at(place);
        const LogColumnInfo *neighbour = LogColumnInfo::named(field.before);
        // A name that a newer version wrote.
        if (!neighbour && !field.before.isEmpty())
            neighbour = &LogColumnInfo::of(LogTable::PreviewColumn);
        const int width = field.width > 0 && field.width <= MaxWidth ? field.width : 0;
        runs[neighbour ? int(neighbour->id) : int(LogTable::ColumnCount)].append(
            {LogTable::ColumnCount + place, field.shown, width});
    }
    return joined(own(), runs);
}

QList<FieldColumn> LogColumns::placed(const QList<FieldColumn> &fields) const
{
    QList<FieldColumn> placed;
    qsizetype told = 0;
    const auto tellBefore = [&](int column) {
        for (; told < placed.size(); ++told)
            placed[told].before = nameOf(column);
    };
    for (const LogColumn &one : order) {
        if (!isField(one.column)) {
            tellBefore(one.column);
            continue;
        }
        FieldColumn field = fields.value(one.column - LogTable::ColumnCount);
        field.shown = one.shown;
        field.width = one.width;
        placed += field;
    }
    tellBefore(LogTable::ColumnCount);
    return placed;
}

} // namespace sockeye
