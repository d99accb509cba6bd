#pragma once

#include "endpoint/Endpoint.h"
#include "endpoint/WebSocketUrl.h"
#include "wire/Handshake.h"

namespace sockeye {

/// The opening request for an endpoint at its parsed URL, all but the key: what the connection sends, and what a
/// preview shows. A user in the URL becomes an Authorization header unless the endpoint has one.
[[nodiscard]] HandshakeRequest openingRequest(const WebSocketUrl &url, const Endpoint &endpoint);
/// "Basic bWU6c2VjcmV0": an Authorization's value (RFC 7617 section 2, in UTF-8).
[[nodiscard]] QByteArray basicCredentials(const QString &user, const QString &password);

} // namespace sockeye
