#pragma once

#include "endpoint/WebSocketUrl.h"

namespace sockeye {

/// Where TCP (or a Unix domain socket) leads, which the URL alone does not say.
struct Target
{
    /// A name or an address, without brackets and zone, as a proxy is asked for it; empty for a Unix domain socket.
    QString host;
    quint16 port = 0;
    /// The Unix domain socket's file; empty for TCP.
    QString socketPath;
    /// Of an IPv6 address: the interface of this machine through which to reach it; empty for any.
    QString zone;

    /// "fe80::1%eth0": the host as a socket of this machine takes it.
    [[nodiscard]] QString dialledHost() const { return zone.isEmpty() ? host : host + u'%' + zone; }
    friend bool operator==(const Target &, const Target &) = default;
};

/// Where to dial for a parsed URL. `connectTo` is Endpoint::connectTo: "host:port", "[::1]:9001", "host" (the URL's
/// port) or ":port" (the URL's host); the error says what is wrong with it.
[[nodiscard]] Result<Target> targetOf(const WebSocketUrl &url, const QString &connectTo);

} // namespace sockeye
