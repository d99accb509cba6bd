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
    /// nullopt for a reply that does not redirect. Never followed: from wss: to ws:, to where we have been, and more
    /// than the maximum.
    [[nodiscard]] std::optional<RedirectStep> judge(const HttpHead &reply) const;
    /// We go there.
    void add(const WebSocketUrl &target) { m_urls.append(target); }

private:
    [[nodiscard]] Result<WebSocketUrl> resolve(const HttpHead &reply) const;
    /// Whether that URL was asked already.
    [[nodiscard]] bool hasBeenAt(const WebSocketUrl &target) const;
    /// Why not, or empty.
    [[nodiscard]] QString refusal(const WebSocketUrl &target) const;

    QList<WebSocketUrl> m_urls{WebSocketUrl()};
    int m_maximum = 0;
};

/// The endpoint as it is asked at the target of a redirect: what was meant for the first host alone (headers that hold
/// secrets, a Host of one's own, another address to dial, another name in TLS, the client's certificate) is left out
/// where scheme, host or port differ. The certificate that the user trusts stays trusted.
[[nodiscard]] Endpoint redirectedEndpoint(Endpoint endpoint, const WebSocketUrl &from, const WebSocketUrl &to);

} // namespace sockeye
