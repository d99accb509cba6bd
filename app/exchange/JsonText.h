#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QStringView>

namespace sockeye {

// Pieces of JSON (RFC 8259) appended to bytes: exports write millions of entries, and a document tree for each would
// cost several times what the writing does.

// Characters that a terminal or an editor would obey (isControlCharacter()) are escaped too, though JSON does not ask
// for it: these files are looked at.

/// Valid UTF-8, escaped for the inside of a string; without the quotes, so that it can come in parts of whole
/// characters.
void appendJsonEscaped(QByteArray &out, QByteArrayView utf8);
/// A JSON text in which control characters are escaped; of those, only strings can hold any, but for the white space
/// between values.
[[nodiscard]] QByteArray withEscapedControls(const QByteArray &json);
/// A whole string with its quotes.
void appendJsonString(QByteArray &out, QStringView text);
void appendJsonString(QByteArray &out, QLatin1StringView ascii);
void appendNumber(QByteArray &out, qint64 number);
void appendHex(QByteArray &out, QByteArrayView bytes);
void appendBase64(QByteArray &out, QByteArrayView bytes);

} // namespace sockeye
