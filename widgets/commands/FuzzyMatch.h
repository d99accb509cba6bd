#pragma once

#include <QList>
#include <QStringView>

#include <optional>

namespace sockeye {

/// How typed letters are found in a name: all of them, in order, not necessarily beside each other.
struct FuzzyMatch
{
    /// The higher, the more the name is what was meant: letters at the beginnings of words and letters in a row count
    /// more, and of equal names the shorter.
    int score = 0;
    /// Where in the name the letters stand, ascending.
    QList<qsizetype> positions;

    friend bool operator==(const FuzzyMatch &, const FuzzyMatch &) = default;
};

/// The best way to find what was typed in the name; nothing if a letter is missing. Case and blanks in what was typed
/// do not count; if nothing was typed, everything matches with a score of 0. Takes time by the product of both
/// lengths, of which at most the first 64 and 256 characters are looked at.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(QStringView typed, QStringView name);

} // namespace sockeye
