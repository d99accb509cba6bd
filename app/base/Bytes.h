#pragma once

#include "base/Result.h"

#include <QByteArray>
#include <QByteArrayView>

namespace sockeye {

/// Reads bytes written as hex digits; white space, commas and a 0x before a byte are allowed between bytes.
/// The error names the offending character and its place, counted from 1.
[[nodiscard]] Result<QByteArray> parseHex(QStringView text);
/// "68 65 61 72": lower case, one space between bytes.
[[nodiscard]] QString hexText(QByteArrayView bytes);
/// Whether the bytes are valid UTF-8 in the sense of RFC 3629: no surrogates, no overlong forms, at most U+10FFFF.
[[nodiscard]] bool isValidUtf8(QByteArrayView bytes);
/// How many bytes at the end begin a character of UTF-8 whose rest may follow.
[[nodiscard]] qsizetype unfinishedBytes(QByteArrayView utf8);
/// Text from UTF-8 with a leading byte order mark kept (QString::fromUtf8 drops it); invalid sequences become U+FFFD.
[[nodiscard]] QString textFromUtf8(QByteArrayView bytes);

} // namespace sockeye
