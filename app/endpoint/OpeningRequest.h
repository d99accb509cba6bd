#pragma once

#include "endpoint/Endpoint.h"
#include "endpoint/WebSocketUrl.h"
#include "wire/Handshake.h"
#include "wire/HttpAuthentication.h"

namespace sockeye {

/// The opening request for an endpoint at its parsed URL, all but the key: what the connection sends, and what a
/// preview shows. A user in the URL becomes an Authorization header by Basic unless the endpoint has one: at once where
/// nobody can read it on the way (TLS, a Unix domain socket) or Endpoint::basicAtOnce says so, else not before the peer
/// asks. `authorization` is the answer to that question, and takes its place.
[[nodiscard]] HandshakeRequest openingRequest(const WebSocketUrl &url, const Endpoint &endpoint,
                                              const QByteArray &authorization = {});
/// The user and password that the URL holds for the peer; none where a header of the endpoint's says who asks.
[[nodiscard]] HttpCredentials peerCredentials(const WebSocketUrl &url, const Endpoint &endpoint);

} // namespace sockeye
