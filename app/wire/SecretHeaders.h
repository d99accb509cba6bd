#pragma once

#include <QByteArrayView>

namespace sockeye {

/// Whether a header of this name holds what only the one it is meant for may see: Authorization, Proxy-Authorization,
/// Cookie, Set-Cookie, and names that hold "token", "secret", "password" or "api-key".
[[nodiscard]] bool isSecretHeader(QByteArrayView name);
/// Whether a subprotocol looks like a token, which servers take in that way since a browser's API can send no header
/// ("base64url.bearer.authorization.k8s.io.TOKEN", "eyJ..."): a telling word in it, or a long run of random characters.
[[nodiscard]] bool isSecretSubprotocol(QByteArrayView subprotocol);

} // namespace sockeye
