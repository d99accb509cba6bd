#include "endpoint/UrlAuthority.h"

#include "endpoint/HostPort.h"
#include "endpoint/UrlText.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {
struct AuthorityText
{
    Q_DECLARE_TR_FUNCTIONS(UrlAuthority)
};

/// WHATWG's userinfo percent-encode set but for the colon, which parts user and password, and what may stand there by
/// RFC 3986 (";" and "=").
constexpr QByteArrayView NotInUserInfo = "\"#<>?^`{}/@[\\]|";

Error misplacedText(QStringView afterScheme)
{
    const auto cut = std::find_if(afterScheme.begin(), afterScheme.end(),
                                  [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; });
    const QChar c = *cut;
    return Error{AuthorityText::tr("A “%1” in the user or the password ends the host's part of the URL too early. "
                                   "Write %2 for it there.")
                     .arg(c)
                     .arg(QStringLiteral("%%1").arg(c.unicode(), 2, 16, QLatin1Char('0')).toUpper())};
}
} // namespace

Result<UrlAuthority> UrlAuthority::parse(QStringView afterScheme, const QString &example)
{
    if (misplacedUserInfoEnd(afterScheme) >= 0)
        return misplacedText(afterScheme);
    const auto end = std::find_if(afterScheme.begin(), afterScheme.end(),
                                  [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; });
    const QStringView text = afterScheme.first(std::distance(afterScheme.begin(), end));
    const qsizetype at = text.lastIndexOf(u'@');
    const auto parts = splitHostAndPort(text.sliced(at + 1));
    if (!parts)
        return parts.error();
    if (parts->host.isEmpty())
        return Error{AuthorityText::tr("The URL names no host. Write one as in %1.").arg(example)};
    if (const auto checked = checkPort(parts->port); !checked)
        return checked.error();
    auto host = HostName::parse(parts->host);
    if (!host)
        return host.error();
    UrlAuthority authority;
    authority.userInfo =
        QString::fromLatin1(percentEncoded(text.first(std::max<qsizetype>(at, 0)).toUtf8(), NotInUserInfo));
    authority.host = std::move(host).value();
    authority.writtenHost = parts->host;
    authority.port = parts->port.toUShort();
    authority.rest = afterScheme.sliced(text.size());
    return authority;
}

} // namespace sockeye
