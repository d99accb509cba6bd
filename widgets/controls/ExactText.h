#pragma once

#include "widgets/controls/LineEnding.h"

#include <QList>

class QTextBlock;
class QTextCursor;
class QTextDocument;

namespace sockeye {

/// Text in a QTextDocument, to the UTF-16 code unit. A document makes one thing of LF, CR LF, CR, U+2029, U+FDD0 and
/// U+FDD1, and lays out a long line slowly. So the character format of each block separator says which line ending it
/// is, None for a break that is not in the text; and a character that the document cannot hold or show is stood in for
/// by its picture, whose character format says what it is a picture of. Combining marks that are too many in a row to
/// be laid out (CombiningMarks.h) have one sign, whose format holds them. Formats belong to the characters that carry
/// them: undo, redo and removing keep them right.
class ExactText final
{
public:
    /// The longest line, in UTF-16 code units, that is laid out as one; longer ones are broken without a line ending.
    static constexpr qsizetype MaxLine = 4096;

    /// A part of a block, in UTF-16 code units from the block's start.
    struct Range
    {
        int start = 0;
        int length = 0;

        friend bool operator==(const Range &, const Range &) = default;
    };

    ExactText() = delete;

    /// Inserts the text in place of what is selected, as one step of undo.
    static void insert(QTextCursor &cursor, QStringView text);
    /// Ends the line at the cursor.
    static void insertBreak(QTextCursor &cursor, LineEnding ending);
    /// Replaces the whole text; undo does not lead back.
    static void setText(QTextDocument &document, QStringView text);

    [[nodiscard]] static QString text(const QTextDocument &document);
    /// What is selected.
    [[nodiscard]] static QString text(const QTextCursor &selection);

    /// Whether plain insertion by Qt would not keep the text, or could be mistaken for a picture.
    [[nodiscard]] static bool needsCare(QStringView text);
    /// The ending of the line before a block; None if that line goes on in the block.
    [[nodiscard]] static LineEnding endingBefore(const QTextBlock &block);
    /// The line ending that is next to a block, first upwards; `fallback` if the text has none.
    [[nodiscard]] static LineEnding endingNear(const QTextBlock &block, LineEnding fallback);
    /// Gives all lines the same ending, as one step of undo.
    static void setEndings(QTextDocument &document, LineEnding ending);
    /// Where pictures stand for characters in a block; those next to one another are one range.
    [[nodiscard]] static QList<Range> pictures(const QTextBlock &block);
    /// The character at a position of the document, through its picture.
    [[nodiscard]] static char32_t characterAt(const QTextDocument &document, int position);

    /// How many of the first `max` characters to take where a text has to be broken: a surrogate pair, and a base
    /// character with what is joined to it, stay together if that is possible.
    [[nodiscard]] static qsizetype breakPlace(QStringView text, qsizetype max);
};

} // namespace sockeye
