#include "proxy/ProxyRoute.h"

#include "endpoint/HostPort.h"
#include "endpoint/ProxyChoice.h"
#include "endpoint/Target.h"

#include <QCoreApplication>
#include <QNetworkProxy>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {
struct ProxyRouteWords
{
    Q_DECLARE_TR_FUNCTIONS(ProxyRoute)
};

constexpr int HttpPort = 8080;
constexpr int SocksPort = 1080;
/// curl's for a variable without a port, whatever the scheme.
constexpr int VariablesPort = 1080;

void take(ProxyRoute &route, const ProxyChoice &choice, int httpPort)
{
    if (!choice.hasAddress())
        return;
    const bool isSocks = choice.kind == ProxyChoice::Kind::Socks5;
    route.kind = isSocks ? ProxyRoute::Kind::Socks5 : ProxyRoute::Kind::Http;
    route.host = choice.host;
    route.port = static_cast<quint16>(choice.port > 0 ? choice.port : isSocks ? SocksPort : httpPort);
    route.credentials = {choice.user, choice.password};
}

ProxyRoute systemRoute(const WebSocketUrl &url, const ProxyEnvironment &environment)
{
    ProxyRoute route;
    if (isThisMachine(url) || !environment.exemption(url).isEmpty())
        return route;
    const QNetworkProxyQuery query{QUrl(url.origin())};
    const QNetworkProxy proxy = QNetworkProxyFactory::systemProxyForQuery(query).value(0, QNetworkProxy::NoProxy);
    const bool isSocks = proxy.type() == QNetworkProxy::Socks5Proxy;
    if (!isSocks && proxy.type() != QNetworkProxy::HttpProxy && proxy.type() != QNetworkProxy::HttpCachingProxy)
        return route;
    take(route,
         {.kind = isSocks ? ProxyChoice::Kind::Socks5 : ProxyChoice::Kind::Http,
          .host = proxy.hostName(),
          .port = proxy.port(),
          .user = proxy.user(),
          .password = proxy.password()},
         HttpPort);
    return route;
}

Error unknownKind(const QString &variable, const QString &scheme, const QString &shown)
{
    if (scheme == u"https") {
        return Error{
            ProxyRouteWords::tr("The proxy %1 (%2) is to be reached over TLS, which Sockeye does not do. Name it with "
                                "http:// if it listens without TLS too, or choose another way in the connection's "
                                "options (“none” for no proxy).")
                .arg(shown, variable)};
    }
    return Error{ProxyRouteWords::tr(
                     "The proxy %1 (%2) is of a kind that Sockeye does not know. It takes http:// and socks5://; "
                     "choose another way in the connection's options (“none” for no proxy).")
                     .arg(shown, variable)};
}

Result<ProxyRoute> environmentRoute(const WebSocketUrl &url, const ProxyEnvironment &environment)
{
    const ProxyEnvironment::Choice choice = environment.choiceFor(url);
    ProxyRoute route;
    route.unused = choice.unused;
    if (choice.variable.isEmpty())
        return route;
    route.variable = choice.variable;
    static const QRegularExpression withScheme(u"^([A-Za-z][A-Za-z0-9+.-]*)://"_s);
    const QRegularExpressionMatch match = withScheme.match(choice.value);
    const QString scheme = match.hasMatch() ? match.captured(1).toLower() : u"http"_s;
    const QString rest = choice.value.mid(match.capturedLength());
    if (scheme != u"http" && scheme != u"socks5" && scheme != u"socks5h")
        return unknownKind(choice.variable, scheme, shortened(scheme + u"://"_s + rest.section(u'@', -1)));
    // With socks5 as with socks5h the proxy looks the name up: nothing but the tunnel leaves this machine.
    const Result<ProxyChoice> named = parseProxy((scheme == u"http" ? u"http://"_s : u"socks5://"_s) + rest);
    if (!named)
        return Error{
            ProxyRouteWords::tr("The variable %1 of the environment: %2").arg(choice.variable, named.message())};
    take(route, named.value(), VariablesPort);
    return route;
}
} // namespace

