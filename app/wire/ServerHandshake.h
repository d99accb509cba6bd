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

/// The reply to a request that is refused, with the first check that failed as its text: 405 for another method than
/// GET, 426 with the version that the server speaks where the request asks for no WebSocket or another version
/// (RFC 6455 section 4.2.2, RFC 9110 section 15.5.22), 431 for a head beyond the limits ("head-size"), 400 otherwise.
/// Nothing of what the client sent is repeated in it. The reply to HEAD is `withText` false.
[[nodiscard]] QByteArray composeRefusal(const QList<HandshakeCheck> &checks, bool withText = true);

} // namespace sockeye
