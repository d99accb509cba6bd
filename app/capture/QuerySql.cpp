#include "capture/QuerySql.h"

#include "capture/CaptureSchema.h"

#include <algorithm>
#include <type_traits>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

using namespace filter;

/// What a condition reads, cheapest first.
enum class Cost : quint8 { Columns, OtherTables, Bytes, Regex, Json, Decoding };

/// A part of the SQL condition with its values: 0 or 1, never NULL.
struct Part
{
    QString sql;
    QList<QVariant> values;
    Cost cost = Cost::Columns;
};

template<typename Values>
Part isOneOf(QLatin1StringView column, const Values &any)
{
    Part part{u"%1 IN (%2)"_s.arg(column, QStringList(any.size(), u"?"_s).join(u',')), {}};
    for (const auto &value : any)
        part.values += qint64(value);
    return part;
}

Part joined(QList<Part> parts, QLatin1StringView by)
{
    if (parts.isEmpty())
        return {by == " OR "_L1 ? u"0"_s : u"1"_s, {}};
    std::stable_sort(parts.begin(), parts.end(), [](const Part &a, const Part &b) { return a.cost < b.cost; });
    if (parts.size() == 1)
        return parts.constFirst();
    Part all;
    QStringList sql;
    for (const Part &part : std::as_const(parts)) {
        sql += u'(' + part.sql + u')';
        all.values += part.values;
        all.cost = std::max(all.cost, part.cost);
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

Part inRange(QLatin1StringView column, const Range &range)
{
    if (range.low == range.high)
        return {u"%1 = ?"_s.arg(column), {range.low}};
    if (range.low == Range::Lowest)
        return {u"%1 <= ?"_s.arg(column), {range.high}};
    if (range.high == Range::Highest)
        return {u"%1 >= ?"_s.arg(column), {range.low}};
    return {u"%1 BETWEEN ? AND ?"_s.arg(column), {range.low, range.high}};
}

Part sqlOf(const DirectionIs &term)
{
    return isOneOf("direction"_L1, term.any);
}

Part sqlOf(const KindIs &term)
{
    return isOneOf("kind"_L1, term.any);
}

Part sqlOf(const EventIs &term)
{
    return isOneOf("event"_L1, term.any);
}

Part sqlOf(const NumberIn &term)
{
    const QLatin1StringView column = columnOf(term.of);
    QList<Part> parts;
    for (const Range &range : term.any)
        parts += inRange(column, range);
    Part part = joined(parts, " OR "_L1);
    if (term.of == FilterKey::Size || term.of == FilterKey::Wire) {
        // An event has words, not a payload: it has no size to compare.
        part.sql = u"(%1) AND kind <> ?"_s.arg(part.sql);
        part.values += int(EntryKind::Event);
    } else if (term.of == FilterKey::Latency) {
        part.sql = u"latency_ns IS NOT NULL AND (%1)"_s.arg(part.sql);
    }
    return part;
}

using Ranges = QList<Range>::const_iterator;

/// A tree of comparisons, so that thousands of ranges cost each entry little more than few.
QString idAmong(Ranges begin, Ranges end)
{
    if (begin == end)
        return u"0"_s;
    if (end - begin == 1)
        return u"id BETWEEN %1 AND %2"_s.arg(begin->low).arg(begin->high);
    const auto middle = begin + (end - begin) / 2;
    return u"CASE WHEN id < %1 THEN %2 ELSE %3 END"_s.arg(middle->low)
        .arg(idAmong(begin, middle), idAmong(middle, end));
}

/// The numbers stand in the text: SQLite takes some thousand values at most.
Part sqlOf(const IdAmong &term)
{
    return {idAmong(term.ranges.cbegin(), term.ranges.cend()), {}};
}

Part sqlOf(const Contains &term)
{
    return {u"contains_text(id, size, head, ?, ?)"_s, {term.words, term.caseCounts ? 1 : 0}, Cost::Bytes};
}

Part sqlOf(const MatchesRegex &term)
{
    return {u"matches_regex(id, size, head, ?, ?)"_s, {term.pattern, term.foldCase ? 1 : 0}, Cost::Regex};
}

Part sqlOf(const HoldsBytes &term)
{
    return {u"contains_bytes(id, size, head, ?)"_s, {term.pattern}, Cost::Bytes};
}

Part sqlOf(const JsonValueIs &term)
{
    if (term.sign == JsonValueIs::Sign::Exists)
        return {u"json_exists(id, size, head, ?)"_s, {term.path}, Cost::Json};
    if (const auto *text = std::get_if<QString>(&term.value))
        return {u"json_text(id, size, head, ?, ?, ?)"_s, {term.path, int(term.sign), *text}, Cost::Json};
    return {u"json_number(id, size, head, ?, ?, ?)"_s,
            {term.path, int(term.sign), QString::fromLatin1(std::get<JsonNumber>(term.value).literal)},
            Cost::Json};
}

/// The ids that are annotated so: SQLite then looks at these entries and no others.
Part annotated(QLatin1StringView how)
{
    return {u"id IN (SELECT annotation.entry FROM annotation WHERE %1)"_s.arg(how), {}, Cost::OtherTables};
}

Part sqlOf(FilterFeature feature)
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
        return {u"flags & %1 <> 0"_s.arg(int(CaptureSchema::Compressed)), {}};
    case FilterFeature::Finding:
        break;
    }
    return {u"finding_count > 0"_s, {}};
}

