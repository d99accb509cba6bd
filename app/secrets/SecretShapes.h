#pragma once

#include <QByteArrayView>
#include <QString>

namespace sockeye {

/// What stands in place of a secret.
inline constexpr char SecretMask[] = "***";

/// Whether a value is a secret by what it looks like, whatever its name: a JSON Web Token, "Bearer x" and its like, a
/// JSON object in base64, a key with the prefix of a well-known maker ("ghp_", "xoxb-").
[[nodiscard]] bool isSecretValue(QByteArrayView value);
/// The text with what looks like a secret in it replaced, and by how many masks.
[[nodiscard]] QString maskShapes(const QString &text, qint64 &count);

/// Whether a subprotocol looks like a token, which servers take in that way since a browser's API can send no header
/// ("base64url.bearer.authorization.k8s.io.TOKEN", "eyJ..."): a telling word in it, or a long run of random characters.
[[nodiscard]] bool isSecretSubprotocol(QByteArrayView subprotocol);

} // namespace sockeye
