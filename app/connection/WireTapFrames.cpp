// The open connection: frames both ways, and the closing handshake.

#include "connection/WireTap.h"
#include "wire/FrameEncoder.h"

#include <QTimer>

namespace sockeye {

namespace {
/// Bytes that TCP has not taken from us yet beyond which QWebSocket is not read.
constexpr qint64 PeerHighWater = 4 * 1024 * 1024;
/// Pongs that wait for their time, each with a timer of its own.
constexpr int MaxDelayedPongs = 1'000;
/// How long the peer may take to end TCP once both close frames have passed (RFC 6455 section 7.1.1: the server ends it
/// first).
constexpr std::chrono::milliseconds TcpEndPatience{2'000};
/// How long a peer that broke a rule may take to end TCP after our close. Ending it sooner could reset the connection
/// and take the close frame away from the peer.
constexpr std::chrono::milliseconds FailPatience{1'000};

Finding afterClose()
{
    return {Severity::Error,
            QStringLiteral("frame.after-close"),
            QStringLiteral("RFC 6455 5.5.1"),
            WireTap::tr("The peer sent this after its close frame, which must be its last frame."),
            -1,
            0};
}
} // namespace

void WireTap::localConnected()
{
    m_localReady = true;
    flushToLocal();
    readPeer();
}

void WireTap::readFrames(QByteArrayView input)
{
    const Timestamp now = m_clock.now();
    Frame frame;
    while (!m_brokenRule && m_inFrames.next(input, frame)) {
        frame.time = now;
        // A close begins the closing: what matters is how long it was quiet before.
        if (!m_sentClose && !m_receivedClose && frame.header.opcode != Opcode::Close)
            m_lastIn = now;
        if (auto message = m_inMessages.add(std::move(frame)))
            takeInbound(std::move(*message));
    }
    if (!m_brokenRule && m_inFrames.status() != FrameDecoder::Status::Ok)
        refuseLength(now);
    if (!m_brokenRule && !m_lenient && !m_receivedClose && m_inFrames.isInFrame()) {
        if (auto message = m_inMessages.refuseEarly(m_inFrames.header(), m_inFrames.partialPayload(), now))
            takeInbound(std::move(*message));
    }
    flushToLocal();
}

void WireTap::takeInbound(Message &&message)
{
    if (m_receivedClose) {
        message.findings += afterClose();
        m_listener.messagePassed(std::move(message));
        return;
    }
    const auto broken = std::find_if(message.findings.cbegin(), message.findings.cend(),
                                     [](const Finding &finding) { return finding.failWith != 0; });
    const bool isBroken = broken != message.findings.cend();
    if (isBroken && !m_lenient) {
        const Finding finding = *broken;
        if (message.opcode == Opcode::Close)
            noteReceivedClose(message);
        m_listener.messagePassed(std::move(message));
        fail(finding);
        return;
    }
    if (message.opcode == Opcode::Close) {
        const Message close = message;
        m_listener.messagePassed(std::move(message));
        takePeerClose(close);
        return;
    }
    if (message.opcode == Opcode::Pong)
        message.latency = m_roundTrips.answered(message.payload, message.time).value_or(Nanoseconds(-1));
    if (message.opcode == Opcode::Ping) {
        const QByteArray payload = message.payload;
        m_listener.messagePassed(std::move(message));
        if (!isBroken)
            takePing(payload);
        return;
    }
    // QWebSocket gets nothing that breaks a rule: it would end the connection that is to be studied.
    if (!isBroken && !m_sentClose)
        forward(message.opcode, message.payload);
    m_listener.messagePassed(std::move(message));
}

void WireTap::takePing(const QByteArray &payload)
{
    // After our own close frame no answer may go out.
    if (m_sentClose)
        return;
    const ControlPolicy &policy = m_endpoint.control;
    const QByteArray answer = policy.pongPayload.isNull() ? payload : policy.pongPayload;
    switch (policy.pong) {
    case ControlPolicy::Answer::AtOnce:
        m_pongToSend = answer;
        sendPong();
        break;
    case ControlPolicy::Answer::Delayed:
        delayPong(answer);
        break;
    case ControlPolicy::Answer::Never:
        break;
    }
}

void WireTap::delayPong(const QByteArray &answer)
{
    // Under a flood the pings beyond these are left without a pong.
    if (m_delayedPongs == MaxDelayedPongs)
        return;
    ++m_delayedPongs;
    QTimer::singleShot(m_endpoint.control.pongDelay, Qt::PreciseTimer, this, [this, answer] {
        --m_delayedPongs;
        m_pongToSend = answer;
        sendPong();
    });
}

/// Not by way of QWebSocket, so that pongs and echoes leave in the order of what they answer. A peer that does not read
/// gets a pong for its latest ping only (RFC 6455 section 5.5.3 allows it), so that pongs cannot pile up in memory.
void WireTap::sendPong()
{
    if (m_pongToSend && backlog() < PeerHighWater)
        sendControl(Opcode::Pong, freshMaskKey(), *std::exchange(m_pongToSend, std::nullopt));
}

void WireTap::sendNow(Opcode opcode, const QByteArray &payload)
{
    if (m_phase == Phase::Open && !m_sentClose && !m_tcpEnd)
        send(makeOutbound(opcode, payload, freshMaskKey(), {}, m_deflater.get()));
}

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
    forward(Opcode::Close, encodeCloseBody(CloseCode::Normal, {}));
    flushToLocal();
    beginClosing(TcpEndPatience);
}

void WireTap::refuseLength(Timestamp time)
{
    const FrameHeader &header = m_inFrames.header();
    const bool tooLarge = m_inFrames.status() == FrameDecoder::Status::TooLarge;
    const Finding finding = tooLarge ? Finding{Severity::Error,
                                               QStringLiteral("message.too-large"),
                                               QStringLiteral("RFC 6455 10.4"),
                                               tr("A frame announces %1 bytes of payload; the limit is %2.")
                                                   .arg(header.payloadSize)
                                                   .arg(m_endpoint.limits.message),
                                               -1,
                                               CloseCode::MessageTooBig}
                                     : Finding{Severity::Error,
                                               QStringLiteral("frame.length"),
                                               QStringLiteral("RFC 6455 5.2"),
                                               tr("A frame's 64-bit length has its highest bit set."),
                                               -1,
                                               CloseCode::ProtocolError};
    m_listener.rawPassed(Direction::In, header.view().toByteArray(), time, {finding});
    fail(finding);
}

void WireTap::forward(Opcode opcode, QByteArrayView payload)
{
    const FrameHeader header =
        makeHeader({.opcode = opcode, .maskKey = std::nullopt}, static_cast<quint64>(payload.size()));
    m_toLocal.append(header.view());
    m_toLocal.append(payload);
}

void WireTap::flushToLocal()
{
    if (!m_localReady || m_toLocal.isEmpty())
        return;
    const QByteArray bytes = std::exchange(m_toLocal, {});
    if (m_hop.isConnected())
        m_hop.socket()->write(bytes);
}

void WireTap::readLocal()
{
    while (m_phase == Phase::Open && m_listener.hasRoom() && backlog() < PeerHighWater) {
        const QByteArray bytes = m_hop.socket()->read(m_chunk.size());
        if (bytes.isEmpty())
            return;
        QByteArrayView input = bytes;
        Frame frame;
        while (!m_sentClose && m_outFrames.next(input, frame)) {
            frame.time = m_clock.now();
            if (auto message = m_outMessages.add(std::move(frame)))
                takeOutbound(std::move(*message));
        }
    }
}

void WireTap::takeOutbound(Message &&message)
{
    const MaskKey key = message.frames.front().maskKey;
    if (message.opcode == Opcode::Close) {
        sendClose(message.payload);
        beginClosing(m_endpoint.timeouts.close);
        return;
    }
    if (isControl(message.opcode)) {
        sendControl(message.opcode, key, message.payload);
        return;
    }
    const SendOrder order = m_orders.isEmpty() ? SendOrder() : m_orders.takeFirst();
    switch (order.kind) {
    case SendOrder::Kind::Pong:
        sendControl(Opcode::Pong, key, message.payload);
        break;
    case SendOrder::Kind::Raw:
        sendRaw(message.payload);
        break;
    case SendOrder::Kind::Data:
        send(makeOutbound(message.opcode, message.payload, key, order.fragmentation,
                          order.compress ? m_deflater.get() : nullptr));
        break;
    }
}

void WireTap::sendControl(Opcode opcode, const MaskKey &maskKey, const QByteArray &payload)
{
    if (m_phase != Phase::Open || m_sentClose)
        return;
    send(makeOutbound(opcode, payload, maskKey, {}, nullptr));
}

void WireTap::sendRaw(const QByteArray &bytes)
{
    std::optional<Message> message = readRawFrame(bytes, m_deflater != nullptr);
    if (!message) {
        m_lastOut = m_clock.now();
        m_listener.rawPassed(Direction::Out, bytes, m_lastOut, {});
        m_link.socket()->write(bytes);
        return;
    }
    const bool isClose = message->opcode == Opcode::Close;
    if (isClose) {
        m_sentClose = parseCloseBody(message->payload);
        m_sentCloseTime = m_clock.now();
    }
    send({std::move(*message), bytes});
    if (isClose)
        beginClosing(m_endpoint.timeouts.close);
}

void WireTap::send(OutboundMessage &&outbound)
{
    Message &message = outbound.message;
    message.time = m_clock.now();
    if (!m_sentClose)
        m_lastOut = message.time;
    if (message.opcode == Opcode::Ping)
        m_roundTrips.sent(message.payload, message.time);
    m_listener.messagePassed(std::move(message));
    m_link.socket()->write(outbound.bytes);
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
    forward(Opcode::Close, encodeCloseBody(CloseCode::Normal, {}));
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
        m_waitedInVain = m_receivedClose ? TcpEndPatience : m_endpoint.timeouts.close;
    finishOpen(TcpEnd::Ours);
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
                   m_brokenRule, m_aborted,       m_waitedInVain,    0,   m_deadPings};
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
    details.waitedInVain = m_waitedInVain.value_or(Nanoseconds(-1));
    return details;
}

} // namespace sockeye
