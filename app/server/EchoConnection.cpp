#include "server/EchoConnection.h"

#include "server/HalfClose.h"
#include "server/Subprotocols.h"
#include "wire/FrameEncoder.h"

namespace sockeye {

namespace {
constexpr qsizetype ChunkSize = 64 * 1024;
/// What Qt takes from the kernel ahead of us.
constexpr qint64 ReadBuffer = 256 * 1024;
/// How long a client may take nothing of what is left for it, once TCP is to end.
constexpr std::chrono::seconds EndPatience{5};
/// How long a client whose request was refused may take to end TCP.
constexpr std::chrono::milliseconds RefusalPatience{1'000};
} // namespace

EchoConnection::EchoConnection(QTcpSocket *socket, const EchoOptions &options, QObject *parent)
    : QObject(parent)
    , m_socket(socket)
    , m_options(options)
    , m_inbound({.sender = Role::Client, .maxMessage = options.maxMessage})
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(ReadBuffer);
    // An echo that waits for the acknowledgement of the one before it (Nagle) would tell a wrong round trip.
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &EchoConnection::endTcp);
    connect(m_socket, &QTcpSocket::readyRead, this, &EchoConnection::read);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &EchoConnection::bytesTaken);
    connect(m_socket, &QTcpSocket::disconnected, this, &EchoConnection::ended);
    m_timer.start(m_options.handshakeTimeout);
    // What came while the socket waited to be taken over.
    if (m_socket->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &EchoConnection::read, Qt::QueuedConnection);
}

void EchoConnection::read()
{
    while (mayRead() && fetch()) {
        switch (m_phase) {
        case Phase::Opening:
            readRequest();
            break;
        case Phase::Open:
            readFrame();
            break;
        case Phase::Lingering:
            m_input = {};
            break;
        }
    }
}

/// Whoever does not take its echoes waits: TCP tells it so when the buffers on the way are full.
bool EchoConnection::mayRead() const
{
    return m_phase != Phase::Open || m_socket->bytesToWrite() < m_options.maxUnsent;
}

/// Whether there is something to look at.
bool EchoConnection::fetch()
{
    if (m_input.isEmpty()) {
        m_chunk = m_socket->read(ChunkSize);
        m_input = m_chunk;
    }
    return !m_input.isEmpty();
}

void EchoConnection::readRequest()
{
    switch (m_accepting.feed(m_input)) {
    case AcceptingHandshake::Event::NeedsMore:
        break;
    case AcceptingHandshake::Event::Requested:
        open();
        break;
    case AcceptingHandshake::Event::Refused:
        m_socket->write(m_accepting.refusal());
        linger();
        break;
    }
}

void EchoConnection::open()
{
    m_timer.stop();
    const QList<QByteArray> offered = m_accepting.request().tokens("Sec-WebSocket-Protocol");
    m_socket->write(m_accepting.accept({.subprotocol = chooseSubprotocol(offered, m_options.subprotocols),
                                        .extensions = m_accepting.deflateAnswer()}));
    if (const auto &deflate = m_accepting.deflate()) {
        m_inbound.agreeOnDeflate(*deflate);
        m_outbound.agreeOnDeflate(*deflate);
    }
    m_phase = Phase::Open;
    m_hasOpened = true;
    Q_EMIT opened();
}

void EchoConnection::readFrame()
{
    const auto message = m_inbound.next(m_input, m_clock.now());
    if (m_inbound.brokenRule())
        fail(*m_inbound.brokenRule());
    else if (message)
        take(*message);
}

void EchoConnection::take(const Message &message)
{
    switch (message.opcode) {
    case Opcode::Text:
    case Opcode::Binary:
        send(m_outbound.data(message.opcode, message.payload));
        break;
    case Opcode::Ping:
        send(m_outbound.control(Opcode::Pong, message.payload));
        break;
    case Opcode::Close:
        takeClose(message);
        break;
    default:
        break;
    }
}

/// The close goes back as it came, reason and all, and the server is the first to end TCP (RFC 6455 section 7.1.1).
void EchoConnection::takeClose(const Message &message)
{
    (void)m_closing.closeReceived(message.payload, message.time);
    if (const auto answer = m_closing.answer())
        send(m_outbound.control(Opcode::Close, answer->isEmpty() ? *answer : message.payload));
    linger();
}

void EchoConnection::fail(const Finding &finding)
{
    if (const auto body = m_closing.fail(finding))
        send(m_outbound.control(Opcode::Close, *body));
    linger();
}

void EchoConnection::send(const OutboundMessage &outbound)
{
    if (outbound.message && outbound.message->opcode == Opcode::Close)
        m_closing.closeSent(outbound.message->payload, m_clock.now());
    m_socket->write(outbound.bytes);
}

/// Ending TCP outright while the client still writes would reset it, and could take the last words away from it.
void EchoConnection::linger()
{
    m_phase = Phase::Lingering;
    m_timer.start(m_closing.patience().value_or(RefusalPatience));
}

/// In order, once what was written has left; and at once where that does not go on.
void EchoConnection::endTcp()
{
    if (m_socket->state() == QAbstractSocket::ClosingState) {
        m_socket->abort();
        return;
    }
    m_phase = Phase::Lingering;
    m_timer.start(EndPatience);
    m_socket->disconnectFromHost();
}

void EchoConnection::bytesTaken()
{
    if (m_phase != Phase::Lingering) {
        read();
        return;
    }
    m_timer.start();
    const bool isLast = m_socket->bytesToWrite() == 0 && m_socket->state() == QAbstractSocket::ConnectedState;
    if (isLast && !endWriting(*m_socket) && m_closing.hasReceivedClose())
        endTcp();
}

void EchoConnection::goAway(QStringView reason)
{
    if (m_phase == Phase::Open && m_closing.requestClose())
        send(m_outbound.control(Opcode::Close, encodeCloseBody(CloseCode::GoingAway, reason)));
    m_phase = Phase::Lingering;
    m_socket->flush();
}

} // namespace sockeye
