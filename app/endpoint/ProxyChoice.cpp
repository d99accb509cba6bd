#include "endpoint/ProxyChoice.h"

#include "endpoint/HostPort.h"

#include <QCoreApplication>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace sockeye {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ProxyChoice)
};

/// Whether it is "http://host" or "socks5://host", with or without more of a URL.
bool isProxyUrl(const QUrl &url)
{
    return (url.scheme() == u"socks5" || url.scheme() == u"http") && !url.host().isEmpty();
}

QString encoded(const QString &text)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(text));
}

} // namespace

ProxyChoice proxyFromText(const QString &text)
{
    ProxyChoice choice;
    if (text.isEmpty())
        return choice;
    if (text == u"none") {
        choice.kind = ProxyChoice::Kind::None;
        return choice;
    }
    const QUrl url(text, QUrl::StrictMode);
    choice.kind = url.scheme() == u"socks5" ? ProxyChoice::Kind::Socks5 : ProxyChoice::Kind::Http;
    if (!isProxyUrl(url)) {
        choice.host = text;
        return choice;
    }
    choice.host = url.host(QUrl::FullyDecoded);
    choice.port = url.port(0);
    choice.user = url.userName(QUrl::FullyDecoded);
    choice.password = url.password(QUrl::FullyDecoded);
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
    text += choice.host.contains(u':') ? u'[' + choice.host + u']' : choice.host;
    if (choice.port > 0)
        text += u':' + QString::number(choice.port);
    return text;
}

QString problemOfProxyHost(const QString &host)
{
    if (host.isEmpty())
        return Words::tr("Write the proxy's host, as in proxy.example.com.");
    QUrl url;
    url.setHost(host, QUrl::StrictMode);
    if (url.host().isEmpty())
        return Words::tr("“%1” is neither a name nor an address. Write one like proxy.example.com.").arg(host);
    return {};
}

QString problemOfProxyUser(const ProxyChoice &choice)
{
    // RFC 7617 section 2: the first colon ends the user.
    if (choice.kind == ProxyChoice::Kind::Http && choice.user.contains(u':'))
        return Words::tr("The user of an HTTP proxy must not have a colon (RFC 7617 section 2). Remove it.");
    if (choice.user.isEmpty() && !choice.password.isEmpty())
        return Words::tr("The proxy's password needs its user. Enter one, or clear the password.");
    return {};
}

QString problemOfProxyText(const QString &text)
{
    if (text.isEmpty() || text == u"none")
        return {};
    const QUrl url(text, QUrl::StrictMode);
    if (isProxyUrl(url))
        return problemOfProxyUser(proxyFromText(text));
    const QString shown = url.isValid() ? url.toString(QUrl::RemovePassword) : text.section(u'@', -1);
    return Words::tr("“%1” is no proxy that Sockeye knows. Write http://host:port or socks5://host:port, or “none”.")
        .arg(shortened(shown));
}

} // namespace sockeye
