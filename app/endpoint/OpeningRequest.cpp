#include "endpoint/OpeningRequest.h"

#include <algorithm>

namespace sockeye {

namespace {
HeaderFields requestHeaders(const WebSocketUrl &url, const Endpoint &endpoint, const QByteArray &authorization)
{
    HeaderFields fields = enabledHeaders(endpoint);
    if (!authorization.isEmpty()) {
        fields.prepend({"Authorization", authorization});
        return fields;
    }
    const HttpCredentials credentials = peerCredentials(url, endpoint);
    const bool isPrivate = url.isSecure() || url.isUnix();
    // RFC 7617 section 2: a user with a colon cannot be told by Basic; Digest can, once it is asked for.
    const bool canBasic = !credentials.user.isEmpty() && !credentials.user.contains(u':');
    if (canBasic && (isPrivate || endpoint.basicAtOnce))
        fields.prepend({"Authorization", basicCredentials(credentials.user, credentials.password)});
    return fields;
}
} // namespace

HttpCredentials peerCredentials(const WebSocketUrl &url, const Endpoint &endpoint)
{
    const HeaderFields fields = enabledHeaders(endpoint);
    const bool hasAuthorization = std::any_of(fields.cbegin(), fields.cend(), [](const HeaderField &field) {
        return field.name.compare("Authorization", Qt::CaseInsensitive) == 0;
    });
    return hasAuthorization ? HttpCredentials() : HttpCredentials{url.user(), url.password()};
}

HandshakeRequest openingRequest(const WebSocketUrl &url, const Endpoint &endpoint, const QByteArray &authorization)
{
    HandshakeRequest request;
    request.target = url.target.bytes();
    request.host = url.hostField().toLatin1();
    request.subprotocols = endpoint.subprotocols;
    request.extensions = deflateOffer(endpoint.deflate);
    request.headers = requestHeaders(url, endpoint, authorization);
    return request;
}

} // namespace sockeye
