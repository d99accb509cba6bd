#include "connection/Proxy.h"

#include "endpoint/ProxyChoice.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QUrl>

namespace sockeye {

namespace {
struct ProxyText
{
    Q_DECLARE_TR_FUNCTIONS(ProxyText)
};

bool isLoopback(const QString &host)
{
    return host.compare(u"localhost", Qt::CaseInsensitive) == 0 || QHostAddress(host).isLoopback();
}

QNetworkProxy systemProxy(const WebSocketUrl &url)
{
    if (isLoopback(url.host.name()))
        return QNetworkProxy::NoProxy;
    const QUrl http(url.origin());
    return QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(http)).value(0, QNetworkProxy::NoProxy);
}
} // namespace

Result<QNetworkProxy> proxyFor(const WebSocketUrl &url, const QString &proxy)
{
    if (const QString problem = problemOfProxyText(proxy); !problem.isEmpty())
        return Error{problem};
    const ProxyChoice choice = proxyFromText(proxy);
    if (choice.kind == ProxyChoice::Kind::System)
        return systemProxy(url);
    if (choice.kind == ProxyChoice::Kind::None)
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const bool socks = choice.kind == ProxyChoice::Kind::Socks5;
    const int port = choice.port > 0 ? choice.port : socks ? 1080 : 8080;
    return QNetworkProxy(socks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy, choice.host,
                         static_cast<quint16>(port), choice.user, choice.password);
}

QString proxyErrorText(const QNetworkProxy &proxy, const QString &peer, QAbstractSocket::SocketError error,
                       const QString &words)
{
    const QString name = QStringLiteral("%1:%2").arg(proxy.hostName()).arg(proxy.port());
    switch (error) {
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return proxy.user().isEmpty()
                   ? ProxyText::tr(
                         "The proxy %1 wants a user and a password. Add them to the proxy in the connection's "
                         "options, as in http://user:password@host:port.")
                         .arg(name)
                   : ProxyText::tr("The proxy %1 did not take the user “%2” with this password. Check both in the "
                                   "connection's options.")
                         .arg(name, proxy.user());
    case QAbstractSocket::ProxyNotFoundError:
        return ProxyText::tr("The proxy's host “%1” was not found. Check the proxy in the connection's options.")
            .arg(proxy.hostName());
    case QAbstractSocket::ProxyConnectionRefusedError:
        return ProxyText::tr("The proxy %1 refused the connection: nothing listens there. Check the proxy in the "
                             "connection's options.")
            .arg(name);
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return ProxyText::tr("The proxy %1 did not answer. Check the proxy in the connection's options.").arg(name);
    case QAbstractSocket::ProxyConnectionClosedError:
        return ProxyText::tr(
                   "The proxy %1 closed the connection before it let us through to %2. Check that it is a proxy "
                   "of this kind and may go there.")
            .arg(name, peer);
    case QAbstractSocket::HostNotFoundError:
        return ProxyText::tr("The proxy %1 did not find the host of %2. Check the spelling of the name.")
            .arg(name, peer);
    case QAbstractSocket::ConnectionRefusedError:
        return ProxyText::tr(
                   "The proxy %1 could not connect to %2. Check the address, and that the proxy may go there.")
            .arg(name, peer);
    default:
        return ProxyText::tr(
                   "The proxy %1 did not let us through to %2: %3. Check that it is a proxy of this kind and may go "
                   "there.")
            .arg(name, peer, words);
    }
}

} // namespace sockeye
