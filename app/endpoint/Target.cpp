#include "endpoint/Target.h"

#include "endpoint/HostPort.h"

#include <QCoreApplication>

namespace sockeye {

namespace {
struct TargetText
{
    Q_DECLARE_TR_FUNCTIONS(TargetText)
};

/// A colon in the socket's path is written %3A, so the first one that is not ends it.
qsizetype socketPathEnd(const QString &encodedPath)
{
    const qsizetype colon = encodedPath.indexOf(u':');
    return colon < 0 ? encodedPath.size() : colon;
}

QString socketPath(const QUrl &url)
{
    const QString path = url.path(QUrl::FullyEncoded);
    return QUrl::fromPercentEncoding(path.left(socketPathEnd(path)).toUtf8());
}

QString withoutBrackets(QStringView host)
{
    return host.startsWith(u'[') ? host.mid(1, host.size() - 2).toString() : host.toString();
}
} // namespace

Result<Target> targetOf(const QUrl &url, const QString &connectTo)
{
    const QString text = connectTo.trimmed();
    if (isUnixUrl(url)) {
        if (!text.isEmpty()) {
            return Error{
                TargetText::tr("A ws+unix:// URL names the socket to dial, so “connect to” (%1) has no meaning "
                               "for it. Clear it in the connection's options.")
                    .arg(shortened(text))};
        }
        return Target{{}, 0, socketPath(url)};
    }
    Target target{url.host(QUrl::FullyDecoded), static_cast<quint16>(url.port(url.scheme() == u"wss" ? 443 : 80)), {}};
    if (text.isEmpty())
        return target;
    const auto parts = splitHostAndPort(text);
    if (!parts)
        return parts.error();
    if (const auto checked = checkPort(parts->port); !checked)
        return checked.error();
    const QString host = withoutBrackets(parts->host);
    const QUrl valid(QStringLiteral("ws://") + (parts->host.isEmpty() ? QStringLiteral("h") : parts->host.toString()),
                     QUrl::StrictMode);
    const bool isHost = valid.isValid() && valid.path().isEmpty() && valid.userInfo().isEmpty() && !valid.hasQuery() &&
                        !valid.hasFragment();
    if (!isHost || (host.isEmpty() && parts->port.isEmpty())) {
        return Error{TargetText::tr("“%1” is no address to connect to. Write host:port, [::1]:9001, or :port for "
                                    "another port of the same host.")
                         .arg(shortened(text))};
    }
    if (!host.isEmpty())
        target.host = host;
    if (!parts->port.isEmpty())
        target.port = parts->port.toUShort();
    return target;
}

bool isUnixUrl(const QUrl &url)
{
    return url.scheme() == u"ws+unix";
}

QUrl requestUrl(const QUrl &url)
{
    if (!isUnixUrl(url))
        return url;
    const QString path = url.path(QUrl::FullyEncoded);
    QUrl resource;
    resource.setScheme(QStringLiteral("ws"));
    resource.setHost(QStringLiteral("localhost"));
    resource.setPath(path.mid(socketPathEnd(path) + 1), QUrl::TolerantMode);
    resource.setQuery(url.hasQuery() ? url.query(QUrl::FullyEncoded) : QString());
    return resource;
}

QUrl withResource(const QUrl &unixUrl, const QUrl &resource)
{
    const QString path = unixUrl.path(QUrl::FullyEncoded);
    QUrl url = unixUrl;
    url.setPath(path.left(socketPathEnd(path)) + u':' + resource.path(QUrl::FullyEncoded), QUrl::TolerantMode);
    url.setQuery(resource.hasQuery() ? resource.query(QUrl::FullyEncoded) : QString());
    return url;
}

QString peerName(const QUrl &url)
{
    return isUnixUrl(url) ? socketPath(url) : url.adjusted(QUrl::RemoveUserInfo).authority();
}

} // namespace sockeye
