#include "profiles/Endpoint.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

struct UrlText
{
    Q_DECLARE_TR_FUNCTIONS(UrlText)
};

/// The parts of the text that parseUrl looks at, as views into it.
struct UrlParts
{
    QString scheme;
    QStringView host;
    QStringView port;
    bool hasScheme = false;
    bool hasPort = false;
};

/// A part of the URL for a message: a pasted novel must not fill the dialog.
QString shortened(QStringView text)
{
    constexpr qsizetype MaxShown = 60;
    return text.size() <= MaxShown ? text.toString() : text.left(MaxShown).toString() + u'…';
}

bool isSchemeCharacter(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') || u == u'+' || u == u'-' ||
           u == u'.';
}

bool isKnownScheme(const QString &scheme)
{
    static constexpr std::array known{u"ws", u"wss", u"http", u"https"};
    return std::any_of(known.begin(), known.end(), [&](const char16_t *name) { return scheme == QStringView(name); });
}

Result<> checkCharacters(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u' ')
            return Error{UrlText::tr("The URL has a space at character %1. Remove it, or write %2 for it.")
                             .arg(QString::number(i + 1), QStringLiteral("%20"))};
        if (c.isSpace() || c.category() == QChar::Other_Control) {
            return Error{UrlText::tr("The URL has a line break or an invisible character at character %1. Remove it.")
                             .arg(i + 1)};
        }
        if (c == u'\\')
            return Error{
                UrlText::tr("The URL has a “\\” at character %1. Write “/”, as in wss://example.com/feed.").arg(i + 1)};
    }
    return {};
}

/// Cuts the scheme and its slashes from the front of `rest`.
Result<> takeScheme(QStringView &rest, UrlParts &parts)
{
    const auto end = std::find_if_not(rest.begin(), rest.end(), isSchemeCharacter);
    const auto length = std::distance(rest.begin(), end);
    const QStringView after = rest.mid(length);
    const QString scheme = rest.left(length).toString().toLower();
    if (after.startsWith(u"://")) {
        if (!isKnownScheme(scheme)) {
            return Error{UrlText::tr("“%1://” is not a WebSocket scheme. Write ws:// or, with TLS, wss://, as in "
                                     "wss://example.com/feed.")
                             .arg(shortened(scheme))};
        }
        parts.scheme = scheme;
        parts.hasScheme = true;
        rest = after.mid(3);
        return {};
    }
    if (after.startsWith(u':') && isKnownScheme(scheme)) {
        return Error{UrlText::tr("“%1:” must be followed by two slashes and the host, as in %1://example.com/feed.")
                         .arg(scheme)};
    }
    if (rest.startsWith(u"//"))
        rest = rest.mid(2);
    return {};
}

Result<> splitHostAndPort(QStringView hostAndPort, UrlParts &parts)
{
    qsizetype colon = -1;
    if (hostAndPort.startsWith(u'[')) {
        const qsizetype bracket = hostAndPort.indexOf(u']');
        if (bracket < 0) {
            return Error{UrlText::tr("The address “%1” has no closing bracket. Write it like [::1] or [::1]:9001.")
                             .arg(shortened(hostAndPort))};
        }
        const QStringView rest = hostAndPort.mid(bracket + 1);
        if (!rest.isEmpty() && !rest.startsWith(u':')) {
            return Error{
                UrlText::tr("“%1” after the address is neither a port nor a path. Write it like [::1]:9001/feed.")
                    .arg(shortened(rest))};
        }
        colon = rest.isEmpty() ? -1 : bracket + 1;
    } else {
        colon = hostAndPort.indexOf(u':');
        const bool looksLikeIpv6 =
            hostAndPort.count(u':') > 1 && std::all_of(hostAndPort.begin(), hostAndPort.end(), [](QChar c) {
                return c == u':' || c == u'.' || QStringView(u"0123456789abcdefABCDEF").contains(c);
            });
        if (looksLikeIpv6) {
            return Error{UrlText::tr("Write the IPv6 address in brackets: [%1].").arg(shortened(hostAndPort))};
        }
    }
    parts.hasPort = colon >= 0;
    parts.host = parts.hasPort ? hostAndPort.left(colon) : hostAndPort;
    parts.port = parts.hasPort ? hostAndPort.mid(colon + 1) : QStringView();
    return {};
}

