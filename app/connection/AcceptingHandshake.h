#pragma once

#include "wire/ServerHandshake.h"

namespace sockeye {

/// The opening handshake from the server's side (RFC 6455 section 4.2): a client's request in, the reply's bytes out.
/// Whether to accept a valid request, and with what subprotocol and extensions, is the owner's choice: a relay asks the
/// server behind it first.
class AcceptingHandshake final
{
public:
    enum class Event : quint8 {
        NeedsMore, ///< the input is used up
        Requested, ///< a valid request came: accept() or end TCP. The rest of the input is frames that came too early
        Refused,   ///< a request that cannot be accepted; refusal() is what to answer
    };

    explicit AcceptingHandshake(HttpHeadParser::Limits limits = HttpHeadParser::Limits())
        : m_parser(limits)
    {
    }

    /// Takes bytes from the front of `input`.
    [[nodiscard]] Event feed(QByteArrayView &input);
    [[nodiscard]] const HttpHead &request() const { return m_parser.head(); }
    /// The checks of a whole request, in order.
    [[nodiscard]] const QList<HandshakeCheck> &checks() const { return m_checks; }

    /// The 101. The key is taken from the request; extensions must be among those that it offers.
    [[nodiscard]] QByteArray accept(HandshakeReply reply = {});
    /// The reply that tells the client what is wrong with its request.
    [[nodiscard]] QByteArray refusal() const;
    /// What Sec-WebSocket-Extensions may say to take up the client's offer of permessage-deflate; empty if there is
    /// none.
    [[nodiscard]] QByteArray deflateAnswer() const;
    /// permessage-deflate as agreed on by accept(); none if it was not.
    [[nodiscard]] const std::optional<DeflateParameters> &deflate() const { return m_deflate; }

private:
    HttpHeadParser m_parser;
    QList<HandshakeCheck> m_checks;
    std::optional<DeflateParameters> m_deflate;
};

} // namespace sockeye
