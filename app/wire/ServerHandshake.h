#pragma once

#include "wire/Handshake.h"

namespace sockeye {

/// The start line of a request (RFC 9112 section 3): "GET", "/feed?x=1", "HTTP/1.1". All empty if it is none.
struct RequestLine
{
    QByteArray method;
    QByteArray target;
    QByteArray version;
};
[[nodiscard]] RequestLine requestLine(const HttpHead &request);

/// A client's request judged step by step, as a server must (RFC 6455 section 4.2.1): "method", "http-version", "host",
/// "upgrade", "connection", "key", "version"; "http.no-name" and the like for lines that are no proper headers. `lines`
/// is what the parser found in the head.
[[nodiscard]] QList<HandshakeCheck> checkRequest(const HttpHead &request, const Findings &lines = {});

/// What a server answers to a request that it accepts (RFC 6455 section 4.2.2).
struct HandshakeReply
{
    /// The request's Sec-WebSocket-Key.
    QByteArray key{};
    /// One of those offered; empty for none.
    QByteArray subprotocol{};
    /// Sec-WebSocket-Extensions, from those offered (see acceptDeflate()); empty for none.
    QByteArray extensions{};
    /// Further headers.
    HeaderFields headers{};
};
/// The 101 as it goes on the wire, down to the empty line.
[[nodiscard]] QByteArray composeReply(const HandshakeReply &reply);

/// The reply to a request that is refused: 426 with the version that the server speaks where the request's version is
/// wrong (RFC 6455 section 4.2.2), 400 otherwise, with the first check that failed as its text. Nothing of
/// what the client sent is repeated in it.
[[nodiscard]] QByteArray composeRefusal(const QList<HandshakeCheck> &checks);

} // namespace sockeye
