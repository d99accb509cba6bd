#pragma once

#include <QByteArrayView>

namespace sockeye {

/// Whether a header of this name holds what only the one it is meant for may see: Authorization, Proxy-Authorization,
/// Cookie, Set-Cookie, and names that hold "token", "secret", "password" or "api-key".
[[nodiscard]] bool isSecretHeader(QByteArrayView name);

} // namespace sockeye
