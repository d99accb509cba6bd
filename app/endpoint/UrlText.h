#pragma once

#include <QByteArray>
#include <QString>

namespace sockeye {

// What can be done with the text of a URL, of a proxy too, as somebody typed it, whether it can be used or not.

/// The URL but for a password in it ("ws://user:password@host/"). What may be one is cut out too where "/", "?" or "#"
/// in a password ends the authority too early.
[[nodiscard]] QString withoutPassword(QString url);
/// Likewise without user and password.
[[nodiscard]] QString withoutUserInfo(QString url);

/// Without its scheme, user, query and final slash, as a title says it: "localhost:9001/echo".
[[nodiscard]] QString shortUrl(const QString &url);

/// In the text behind a URL's scheme and slashes: where the "@" stands that ends a user's information which "/", "?" or
/// "#" cut into pieces, so that its first part cannot be a host and a port; -1 for none.
[[nodiscard]] qsizetype misplacedUserInfoEnd(QStringView afterScheme);

/// Percent-encodes (RFC 3986 section 2.1) controls, blanks, bytes beyond ASCII and those in `also`. What is encoded
/// already stays.
[[nodiscard]] QByteArray percentEncoded(QByteArrayView bytes, QByteArrayView also);
/// The text of percent-encoded UTF-8; a "%" without two hex digits behind it stays.
[[nodiscard]] QString percentDecoded(QStringView text);

} // namespace sockeye
