#pragma once

#include "base/Result.h"

#include <QUrl>

namespace sockeye {

/// Where TCP (or a Unix domain socket) leads, which the URL alone does not say.
struct Target
{
    /// A name or an address, without brackets; empty for a Unix domain socket.
    QString host;
    quint16 port = 0;
    /// The Unix domain socket's file; empty for TCP.
    QString socketPath;

    friend bool operator==(const Target &, const Target &) = default;
};

/// Where to dial for a parsed URL. `connectTo` is Endpoint::connectTo: "host:port", "[::1]:9001", "host" (the URL's
/// port) or ":port" (the URL's host); the error says what is wrong with it.
[[nodiscard]] Result<Target> targetOf(const QUrl &url, const QString &connectTo);

/// Whether the URL names a Unix domain socket: ws+unix:///path/to.sock:/resource, as parseUrl() gives it.
[[nodiscard]] bool isUnixUrl(const QUrl &url);
/// The resource that a ws+unix URL asks for as a ws URL on localhost; any other URL as it is.
[[nodiscard]] QUrl requestUrl(const QUrl &url);
/// A ws+unix URL that asks the same socket for the path and query of `resource`.
[[nodiscard]] QUrl withResource(const QUrl &unixUrl, const QUrl &resource);
/// The peer's name for messages: host and port as the URL has them, or the socket's file.
[[nodiscard]] QString peerName(const QUrl &url);

} // namespace sockeye
