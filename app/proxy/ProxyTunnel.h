#pragma once

#include "proxy/TunnelRequest.h"
#include "record/ConnectionRecord.h"

#include <utility>

namespace sockeye {

/// Asks a proxy for a tunnel to the peer: bytes out, bytes in, and what came of it. The owner has the socket and the
/// timer:
///
///     connected to the proxy: write(tunnel.takeOutput(now))
///     while ((event = tunnel.feed(input, now)) != Event::NeedsMore) ...    // consumes from the front of input
class ProxyTunnel
{
public:
    enum class Event : quint8 {
        NeedsMore, ///< the input is used up
        Send,      ///< takeOutput() is to be sent
        Reconnect, ///< takeOutput() is to be sent on a new connection to the proxy; this one has served
        Opened,    ///< the rest of the input comes from the peer
        Declined,  ///< the proxy does not let us through and goes on to say why: feed the rest, for a while
        Refused    ///< there is no way through: refusalText() says why. Nothing more is to be fed
    };

    virtual ~ProxyTunnel() = default;
    ProxyTunnel(const ProxyTunnel &) = delete;
    ProxyTunnel &operator=(const ProxyTunnel &) = delete;

    /// What is to be sent next; the first of it on a fresh connection.
    [[nodiscard]] virtual QByteArray takeOutput(Timestamp now) = 0;
    [[nodiscard]] virtual Event feed(QByteArrayView &input, Timestamp now) = 0;
    /// TCP to the proxy has ended, or the rest of a refusal is waited for no longer: Reconnect or Refused. `words` are
    /// the socket's, empty where the proxy ended it in order.
    [[nodiscard]] virtual Event ended(const QString &words) = 0;

    /// Of Refused, in a sentence.
    [[nodiscard]] QString refusalText() const { return m_refusalText; }
    /// The HTTP status of the refusal, 0 for none.
    [[nodiscard]] int refusalStatus() const { return m_refusalStatus; }
    /// Whether the same would be refused again: there is no use in trying.
    [[nodiscard]] bool wouldRefuseAgain() const { return m_wouldRefuseAgain; }
    /// What has been asked and answered so far; none for a proxy that does not speak HTTP.
    [[nodiscard]] const QList<ProxyStep> &steps() const { return m_steps; }
    /// What has happened since the last call, for the log. Never a password.
    [[nodiscard]] QStringList takeNotices() { return std::exchange(m_notices, {}); }

protected:
    explicit ProxyTunnel(TunnelRequest request)
        : m_request(std::move(request))
    {
    }

    Event refuse(const QString &text, int status = 0)
    {
        m_refusalText = text;
        m_refusalStatus = status;
        // 408 and 429 are about the moment (RFC 9110 section 15.5.9, RFC 6585 section 4).
        m_wouldRefuseAgain = status >= 400 && status < 500 && status != 408 && status != 429;
        return Event::Refused;
    }

    /// Likewise, of credentials that are not taken or lacking.
    Event refuseCredentials(const QString &text)
    {
        refuse(text);
        m_wouldRefuseAgain = true;
        return Event::Refused;
    }

    TunnelRequest m_request;
    QList<ProxyStep> m_steps;
    QStringList m_notices;

private:
    QString m_refusalText;
    bool m_wouldRefuseAgain = false;
    int m_refusalStatus = 0;
};

} // namespace sockeye
