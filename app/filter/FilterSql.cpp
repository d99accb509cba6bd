#include "filter/FilterSql.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace sockeye::filter {

namespace {

constexpr qint64 Lowest = std::numeric_limits<qint64>::min();
constexpr qint64 Highest = std::numeric_limits<qint64>::max();
/// The bit of the column `flags` (docs/capture-format.md).
constexpr int CompressedFlag = 1;

/// What a condition reads, cheapest first.
enum class Cost : quint8 { Columns, OtherTables, Bytes, Regex, Json };

/// A part of the SQL condition with its values. It is 0 or 1, never NULL: NOT must mean not.
struct Condition
{
    QString sql;
    QList<QVariant> values;
    Cost cost = Cost::Columns;
    bool usesAnnotations = false;
};

template<typename Values>
Condition isOneOf(QLatin1StringView column, const Values &any)
{
    Condition condition{u"%1 IN (%2)"_s.arg(column, QStringList(any.size(), u"?"_s).join(u',')), {}};
    for (const auto &value : any)
        condition.values += qint64(value);
    return condition;
}

Condition joined(QList<Condition> parts, QLatin1StringView by)
{
    std::stable_sort(parts.begin(), parts.end(),
                     [](const Condition &a, const Condition &b) { return a.cost < b.cost; });
    if (parts.size() == 1)
        return parts.constFirst();
    Condition all;
    QStringList sql;
    for (const Condition &part : std::as_const(parts)) {
        sql += u'(' + part.sql + u')';
        all.values += part.values;
        all.cost = std::max(all.cost, part.cost);
        all.usesAnnotations |= part.usesAnnotations;
    }
    all.sql = sql.join(by);
    return all;
}

QLatin1StringView columnOf(FilterKey key)
{
    switch (key) {
    case FilterKey::Wire:
        return "wire_size"_L1;
    case FilterKey::Time:
        return "time_ns"_L1;
    case FilterKey::Conn:
        return "connection"_L1;
    case FilterKey::Entry:
        return "id"_L1;
    case FilterKey::Latency:
        return "latency_ns"_L1;
    default:
        return "size"_L1;
    }
}

Condition inRange(QLatin1StringView column, const Range &range)
{
    if (range.low == range.high)
        return {u"%1 = ?"_s.arg(column), {range.low}};
    if (range.low == Lowest)
        return {u"%1 <= ?"_s.arg(column), {range.high}};
    if (range.high == Highest)
        return {u"%1 >= ?"_s.arg(column), {range.low}};
    return {u"%1 BETWEEN ? AND ?"_s.arg(column), {range.low, range.high}};
}

Condition sqlOf(const DirectionIs &term)
{
    return isOneOf("direction"_L1, term.any);
}

Condition sqlOf(const KindIs &term)
{
    return isOneOf("kind"_L1, term.any);
}

Condition sqlOf(const NumberIn &term)
{
    const QLatin1StringView column = columnOf(term.of);
    QList<Condition> parts;
    for (const Range &range : term.any)
        parts += inRange(column, range);
    Condition condition = parts.isEmpty() ? Condition{u"0"_s, {}} : joined(parts, " OR "_L1);
    if (term.of == FilterKey::Size || term.of == FilterKey::Wire) {
        // An event has words, not a payload: it has no size to compare.
        condition.sql = u"(%1) AND kind <> ?"_s.arg(condition.sql);
        condition.values += int(EntryKind::Event);
    } else if (term.of == FilterKey::Latency) {
        condition.sql = u"latency_ns IS NOT NULL AND (%1)"_s.arg(condition.sql);
    }
    return condition;
}

Condition sqlOf(const Contains &term)
{
    return {u"contains_text(id, size, head, ?, ?)"_s, {term.words, term.caseCounts ? 1 : 0}, Cost::Bytes};
}

Condition sqlOf(const MatchesRegex &term)
{
    return {u"matches_regex(id, size, head, ?, ?)"_s, {term.pattern, term.foldCase ? 1 : 0}, Cost::Regex};
}

Condition sqlOf(const HoldsBytes &term)
{
    return {u"contains_bytes(id, size, head, ?)"_s, {term.pattern}, Cost::Bytes};
}

constexpr QLatin1StringView JsonAt{"json_at(id, size, head, ?)"};

/// SQLite holds that every text is greater than every number; here a number is compared with numbers only. BETWEEN,
/// because it evaluates its left side once.
Condition jsonNumber(const JsonValueIs &term, const QVariant &number)
{
    const double infinity = std::numeric_limits<double>::infinity();
    const bool isExact = std::abs(number.toDouble()) < 9e15 || number.typeId() == QMetaType::Double;
    switch (term.sign) {
    case JsonValueIs::Sign::Less:
        return {JsonAt + " < ?"_L1, {term.path, number}};
    case JsonValueIs::Sign::LessOrEqual:
        return {JsonAt + " <= ?"_L1, {term.path, number}};
    case JsonValueIs::Sign::GreaterOrEqual:
        return {JsonAt + " BETWEEN ? AND ?"_L1, {term.path, number, infinity}};
    case JsonValueIs::Sign::Greater:
        if (isExact)
            return {JsonAt + " BETWEEN ? AND ?"_L1, {term.path, std::nextafter(number.toDouble(), infinity), infinity}};
        return {JsonAt + " > ? AND "_L1 + JsonAt + " <= ?"_L1, {term.path, number, term.path, infinity}};
    case JsonValueIs::Sign::Unequal:
        return {JsonAt + " <> ?"_L1, {term.path, number}};
    default:
        return {JsonAt + " = ?"_L1, {term.path, number}};
    }
}

Condition jsonText(const JsonValueIs &term, const QString &text)
{
    switch (term.sign) {
    case JsonValueIs::Sign::Less:
        return {JsonAt + " >= '' AND "_L1 + JsonAt + " < ?"_L1, {term.path, term.path, text}};
    case JsonValueIs::Sign::LessOrEqual:
        return {JsonAt + " BETWEEN '' AND ?"_L1, {term.path, text}};
    case JsonValueIs::Sign::GreaterOrEqual:
        return {JsonAt + " >= ?"_L1, {term.path, text}};
    case JsonValueIs::Sign::Greater:
        return {JsonAt + " > ?"_L1, {term.path, text}};
    case JsonValueIs::Sign::Unequal:
        return {JsonAt + " <> ?"_L1, {term.path, text}};
    case JsonValueIs::Sign::Contains:
        // As with words: case counts only if a capital is typed.
        if (std::any_of(text.begin(), text.end(), [](QChar c) { return c.isUpper(); }))
            return {"instr("_L1 + JsonAt + ", ?) > 0"_L1, {term.path, text}};
        return {"instr(lower("_L1 + JsonAt + "), ?) > 0"_L1, {term.path, text}};
    default:
        return {JsonAt + " = ?"_L1, {term.path, text}};
    }
}

Condition sqlOf(const JsonValueIs &term)
{
    Condition condition;
    if (term.sign == JsonValueIs::Sign::Exists) {
        condition = {JsonAt + " IS NOT NULL"_L1, {term.path}};
    } else {
        if (const auto *text = std::get_if<QString>(&term.value))
            condition = jsonText(term, *text);
        else if (const auto *real = std::get_if<double>(&term.value))
            condition = jsonNumber(term, *real);
        else
            condition = jsonNumber(term, std::get<qint64>(term.value));
        condition.sql = u"ifnull(%1, 0)"_s.arg(condition.sql);
    }
    condition.cost = Cost::Json;
    return condition;
}

/// The ids that are annotated so: SQLite then looks at these entries and no others.
Condition annotated(QLatin1StringView how)
{
    return {u"id IN (SELECT annotation.entry FROM annotation WHERE %1)"_s.arg(how), {}, Cost::OtherTables, true};
}

Condition sqlOf(FilterFeature feature)
{
    switch (feature) {
    case FilterFeature::Bookmark:
        return annotated("annotation.bookmark <> 0"_L1);
    case FilterFeature::Note:
        return annotated("annotation.note <> ''"_L1);
    case FilterFeature::Colour:
        return annotated("annotation.colour <> 0"_L1);
    case FilterFeature::Fragments:
        return {u"frame_count > 1"_s, {}};
    case FilterFeature::Compression:
        return {u"flags & %1 <> 0"_s.arg(CompressedFlag), {}};
    case FilterFeature::Finding:
        break;
    }
    return {u"finding_count > 0"_s, {}};
}

Condition sqlOf(const HasFeature &term)
{
    QList<Condition> parts;
    for (const FilterFeature feature : term.any)
        parts += sqlOf(feature);
    return joined(parts, " OR "_L1);
}

Condition sqlOf(const BrokeRule &term)
{
    QStringList names;
    Condition condition;
    for (const QString &rule : term.any) {
        names += u"finding.rule = ? OR substr(finding.rule, 1, ?) = ?"_s;
        const QString below = rule + u'.';
        condition.values += {rule, below.size(), below};
    }
    condition.sql = u"finding_count > 0 AND EXISTS (SELECT 1 FROM finding WHERE finding.entry = id AND (%1))"_s.arg(
        names.join(" OR "_L1));
    condition.cost = Cost::OtherTables;
    return condition;
}

Condition sqlOf(const Node &node)
{
    QList<Condition> parts;
    for (const Node &part : node.parts)
        parts += sqlOf(part);
    switch (node.type) {
    case Node::Type::Leaf:
        return std::visit([](const auto &term) { return sqlOf(term); }, node.term);
    case Node::Type::Not: {
        Condition condition = parts.constFirst();
        condition.sql = u"NOT (%1)"_s.arg(condition.sql);
        return condition;
    }
    case Node::Type::Any:
        return parts.isEmpty() ? Condition{u"0"_s, {}} : joined(parts, " OR "_L1);
    case Node::Type::All:
        break;
    }
    return parts.isEmpty() ? Condition{u"1"_s, {}} : joined(parts, " AND "_L1);
}

/// Outside of it nothing matches.
Range timesOf(const Node &node)
{
    Range times;
    if (const auto *numbers = std::get_if<NumberIn>(&node.term);
        node.type == Node::Type::Leaf && numbers && numbers->of == FilterKey::Time && !numbers->any.isEmpty()) {
        times = {Highest, Lowest};
        for (const Range &range : numbers->any)
            times = {std::min(times.low, range.low), std::max(times.high, range.high)};
    } else if (node.type == Node::Type::All) {
        for (const Node &part : node.parts) {
            const Range inner = timesOf(part);
            times = {std::max(times.low, inner.low), std::min(times.high, inner.high)};
        }
    } else if (node.type == Node::Type::Any && !node.parts.empty()) {
        times = {Highest, Lowest};
        for (const Node &part : node.parts) {
            const Range inner = timesOf(part);
            times = {std::min(times.low, inner.low), std::max(times.high, inner.high)};
        }
    }
    return times;
}

} // namespace

EntryQuery toQuery(const Node &tree)
{
    EntryQuery query;
    if (tree.type == Node::Type::All && tree.parts.empty())
        return query;
    const Condition condition = sqlOf(tree);
    query.where = condition.sql;
    query.values = condition.values;
    query.usesAnnotations = condition.usesAnnotations;
    const Range times = timesOf(tree);
    if (times.low != Lowest)
        query.notBefore = timestampFromNs(times.low);
    if (times.high != Highest)
        query.notAfter = timestampFromNs(times.high);
    return query;
}

} // namespace sockeye::filter
