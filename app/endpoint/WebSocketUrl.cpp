#include "endpoint/WebSocketUrl.h"

#include "endpoint/UrlText.h"

namespace sockeye {

namespace {
constexpr quint16 HttpPort = 80;
constexpr quint16 HttpsPort = 443;

quint16 standardPort(const WebSocketUrl &url)
{
    return url.isSecure() ? HttpsPort : HttpPort;
}

QString schemeName(WebSocketUrl::Scheme scheme)
{
    switch (scheme) {
    case WebSocketUrl::Scheme::Wss:
        return QStringLiteral("wss");
    case WebSocketUrl::Scheme::WsUnix:
        return QStringLiteral("ws+unix");
    case WebSocketUrl::Scheme::Ws:
        break;
    }
    return QStringLiteral("ws");
}

/// RFC 7617 section 2: the first colon ends the user.
QStringView userOf(QStringView userInfo)
{
    const qsizetype colon = userInfo.indexOf(u':');
    return colon < 0 ? userInfo : userInfo.first(colon);
}

QString withPort(const QString &host, quint16 port)
{
    return port == 0 ? host : host + u':' + QString::number(port);
}
} // namespace

QString WebSocketUrl::user() const
{
    return percentDecoded(userOf(userInfo));
}

QString WebSocketUrl::password() const
{
    return percentDecoded(QStringView(userInfo).mid(userOf(userInfo).size() + 1));
}

quint16 WebSocketUrl::dialledPort() const
{
    return port == 0 ? standardPort(*this) : port;
}

QString WebSocketUrl::socketPath() const
{
    return percentDecoded(QString::fromLatin1(socket));
}

QString WebSocketUrl::hostField() const
{
    if (isUnix())
        return QStringLiteral("localhost");
    return withPort(host.forHeader(), port == standardPort(*this) ? 0 : port);
}

QString WebSocketUrl::origin() const
{
    return (isSecure() ? QStringLiteral("https://") : QStringLiteral("http://")) + hostField();
}

QString WebSocketUrl::withUserInfo(QStringView info) const
{
    QString text = schemeName(scheme) + QStringLiteral("://");
    if (isUnix())
        return text + QString::fromLatin1(socket) + u':' + target.text();
    if (!info.isEmpty())
        text += info.toString() + u'@';
    return text + withPort(host.forUrl(), port) + target.text();
}

QString WebSocketUrl::toString() const
{
    return withUserInfo(userInfo);
}

QString WebSocketUrl::shown() const
{
    return withUserInfo(userOf(userInfo));
}

QString peerName(const WebSocketUrl &url)
{
    if (url.isUnix())
        return url.socketPath();
    return withPort(url.host.forHeader(), url.port);
}

} // namespace sockeye
