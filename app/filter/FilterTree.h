#pragma once

#include "record/Entry.h"
#include "filter/FilterKeys.h"

#include <QList>
#include <QString>

#include <limits>
#include <variant>
#include <vector>

/// A filter that was understood, as a tree of plain values: what FilterParser makes and FilterSql turns into SQL.
namespace sockeye::filter {

struct DirectionIs
{
    QList<Direction> any;
};

struct KindIs
{
    QList<EntryKind> any;
};

/// Both ends included.
struct Range
{
    qint64 low = std::numeric_limits<qint64>::min();
    qint64 high = std::numeric_limits<qint64>::max();

    friend bool operator==(const Range &, const Range &) = default;
};

/// A whole number of the entry lies in one of the ranges: bytes, nanoseconds, or a number counted from 1. An entry
/// that has no such number (an event no size, all but pongs no latency) is in none.
struct NumberIn
{
    /// Size, Wire, Time, Conn, Entry or Latency.
    FilterKey of = FilterKey::Size;
    QList<Range> any;
};

struct Contains
{
    QByteArray words;
    bool caseCounts = false;
};

struct MatchesRegex
{
    QString pattern;
    bool foldCase = false;
};

/// Pairs of hex digits, lower case, ? for any digit.
struct HoldsBytes
{
    QString pattern;
};

struct JsonValueIs
{
    enum class Sign : quint8 { Exists, Equal, Unequal, Less, LessOrEqual, Greater, GreaterOrEqual, Contains };

    QString path;
    Sign sign = Sign::Exists;
    /// What it is compared with; true and false are 1 and 0.
    std::variant<qint64, double, QString> value{qint64(0)};
};

struct HasFeature
{
    QList<FilterFeature> any;
};

/// The rule itself, or one below it: "frame" means "frame.rsv" too.
struct BrokeRule
{
    QList<QString> any;
};

using Term =
    std::variant<DirectionIs, KindIs, NumberIn, Contains, MatchesRegex, HoldsBytes, JsonValueIs, HasFeature, BrokeRule>;

struct Node
{
    /// All and Any of no parts: everything, and nothing.
    enum class Type : quint8 { All, Any, Not, Leaf };

    Type type = Type::All;
    std::vector<Node> parts;
    Term term;
};

} // namespace sockeye::filter
