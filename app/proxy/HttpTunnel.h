#pragma once

#include "proxy/ProxyTunnel.h"
#include "wire/ReplyBody.h"

namespace sockeye {

/// A tunnel through an HTTP proxy by CONNECT (RFC 9110 section 9.3.6): any 2xx opens it, whatever its fields say of a
/// body. A demand for credentials (407) is answered by Digest or Basic, on the same connection where the proxy keeps
/// it, on a new one where it does not, a few times at most. Without Options::basicAtOnce nothing is said of the
/// credentials before the proxy has asked.
class HttpTunnel final : public ProxyTunnel
{
public:
    struct Options
    {
        HttpHeadParser::Limits limits{};
        bool basicAtOnce = false;
    };

    /// Requests in all, however often the proxy asks.
    static constexpr int MaxRequests = 5;

    HttpTunnel(TunnelRequest request, const Options &options);

    [[nodiscard]] QByteArray takeOutput(Timestamp now) override;
    [[nodiscard]] Event feed(QByteArrayView &input, Timestamp now) override;
    [[nodiscard]] Event ended(const QString &words) override;

private:
    [[nodiscard]] Event takeHead(QByteArrayView &input, Timestamp now);
    [[nodiscard]] Event takeDemand(QByteArrayView &input);
    [[nodiscard]] Event takeBody(QByteArrayView &input);
    [[nodiscard]] Event reconnect();
    [[nodiscard]] Event refuseHead(const QString &text);
    [[nodiscard]] Event refuseReply();
    [[nodiscard]] QString statusText() const;
    [[nodiscard]] QString demandText() const;
    [[nodiscard]] QString reasonText() const;

    Options m_options;
    HttpHeadParser m_parser;
    std::optional<ReplyBody> m_body;
    /// Proxy-Authorization's value in the request that is next or under way; empty for none.
    QByteArray m_authorization;
    QList<HttpChallenge> m_challenges;
    /// The demand is going to be answered; what comes still is its body.
    bool m_isAnswering = false;
    bool m_hasRepeated = false;
    int m_interimReplies = 0;
    /// The heads of those, before the reply that counts.
    QByteArray m_interim;
    int m_requestsOnConnection = 0;
};

} // namespace sockeye
