#include "connection/WireTap.h"

#include "base/Units.h"
#include "endpoint/OpeningRequest.h"
#include "endpoint/Target.h"

#include <QScopedValueRollback>

namespace sockeye {

namespace {
constexpr qsizetype ChunkSize = 256 * 1024;
/// What of QWebSocket's bytes is taken at once. With what it holds itself, all that is on its way out.
constexpr qint64 LocalReadBuffer = 1024 * 1024;
/// Bytes that TCP has not taken from us yet beyond which QWebSocket is not read.
constexpr qint64 PeerHighWater = 4 * 1024 * 1024;
/// How long the rest of a refused handshake's body is waited for.
constexpr std::chrono::seconds BodyPatience{2};
} // namespace

WireTap::WireTap(const Clock &clock, Listener &listener, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_listener(listener)
    , m_hop(this)
    , m_link(clock, this)
    , m_timer(this)
    , m_pongTimer(this)
    , m_chunk(ChunkSize, Qt::Uninitialized)
{
    m_timer.setSingleShot(true);
    m_pongTimer.setSingleShot(true);
    m_pongTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_pongTimer, &QTimer::timeout, this, &WireTap::sendPongs);
    connect(&m_hop, &LocalHop::dialled, this, &WireTap::dialPeer);
    connect(&m_hop, &LocalHop::failed, this,
            [this](const QString &text) { failConnect(EndKind::ConnectFailed, text); });
    connect(&m_link, &PeerLink::phaseChanged, this, &WireTap::phaseChanged);
    connect(&m_link, &PeerLink::ready, this, &WireTap::sendRequest);
    connect(&m_link, &PeerLink::bytesTaken, this, &WireTap::peerTookBytes);
    connect(&m_link, &PeerLink::failed, this, [this](const QString &text) {
        failConnect(m_link.endedAtProxy() ? EndKind::HandshakeFailed : EndKind::ConnectFailed, text);
    });
}

Result<> WireTap::start(const WebSocketUrl &url, const Endpoint &endpoint, bool lenient,
                        const QByteArray &authorization)
{
    m_url = url;
    m_endpoint = endpoint;
    m_authorization = authorization;
    m_isLenient = lenient;
    m_inbound = InboundFrames({.maxMessage = endpoint.limits.message, .lenient = lenient});
    m_pongs = PongAnswers(endpoint.control);
    m_closing = ClosingHandshake(endpoint.control, endpoint.timeouts.close);
    m_started = m_clock.now();
    connect(&m_timer, &QTimer::timeout, this, &WireTap::connectTimeout);
    m_timer.start(endpoint.timeouts.connect);
    return m_hop.listen();
}

void WireTap::dialPeer(const QByteArray &key)
{
    if (m_phase != Phase::Local)
        return;
    HandshakeRequest request = openingRequest(m_url, m_endpoint, m_authorization);
    request.key = key;
    m_opening.emplace(m_url, request,
                      HttpHeadParser::Limits{.maxBytes = static_cast<qsizetype>(m_endpoint.limits.headBytes),
                                             .maxLines = m_endpoint.limits.headLines},
                      m_isLenient);
    m_phase = Phase::Dialling;
    if (const auto dialled = m_link.dial(m_url, m_endpoint); !dialled)
        failConnect(EndKind::ConnectFailed, dialled.message());
}

void WireTap::sendRequest()
{
    if (m_phase != Phase::Dialling)
        return;
    m_phase = Phase::Opening;
    QTcpSocket *peer = m_link.socket();
    m_probe.attach(*peer);
    connect(peer, &QTcpSocket::readyRead, this, &WireTap::readPeer);
    connect(peer, &QTcpSocket::errorOccurred, this, &WireTap::peerError);
    m_requestTime = m_clock.now();
    const QByteArray head = m_opening->requestHead();
    m_listener.requestSent(head);
    peer->write(head);
    // What came behind a proxy's answer, before we said anything, has been announced already.
    if (peer->bytesAvailable() > 0)
        QMetaObject::invokeMethod(this, &WireTap::readPeer, Qt::QueuedConnection);
}

void WireTap::readReply(QByteArrayView input)
{
    while (m_phase == Phase::Opening) {
        switch (m_opening->feed(input)) {
        case OpeningHandshake::Event::NeedsMore:
            return;
        case OpeningHandshake::Event::Interim:
            m_listener.rawPassed(Direction::In, m_opening->headBytes(), m_clock.now(), {m_opening->finding()});
            break;
        case OpeningHandshake::Event::Opened:
            takeReply();
            open(input);
            break;
        case OpeningHandshake::Event::Declined:
            takeReply();
            m_timer.start(std::min<std::chrono::milliseconds>(m_timer.remainingTimeAsDuration(), BodyPatience));
            break;
        case OpeningHandshake::Event::Refused:
            refuse();
            break;
        case OpeningHandshake::Event::Unreadable:
            refuseUnreadable();
            break;
        }
    }
}

void WireTap::takeReply()
{
    m_timings = m_link.timings();
    m_timings.upgrade = m_clock.now() - m_requestTime;
    m_timings.total = m_clock.now() - m_started;
    m_listener.replyReceived(m_opening->reply(), m_opening->verdict());
}

void WireTap::open(QByteArrayView rest)
{
    m_timer.stop();
    m_timer.disconnect(this);
    connect(&m_timer, &QTimer::timeout, this, &WireTap::closingTimeout);
    m_phase = Phase::Open;
    if (const auto &deflate = m_opening->verdict().deflate) {
        m_inbound.agreeOnDeflate(*deflate);
        m_outbound.agreeOnDeflate(*deflate);
    }
    QTcpSocket *local = m_hop.socket();
    local->setReadBufferSize(LocalReadBuffer);
    connect(local, &QTcpSocket::readyRead, this, &WireTap::readLocal);
    m_hop.accept();
    readFrames(rest);
}

void WireTap::connectTimeout()
{
    if (m_opening && m_opening->isDeclined()) {
        refuse();
        return;
    }
    openingCutOff(m_phase == Phase::Opening ? EndKind::HandshakeFailed : EndKind::ConnectFailed,
                  tr("No connection within %1: still %2. Check the address, or allow more time.")
                      .arg(durationText(m_endpoint.timeouts.connect), phaseText()));
}

/// What came instead of a head that can be read is kept for the record, with what is wrong with it.
void WireTap::refuseUnreadable()
{
    m_listener.rawPassed(Direction::In, m_opening->headBytes(), m_clock.now(), {m_opening->finding()});
    failConnect(EndKind::HandshakeFailed, m_opening->finding().text);
}

void WireTap::refuse()
{
    failConnect(EndKind::HandshakeFailed, m_opening->refusalText());
}

/// Part of a reply's head may have come: it is kept for the record.
void WireTap::openingCutOff(EndKind kind, const QString &text)
{
    if (m_opening && !m_opening->headBytes().isEmpty())
        m_listener.rawPassed(Direction::In, m_opening->headBytes(), m_clock.now(), {});
    failConnect(kind, text);
}

void WireTap::failConnect(EndKind kind, const QString &text)
{
    finish({kind, CloseCode::Abnormal, {}, text});
}

void WireTap::localConnected()
{
    m_hop.setReady();
    readPeer();
}

bool WireTap::mayReadPeer() const
{
    if (m_phase != Phase::Open)
        return m_phase == Phase::Opening;
    if (!m_hop.isReady() && !m_closing.hasReceivedClose())
        return false;
    // Where writing failed, Qt throws away what had come: at most its buffer of 1 MiB, for which there must be room.
    return m_closing.tcpEnd() || m_listener.hasRoom();
}

void WireTap::readPeer()
{
    // What the listener does with a message (send an echo, close) may bring us here again.
    if (m_isReadingPeer)
        return;
    const QScopedValueRollback guard(m_isReadingPeer, true);
    QTcpSocket *peer = m_link.socket();
    while (mayReadPeer()) {
        const qint64 size = peer->read(m_chunk.data(), m_chunk.size());
        if (size <= 0)
            break;
        const QByteArrayView input(m_chunk.constData(), size);
        if (m_phase == Phase::Opening)
            readReply(input);
        else
            readFrames(input);
    }
    if (m_closing.tcpEnd() && m_phase != Phase::Ended && peer->bytesAvailable() == 0)
        peerGone();
}

void WireTap::peerTookBytes()
{
    if (m_phase == Phase::Open && m_closing.isDelayedByBacklog(backlog() > 0))
        m_timer.start(*m_closing.patience());
    resume();
}

void WireTap::peerError(QAbstractSocket::SocketError error)
{
    if (m_closing.tcpEnd() || m_phase == Phase::Ended)
        return;
    m_closing.tcpEnded(m_probe.endFor(error), m_link.socket()->errorString());
    // What had come before the end may still wait to be read.
    readPeer();
}

void WireTap::peerGone()
{
    const TcpEnd tcp = *m_closing.tcpEnd();
    if (m_phase == Phase::Open)
        finishOpen(tcp);
    else if (m_opening->isDeclined())
        refuse();
    else if (const QString alert = m_link.alertText(); !alert.isEmpty())
        openingCutOff(EndKind::ConnectFailed, alert);
    else
        openingCutOff(EndKind::HandshakeFailed, m_opening->endedEarlyText(tcp, m_closing.networkError()));
}

void WireTap::readFrames(QByteArrayView input)
{
    const Timestamp now = m_clock.now();
    while (auto message = m_inbound.next(input, now)) {
        m_closing.frameReceived(m_inbound.lastFrameTime());
        takeInbound(std::move(*message));
    }
    m_closing.frameReceived(m_inbound.lastFrameTime());
    if (const auto header = m_inbound.takeRefusedHeader())
        m_listener.rawPassed(Direction::In, *header, now, {*m_inbound.brokenRule()});
    if (!m_inbound.brokenRule())
        return;
    if (!m_closing.hasFailed())
        failConnection(*m_inbound.brokenRule());
    recordUnprocessed(input, now);
}

/// Nothing is done about it, but the peer's own close may say what it thinks went wrong.
void WireTap::recordUnprocessed(QByteArrayView input, Timestamp now)
{
    bool hasMore = true;
    while (hasMore) {
        std::optional<Message> message = m_inbound.nextUnprocessed(input, now);
        const QByteArray bytes = m_inbound.takeUnprocessed();
        hasMore = message || !bytes.isEmpty();
        if (!bytes.isEmpty())
            m_listener.rawPassed(Direction::In, bytes, now, {notProcessed()});
        if (message && message->opcode == Opcode::Close && !m_closing.hasReceivedClose())
            m_closing.noteClose(message->payload, now);
        if (message)
            m_listener.messagePassed(std::move(*message));
    }
}

/// QWebSocket gets no data: nobody hears it there, and each message would be copied four times on its way.
void WireTap::takeInbound(Message &&message)
{
    const Opcode opcode = message.opcode;
    if (!isControl(opcode) || m_closing.hasReceivedClose()) {
        m_listener.messagePassed(std::move(message));
        return;
    }
    const QByteArray payload = message.payload;
    const Timestamp time = message.time;
    const bool isSound = message.failWith() == 0;
    if (opcode == Opcode::Pong && !m_inbound.brokenRule())
        message.latency = m_roundTrips.answered(payload, time).value_or(Nanoseconds(-1));
    m_listener.messagePassed(std::move(message));
    if (opcode == Opcode::Close) {
        takeClose(payload, time);
    } else if (opcode == Opcode::Ping && isSound && !m_closing.hasSentClose()) {
        m_pongs.pingReceived(payload, time);
        sendPongs();
    }
}

void WireTap::readLocal()
{
    while (maySend() && m_listener.hasRoom() && backlog() < PeerHighWater) {
        const QByteArray bytes = m_hop.socket()->read(m_chunk.size());
        if (bytes.isEmpty())
            return;
        QByteArrayView input = bytes;
        while (maySend()) {
            auto outbound = m_outbound.next(input);
            if (!outbound)
                break;
            send(std::move(*outbound));
            if (m_closing.hasSentClose())
                waitForEnd();
        }
    }
}

/// After a close frame none may follow (RFC 6455 section 5.5.1).
bool WireTap::maySend() const
{
    return m_phase == Phase::Open && !m_closing.hasSentClose() && !m_closing.tcpEnd();
}

/// Not by way of QWebSocket, so that pongs and echoes leave in the order of what they answer.
void WireTap::sendPongs()
{
    if (m_pongs.isEmpty() || !maySend())
        return;
    const Timestamp now = m_clock.now();
    if (backlog() >= PeerHighWater)
        m_pongs.keepLatestDue(now);
    while (backlog() < PeerHighWater) {
        const auto pong = m_pongs.takeDue(now);
        if (!pong)
            break;
        send(m_outbound.control(Opcode::Pong, *pong));
    }
    // A timer that runs already is for an earlier pong: pongs become due in the order of the pings.
    if (const auto due = m_pongs.nextDue(now); due && !m_pongTimer.isActive())
        m_pongTimer.start(std::chrono::ceil<std::chrono::milliseconds>(*due - now));
}

void WireTap::sendNow(Opcode opcode, const QByteArray &payload)
{
    if (maySend())
        send(m_outbound.data(opcode, payload));
}

void WireTap::send(OutboundMessage &&outbound)
{
    const Timestamp now = m_clock.now();
    if (auto &message = outbound.message) {
        message->time = now;
        if (message->opcode == Opcode::Close)
            m_closing.closeSent(message->payload, now);
        else
            m_closing.frameSent(now);
        if (message->opcode == Opcode::Ping)
            m_roundTrips.sent(message->payload, now);
        m_listener.messagePassed(std::move(*message));
    } else {
        m_closing.frameSent(now);
        m_listener.rawPassed(Direction::Out, outbound.bytes, now, {});
    }
    m_link.socket()->write(outbound.bytes);
}

void WireTap::takeClose(QByteArrayView body, Timestamp time)
{
    const auto answerAfter = m_closing.closeReceived(body, time);
    // A close frame that breaks a rule is answered by failing the connection.
    if (m_inbound.brokenRule())
        return;
    if (!answerAfter) {
        waitForEnd();
    } else if (answerAfter->count() == 0) {
        answerClose();
    } else {
        QTimer::singleShot(*answerAfter, Qt::PreciseTimer, this, &WireTap::answerClose);
        waitForEnd();
    }
}

void WireTap::answerClose()
{
    if (m_phase != Phase::Open || m_closing.hasSentClose())
        return;
    // Not by way of QWebSocket, which would turn many of the codes that came into 1002.
    if (const auto body = m_closing.answer())
        send(m_outbound.control(Opcode::Close, *body));
    m_hop.close();
    waitForEnd();
}

void WireTap::failConnection(const Finding &finding)
{
    if (const auto body = m_closing.fail(finding))
        send(m_outbound.control(Opcode::Close, *body));
    m_hop.close();
    waitForEnd();
}

void WireTap::expectClose()
{
    // A peer that does not read holds up our close, too.
    if (m_phase == Phase::Open && m_closing.requestClose())
        waitForEnd();
}

void WireTap::waitForEnd()
{
    if (const auto patience = m_closing.patience())
        m_timer.start(*patience);
    Q_EMIT closing();
}

void WireTap::closingTimeout()
{
    m_closing.timedOut();
    finishOpen(TcpEnd::Ours);
}

void WireTap::localDisconnected()
{
    if (m_phase != Phase::Open || m_closing.hasBegun())
        return;
    m_closing.tcpEnded(TcpEnd::Failed, tr("Sockeye's own relay on 127.0.0.1 was cut off"));
    finishOpen(TcpEnd::Failed);
}

void WireTap::giveUp(int deadPings)
{
    if (m_phase != Phase::Open)
        return;
    m_closing.giveUp(deadPings);
    finishOpen(TcpEnd::Ours);
}

void WireTap::abort()
{
    m_closing.abort();
    if (m_phase == Phase::Open)
        finishOpen(TcpEnd::Ours);
    else
        failConnect(EndKind::Aborted, tr("Given up by the user before the connection was open."));
}

void WireTap::finishOpen(TcpEnd tcp)
{
    const qint64 unsent = backlog() + m_probe.unacknowledged();
    if (auto unfinished = m_inbound.takeUnfinished())
        m_listener.messagePassed(std::move(*unfinished));
    const QByteArray partial = m_inbound.partialBytes();
    if (!partial.isEmpty())
        m_listener.rawPassed(Direction::In, partial, m_clock.now(),
                             m_inbound.brokenRule() ? Findings{notProcessed()} : Findings());
    finish(m_closing.end(tcp, m_clock.now(), unsent, partial.size()));
}

void WireTap::finish(const ConnectionEnd &end)
{
    if (m_phase == Phase::Ended)
        return;
    const bool wasDialling = m_phase == Phase::Local || m_phase == Phase::Dialling;
    m_phase = Phase::Ended;
    m_timer.stop();
    m_pongTimer.stop();
    m_hop.disconnect(this);
    m_link.disconnect(this);
    m_link.giveUp();
    if (m_timings.total.count() < 0)
        m_timings = m_link.timings();
    if (QTcpSocket *peer = m_link.socket()) {
        peer->disconnect(this);
        // A socket that is still connecting would connect all the same, and end in order afterwards.
        if (m_closing.isCutOff() || wasDialling)
            peer->abort();
        else
            peer->disconnectFromHost();
    }
    m_probe.release();
    Q_EMIT ended(end);
}

void WireTap::resume()
{
    sendPongs();
    readPeer();
    readLocal();
}

qint64 WireTap::backlog() const
{
    return m_link.backlog();
}

QString WireTap::phaseText() const
{
    return m_phase == Phase::Local ? tr("starting") : m_link.phaseText();
}

} // namespace sockeye
