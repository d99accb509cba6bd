#pragma once

#include "endpoint/WebSocketUrl.h"

#include <QNetworkCookieJar>

namespace sockeye {

/// The cookies that peers have set (RFC 6265), in memory and not without end (50, of 4,096 bytes each), for the next
/// attempts of one session: those of a redirect or a load balancer's 101. Nothing of them is kept when it goes.
class CookieStore final
{
public:
    /// The Set-Cookie values of a reply from there. What a cookie may not do (another domain's, one that ends the
    /// header) is left out, as by browsers.
    void take(const WebSocketUrl &from, const QList<QByteArray> &setCookie);
    struct Cookies
    {
        /// "sid=42; lb=a": what Cookie is to say; empty for none.
        QByteArray field;
        /// "sid", "lb": for people, who need not see the values.
        QStringList names;
    };
    /// Those for a request there, without any that `sent`, a Cookie field of the user's, names already.
    [[nodiscard]] Cookies cookiesFor(const WebSocketUrl &to, QByteArrayView sent = {}) const;

private:
    /// With a limit, so that a peer that sets ever new ones takes no memory without end.
    class Jar final : public QNetworkCookieJar
    {
    public:
        static constexpr qsizetype MaxCookies = 50;
        void dropOldest();
    };
    Jar m_jar;
};

} // namespace sockeye
