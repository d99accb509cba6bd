#pragma once

#include "wire/DeflateAgreement.h"
#include "wire/HttpHead.h"

#include <QStringList>

namespace sockeye {

/// What the opening request says (RFC 6455 section 4.1).
struct HandshakeRequest
{
    /// Path and query, percent-encoded, never empty: "/feed?x=1".
    QByteArray target = "/";
    /// Host with the port if it is not the scheme's default: "example.com:8080", "[::1]:9001".
    QByteArray host;
    /// Sec-WebSocket-Key: 16 random bytes in base64.
    QByteArray key;
    QStringList subprotocols;
    /// Sec-WebSocket-Extensions offered, empty for none.
    QByteArray extensions;
    /// The user's headers in the user's order and case, duplicates allowed. One that names a header of the handshake
    /// itself (Host, Upgrade, ...) takes that header's place.
    HeaderFields headers;
};

/// The user's headers checked before dialling: a name must be an RFC 9110 token, and neither part may hold CR, LF or
/// NUL (they would smuggle in another header). Names the header in its error.
[[nodiscard]] Result<> checkHeaders(const HeaderFields &headers);
/// Checked likewise: RFC 6455 section 4.1 wants each subprotocol to be a token, all different.
[[nodiscard]] Result<> checkSubprotocols(const QStringList &subprotocols);
/// The request as it goes on the wire, down to the empty line.
[[nodiscard]] QByteArray composeRequest(const HandshakeRequest &request);
/// The Sec-WebSocket-Accept that answers the key: base64(SHA-1(key + GUID)), RFC 6455 section 4.2.2.
[[nodiscard]] QByteArray acceptFor(QByteArrayView key);

/// One rule about the reply, and whether it held.
struct HandshakeCheck
{
    /// "status", "http-version", "upgrade", "connection", "accept", "subprotocol", "extensions", "duplicates",
    /// "folding"; "http.no-name" and the like (HttpHeadParser) for lines of the head that are no proper headers;
    /// "tls.common-name"; the names of remarks (HandshakeRemarks.h).
    QString rule;
    QString section;
    bool passed = false;
    /// "Sec-WebSocket-Accept is the answer to our key", or what is wrong: expected and received.
    QString text;

    /// Whether it fails the connection: all that failed but remarks, folding, which a client must put up with (RFC 9112
    /// section 5.2), lines that are no proper headers, for which no RFC asks it, and an outdated name in TLS.
    [[nodiscard]] bool isFatal() const;
    /// Whether it tells of what no rule forbids us to accept, but other clients treat otherwise. It counts as no fault.
    [[nodiscard]] bool isRemark() const;
    friend bool operator==(const HandshakeCheck &, const HandshakeCheck &) = default;
};

/// The reply judged step by step (RFC 6455 section 4.1, "the client MUST validate the server's response").
struct HandshakeVerdict
{
    QList<HandshakeCheck> checks;
    /// The subprotocol that the server chose; empty for none.
    QString subprotocol;
    /// Sec-WebSocket-Extensions as answered; empty for none.
    QByteArray extensions;
    /// permessage-deflate as agreed on (RFC 7692 section 7.1); none if it was not.
    std::optional<DeflateParameters> deflate;

    [[nodiscard]] bool accepted() const;
    /// The first check that fails the connection, in words; empty if accepted.
    [[nodiscard]] QString reason() const;
};
/// `lines` is what the parser found in the head.
[[nodiscard]] HandshakeVerdict judgeReply(const HandshakeRequest &request, const HttpHead &reply,
                                          const Findings &lines = {});

} // namespace sockeye
