#include "connection/CookieStore.h"

#include "base/Bytes.h"

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
    // RFC 6265 section 6.1. What is not UTF-8 would be changed on its way through a header of the endpoint's.
    constexpr qsizetype MaxSize = 4096;
    return pair.size() <= MaxSize && isValidUtf8(pair) &&
           std::none_of(pair.cbegin(), pair.cend(), [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
}

QList<QByteArray> namesIn(QByteArrayView field)
{
    QList<QByteArray> names;
    for (const QByteArray &pair : field.toByteArray().split(';'))
        names += pair.left(pair.indexOf('=')).trimmed();
    return names;
}
} // namespace

void CookieStore::Jar::dropOldest()
{
    const QList<QNetworkCookie> all = allCookies();
    if (all.size() > MaxCookies)
        setAllCookies(all.last(MaxCookies));
}

void CookieStore::take(const WebSocketUrl &from, const QList<QByteArray> &setCookie)
{
    if (from.isUnix())
        return;
    QList<QNetworkCookie> cookies;
    for (const QByteArray &value : setCookie)
        cookies += QNetworkCookie::parseCookies(value);
    cookies.removeIf([](const QNetworkCookie &cookie) { return !isSendable(cookie); });
    m_jar.setCookiesFromUrl(cookies, jarUrl(from));
    m_jar.dropOldest();
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
