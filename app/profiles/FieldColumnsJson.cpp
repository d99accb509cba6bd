#include "profiles/FieldColumnsJson.h"

#include <QJsonDocument>

#include <optional>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Wider than any screen.
constexpr int MaxColumnWidth = 10'000;

JsonMembers membersOf(const FieldColumn &column)
{
    const FieldColumn plain;
    JsonMembers members;
    members.add(u"path"_s, column.path);
    if (!column.title.isEmpty())
        members.add(u"title"_s, column.title);
    if (column.width > 0)
        members.add(u"width"_s, column.width);
    if (column.before != plain.before)
        members.add(u"before"_s, column.before);
    if (!column.shown)
        members.add(u"shown"_s, false);
    return members;
}

/// None for one that this version does not understand.
std::optional<FieldColumn> columnFrom(const QJsonObject &object)
{
    MemberReader members(object, {});
    FieldColumn column;
    column.path = members.text(u"path"_s);
    column.title = members.text(u"title"_s);
    column.width = static_cast<int>(members.integer(u"width"_s, 0, 0, MaxColumnWidth));
    column.before = members.text(u"before"_s, column.before);
    column.shown = members.boolean(u"shown"_s, true);
    const bool isKnown = members.error().isEmpty() && members.rest().isEmpty() && !column.path.isEmpty();
    return isKnown ? std::optional(column) : std::nullopt;
}

JsonMembers membersOf(const FieldColumnSet &set)
{
    JsonMembers members;
    members.add(u"name"_s, set.name);
    if (!set.format.isEmpty())
        members.add(u"format"_s, set.format);
    QJsonArray columns;
    for (const FieldColumn &column : set.columns)
        columns.append(QJsonDocument::fromJson(membersOf(column).toLine()).object());
    members.add(u"columns"_s, columns);
    return members;
}

std::optional<FieldColumnSet> setFrom(const QJsonObject &object)
{
    MemberReader members(object, {});
    FieldColumnSet set;
    set.name = members.text(u"name"_s);
    set.format = members.text(u"format"_s);
    const QJsonArray columns = members.list(u"columns"_s);
    for (const QJsonValue &value : columns) {
        const auto column = columnFrom(value.toObject());
        if (!column)
            return std::nullopt;
        set.columns.append(*column);
    }
    const bool isKnown = members.error().isEmpty() && members.rest().isEmpty() && !set.name.isEmpty();
    return isKnown ? std::optional(set) : std::nullopt;
}

/// Those that are understood; the others stay as they are.
template<typename Value>
QList<Value> known(const QString &name, std::optional<Value> (*from)(const QJsonObject &), MemberReader &root,
                   QJsonObject &unknown)
{
    QList<Value> values;
    QJsonArray others;
    const QJsonArray list = root.list(name);
    for (const QJsonValue &value : list) {
        if (auto one = from(value.toObject()))
            values.append(*std::move(one));
        else if (value.isObject())
            others.append(value);
    }
    if (!others.isEmpty())
        unknown.insert(name, others);
    return values;
}

template<typename Value>
void addAll(JsonMembers &root, const QString &name, const QList<Value> &values, QJsonObject &unknown)
{
    QList<JsonMembers> lines;
    for (const Value &value : values)
        lines.append(membersOf(value));
    const QJsonArray others = unknown.take(name).toArray();
    for (const QJsonValue &other : others) {
        JsonMembers members;
        members.addAll(other.toObject());
        lines.append(members);
    }
    if (!lines.isEmpty())
        root.addLines(name, lines);
}

} // namespace

void writeColumnOptions(JsonMembers &root, const ColumnOptions &options, QJsonObject &unknown)
{
    addAll(root, u"columns"_s, options.columns, unknown);
    addAll(root, u"columnSets"_s, options.sets, unknown);
}

ColumnOptions readColumnOptions(MemberReader &root, QJsonObject &unknown)
{
    return {known(u"columns"_s, &columnFrom, root, unknown), known(u"columnSets"_s, &setFrom, root, unknown)};
}

} // namespace sockeye
