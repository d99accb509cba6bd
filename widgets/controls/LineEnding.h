#pragma once

#include <QString>

namespace sockeye {

/// What ends a line of a text.
enum class LineEnding : quint8 {
    Lf,
    CrLf,
    Cr,
    None ///< nothing: the text goes on, and is broken only because it is too long for one line of the layout
};

/// The characters that the line ending stands for.
[[nodiscard]] QStringView charactersOf(LineEnding ending);
/// The ending that begins at text[at], None if there is none.
[[nodiscard]] LineEnding lineEndingAt(QStringView text, qsizetype at);

/// How often each line ending stands in a text.
struct LineEndingCounts
{
    qsizetype lf = 0;
    qsizetype crLf = 0;
    qsizetype cr = 0;

    [[nodiscard]] static LineEndingCounts of(QStringView text);
    [[nodiscard]] qsizetype total() const { return lf + crLf + cr; }
    /// "CRLF line endings"; empty where all are the usual LF.
    [[nodiscard]] QString description() const;

    friend bool operator==(const LineEndingCounts &, const LineEndingCounts &) = default;
};

} // namespace sockeye
