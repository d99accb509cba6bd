#pragma once

#include "proxy/ProxyTunnel.h"

namespace sockeye {

/// A tunnel through a SOCKS5 proxy (RFC 1928), with user and password where the proxy wants them (RFC 1929). Names go
/// to the proxy as they are: it looks them up.
class SocksTunnel final : public ProxyTunnel
{
public:
    explicit SocksTunnel(TunnelRequest request);

    [[nodiscard]] QByteArray takeOutput(Timestamp now) override;
    [[nodiscard]] Event feed(QByteArrayView &input, Timestamp now) override;
    [[nodiscard]] Event ended(const QString &words) override;

private:
    /// What the proxy is to say next.
    enum class Expects : quint8 { Method, Verdict, Reply };

    [[nodiscard]] Event takeAnswer();
    [[nodiscard]] Event takeMethod();
    [[nodiscard]] Event takeVerdict();
    [[nodiscard]] Event takeReply();
    [[nodiscard]] Event askForTunnel();
    [[nodiscard]] Event refuseBytes();
    [[nodiscard]] QByteArray greeting() const;
    [[nodiscard]] QByteArray login() const;
    [[nodiscard]] QByteArray request() const;
    [[nodiscard]] QString replyText(quint8 code) const;
    /// How many bytes the answer has that is expected, as far as those that came tell.
    [[nodiscard]] qsizetype expectedSize() const;

    Expects m_expects = Expects::Method;
    /// Of the answer that is expected.
    QByteArray m_answer;
    QByteArray m_output;
};

} // namespace sockeye
