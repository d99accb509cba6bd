#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// Whether bytes are text to be shown as such: UTF-8 whose only control characters are tabs and ends of lines.
[[nodiscard]] bool isReadableText(QByteArrayView bytes);
/// Likewise of the beginning of something, which may end inside of a character.
[[nodiscard]] bool isReadableBeginning(QByteArrayView bytes);
/// A text as one line of at most so many characters.
[[nodiscard]] QString inOneLine(const QString &text, qsizetype length);

} // namespace sockeye
