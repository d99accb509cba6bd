#include "endpoint/UrlParser.h"

#include "base/CharacterNames.h"
#include "endpoint/HostPort.h"
#include "endpoint/InvisibleCharacters.h"
#include "endpoint/UrlAuthority.h"
#include "endpoint/UrlText.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace sockeye {

namespace {

struct UrlParserWords
{
    Q_DECLARE_TR_FUNCTIONS(UrlText)
};

bool isSchemeCharacter(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z') || (u >= u'0' && u <= u'9') || u == u'+' || u == u'-' ||
           u == u'.';
}

bool isKnownScheme(QStringView scheme)
{
    static constexpr std::array known{u"ws", u"wss", u"http", u"https", u"ws+unix", u"wss+unix"};
    return std::any_of(known.begin(), known.end(), [&](const char16_t *name) { return scheme == QStringView(name); });
}

QStringView authorityOf(QStringView afterScheme)
{
    const auto end = std::find_if(afterScheme.begin(), afterScheme.end(),
                                  [](QChar c) { return c == u'/' || c == u'?' || c == u'#'; });
    return afterScheme.first(std::distance(afterScheme.begin(), end));
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

bool isLocalhost(QStringView host)
{
    return host.compare(u"localhost", Qt::CaseInsensitive) == 0 || host.endsWith(u".localhost", Qt::CaseInsensitive);
}

/// Servers on this machine and on bare addresses rarely have a certificate; named hosts on the net nearly always do.
bool isSecureByDefault(QStringView host)
{
    return !isLocalhost(host) && !host.startsWith(u'[') && !isIpv4(host);
}

Error backslash(qsizetype place)
{
    return Error{
        UrlParserWords::tr("The URL has a “\\” at character %1. Write “/”, as in wss://example.com/feed.").arg(place)};
}

Error unknownScheme(const QString &scheme)
{
    return Error{UrlParserWords::tr("“%1” is not a WebSocket scheme. Write ws:// or, with TLS, wss://, as in "
                                    "wss://example.com/feed.")
                     .arg(shortened(scheme))};
}

/// Whether "name:" at the front of a text is a scheme's, and not a host's with a port ("localhost:8080/x") or a user's
/// with a password ("me:secret@example.com").
bool isScheme(QStringView name, QStringView afterColon)
{
    if (name.isEmpty() || !name.front().isLetter() || name.contains(u'.') || isLocalhost(name))
        return false;
    if (afterColon.isEmpty() || afterColon.front().isDigit() || afterColon.front() == u'?')
        return false;
    // A second colon is one of an IPv6 address without its brackets.
    const QStringView authority = authorityOf(afterColon);
    return !authority.contains(u'@') && !authority.contains(u':');
}

/// Cuts the scheme and its slashes from the front of `rest`; an empty text if there is none.
Result<QString> takeScheme(QStringView &rest)
{
    const auto end = std::find_if_not(rest.begin(), rest.end(), isSchemeCharacter);
    const auto length = std::distance(rest.begin(), end);
    const QStringView after = rest.sliced(length);
    const QString scheme = rest.first(length).toString().toLower();
    if (after.startsWith(u"://")) {
        if (!isKnownScheme(scheme))
            return unknownScheme(scheme + QStringLiteral("://"));
        rest = after.sliced(3);
        return scheme;
    }
    if (after.startsWith(u":\\") && isKnownScheme(scheme))
        return backslash(length + 2);
    if (after.startsWith(u':') && isKnownScheme(scheme)) {
        return Error{
            UrlParserWords::tr("“%1:” must be followed by two slashes and the host, as in %1://example.com/feed.")
                .arg(scheme)};
    }
    if (after.startsWith(u':') && misplacedUserInfoEnd(rest) < 0 && isScheme(scheme, after.sliced(1)))
        return unknownScheme(scheme + u':');
    if (rest.startsWith(u"//"))
        rest = rest.sliced(2);
    return QString();
}

/// Where "://" stands, if nothing before it is a host's.
qsizetype schemeEnd(QStringView text)
{
    const QStringView before = authorityOf(text);
    const bool isScheme =
        text.sliced(before.size()).startsWith(u"//") && before.endsWith(u':') && !before.contains(u'@');
    return isScheme ? before.size() : 0;
}

/// What no URL can have, wherever it stands in it.
Result<> checkText(QStringView text)
{
    if (const qsizetype at = findLoneSurrogate(text); at >= 0) {
        return Error{
            UrlParserWords::tr("The URL has a character that has no form on the wire: %1, at character %2. Remove "
                               "it.")
                .arg(characterName(text[at].unicode()))
                .arg(at + 1)};
    }
    if (const auto found = findInvisible(text.first(schemeEnd(text)))) {
        return Error{
            UrlParserWords::tr("The URL has an invisible character before its host, at character %1: %2. Remove it.")
                .arg(QString::number(found->place), found->name())};
    }
    if (const auto quote = findQuote(text); quote && quote->place == 1) {
        return Error{UrlParserWords::tr("The URL begins with a quotation mark, %1. Remove it.")
                         .arg(QString(QChar(static_cast<char16_t>(quote->character))))};
    }
    return {};
}

/// Whether the host has a backslash or a space; `rest` is what follows the scheme in the text.
Result<> checkHostPart(QStringView text, QStringView rest)
{
    if (misplacedUserInfoEnd(rest) >= 0)
        return {};
    const QStringView authority = authorityOf(rest);
    for (qsizetype i = authority.lastIndexOf(u'@') + 1; i < authority.size(); ++i) {
        const qsizetype place = text.size() - rest.size() + i + 1;
        if (authority[i] == u' ')
            return Error{
                UrlParserWords::tr("The URL has a space at character %1, where the host is. Remove it.").arg(place)};
        if (authority[i] == u'\\')
            return backslash(place);
    }
    return {};
}

Result<> checkFragment(QStringView rest)
{
    const qsizetype hash = rest.indexOf(u'#');
    if (hash < 0)
        return {};
    const QStringView fragment = rest.sliced(hash);
    // What stands before an "@" may be half a password.
    const QString named = fragment.contains(u'@') ? UrlParserWords::tr("what follows the “#”")
                                                  : UrlParserWords::tr("“%1”").arg(shortened(fragment));
    return Error{
        UrlParserWords::tr("A WebSocket URL must not have a fragment (RFC 6455 section 3). Remove %1, or write %2 "
                           "for a # in the path.")
            .arg(named, QStringLiteral("%23"))};
}

/// `rest` is what follows ws+unix://. The result always has a resource.
Result<WebSocketUrl> unixUrl(const QString &scheme, QStringView rest)
{
    const QString example = QStringLiteral("ws+unix:///path/to.sock:/resource");
    if (scheme != u"ws+unix") {
        return Error{
            UrlParserWords::tr("TLS over a Unix domain socket (%1://) is not spoken here: nobody else can listen in on "
                               "one. Write %2.")
                .arg(scheme, example)};
    }
    const qsizetype colon = rest.indexOf(u':');
    const qsizetype question = rest.indexOf(u'?');
    const QStringView path = rest.first(colon >= 0 ? colon : question >= 0 ? question : rest.size());
    if (!path.startsWith(u'/') || path.size() < 2 || path.contains(u'?')) {
        return Error{
            UrlParserWords::tr("The URL names no socket. Write the socket's whole path after ws+unix://, as in %1.")
                .arg(example)};
    }
    QStringView resource = rest.sliced(path.size());
    if (colon >= 0)
        resource = resource.sliced(1);
    if (!resource.startsWith(u'/') && !resource.isEmpty() && !resource.startsWith(u'?')) {
        return Error{
            UrlParserWords::tr("“%1” after the socket's path does not begin with a slash. Write the URL like %2, and "
                               "%3 for a colon in the socket's path.")
                .arg(shortened(resource), example, QStringLiteral("%3A"))};
    }
    WebSocketUrl url;
    url.scheme = WebSocketUrl::Scheme::WsUnix;
    url.socket = percentEncoded(path.toUtf8(), "\"#<>?^`{}\\");
    url.target = RequestTarget::fromTyped(resource.toUtf8());
    if (url.target.path.isEmpty())
        url.target.path = "/";
    return url;
}

/// Path and query as they were typed.
QStringView typedTarget(QStringView trimmed)
{
    QStringView rest = trimmed;
    const auto scheme = takeScheme(rest);
    if (!scheme)
        return {};
    if (scheme->endsWith(u"+unix")) {
        const auto end = std::find_if(rest.begin(), rest.end(), [](QChar c) { return c == u':' || c == u'?'; });
        return rest.sliced(std::distance(rest.begin(), end));
    }
    return rest.sliced(authorityOf(rest).size());
}

QString typedText(const QString &character)
{
    const char32_t code = character.toUcs4().value(0);
    if (code == U' ')
        return UrlParserWords::tr("A space");
    return isInvisible(code) ? characterName(code) : UrlParserWords::tr("“%1”").arg(character);
}

} // namespace

Result<WebSocketUrl> parseUrl(const QString &text)
{
    const QStringView trimmed = withoutBlanks(text);
    if (trimmed.isEmpty())
        return Error{
            UrlParserWords::tr("There is no URL. Write one like wss://example.com/feed or ws://localhost:9001.")};
    if (auto checked = checkText(trimmed); !checked)
        return checked.error();
    QStringView rest = trimmed;
    auto scheme = takeScheme(rest);
    if (!scheme)
        return scheme.error();
    if (scheme->endsWith(u"+unix")) {
        if (auto checked = checkFragment(rest); !checked)
            return checked.error();
        return unixUrl(scheme.value(), rest);
    }
    if (auto checked = checkHostPart(trimmed, rest); !checked)
        return checked.error();
    const auto authority = UrlAuthority::parse(rest, (scheme->isEmpty() ? QStringLiteral("wss") : scheme.value()) +
                                                         QStringLiteral("://example.com/feed"));
    if (!authority)
        return authority.error();
    if (auto checked = checkFragment(authority->rest); !checked)
        return checked.error();
    WebSocketUrl url;
    const bool secure = scheme->isEmpty() ? isSecureByDefault(authority->writtenHost)
                                          : scheme.value() == u"wss" || scheme.value() == u"https";
    url.scheme = secure ? WebSocketUrl::Scheme::Wss : WebSocketUrl::Scheme::Ws;
    url.userInfo = authority->userInfo;
    url.host = authority->host;
    url.port = authority->port;
    url.target = RequestTarget::fromTyped(authority->rest.toUtf8());
    return url;
}

bool isSameUrl(const QString &one, const QString &other)
{
    const Result<WebSocketUrl> first = parseUrl(one);
    const Result<WebSocketUrl> second = parseUrl(other);
    if (!first || !second)
        return withoutPassword(one) == withoutPassword(other);
    const WebSocketUrl &a = first.value();
    const WebSocketUrl &b = second.value();
    return a.scheme == b.scheme && a.host == b.host && a.dialledPort() == b.dialledPort() && a.socket == b.socket &&
           a.user() == b.user() && a.target.bytes() == b.target.bytes();
}

QString encodingNote(const QString &text)
{
    constexpr qsizetype MostNamed = 3;
    if (!parseUrl(text))
        return {};
    const QList<EncodedCharacter> encoded = encodedCharacters(typedTarget(withoutBlanks(text)));
    QStringList sentences;
    for (const EncodedCharacter &character : encoded.first(std::min(encoded.size(), MostNamed)))
        sentences += UrlParserWords::tr("%1 is sent as %2.")
                         .arg(typedText(character.typed), QString::fromLatin1(character.sent));
    if (const qsizetype more = encoded.size() - MostNamed; more > 0) {
        sentences += more == 1 ? UrlParserWords::tr("One more character is sent likewise.")
                               : UrlParserWords::tr("%1 more characters are sent likewise.").arg(more);
    }
    return sentences.join(u' ');
}

} // namespace sockeye
