#pragma once

#include "conformance/ConformanceCase.h"
#include "conformance/HeadLines.h"

namespace sockeye::conformance {

/// The opening handshake of a case with a server (RFC 6455 section 4): what is asked, and what the reply is worth.
class OpeningExchange final
{
public:
    struct Judgement
    {
        Verdict verdict = Verdict::Passed;
        QString expected{};
        QString came{};
        /// As agreed on; none if it was not.
        std::optional<DeflateAnswer> deflate{};
    };

    /// `host` is for the header Host.
    OpeningExchange(const ConformanceCase &one, const QByteArray &host, const QByteArray &target);

    /// As it goes on the wire.
    [[nodiscard]] const QByteArray &request() const { return m_request; }
    /// Whether the case ends with the reply: it asks for something that must be refused.
    [[nodiscard]] bool wantsRefusal() const { return !m_opening.statuses.isEmpty(); }
    /// Of the reply's head.
    [[nodiscard]] Judgement judge(const QByteArray &head) const;
    /// Of TCP's end without a reply.
    [[nodiscard]] Judgement judgeSilence() const;

private:
    [[nodiscard]] QByteArray compose(const QByteArray &host, const QByteArray &target) const;
    [[nodiscard]] Judgement judgeRefusal(int status, const QByteArray &statusLine) const;
    [[nodiscard]] Judgement judgeAcceptance(const HeadLines &reply) const;
    [[nodiscard]] Judgement judgeExtensions(const HeadLines &reply) const;
    [[nodiscard]] Judgement judgeFields(const HeadLines &reply) const;
    [[nodiscard]] QString refusalText() const;

    OpeningScript m_opening;
    QList<DeflateAnswer> m_deflate;
    QByteArray m_key;
    QByteArray m_request;
};

} // namespace sockeye::conformance
