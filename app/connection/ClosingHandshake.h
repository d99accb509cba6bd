#pragma once

#include "connection/ConnectionEnd.h"
#include "endpoint/Endpoint.h"

namespace sockeye {

/// The closing handshake of one connection (RFC 6455 section 7) and all that is known of its end. It is told what
/// happens, in the order of the wire, and says what close frame to send and how long to wait; the owner has the sockets
/// and timers. What it knows grows in one value, of which it describes the end.
class ClosingHandshake final
{
public:
    /// `timeout` is how long our close waits for the peer's.
    explicit ClosingHandshake(const ControlPolicy &policy = {}, std::chrono::milliseconds timeout = Timeouts().close);

    // Frames
    /// A frame that is no close came or went.
    void frameReceived(Timestamp time);
    void frameSent(Timestamp time);
    /// A close frame with this body goes out. Only the first counts.
    void closeSent(QByteArrayView body, Timestamp time);
    /// The peer's close frame came. Returns after what time answer() is to be asked (0 for at once); none if it answers
    /// ours, or by the policy is not to be answered: then the peer ends TCP, or the user does.
    [[nodiscard]] std::optional<std::chrono::milliseconds> closeReceived(QByteArrayView body, Timestamp time);
    /// The peer's close frame came after the connection was failed: it is part of the record, and of nothing else.
    void noteClose(QByteArrayView body, Timestamp time);
    /// The body of the close frame that answers the peer's, with the code that came if it may be sent; none if a close
    /// frame was sent already or can no longer be sent.
    [[nodiscard]] std::optional<QByteArray> answer() const;
    /// The peer broke a rule. The body of the close frame that fails the connection; none as with answer().
    [[nodiscard]] std::optional<QByteArray> fail(const Finding &finding);

    // What else happens
    /// We are going to close: the close frame is on its way to the peer, behind what is to be sent before it. False if
    /// one was sent already.
    bool requestClose();
    /// What patience() allows ran out.
    void timedOut();
    /// TCP ended or failed; `error` is in the socket's words. Nothing can be sent any more, but what had come before
    /// may still be read.
    void tcpEnded(TcpEnd end, const QString &error);
    /// Cut off by the user.
    void abort() { m_facts.abortedByUser = true; }
    /// Cut off because so many pings in a row had no pong.
    void giveUp(int deadPings) { m_facts.deadPings = deadPings; }

    /// How long the peer may take from now on; none if it may take for ever.
    [[nodiscard]] std::optional<std::chrono::milliseconds> patience() const;
    /// Whether patience() begins anew when the peer takes bytes: a peer that still reads what stands before our close
    /// is not late with its answer. `hasBacklog`: there are bytes that it has not taken.
    [[nodiscard]] bool isDelayedByBacklog(bool hasBacklog) const;
    /// A close was asked for, sent or received.
    [[nodiscard]] bool hasBegun() const;
    [[nodiscard]] bool hasSentClose() const { return m_facts.details.sentClose.has_value(); }
    [[nodiscard]] bool hasReceivedClose() const { return m_facts.details.receivedClose.has_value(); }
    /// fail() was called.
    [[nodiscard]] bool hasFailed() const { return m_facts.brokenRule.has_value(); }
    /// Cut off: TCP is to be reset instead of ended in order.
    [[nodiscard]] bool isCutOff() const { return m_facts.abortedByUser || m_facts.deadPings > 0; }
    /// None as long as TCP goes on.
    [[nodiscard]] const std::optional<TcpEnd> &tcpEnd() const { return m_tcpEnd; }
    [[nodiscard]] QString networkError() const { return m_facts.details.networkError; }

    /// How it ended, with TCP ending in this way at that time. `unsentBytes` is what TCP has not taken from us,
    /// `partialBytes` what has come of a frame that never ended.
    [[nodiscard]] ConnectionEnd end(TcpEnd tcp, Timestamp ended, qint64 unsentBytes, qint64 partialBytes) const;

private:
    ControlPolicy::Answer m_answer;
    std::chrono::milliseconds m_answerDelay;
    std::chrono::milliseconds m_timeout;
    EndFacts m_facts;
    std::optional<TcpEnd> m_tcpEnd;
    bool m_isCloseRequested = false;
};

} // namespace sockeye
