#include "connection/ClosingHandshake.h"

#include "wire/FrameEncoder.h"

namespace sockeye {

namespace {
/// How long the peer may take to end TCP once both close frames have passed (RFC 6455 section 7.1.1: the server ends it
/// first).
constexpr std::chrono::milliseconds TcpEndPatience{2'000};
/// How long a peer that broke a rule may take to end TCP after our close. Ending it sooner could reset the connection
/// and take the close frame away from the peer.
constexpr std::chrono::milliseconds FailPatience{1'000};
} // namespace

ClosingHandshake::ClosingHandshake(const ControlPolicy &policy, std::chrono::milliseconds timeout)
    : m_answer(policy.close)
    , m_answerDelay(policy.close == ControlPolicy::Answer::Delayed ? policy.closeDelay : std::chrono::milliseconds(0))
    , m_timeout(timeout)
{
}

void ClosingHandshake::frameReceived(Timestamp time)
{
    if (!hasSentClose() && !hasReceivedClose())
        m_facts.details.lastIn = time;
}

void ClosingHandshake::frameSent(Timestamp time)
{
    if (!hasSentClose())
        m_facts.details.lastOut = time;
}

void ClosingHandshake::closeSent(QByteArrayView body, Timestamp time)
{
    if (hasSentClose())
        return;
    m_facts.details.sentClose = parseCloseBody(body);
    m_facts.details.sentCloseTime = time;
}

void ClosingHandshake::noteClose(QByteArrayView body, Timestamp time)
{
    m_facts.details.receivedClose = parseCloseBody(body);
    m_facts.details.receivedCloseTime = time;
}

std::optional<std::chrono::milliseconds> ClosingHandshake::closeReceived(QByteArrayView body, Timestamp time)
{
    noteClose(body, time);
    if (hasSentClose())
        return std::nullopt;
    m_facts.peerClosedFirst = true;
    return m_answer == ControlPolicy::Answer::Never ? std::nullopt : std::optional(m_answerDelay);
}

std::optional<QByteArray> ClosingHandshake::answer() const
{
    if (hasSentClose() || m_tcpEnd || !hasReceivedClose())
        return std::nullopt;
    const CloseBody &received = *m_facts.details.receivedClose;
    const bool mayRepeat = received.wellFormed && isSendableCloseCode(received.code);
    return encodeCloseBody(mayRepeat ? received.code : 0, {});
}

std::optional<QByteArray> ClosingHandshake::fail(const Finding &finding)
{
    m_facts.brokenRule = finding;
    m_facts.details.brokenRule = finding.rule;
    if (hasSentClose() || m_tcpEnd)
        return std::nullopt;
    return encodeCloseBody(finding.failWith, finding.text);
}

bool ClosingHandshake::requestClose()
{
    if (hasSentClose())
        return false;
    m_isCloseRequested = true;
    return true;
}

void ClosingHandshake::timedOut()
{
    if (!m_facts.brokenRule)
        m_facts.details.closeTimedOutAfter = patience().value_or(m_timeout);
}

void ClosingHandshake::tcpEnded(TcpEnd end, const QString &error)
{
    m_tcpEnd = end;
    m_facts.details.networkError = error;
}

std::optional<std::chrono::milliseconds> ClosingHandshake::patience() const
{
    if (hasFailed())
        return FailPatience;
    if (hasSentClose() && hasReceivedClose())
        return TcpEndPatience;
    return hasSentClose() || m_isCloseRequested ? std::optional(m_timeout) : std::nullopt;
}

bool ClosingHandshake::isDelayedByBacklog(bool hasBacklog) const
{
    return m_isCloseRequested && !hasReceivedClose() && (!hasSentClose() || hasBacklog);
}

bool ClosingHandshake::hasBegun() const
{
    return m_isCloseRequested || hasSentClose() || hasReceivedClose();
}

ConnectionEnd ClosingHandshake::end(TcpEnd tcp, Timestamp ended, qint64 unsentBytes, qint64 partialBytes) const
{
    EndFacts facts = m_facts;
    facts.ended = ended;
    facts.details.tcp = tcp;
    facts.details.unsentBytes = unsentBytes;
    facts.details.partialBytes = partialBytes;
    return describeEnd(facts);
}

} // namespace sockeye
