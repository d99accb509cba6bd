#include "endpoint/Endpoint.h"

#include "endpoint/HostPort.h"

#include <QCoreApplication>
#include <QRegularExpression>

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
    bool hasScheme = false;
};

bool isSchemeCharacter(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') || u == u'+' || u == u'-' ||
           u == u'.';
}

bool isKnownScheme(const QString &scheme)
{
    static constexpr std::array known{u"ws", u"wss", u"http", u"https", u"ws+unix", u"wss+unix"};
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

/// `rest` is what follows ws+unix://. The result always has a resource.
Result<QUrl> unixUrl(const QString &scheme, QStringView rest)
{
    const QString example = QStringLiteral("ws+unix:///path/to.sock:/resource");
    if (scheme != u"ws+unix") {
        return Error{
            UrlText::tr("TLS over a Unix domain socket (%1://) is not spoken here: nobody else can listen in on "
                        "one. Write %2.")
                .arg(scheme, example)};
    }
    const qsizetype colon = rest.indexOf(u':');
    const qsizetype question = rest.indexOf(u'?');
    const QStringView path = rest.left(colon >= 0 ? colon : question >= 0 ? question : rest.size());
    if (!path.startsWith(u'/') || path.size() < 2 || path.contains(u'?')) {
        return Error{UrlText::tr("The URL names no socket. Write the socket's whole path after ws+unix://, as in %1.")
                         .arg(example)};
    }
    QStringView resource = rest.mid(path.size());
    if (colon >= 0)
        resource = resource.mid(1);
    const bool hasPath = resource.startsWith(u'/');
    if (!hasPath && !resource.isEmpty() && !resource.startsWith(u'?')) {
        return Error{UrlText::tr("“%1” after the socket's path does not begin with a slash. Write the URL like %2, and "
                                 "%3 for a colon in the socket's path.")
                         .arg(shortened(resource), example, QStringLiteral("%3A"))};
    }
    const QString slash = hasPath ? QString() : QStringLiteral("/");
    const QUrl url(QStringLiteral("ws+unix://%1:%2%3").arg(path, slash, resource), QUrl::TolerantMode);
    if (!url.isValid())
        return Error{
            UrlText::tr("“%1” is no valid path of a socket. Write the URL like %2.").arg(shortened(path), example)};
    return url;
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
    if (parts.scheme.endsWith(u"+unix"))
        return unixUrl(parts.scheme, rest);

    const auto authorityEnd = std::find_if(rest.begin(), rest.end(), [](QChar c) { return c == u'/' || c == u'?'; });
    const QStringView authority = rest.left(std::distance(rest.begin(), authorityEnd));
    const auto hostPort = splitHostAndPort(authority.mid(authority.lastIndexOf(u'@') + 1));
    if (!hostPort)
        return hostPort.error();
    parts.host = hostPort->host;
    if (auto checked = checkHost(parts); !checked)
        return checked.error();
    if (auto checked = checkPort(hostPort->port); !checked)
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

QString withoutPassword(QString url)
{
    const qsizetype scheme = url.indexOf(QStringLiteral("://"));
    const qsizetype begin = scheme < 0 ? 0 : scheme + 3;
    static const QRegularExpression afterAuthority(QStringLiteral("[/?#]"));
    const qsizetype path = url.indexOf(afterAuthority, begin);
    const qsizetype at = url.lastIndexOf(u'@', (path < 0 ? url.size() : path) - 1);
    const qsizetype colon = url.indexOf(u':', begin);
    if (colon >= begin && colon < at)
        url.remove(colon, at - colon);
    return url;
}

Result<QString> parseFingerprint(const QString &text)
{
    constexpr qsizetype Digits = 64;
    QString plain = text.toLower();
    plain.removeIf([](QChar c) { return c == u':' || c.isSpace(); });
    const bool isHex =
        std::all_of(plain.cbegin(), plain.cend(), [](QChar c) { return QStringView(u"0123456789abcdef").contains(c); });
    if (plain.isEmpty() || (isHex && plain.size() == Digits))
        return plain;
    return Error{UrlText::tr("“%1” is no SHA-256 fingerprint: that is 64 hex digits, with or without colons.")
                     .arg(shortened(text))};
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
