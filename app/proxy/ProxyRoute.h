#pragma once

#include "base/Result.h"
#include "endpoint/Endpoint.h"
#include "proxy/ProxyEnvironment.h"
#include "wire/HttpAuthentication.h"

#include <QAbstractSocket>

namespace sockeye {

/// How a connection gets to its peer: straight, or through which proxy, and why that way.
struct ProxyRoute
{
    enum class Kind : quint8 { Direct, Http, Socks5 };

    Kind kind = Kind::Direct;
    /// The proxy: a name or an address, an IPv6 address without brackets.
    QString host;
    quint16 port = 0;
    HttpCredentials credentials;
    /// The variable of the environment that names it; empty for a proxy of the endpoint's or the system's own.
    QString variable;
    /// Variables of the environment that name a proxy and are not used, each with the reason.
    QStringList unused;

    [[nodiscard]] bool isDirect() const { return kind == Kind::Direct; }
    /// "host:port"
    [[nodiscard]] QString name() const;
    /// "through the proxy http://p:3128 (https_proxy)", "directly; not used: http_proxy (for ws:// only)"; empty for
    /// straight without a word. Never a password.
    [[nodiscard]] QString text() const;
    /// " Variables that name a proxy and are not used: ..." for the end of an error; empty for none.
    [[nodiscard]] QString unusedText() const;
};

/// The route to a URL. `proxy` is Endpoint::proxy: empty for the environment's choice, and the system's where no
/// variable says anything; "none"; or http://[user:password@]host:port or socks5://... The error says what is wrong
/// with it, or with the variable.
[[nodiscard]] Result<ProxyRoute> proxyRoute(const WebSocketUrl &url, const QString &proxy,
                                            const ProxyEnvironment &environment = ProxyEnvironment());

/// The route of an endpoint: likewise, but where it dials another address than the URL's (Endpoint::connectTo), that
/// one too must not be taken out of the environment's choice.
[[nodiscard]] Result<ProxyRoute> proxyRoute(const WebSocketUrl &url, const Endpoint &endpoint);

/// Why the proxy itself cannot be reached, and what to do. `words` are the socket's own.
[[nodiscard]] QString proxyErrorText(const ProxyRoute &route, QAbstractSocket::SocketError error, const QString &words);

} // namespace sockeye
