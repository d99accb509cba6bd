#pragma once

#include <QString>

namespace sockeye {

/// "U+2028 line separator"; only the code point for characters without a common name.
[[nodiscard]] QString characterName(char32_t c);

/// Whether text[at] is a surrogate without its other half.
[[nodiscard]] bool isLoneSurrogate(QStringView text, qsizetype at);
/// The place of the first surrogate without its other half, -1 if there is none: such a text has no UTF-8 form.
[[nodiscard]] qsizetype findLoneSurrogate(QStringView text);

} // namespace sockeye
