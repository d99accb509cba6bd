#pragma once

#include <QByteArray>
#include <QString>

namespace sockeye {

/// The head's bytes with the values of secret headers (Authorization, Proxy-Authorization, Cookie, Set-Cookie,
/// X-Api-Key and names that hold "token", "secret" or "password") replaced by "***", and likewise the secrets in the
/// URLs of its request line and of Location, Origin and Referer. Every other byte stays as it is.
[[nodiscard]] QByteArray maskSecrets(const QByteArray &head);
/// The URL with its password and the values of query items named like a secret replaced by "***".
[[nodiscard]] QString maskSecretsInUrl(const QString &url);
/// A sentence with every URL in it masked likewise.
[[nodiscard]] QString maskSecretsInText(const QString &text);

} // namespace sockeye
