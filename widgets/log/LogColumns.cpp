#include "widgets/log/LogColumns.h"

#include "log/LogColumnInfo.h"

#include <algorithm>
#include <optional>

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
    for (const LogColumn &one : order) {
        const QString name = QString::fromLatin1(LogColumnInfo::of(one.column).name);
        QString string = one.shown ? name : u'-' + name;
        if (one.width > 0)
            string += QStringLiteral(":%1").arg(one.width);
        strings += string;
    }
    return strings;
}

} // namespace sockeye
