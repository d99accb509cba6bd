#pragma once

#include <QString>

#include <optional>

namespace sockeye {

/// Characters that nobody sees and that come along when a text is pasted from a chat, a mail or a document: controls,
/// format characters (Unicode's Cf: zero-width and bidirectional ones, the soft hyphen, the byte order mark), line and
/// paragraph separators, fillers, and all spaces but U+0020. A surrogate without its other half is one of them.
[[nodiscard]] bool isInvisible(char32_t c);

struct InvisibleCharacter
{
    char32_t character = 0;
    /// Counted in characters, from 1.
    qsizetype place = 0;

    /// "U+200B zero width space"
    [[nodiscard]] QString name() const;
    friend bool operator==(const InvisibleCharacter &, const InvisibleCharacter &) = default;
};

/// The first one in the text.
[[nodiscard]] std::optional<InvisibleCharacter> findInvisible(QStringView text);
/// The text without all of them.
[[nodiscard]] QString withoutInvisible(const QString &text);

/// A text without the ASCII blanks at its ends: space, tab and line breaks, which every field cuts off.
[[nodiscard]] QStringView withoutBlanks(QStringView text);

/// The first of a pair of quotation marks that stand around the text, or a lone one at one of its ends, with its place:
/// “ws://host/”. An apostrophe at the end alone is none, since it may stand in a URL.
[[nodiscard]] std::optional<InvisibleCharacter> findQuote(QStringView text);
/// The text without blanks, quotation marks around it and invisible characters: what was meant, as far as can be seen.
[[nodiscard]] QString cleaned(const QString &text);

} // namespace sockeye