Part sqlOf(const HasFeature &term)
{
    QList<Part> parts;
    for (const FilterFeature feature : term.any)
        parts += sqlOf(feature);
    return joined(parts, " OR "_L1);
}

Part sqlOf(const WorstFindingIs &term)
{
    Part part = isOneOf("severity"_L1, term.any);
    part.sql.prepend("finding_count > 0 AND "_L1);
    return part;
}

Part sqlOf(const BrokeRule &term)
{
    QStringList names;
    Part part;
    for (const QString &rule : term.any) {
        names += u"finding.rule = ? OR substr(finding.rule, 1, ?) = ?"_s;
        const QString below = rule + u'.';
        part.values += {rule, below.size(), below};
    }
    part.sql = u"finding_count > 0 AND EXISTS (SELECT 1 FROM finding WHERE finding.entry = id AND (%1))"_s.arg(
        names.join(" OR "_L1));
    part.cost = Cost::OtherTables;
    return part;
}

/// What messages say is asked by the term's number among those that ask for it.
Part messageSql(qsizetype number)
{
    return {u"message_matches(id, size, head, connection, direction, kind, ?)"_s, {number}, Cost::Decoding};
}

template<typename Term>
Part sqlOf(const Term &term, const QList<filter::Term> &messageTerms)
{
    if constexpr (std::is_same_v<Term, FieldIs> || std::is_same_v<Term, MessageIs>) {
        return messageSql(messageTerms.indexOf(filter::Term(term)));
    } else {
        Part part = sqlOf(term);
        if constexpr (std::is_same_v<Term, NumberIn>) {
            // Of a pong it is known, of an answer it is found out.
            if (term.of == FilterKey::Latency)
                part = joined({part, messageSql(messageTerms.indexOf(filter::Term(term)))}, " OR "_L1);
        }
        return part;
    }
}

Part sqlOfCondition(const Condition &condition, const QList<filter::Term> &messageTerms)
{
    QList<Part> parts;
    for (const Condition &inner : condition.parts)
        parts += sqlOfCondition(inner, messageTerms);
    switch (condition.type) {
    case Condition::Type::Leaf:
        return std::visit([&messageTerms](const auto &term) { return sqlOf(term, messageTerms); }, condition.term);
    case Condition::Type::Not: {
        Part part = parts.constFirst();
        part.sql = u"NOT (%1)"_s.arg(part.sql);
        return part;
    }
    case Condition::Type::Any:
        return joined(parts, " OR "_L1);
    case Condition::Type::All:
        break;
    }
    return joined(parts, " AND "_L1);
}

} // namespace

QuerySql querySql(const Condition &condition)
{
    if (condition.matchesAll())
        return {};
    const Part part = sqlOfCondition(condition, condition.messageTerms());
    return {part.sql, part.values};
}

} // namespace sockeye
