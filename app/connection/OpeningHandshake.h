#pragma once

#include "endpoint/WebSocketUrl.h"
#include "record/ConnectionRecord.h"
#include "wire/HttpHead.h"
#include "wire/ReplyBody.h"

namespace sockeye {

/// The opening handshake from the client's side (RFC 6455 section 4.1): the request's bytes out, the reply's bytes in,
/// and what came of it. The owner has the socket and the timer.
///
///     while ((event = handshake.feed(input)) != Event::NeedsMore) ...      // consumes from the front of input
class OpeningHandshake final
{
public:
    enum class Event : quint8 {
        NeedsMore,  ///< the input is used up
        Interim,    ///< a reply such as 103 came, which finding() tells of; feed the rest
        Opened,     ///< the reply opens the connection; the rest of the input is frames
        Declined,   ///< the head of a reply that does not; feed the rest, which is its body
        Refused,    ///< the body is complete, or there is none: refusalText() says it in words
        Unreadable, ///< what came is no head that can be read; finding() says why. Nothing more is to be fed
    };

    /// `url` is what is asked for, as messages name it. Leniently a 101 opens the connection even if a check fails.
    OpeningHandshake(const WebSocketUrl &url, const HandshakeRequest &request, HttpHeadParser::Limits limits,
                     bool lenient);

    /// The request as it goes on the wire.
    [[nodiscard]] QByteArray requestHead() const { return composeRequest(m_request); }
    /// Takes bytes from the front of `input`.
    [[nodiscard]] Event feed(QByteArrayView &input);

    /// The bytes of the head that is being read or was read last.
    [[nodiscard]] const QByteArray &headBytes() const { return m_parser.bytes(); }
    /// Of Interim and Unreadable: what is to be said about headBytes().
    [[nodiscard]] const Finding &finding() const { return m_finding; }
    /// Of Opened, Declined and Refused.
    [[nodiscard]] const HttpHead &reply() const { return m_parser.head(); }
    [[nodiscard]] const HandshakeVerdict &verdict() const { return m_verdict; }
    /// Opened although a check failed.
    [[nodiscard]] bool isOpenedLeniently() const;
    /// The reply does not open the connection, and what follows is its body.
    [[nodiscard]] bool isDeclined() const { return m_body.has_value(); }
    /// Of a declined handshake, as far as it came: at most 1 MiB, as on the wire.
    [[nodiscard]] QByteArray body() const { return m_body ? m_body->bytes() : QByteArray(); }

    /// Of a declined handshake, whether its body is complete or not.
    [[nodiscard]] QString refusalText() const;
    /// Why there is no connection, when TCP ended before the reply's head was complete; `error` is the socket's word.
    [[nodiscard]] QString endedEarlyText(TcpEnd end, const QString &error) const;

private:
    [[nodiscard]] Event takeHead();
    [[nodiscard]] Event refuseHead(const char *rule, const char *section, const QString &text);
    [[nodiscard]] Finding interimFinding() const;
    [[nodiscard]] QString notHttpText() const;
    [[nodiscard]] QString tooLargeText() const;

    WebSocketUrl m_url;
    HandshakeRequest m_request;
    HttpHeadParser::Limits m_limits;
    HttpHeadParser m_parser;
    HandshakeVerdict m_verdict;
    std::optional<ReplyBody> m_body;
    Finding m_finding;
    /// The interim replies that came, as findings.
    Findings m_interim;
    bool m_isLenient = false;
    /// The head that the parser holds has been told of, and another one follows.
    bool m_isInterim = false;
};

} // namespace sockeye
