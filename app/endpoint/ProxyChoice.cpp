#include "endpoint/ProxyChoice.h"

#include "endpoint/HostPort.h"
#include "endpoint/InvisibleCharacters.h"
#include "endpoint/UrlAuthority.h"
#include "endpoint/UrlText.h"

#include <QCoreApplication>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

struct ProxyChoiceWords
{
    Q_DECLARE_TR_FUNCTIONS(ProxyChoice)
};

QString example()
{
    return u"http://host:port or socks5://host:port"_s;
}

/// Cuts the scheme and its slashes from the front of `rest`.
Result<ProxyChoice::Kind> takeProxyScheme(QStringView &rest)
{
    const qsizetype colon = rest.indexOf(u':');
    const QString scheme = rest.first(std::max<qsizetype>(colon, 0)).toString().toLower();
    const bool hasSlashes = rest.sliced(scheme.size()).startsWith(u"://");
    const bool isHttp = scheme == u"http";
    const bool isSocks = scheme == u"socks5" || scheme == u"socks5h";
    if (!hasSlashes && (isHttp || isSocks || scheme == u"https")) {
        return Error{ProxyChoiceWords::tr("“%1:” must be followed by two slashes and the proxy's host, as in %2.")
                         .arg(scheme, example())};
    }
    if (!hasSlashes)
        return ProxyChoice::Kind::Http;
    if (scheme == u"https") {
        return Error{ProxyChoiceWords::tr(
            "A proxy that is reached by TLS (https://) is not supported. Write http:// if it listens "
            "without TLS too, or choose another one.")};
    }
    if (!isHttp && !isSocks) {
        return Error{ProxyChoiceWords::tr("“%1://” is no proxy that Sockeye knows. Write %2, or “none”.")
                         .arg(shortened(scheme), example())};
    }
    rest = rest.sliced(scheme.size() + 3);
    return isSocks ? ProxyChoice::Kind::Socks5 : ProxyChoice::Kind::Http;
}

QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

/// As a form has it: "::1".
bool isBareIpv6(const QString &host)
{
    return host.contains(u':') && !host.startsWith(u'[');
}

} // namespace

Result<ProxyChoice> parseProxy(const QString &text)
{
    QStringView rest = withoutBlanks(text);
    if (rest.isEmpty())
        return ProxyChoice{};
    ProxyChoice choice;
    if (rest == u"none") {
        choice.kind = ProxyChoice::Kind::None;
        return choice;
    }
    const auto kind = takeProxyScheme(rest);
    if (!kind)
        return kind.error();
    const auto authority = UrlAuthority::parse(rest, u"http://proxy.example.com:3128"_s);
    if (!authority)
        return authority.error();
    // Not quoted: it may be the end of a password.
    if (!authority->rest.isEmpty() && authority->rest != u"/") {
        return Error{
            ProxyChoiceWords::tr("Something stands behind the proxy's host and port. Remove it; a “/”, “?” or “#” in a "
                                 "user or password is written %2F, %3F or %23.")};
    }
    choice.kind = kind.value();
    choice.host = authority->host.forDialling();
    choice.port = authority->port;
    const QStringView info = authority->userInfo;
    // RFC 7617 section 2: the first colon ends the user.
    const qsizetype colon = info.indexOf(u':');
    choice.user = percentDecoded(info.first(colon < 0 ? info.size() : colon));
    choice.password = colon < 0 ? QString() : percentDecoded(info.sliced(colon + 1));
    return choice;
}

ProxyChoice proxyFromText(const QString &text)
{
    if (auto parsed = parseProxy(text))
        return std::move(parsed).value();
    ProxyChoice choice;
    choice.kind = ProxyChoice::Kind::Http;
    choice.host = withoutUserInfo(withoutBlanks(text).toString());
    return choice;
}

QString textOf(const ProxyChoice &choice)
{
    if (choice.kind == ProxyChoice::Kind::System)
        return {};
    if (choice.kind == ProxyChoice::Kind::None)
        return u"none"_s;
    QString text = choice.kind == ProxyChoice::Kind::Socks5 ? u"socks5://"_s : u"http://"_s;
    if (!choice.user.isEmpty()) {
        text += encoded(choice.user);
        if (!choice.password.isEmpty())
            text += u':' + encoded(choice.password);
        text += u'@';
    }
    text += isBareIpv6(choice.host) ? u'[' + choice.host + u']' : choice.host;
    if (choice.port > 0)
        text += u':' + QString::number(choice.port);
    return text;
}

QString problemOfProxyHost(const QString &host)
{
    if (host.isEmpty())
        return ProxyChoiceWords::tr("Write the proxy's host, as in proxy.example.com.");
    if (!HostName::parse(isBareIpv6(host) ? u'[' + host + u']' : host))
        return ProxyChoiceWords::tr("“%1” is neither a name nor an address. Write one like proxy.example.com.")
            .arg(host);
    return {};
}

QString problemOfProxyUser(const ProxyChoice &choice)
{
    // RFC 7617 section 2: the first colon ends the user.
    if (choice.kind == ProxyChoice::Kind::Http && choice.user.contains(u':'))
        return ProxyChoiceWords::tr("The user of an HTTP proxy must not have a colon (RFC 7617 section 2). Remove it.");
    if (choice.user.isEmpty() && !choice.password.isEmpty())
        return ProxyChoiceWords::tr("The proxy's password needs its user. Enter one, or clear the password.");
    return {};
}

QString problemOfProxyText(const QString &text)
{
    const auto choice = parseProxy(text);
    return choice ? problemOfProxyUser(choice.value()) : choice.message();
}

} // namespace sockeye
