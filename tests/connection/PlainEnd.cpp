#include "connection/PlainEnd.h"

#include "endpoint/UrlParser.h"
#include "wire/FrameEncoder.h"

namespace sockeye::test {

PlainEnd::PlainEnd(Role role, QTcpSocket *socket, const ControlPolicy &policy)
    : m_role(role)
    , m_socket(socket)
    , m_inbound({.sender = role == Role::Client ? Role::Server : Role::Client})
    , m_outbound(role)
    , m_pongs(policy)
    , m_closing(policy)
{
    m_socket->setParent(this);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_closing.timedOut();
        endTcp();
    });
    connect(m_socket, &QTcpSocket::readyRead, this, &PlainEnd::read);
    connect(m_socket, &QTcpSocket::disconnected, this, [this] { tcpEnded(TcpEnd::PeerFin); });
}

void PlainEnd::request(const HandshakeRequest &request)
{
    m_opening.emplace(parseUrl(QStringLiteral("ws://127.0.0.1/")).value(), request, HttpHeadParser::Limits(), false);
    m_socket->write(m_opening->requestHead());
}

void PlainEnd::send(Opcode opcode, const QByteArray &payload, const SendOrder &order)
{
    write(m_outbound.data(opcode, payload, order));
}

void PlainEnd::ping(const QByteArray &payload)
{
    write(m_outbound.control(Opcode::Ping, payload));
}

void PlainEnd::sendRaw(const QByteArray &bytes)
{
    write(m_outbound.raw(bytes));
}

void PlainEnd::close(quint16 code, QStringView reason)
{
    if (!m_closing.requestClose())
        return;
    write(m_outbound.control(Opcode::Close, encodeCloseBody(code, reason)));
    waitForEnd();
}

void PlainEnd::read()
{
    const QByteArray bytes = m_socket->readAll();
    QByteArrayView input = bytes;
    if (!m_isOpen && m_role == Role::Client)
        readReply(input);
    else if (!m_isOpen)
        readRequest(input);
    if (m_isOpen)
        readFrames(input);
}

void PlainEnd::readReply(QByteArrayView &input)
{
    if (m_opening->feed(input) == OpeningHandshake::Event::Opened)
        opened(m_opening->verdict().deflate);
}

void PlainEnd::readRequest(QByteArrayView &input)
{
    if (m_accepting.feed(input) != AcceptingHandshake::Event::Requested)
        return;
    m_socket->write(m_accepting.accept({.extensions = m_accepting.deflateAnswer()}));
    opened(m_accepting.deflate());
}

void PlainEnd::opened(const std::optional<DeflateParameters> &deflate)
{
    m_isOpen = true;
    m_isDeflating = deflate.has_value();
    if (deflate) {
        m_inbound.agreeOnDeflate(*deflate);
        m_outbound.agreeOnDeflate(*deflate);
    }
}

void PlainEnd::readFrames(QByteArrayView input)
{
    while (auto message = m_inbound.next(input, m_clock.now()))
        take(std::move(*message));
    m_closing.frameReceived(m_inbound.lastFrameTime());
    if (m_inbound.brokenRule() && !m_closing.hasFailed()) {
        if (const auto body = m_closing.fail(*m_inbound.brokenRule()))
            write(m_outbound.control(Opcode::Close, *body));
        waitForEnd();
    }
}

void PlainEnd::take(Message &&message)
{
    if (message.opcode == Opcode::Pong)
        message.latency = m_roundTrips.answered(message.payload, message.time).value_or(Nanoseconds(-1));
    m_received += std::move(message);
    const Message &taken = m_received.constLast();
    if (taken.opcode == Opcode::Ping) {
        m_pongs.pingReceived(taken.payload, taken.time);
        sendPongs();
    } else if (taken.opcode == Opcode::Close) {
        if (const auto after = m_closing.closeReceived(taken.payload, taken.time))
            QTimer::singleShot(*after, this, &PlainEnd::answerClose);
        waitForEnd();
    }
}

void PlainEnd::sendPongs()
{
    const Timestamp now = m_clock.now();
    while (const auto pong = m_pongs.takeDue(now))
        write(m_outbound.control(Opcode::Pong, *pong));
    if (const auto due = m_pongs.nextDue(now))
        QTimer::singleShot(std::chrono::ceil<std::chrono::milliseconds>(*due - now), Qt::PreciseTimer, this,
                           &PlainEnd::sendPongs);
}

void PlainEnd::answerClose()
{
    if (const auto body = m_closing.answer())
        write(m_outbound.control(Opcode::Close, *body));
    waitForEnd();
}

void PlainEnd::write(OutboundMessage &&outbound)
{
    const Timestamp now = m_clock.now();
    if (outbound.message) {
        outbound.message->time = now;
        if (outbound.message->opcode == Opcode::Close)
            m_closing.closeSent(outbound.message->payload, now);
        if (outbound.message->opcode == Opcode::Ping)
            m_roundTrips.sent(outbound.message->payload, now);
        m_sent += std::move(*outbound.message);
    }
    m_closing.frameSent(now);
    m_socket->write(outbound.bytes);
}

/// The server ends TCP, once both close frames have passed (RFC 6455 section 7.1.1).
void PlainEnd::waitForEnd()
{
    if (m_role == Role::Server && m_closing.hasSentClose() && m_closing.hasReceivedClose())
        endTcp();
    else if (const auto patience = m_closing.patience())
        m_timer.start(*patience);
}

void PlainEnd::endTcp()
{
    tcpEnded(TcpEnd::Ours);
    m_socket->disconnectFromHost();
}

void PlainEnd::tcpEnded(TcpEnd end)
{
    m_timer.stop();
    if (!m_end)
        m_end = m_closing.end(end, m_clock.now(), m_socket->bytesToWrite(), m_inbound.partialBytes().size());
}

} // namespace sockeye::test
