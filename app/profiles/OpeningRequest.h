#pragma once

#include "profiles/Endpoint.h"
#include "wire/Handshake.h"

namespace sockeye {

/// The opening request for an endpoint at its parsed URL, all but the key: what the connection sends, and what a
/// preview shows. A user in the URL becomes an Authorization header unless the endpoint has one.
[[nodiscard]] HandshakeRequest openingRequest(const QUrl &url, const Endpoint &endpoint);

} // namespace sockeye
