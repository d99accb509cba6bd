#pragma once

#include <QChar>

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

} // namespace sockeye
