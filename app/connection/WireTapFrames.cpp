// The open connection: frames both ways.

#include "connection/WireTap.h"
#include "wire/FrameEncoder.h"
#include "wire/FrameRules.h"

#include <QTimer>

namespace sockeye {

namespace {
/// Bytes that TCP has not taken from us yet beyond which QWebSocket is not read.
constexpr qint64 PeerHighWater = 4 * 1024 * 1024;
/// Pongs that wait for their time, each with a timer of its own.
constexpr int MaxDelayedPongs = 1'000;

Finding afterClose()
{
    return {Severity::Error,
            QStringLiteral("frame.after-close"),
            QStringLiteral("RFC 6455 5.5.1"),
            WireTap::tr("The peer sent this after its close frame, which must be its last frame."),
            -1,
            0};
}

/// Whether the peer may inflate what our deflater knows nothing of: its window is another one from then on.
bool mayChangeWindow(const std::optional<Message> &raw)
{
    if (!raw)
        return true;
    const bool begins = mayBeCompressed(raw->frames.front()) && (raw->frames.front().rsv & Rsv1);
    return begins || raw->opcode == Opcode::Continuation;
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
    // QWebSocket gets no data: nobody hears it there, and each message would be copied four times on its way.
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

void WireTap::clocalDisconnected()
{
    m_toLocal = encodeFrame({.opcode = Opcode::Close, .maskKey = std::nullopt}, encodeCloseBody(CloseCode::Normal, {}));
    flushToLocal();
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
    if (m_deflater && mayChangeWindow(message))
        startDeflater();
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

/// Afresh, which is always legal: it refers to nothing that was sent before.
void WireTap::startDeflater()
{
    if (const auto &deflate = m_verdict.deflate)
        m_deflater = std::make_unique<Deflater>(deflate->clientMaxWindowBits, deflate->clientNoContextTakeover);
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

} // namespace sockeye
