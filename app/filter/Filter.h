#pragma once

#include "filter/EntryQuery.h"

#include <QString>

#include <optional>
#include <variant>

namespace sockeye {

/// Where and why a filter cannot be understood.
struct FilterError
{
    QString message;
    /// The offending character, counted from 0 in the text; the text's length if something is missing at its end.
    qsizetype position = 0;
};

/// What a filter means by "12:00" and "-5m".
struct FilterContext
{
    /// When the capture's first entry was: a time of day is one of that local day. Without it, of today.
    std::optional<Timestamp> first = std::nullopt;
    /// When its last entry was.
    std::optional<Timestamp> last = std::nullopt;
};

/// The filter line of the log: terms separated by spaces or "and", which all must hold; "or", parentheses, "-" or
/// "not". docs/filter.md has the whole language.
///
///     dir:in  type:text,binary  size>1k  wire:10..2k  time:12:00..12:05  conn:2  entry>1000  latency>50ms
///     has:finding  rule:frame.rsv  word  "two words"  /regex/i  hex:de??ad  json:$.data.price>100
///
/// An empty text matches all.
[[nodiscard]] std::variant<EntryQuery, FilterError> parseFilter(const QString &text, const FilterContext &context);
[[nodiscard]] std::variant<EntryQuery, FilterError> parseFilter(const QString &text);

/// A stretch of the line that a view may give a look of its own.
struct FilterSpan
{
    enum class Kind : quint8 { Key, Operator, Words };

    qsizetype begin = 0;
    qsizetype length = 0;
    Kind kind = Kind::Key;

    friend bool operator==(const FilterSpan &, const FilterSpan &) = default;
};

/// Keys, operators ("or", "not", "-", parentheses) and what stands between marks, in order; what is wrong is left out.
[[nodiscard]] QList<FilterSpan> filterSpans(const QString &text);

} // namespace sockeye
