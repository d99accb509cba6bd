#pragma once

#include "wire/HttpAuthentication.h"

namespace sockeye {

/// What a proxy is asked for, and by whom.
struct TunnelRequest
{
    /// The proxy's "host:port", for messages and the record.
    QString proxy;
    /// The peer: a name or an address, an IPv6 address without brackets.
    QString host;
    quint16 port = 0;
    HttpCredentials credentials;

    /// "example.com:443" or "[::1]:443" as it goes out (RFC 9112 section 3.2.3): names in ASCII, and without an IPv6
    /// zone, which means something on this machine alone (RFC 6874 section 4).
    [[nodiscard]] QByteArray authority() const;
    /// The host of it, without brackets.
    [[nodiscard]] QByteArray wireHost() const;
};

} // namespace sockeye
