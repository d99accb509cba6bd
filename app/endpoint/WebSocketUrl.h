#pragma once

#include "endpoint/HostName.h"
#include "endpoint/RequestTarget.h"

namespace sockeye {

/// A WebSocket URL (RFC 6455 section 3) taken apart; parseUrl() makes one out of what was typed. Path and query are the
/// bytes that were typed, here and on the wire: no QUrl sees them, since it would normalise them.
struct WebSocketUrl
{
    enum class Scheme : quint8 {
        Ws,
        Wss,
        WsUnix ///< over a Unix domain socket: ws+unix:///path/to.sock:/resource
    };

    Scheme scheme = Scheme::Ws;
    /// "user:password", percent-encoded; empty for none.
    QString userInfo;
    /// Empty with WsUnix.
    HostName host;
    /// 0 for the scheme's own.
    quint16 port = 0;
    /// The path of the Unix domain socket's file, percent-encoded; a colon in it is "%3A".
    QByteArray socket;
    RequestTarget target;

    [[nodiscard]] bool isEmpty() const { return host.isEmpty() && socket.isEmpty(); }
    [[nodiscard]] bool isSecure() const { return scheme == Scheme::Wss; }
    [[nodiscard]] bool isUnix() const { return scheme == Scheme::WsUnix; }
    /// The user and the password, decoded.
    [[nodiscard]] QString user() const;
    [[nodiscard]] QString password() const;
    /// The port to dial.
    [[nodiscard]] quint16 dialledPort() const;
    /// The Unix domain socket's file.
    [[nodiscard]] QString socketPath() const;

    /// What Host says (RFC 9110 section 7.2): "example.com:8080", "[::1]:9001"; "localhost" for a Unix domain socket.
    [[nodiscard]] QString hostField() const;
    /// "https://example.com:8080": what Origin says of a page of that host (RFC 6454 section 6.2).
    [[nodiscard]] QString origin() const;
    /// "wss://user:password@example.com/feed?x": can be parsed again, to the same URL.
    [[nodiscard]] QString toString() const;
    /// The same without the password: for records and messages.
    [[nodiscard]] QString shown() const;

    friend bool operator==(const WebSocketUrl &, const WebSocketUrl &) = default;

private:
    [[nodiscard]] QString withUserInfo(QStringView info) const;
};

/// The peer's name for messages: host and port as the URL has them, or the socket's file.
[[nodiscard]] QString peerName(const WebSocketUrl &url);

} // namespace sockeye
