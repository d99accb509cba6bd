#include "connection/CookieStore.h"

#include <QNetworkCookie>
#include <QUrl>

#include <algorithm>

namespace sockeye {

namespace {
/// As the jar wants it: https for wss, so that Secure is what it says.
QUrl jarUrl(const WebSocketUrl &url)
{
    const QByteArray path = url.target.bytes().split('?').constFirst();
    return QUrl::fromEncoded(url.origin().toUtf8() + path);
}

bool isSendable(const QNetworkCookie &cookie)
{
    const QByteArray pair = cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
    return std::none_of(pair.cbegin(), pair.cend(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
}

QList<QByteArray> namesIn(QByteArrayView field)
{
    QList<QByteArray> names;
    for (const QByteArray &pair : field.toByteArray().split(';'))
        names += pair.left(pair.indexOf('=')).trimmed();
    return names;
}
} // namespace

void CookieStore::take(const WebSocketUrl &from, const QList<QByteArray> &setCookie)
{
    if (from.isUnix())
        return;
    QList<QNetworkCookie> cookies;
    for (const QByteArray &value : setCookie)
        cookies += QNetworkCookie::parseCookies(value);
    cookies.removeIf([](const QNetworkCookie &cookie) { return !isSendable(cookie); });
    m_jar.setCookiesFromUrl(cookies, jarUrl(from));
}

CookieStore::Cookies CookieStore::cookiesFor(const WebSocketUrl &to, QByteArrayView sent) const
{
    Cookies result;
    if (to.isUnix())
        return result;
    const QList<QByteArray> known = namesIn(sent);
    QList<QByteArray> pairs;
    const QList<QNetworkCookie> cookies = m_jar.cookiesForUrl(jarUrl(to));
    for (const QNetworkCookie &cookie : cookies) {
        if (known.contains(cookie.name()))
            continue;
        pairs += cookie.toRawForm(QNetworkCookie::NameAndValueOnly);
        result.names += QString::fromUtf8(cookie.name());
    }
    result.field = pairs.join("; ");
    return result;
}

} // namespace sockeye
