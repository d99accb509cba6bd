#include "endpoint/OpeningRequest.h"

#include "endpoint/Target.h"

#include <algorithm>

namespace sockeye {

namespace {
QByteArray hostField(const QUrl &url)
{
    const QByteArray host = url.host(QUrl::FullyEncoded).toUtf8();
    const QByteArray bracketed = host.contains(':') ? '[' + host + ']' : host;
    const int standard = url.scheme() == u"wss" ? 443 : 80;
    return url.port(standard) == standard ? bracketed : bracketed + ':' + QByteArray::number(url.port());
}

QByteArray requestTarget(const QUrl &url)
{
    QByteArray target = url.path(QUrl::FullyEncoded).toUtf8();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toUtf8();
    return target;
}

HeaderFields requestHeaders(const QUrl &url, const Endpoint &endpoint)
{
    HeaderFields fields = enabledHeaders(endpoint);
    const bool hasAuthorization = std::any_of(fields.cbegin(), fields.cend(), [](const HeaderField &field) {
        return field.name.compare("Authorization", Qt::CaseInsensitive) == 0;
    });
    if (!url.userName().isEmpty() && !hasAuthorization) {
        fields.prepend({"Authorization", basicCredentials(url.userName(), url.password())});
    }
    return fields;
}
} // namespace

HandshakeRequest openingRequest(const QUrl &url, const Endpoint &endpoint)
{
    HandshakeRequest request;
    const QUrl resource = requestUrl(url);
    request.target = requestTarget(resource);
    request.host = hostField(resource);
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