Result<> checkPort(QStringView port)
{
    const bool digits = std::all_of(port.begin(), port.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    bool fits = false;
    const int number = port.toInt(&fits);
    // An empty port stands for the scheme's own (RFC 3986 section 3.2.3).
    if (port.isEmpty() || (digits && fits && number >= 1 && number <= 65535))
        return {};
    return Error{UrlText::tr("The port “%1” is not a number from 1 to 65535.").arg(shortened(port))};
}

bool isIpv4(QStringView host)
{
    const QList<QStringView> parts = host.split(u'.');
    return parts.size() == 4 && std::all_of(parts.begin(), parts.end(), [](QStringView part) {
               bool ok = false;
               const int number = part.toInt(&ok);
               return ok && number >= 0 && number <= 255;
           });
}

/// Servers on this machine and on bare addresses rarely have a certificate; named hosts on the net nearly always do.
QString defaultScheme(QStringView host)
{
    const bool local = host.compare(u"localhost", Qt::CaseInsensitive) == 0 ||
                       host.endsWith(u".localhost", Qt::CaseInsensitive) || host.startsWith(u'[') || isIpv4(host);
    return local ? QStringLiteral("ws") : QStringLiteral("wss");
}

Result<> checkHost(const UrlParts &parts)
{
    if (!parts.host.isEmpty())
        return {};
    const QString scheme = parts.hasScheme ? parts.scheme : QStringLiteral("wss");
    return Error{UrlText::tr("The URL names no host. Write one after %1://, as in %1://example.com/feed.").arg(scheme)};
}

} // namespace

Result<QUrl> parseUrl(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return Error{UrlText::tr("There is no URL. Write one like wss://example.com/feed or ws://localhost:9001.")};
    if (auto checked = checkCharacters(trimmed); !checked)
        return checked.error();

    UrlParts parts;
    QStringView rest = trimmed;
    if (auto taken = takeScheme(rest, parts); !taken)
        return taken.error();
    if (const qsizetype hash = rest.indexOf(u'#'); hash >= 0) {
        return Error{UrlText::tr("A WebSocket URL must not have a fragment (RFC 6455 section 3). Remove “%1”, or write "
                                 "%2 for a # in the path.")
                         .arg(shortened(rest.mid(hash)), QStringLiteral("%23"))};
    }

    const auto authorityEnd = std::find_if(rest.begin(), rest.end(), [](QChar c) { return c == u'/' || c == u'?'; });
    const QStringView authority = rest.left(std::distance(rest.begin(), authorityEnd));
    if (auto split = splitHostAndPort(authority.mid(authority.lastIndexOf(u'@') + 1), parts); !split)
        return split.error();
    if (auto checked = checkHost(parts); !checked)
        return checked.error();
    if (auto checked = checkPort(parts.port); !checked)
        return checked.error();

    const bool secure =
        parts.hasScheme ? parts.scheme == u"wss" || parts.scheme == u"https" : defaultScheme(parts.host) == u"wss";
    const QString scheme = secure ? QStringLiteral("wss://") : QStringLiteral("ws://");
    QUrl url(scheme + rest.toString(), QUrl::TolerantMode);
    if (!url.isValid() || url.host().isEmpty()) {
        return Error{
            UrlText::tr("The host “%1” is not a valid name or address. Write the URL like wss://example.com/feed.")
                .arg(shortened(parts.host))};
    }
    return url;
}

HeaderFields enabledHeaders(const Endpoint &endpoint)
{
    HeaderFields fields;
    for (const RequestHeader &header : endpoint.headers) {
        // An empty row is one that the user has not filled in yet.
        const bool blank = header.name.isEmpty() && header.value.isEmpty();
        if (header.enabled && !blank)
            fields.append({header.name.toUtf8(), header.value.toUtf8()});
    }
    return fields;
}

} // namespace sockeye
