#pragma once

#include <QByteArray>

namespace sockeye {

/// A list of subprotocols, as in Sec-WebSocket-Protocol, without the tokens in it: what stands behind a "bearer" or
/// "token" in the list ("bearer, xyz"), what is joined to one ("base64url.bearer.authorization.k8s.io.xyz"), and what
/// is random enough to be one itself. Subprotocols that are registered stay. Adds the masks to `count`.
[[nodiscard]] QByteArray maskSubprotocols(const QByteArray &list, qint64 &count);

} // namespace sockeye
