#pragma once

#include <QString>

namespace sockeye {

/// Whether a text field cannot hold the UTF-16 code unit as it is, or would show nothing for it: control characters
/// other than tab and line breaks, the line and paragraph separators of Unicode, a byte order mark, noncharacters. A
/// surrogate counts as such; the caller asks only about one that stands alone.
[[nodiscard]] bool needsPicture(QChar c);
/// The visible character that is shown for one that needs a picture: U+240D for a carriage return and so on, a box
/// where Unicode has no picture.
[[nodiscard]] QChar pictureOf(QChar c);
/// Whether the character is a picture of some other, so that the two can be mistaken for one another.
[[nodiscard]] bool isPicture(QChar c);
/// "U+2028 line separator"; only the code point for characters without a common name.
[[nodiscard]] QString characterName(char32_t c);

/// Whether text[at] is a surrogate without its other half.
[[nodiscard]] bool isLoneSurrogate(QStringView text, qsizetype at);
/// The place of the first surrogate without its other half, -1 if there is none: such a text has no UTF-8 form.
[[nodiscard]] qsizetype findLoneSurrogate(QStringView text);

} // namespace sockeye
