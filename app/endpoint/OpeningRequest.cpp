#include "endpoint/OpeningRequest.h"

#include <algorithm>

namespace sockeye {

namespace {
HeaderFields requestHeaders(const WebSocketUrl &url, const Endpoint &endpoint)
{
    HeaderFields fields = enabledHeaders(endpoint);
    const bool hasAuthorization = std::any_of(fields.cbegin(), fields.cend(), [](const HeaderField &field) {
        return field.name.compare("Authorization", Qt::CaseInsensitive) == 0;
    });
    if (!url.user().isEmpty() && !hasAuthorization) {
        fields.prepend({"Authorization", basicCredentials(url.user(), url.password())});
    }
    return fields;
}
} // namespace

HandshakeRequest openingRequest(const WebSocketUrl &url, const Endpoint &endpoint)
{
    HandshakeRequest request;
    request.target = url.target.bytes();
    request.host = url.hostField().toLatin1();
    request.subprotocols = endpoint.subprotocols;
    request.extensions = deflateOffer(endpoint.deflate);
    request.headers = requestHeaders(url, endpoint);
    return request;
}

QByteArray basicCredentials(const QString &user, const QString &password)
{
    return "Basic " + (user + u':' + password).toUtf8().toBase64();
}

} // namespace sockeye