QString ProxyRoute::name() const
{
    return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + QString::number(port);
}

QString ProxyRoute::text() const
{
    QString text;
    if (!isDirect()) {
        const QString shown = (kind == Kind::Http ? u"http://"_s : u"socks5://"_s) + name();
        text = variable.isEmpty() ? ProxyRouteWords::tr("through the proxy %1").arg(shown)
                                  : ProxyRouteWords::tr("through the proxy %1 (%2)").arg(shown, variable);
    } else if (!unused.isEmpty()) {
        text = ProxyRouteWords::tr("directly");
    }
    if (!unused.isEmpty())
        text += ProxyRouteWords::tr("; not used: %1").arg(unused.join(u", "_s));
    return text;
}

QString ProxyRoute::unusedText() const
{
    if (unused.isEmpty())
        return {};
    return ProxyRouteWords::tr(" Proxy variables that are set and were not used: %1.").arg(unused.join(u", "_s));
}

Result<ProxyRoute> proxyRoute(const WebSocketUrl &url, const QString &proxy, const ProxyEnvironment &environment)
{
    if (proxy.isEmpty())
        return environment.hasProxy() ? environmentRoute(url, environment)
                                      : Result<ProxyRoute>(systemRoute(url, environment));
    ProxyRoute route;
    if (const QString variable = environment.choiceFor(url).variable; !variable.isEmpty()) {
        route.unused = {(proxy == u"none" ? ProxyRouteWords::tr("%1 (the connection is to use no proxy)")
                                          : ProxyRouteWords::tr("%1 (the connection names its own)"))
                            .arg(variable)};
    }
    if (proxy == u"none")
        return route;
    const Result<ProxyChoice> named = parseProxy(proxy);
    if (!named)
        return named.error();
    take(route, named.value(), HttpPort);
    return route;
}

Result<ProxyRoute> proxyRoute(const WebSocketUrl &url, const Endpoint &endpoint)
{
    Result<ProxyRoute> route = proxyRoute(url, endpoint.proxy);
    if (!route || route->isDirect() || !endpoint.proxy.isEmpty() || endpoint.connectTo.isEmpty())
        return route;
    const auto target = targetOf(url, endpoint.connectTo);
    if (!target)
        return target.error();
    WebSocketUrl dialled = url;
    const bool isIpv6 = target->host.contains(u':');
    if (const auto host = HostName::parse(isIpv6 ? u'[' + target->host + u']' : target->host))
        dialled.host = host.value();
    dialled.port = target->port;
    Result<ProxyRoute> direct = proxyRoute(dialled, QString());
    return direct && direct->isDirect() ? direct : route;
}

QString proxyErrorText(const ProxyRoute &route, QAbstractSocket::SocketError error, const QString &words)
{
    const QString check =
        route.variable.isEmpty()
            ? ProxyRouteWords::tr("Check the proxy in the connection's options.")
            : ProxyRouteWords::tr("Check the variable %1 of the environment, or choose a proxy in the "
                                  "connection's options.")
                  .arg(route.variable);
    switch (error) {
    case QAbstractSocket::HostNotFoundError:
        return ProxyRouteWords::tr("The proxy's host “%1” was not found. %2").arg(route.host, check);
    case QAbstractSocket::ConnectionRefusedError:
        return ProxyRouteWords::tr("The proxy %1 refused the connection: nothing listens there. %2")
            .arg(route.name(), check);
    case QAbstractSocket::SocketTimeoutError:
        return ProxyRouteWords::tr("The proxy %1 did not answer. %2").arg(route.name(), check);
    default:
        return ProxyRouteWords::tr("No connection to the proxy %1: %2. %3").arg(route.name(), words, check);
    }
}

} // namespace sockeye
