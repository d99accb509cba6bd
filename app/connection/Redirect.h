#pragma once

#include "endpoint/Endpoint.h"
#include "endpoint/WebSocketUrl.h"

namespace sockeye {

/// What a redirecting reply (RFC 9110 section 15.4) comes to.
struct RedirectStep
{
    /// Where it points to, absolute, with ws: or wss: for http: or https:; empty if that is no WebSocket address.
    WebSocketUrl target;
    bool follow = false;
    /// "Redirected with 302 to wss://...", or why it is not followed.
    QString text;
};

/// The addresses that one attempt to connect has been sent to, the one asked now last.
class RedirectTrail final
{
public:
    RedirectTrail() = default;
    /// `maximum`: Endpoint::maxRedirects.
    RedirectTrail(const WebSocketUrl &url, int maximum);

    [[nodiscard]] const WebSocketUrl &url() const { return m_urls.constLast(); }
    /// nullopt for a reply that does not redirect. Never followed: from wss: to ws:, to where we have been (unless a
    /// cookie was set), and more than the maximum.
    [[nodiscard]] std::optional<RedirectStep> judge(const HttpHead &reply) const;
    /// We go there.
    void add(const WebSocketUrl &target) { m_urls.append(target); }

private:
    [[nodiscard]] Result<WebSocketUrl> resolve(const HttpHead &reply) const;
    /// Whether that URL was asked already.
    [[nodiscard]] bool hasBeenAt(const WebSocketUrl &target) const;
    /// Why not, or empty.
    [[nodiscard]] QString refusal(const WebSocketUrl &target, bool setsCookie) const;

    QList<WebSocketUrl> m_urls{WebSocketUrl()};
    int m_maximum = 0;
};

/// The endpoint as it is asked at the target of a redirect, and what was left out of it, in words without values.
struct RedirectedEndpoint
{
    Endpoint endpoint;
    QStringList withheld;
};
/// Where scheme, host or port differ, nothing goes along that may be a secret or was meant for the first host alone: of
/// the headers only a few harmless ones, no subprotocol that looks like a token (isSecretSubprotocol()), no other
/// address to dial, no other name in TLS, not the client's certificate, and no leave to skip the check of the peer's.
/// The certificate that the user trusts stays trusted.
[[nodiscard]] RedirectedEndpoint redirectedEndpoint(Endpoint endpoint, const WebSocketUrl &from,
                                                    const WebSocketUrl &to);

} // namespace sockeye
