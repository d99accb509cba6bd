#pragma once

#include <QLatin1StringView>
#include <QString>

#include <array>
#include <optional>
#include <span>

namespace sockeye {

/// What a term of the filter language can be about.
enum class FilterKey : quint8 {
    Dir,
    Type,
    Size,
    Wire,
    Time,
    Conn,
    Entry,
    Latency,
    Has,
    Rule,
    Hex,
    Json,
    Field,
    Proto,
    Msg,
    Topic,
    Shape
};

/// What an entry can have.
enum class FilterFeature : quint8 { Finding, Bookmark, Note, Colour, Fragments, Compression };

/// A word that may stand after a key, what it stands for, and a line about it.
struct FilterValue
{
    QLatin1StringView name;
    int value;
    /// For QCoreApplication::translate in the context "sockeye::Filter".
    const char *explanation;
};

/// The one table of keys: the parser, the completion and the colours all read it.
struct FilterKeyInfo
{
    FilterKey key;
    QLatin1StringView name;
    /// Another name for the same; empty for none.
    QLatin1StringView alias;
    /// Takes < <= > >= = != besides the colon.
    bool compares;
    const char *explanation;
    /// What may stand after it; empty where it is no list of words.
    std::span<const FilterValue> values;

    [[nodiscard]] QString explained() const;
};

[[nodiscard]] std::span<const FilterKeyInfo> filterKeys();
[[nodiscard]] const FilterKeyInfo &filterKeyInfo(FilterKey key);
/// By name or alias, whatever the case; null if there is none.
[[nodiscard]] const FilterKeyInfo *findFilterKey(QStringView name);
/// "in, out, none"
[[nodiscard]] QString listed(std::span<const FilterValue> values);
[[nodiscard]] QString explained(const FilterValue &value);

} // namespace sockeye
