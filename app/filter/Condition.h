#pragma once

#include "filter/FilterKeys.h"
#include "record/Entry.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <limits>
#include <variant>

/// Conditions on entries as trees of plain values: the filter line's parser makes them, and whoever looks for entries
/// in another way. app/capture turns them into SQL (capture/QuerySql.h).
namespace sockeye::filter {

struct DirectionIs
{
    QList<Direction> any;

    friend bool operator==(const DirectionIs &, const DirectionIs &) = default;
};

struct KindIs
{
    QList<EntryKind> any;

    friend bool operator==(const KindIs &, const KindIs &) = default;
};

/// What the entry tells as an event; EventKind::None for all that is no event.
struct EventIs
{
    QList<EventKind> any;

    friend bool operator==(const EventIs &, const EventIs &) = default;
};

/// Whole numbers, both ends included.
struct Range
{
    static constexpr qint64 Lowest = std::numeric_limits<qint64>::min();
    static constexpr qint64 Highest = std::numeric_limits<qint64>::max();

    qint64 low = Lowest;
    qint64 high = Highest;

    friend bool operator==(const Range &, const Range &) = default;
};

/// A whole number of the entry lies in one of the ranges: bytes, nanoseconds, or a number counted from 1. An entry
/// that has no such number (an event no size, all but pongs and answers no latency) is in none.
struct NumberIn
{
    /// Size, Wire, Time, Conn, Entry or Latency.
    FilterKey of = FilterKey::Size;
    QList<Range> any;

    friend bool operator==(const NumberIn &, const NumberIn &) = default;
};

/// The entry's id lies in one of these ranges, which are in ascending order and do not overlap. There may be thousands.
struct IdAmong
{
    QList<Range> ranges;

    friend bool operator==(const IdAmong &, const IdAmong &) = default;
};

/// The payload holds these bytes; ASCII letters are alike in both cases unless `caseCounts`.
struct Contains
{
    QByteArray words;
    bool caseCounts = false;

    friend bool operator==(const Contains &, const Contains &) = default;
};

/// The payload as UTF-8 matches a regular expression (Perl's syntax).
struct MatchesRegex
{
    QString pattern;
    bool foldCase = false;

    friend bool operator==(const MatchesRegex &, const MatchesRegex &) = default;
};

/// The payload holds these bytes: pairs of hex digits, lower case, ? for any digit.
struct HoldsBytes
{
    QString pattern;

    friend bool operator==(const HoldsBytes &, const HoldsBytes &) = default;
};

/// A number as it was typed, for it may not fit into any of our types (search/DecimalNumber.h).
struct JsonNumber
{
    QByteArray literal{"0"};

    friend bool operator==(const JsonNumber &, const JsonNumber &) = default;
};

/// How a value compares with what is wanted.
enum class ValueSign : quint8 { Exists, Equal, Unequal, Less, LessOrEqual, Greater, GreaterOrEqual, Contains };

/// A value to compare with; true and false are 1 and 0.
using WantedValue = std::variant<JsonNumber, QString>;

/// What the payload, as JSON, has at a path.
struct JsonValueIs
{
    using Sign = ValueSign;

    QString path;
    Sign sign = Sign::Exists;
    WantedValue value;

    friend bool operator==(const JsonValueIs &, const JsonValueIs &) = default;
};

/// What the decoded message has in one of the fields that a path means (search/FieldPath.h).
struct FieldIs
{
    QString path;
    ValueSign sign = ValueSign::Exists;
    WantedValue value;

    friend bool operator==(const FieldIs &, const FieldIs &) = default;
};

/// What the decoded message says of itself is one of these words.
struct MessageIs
{
    /// Proto, Topic, Msg or Shape.
    FilterKey of = FilterKey::Proto;
    QList<QString> any;

    friend bool operator==(const MessageIs &, const MessageIs &) = default;
};

struct HasFeature
{
    QList<FilterFeature> any;

    friend bool operator==(const HasFeature &, const HasFeature &) = default;
};

/// The weightiest of the entry's findings has one of these severities; no entry without findings matches.
struct WorstFindingIs
{
    QList<Severity> any;

    friend bool operator==(const WorstFindingIs &, const WorstFindingIs &) = default;
};

/// The rule itself, or one below it: "frame" means "frame.rsv" too.
struct BrokeRule
{
    QList<QString> any;

    friend bool operator==(const BrokeRule &, const BrokeRule &) = default;
};

using Term = std::variant<DirectionIs, KindIs, EventIs, NumberIn, IdAmong, Contains, MatchesRegex, HoldsBytes,
                          JsonValueIs, FieldIs, MessageIs, HasFeature, WorstFindingIs, BrokeRule>;

/// One condition: a term, or others joined. Its lists are shared with its copies, so that a copy costs little, also one
/// for another thread.
struct Condition
{
    /// All and Any of no parts: everything, and nothing.
    enum class Type : quint8 { All, Any, Not, Leaf };

    Type type = Type::All;
    QList<Condition> parts;
    /// Of a leaf only.
    Term term;

    [[nodiscard]] static Condition of(Term term);
    [[nodiscard]] static Condition allOf(QList<Condition> parts);
    [[nodiscard]] static Condition anyOf(QList<Condition> parts);
    [[nodiscard]] static Condition negation(Condition part);

    [[nodiscard]] bool matchesAll() const { return type == Type::All && parts.isEmpty(); }
    /// No entry outside of these times (nanoseconds since 1970) matches, so that a reader need not look there.
    [[nodiscard]] Range times() const;
    /// Whether annotations (record/Annotation.h), which change, decide about a match.
    [[nodiscard]] bool usesAnnotations() const;
    /// Whether what messages say decides about a match, so that they have to be decoded.
    [[nodiscard]] bool usesMessages() const { return !messageTerms().isEmpty(); }
    /// Those terms, in their order; equal ones once.
    [[nodiscard]] QList<Term> messageTerms() const;

    friend bool operator==(const Condition &a, const Condition &b);
};

} // namespace sockeye::filter
