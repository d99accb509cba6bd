#pragma once

#include <QByteArrayView>
#include <QString>

#include <optional>

namespace sockeye {

/// Whether a terminal, an editor or whoever lays text out obeys the character instead of showing it: C0 and C1 control
/// characters, DEL, the controls of bidirectional text (UAX 9), line and paragraph separators, the byte order mark.
[[nodiscard]] constexpr bool isControlCharacter(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

/// A control character in UTF-8.
struct EncodedControl
{
    char32_t character = 0;
    /// Bytes.
    qsizetype size = 0;
};

/// The control character that begins with the text's first byte, if one does.
[[nodiscard]] std::optional<EncodedControl> controlAtStart(QByteArrayView utf8);

/// How a control character is written where it must not act: "\x1b", "\u202e".
[[nodiscard]] QByteArray controlNotation(char32_t character);

/// The text with its control characters, but for line feeds and tabs, written as controlNotation() says.
[[nodiscard]] QByteArray withVisibleControls(QByteArrayView utf8);

} // namespace sockeye
