// The open connection: frames both ways, and the closing handshake.

#include "connection/WireTap.h"
#include "wire/FrameEncoder.h"

#include <QRandomGenerator>

namespace sockeye {

namespace {
/// Bytes that TCP has not taken from us yet beyond which QWebSocket is not read.
constexpr qint64 PeerHighWater = 4 * 1024 * 1024;
/// How long the peer may take to end TCP once both close frames have passed (RFC 6455 section 7.1.1: the server ends it
/// first).
constexpr std::chrono::milliseconds TcpEndPatience{2'000};
/// How long a peer that broke a rule may take to end TCP after our close. Ending it sooner could reset the connection
/// and take the close frame away from the peer.
constexpr std::chrono::milliseconds FailPatience{1'000};

std::array<quint8, 4> freshMaskKey()
{
    // RFC 6455 section 5.3 wants a strong source of entropy.
    const quint32 bits = QRandomGenerator::system()->generate();
    return {static_cast<quint8>(bits), static_cast<quint8>(bits >> 8), static_cast<quint8>(bits >> 16),
            static_cast<quint8>(bits >> 24)};
}

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
        if (auto message = m_inMessages.add(std::move(frame)))
            takeInbound(std::move(*message));
    }
    if (!m_brokenRule && m_inFrames.status() != FrameDecoder::Status::Ok)
        refuseLength(now);
    flushToLocal();
}

void WireTap::takeInbound(Message &&message)
{
    if (m_receivedClose) {
        message.findings += afterClose();
        m_listener.messagePassed(std::move(message));
        return;
    }
    const quint16 failWith = message.failWith();
    if (failWith != 0) {
        const auto broken = std::find_if(message.findings.cbegin(), message.findings.cend(),
                                         [](const Finding &finding) { return finding.failWith != 0; });
        const Finding finding = *broken;
        if (message.opcode == Opcode::Close)
            m_receivedClose = parseCloseBody(message.payload);
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
    // After our own close frame no answer may go out, so QWebSocket need not hear of pings any more.
    if (!m_sentClose)
        forward(message.opcode, message.payload);
    m_listener.messagePassed(std::move(message));
}

void WireTap::takePeerClose(const Message &message)
{
    m_receivedClose = parseCloseBody(message.payload);
    if (!m_sentClose) {
        m_peerClosedFirst = true;
        // Answered with the code that came; QWebSocket would turn many of them into 1002.
        sendClose(encodeCloseBody(m_receivedClose->code == CloseCode::NoStatus ? 0 : m_receivedClose->code, {}));
        forward(Opcode::Close, encodeCloseBody(CloseCode::Normal, {}));
    }
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
                                                   .arg(FrameDecoder::DefaultMaxPayload),
                                               -1,
                                               CloseCode::MessageTooBig}
                                     : Finding{Severity::Error,
                                               QStringLiteral("frame.length"),
                                               QStringLiteral("RFC 6455 5.2"),
                                               tr("A frame's 64-bit length has its highest bit set."),
                                               -1,
                                               CloseCode::ProtocolError};
    m_listener.rawReceived(header.view().toByteArray(), time, {finding});
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
    if (message.opcode == Opcode::Close) {
        sendClose(message.payload);
        beginClosing(m_endpoint.timeouts.close);
        return;
    }
    send(message.opcode, message.frames.front().maskKey, message.payload);
}

void WireTap::send(Opcode opcode, std::array<quint8, 4> maskKey, const QByteArray &payload)
{
    const FrameSpec spec{.opcode = opcode, .maskKey = maskKey};
    const QByteArray bytes = encodeFrame(spec, payload);
    Message message;
    message.direction = Direction::Out;
    message.opcode = opcode;
    message.payload = payload;
    message.frames.append(makeHeader(spec, static_cast<quint64>(payload.size())));
    message.time = m_clock.now();
    message.wireSize = bytes.size();
    m_listener.messagePassed(std::move(message));
    m_link.socket()->write(bytes);
}

void WireTap::sendControl(Opcode opcode, QByteArrayView payload)
{
    if (m_phase == Phase::Open && !m_sentClose)
        send(opcode, freshMaskKey(), payload.toByteArray());
}

void WireTap::sendClose(const QByteArray &body)
{
    if (m_sentClose || m_tcpEnd)
        return;
    m_sentClose = parseCloseBody(body);
    send(Opcode::Close, freshMaskKey(), body);
}

void WireTap::fail(const Finding &finding)
{
    m_brokenRule = finding;
    sendClose(encodeCloseBody(finding.failWith, finding.text));
    forward(Opcode::Close, encodeCloseBody(CloseCode::Normal, {}));
    beginClosing(FailPatience);
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
                   m_brokenRule, m_aborted,       m_waitedInVain,    0};
    if (!m_brokenRule) {
        if (auto unfinished = m_inMessages.takeUnfinished())
            m_listener.messagePassed(std::move(*unfinished));
        if (const QByteArray partial = m_inFrames.partialBytes(); !partial.isEmpty()) {
            facts.bytesInFrame = partial.size();
            m_listener.rawReceived(partial, m_clock.now(), {});
        }
    }
    finish(describeEnd(facts));
}

} // namespace sockeye
