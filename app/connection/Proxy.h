#pragma once

#include "endpoint/WebSocketUrl.h"

#include <QAbstractSocket>
#include <QNetworkProxy>

namespace sockeye {

/// The proxy for a URL. `proxy` is Endpoint::proxy: empty for the system's choice (none for this machine itself),
/// "none", or http://[user:password@]host:port or socks5://...; the error says what is wrong with it.
[[nodiscard]] Result<QNetworkProxy> proxyFor(const WebSocketUrl &url, const QString &proxy);

/// Why there is no way through the proxy to `peer`, and what to do. `words` are the socket's own.
[[nodiscard]] QString proxyErrorText(const QNetworkProxy &proxy, const QString &peer,
                                     QAbstractSocket::SocketError error, const QString &words);

} // namespace sockeye
