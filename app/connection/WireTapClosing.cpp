// The end of an open connection: the closing handshake, and what is told of it.

#include "connection/WireTap.h"
#include "wire/FrameEncoder.h"

#include <QTimer>

namespace sockeye {

namespace {
/// How long the peer may take to end TCP once both close frames have passed (RFC 6455 section 7.1.1: the server ends it
/// first).
constexpr std::chrono::milliseconds TcpEndPatience{2'000};
/// How long a peer that broke a rule may take to end TCP after our close. Ending it sooner could reset the connection
/// and take the close frame away from the peer.
constexpr std::chrono::milliseconds FailPatience{1'000};
} // namespace

void WireTap::noteReceivedClose(const Message &message)
{
    m_receivedClose = parseCloseBody(message.payload);
    m_receivedCloseTime = message.time;
}

void WireTap::takePeerClose(const Message &message)
{
    noteReceivedClose(message);
    if (m_sentClose) {
        beginClosing(TcpEndPatience);
        return;
    }
    m_peerClosedFirst = true;
    switch (m_endpoint.control.close) {
    case ControlPolicy::Answer::AtOnce:
        answerClose();
        break;
    case ControlPolicy::Answer::Delayed:
        Q_EMIT closing();
        QTimer::singleShot(m_endpoint.control.closeDelay, Qt::PreciseTimer, this, &WireTap::answerClose);
        break;
    case ControlPolicy::Answer::Never:
        // The peer's patience is what is to be seen: it ends TCP, or the user does.
        Q_EMIT closing();
        break;
    }
}

void WireTap::answerClose()
{
    if (m_phase != Phase::Open || m_sentClose)
        return;
    // Answered with the code that came; QWebSocket would turn many of them into 1002.
    const bool mayRepeat = m_receivedClose->wellFormed && isSendableCloseCode(m_receivedClose->code);
    sendClose(encodeCloseBody(mayRepeat ? m_receivedClose->code : 0, {}));
    clocalDisconnected();
    beginClosing(TcpEndPatience);
}

void WireTap::sendClose(const QByteArray &body)
{
    if (m_sentClose || m_tcpEnd)
        return;
    m_sentClose = parseCloseBody(body);
    m_sentCloseTime = m_clock.now();
    send(makeOutbound(Opcode::Close, body, freshMaskKey(), {}, nullptr));
}

void WireTap::fail(const Finding &finding)
{
    m_brokenRule = finding;
    sendClose(encodeCloseBody(finding.failWith, finding.text));
    clocalDisconnected();
    beginClosing(FailPatience);
}

void WireTap::expectClose()
{
    // A peer that does not read holds up our close, too.
    if (m_phase != Phase::Open || m_sentClose)
        return;
    m_weClose = true;
    beginClosing(m_endpoint.timeouts.close);
}

void WireTap::beginClosing(std::chrono::milliseconds patience)
{
    m_timer.start(patience);
    Q_EMIT closing();
}

void WireTap::closingTimeout()
{
    if (!m_brokenRule)
        m_closeTimedOutAfter = m_receivedClose ? TcpEndPatience : m_endpoint.timeouts.close;
    finishOpen(TcpEnd::Ours);
}

void WireTap::localDisconnected()
{
    if (m_phase != Phase::Open || m_weClose || m_sentClose || m_receivedClose)
        return;
    m_networkError = tr("Sockeye's own relay on 127.0.0.1 was cut off");
    finishOpen(TcpEnd::Failed);
}

void WireTap::giveUp(int deadPings)
{
    if (m_phase != Phase::Open)
        return;
    m_deadPings = deadPings;
    finishOpen(TcpEnd::Ours);
}

void WireTap::abort()
{
    m_aborted = true;
    if (m_phase == Phase::Open)
        finishOpen(TcpEnd::Ours);
    else
        failConnect(EndKind::Aborted, tr("Given up by the user before the connection was open."));
}

void WireTap::finishOpen(TcpEnd tcp)
{
    EndFacts facts{m_sentClose,  m_receivedClose, m_peerClosedFirst, tcp, m_networkError,
                   m_brokenRule, m_aborted,       m_closeTimedOutAfter,    0,   m_deadPings};
    EndDetails details = endDetails(tcp);
    if (!m_brokenRule) {
        if (auto unfinished = m_inMessages.takeUnfinished())
            m_listener.messagePassed(std::move(*unfinished));
        if (const QByteArray partial = m_inFrames.partialBytes(); !partial.isEmpty()) {
            facts.bytesInFrame = partial.size();
            details.partialBytes = partial.size();
            m_listener.rawPassed(Direction::In, partial, m_clock.now(), {});
        }
    }
    ConnectionEnd end = describeEnd(facts);
    end.details = details;
    finish(end);
}

EndDetails WireTap::endDetails(TcpEnd tcp) const
{
    EndDetails details;
    details.sentClose = m_sentClose;
    details.receivedClose = m_receivedClose;
    details.sentCloseTime = m_sentCloseTime;
    details.receivedCloseTime = m_receivedCloseTime;
    details.tcp = tcp;
    details.networkError = m_networkError;
    details.brokenRule = m_brokenRule ? m_brokenRule->rule : QString();
    details.unsentBytes = backlog() + m_probe.unacknowledged();
    details.lastIn = m_lastIn;
    details.lastOut = m_lastOut;
    details.closeTimedOutAfter = m_closeTimedOutAfter.value_or(Nanoseconds(-1));
    return details;
}

} // namespace sockeye
