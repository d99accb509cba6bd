#include "connection/WireTap.h"

#include "base/Units.h"
#include "endpoint/OpeningRequest.h"
#include "endpoint/Target.h"

#include <QScopedValueRollback>

namespace sockeye {

namespace {
constexpr qsizetype ChunkSize = 256 * 1024;
constexpr qint64 BodyLimit = 1024 * 1024;
/// What of QWebSocket's bytes is taken at once. With what it holds itself, all that is on its way out.
constexpr qint64 LocalReadBuffer = 1024 * 1024;
/// How long the rest of a refused handshake's body is waited for.
constexpr std::chrono::seconds BodyPatience{2};
/// Replies such as 103 (early hints) that are skipped on the way to the final one (RFC 9110 section 15.2).
constexpr int MaxInterimReplies = 8;

bool isInterim(const HttpHead &reply)
{
    return reply.status() >= 100 && reply.status() < 200 && reply.status() != 101;
}
} // namespace

WireTap::WireTap(const Clock &clock, Listener &listener, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_listener(listener)
    , m_hop(this)
    , m_link(clock, this)
    , m_timer(this)
    , m_chunk(ChunkSize, Qt::Uninitialized)
{
    m_timer.setSingleShot(true);
    connect(&m_hop, &LocalHop::dialled, this, &WireTap::dialPeer);
    connect(&m_hop, &LocalHop::failed, this,
            [this](const QString &text) { failConnect(EndKind::ConnectFailed, text); });
    connect(&m_link, &PeerLink::phaseChanged, this, &WireTap::phaseChanged);
    connect(&m_link, &PeerLink::ready, this, &WireTap::sendRequest);
    connect(&m_link, &PeerLink::bytesTaken, this, &WireTap::peerTookBytes);
    connect(&m_link, &PeerLink::failed, this,
            [this](const QString &text) { failConnect(EndKind::ConnectFailed, text); });
}

Result<> WireTap::start(const QUrl &url, const Endpoint &endpoint, bool lenient)
{
    m_url = url;
    m_endpoint = endpoint;
    m_lenient = lenient;
    m_reply = HttpHeadParser(headLimits());
    m_inFrames = FrameDecoder(static_cast<quint64>(endpoint.limits.message));
    m_inMessages = MessageAssembler(Direction::In, {.maxMessage = endpoint.limits.message});
    m_inMessages.setLenient(lenient);
    m_started = m_clock.now();
    connect(&m_timer, &QTimer::timeout, this, &WireTap::connectTimeout);
    m_timer.start(endpoint.timeouts.connect);
    return m_hop.listen();
}

void WireTap::dialPeer(const QByteArray &key)
{
    if (m_phase != Phase::Local)
        return;
    m_request = openingRequest(m_url, m_endpoint);
    m_request.key = key;
    m_phase = Phase::Dialling;
    if (const auto dialled = m_link.dial(m_url, m_endpoint); !dialled)
        failConnect(EndKind::ConnectFailed, dialled.message());
}

void WireTap::sendRequest()
{
    if (m_phase != Phase::Dialling)
        return;
    m_phase = Phase::Reply;
    QTcpSocket *peer = m_link.socket();
    m_probe.attach(*peer);
    connect(peer, &QTcpSocket::readyRead, this, &WireTap::readPeer);
    connect(peer, &QTcpSocket::errorOccurred, this, &WireTap::peerError);
    m_requestTime = m_clock.now();
    const QByteArray head = composeRequest(m_request);
    m_listener.requestSent(head);
    peer->write(head);
}

void WireTap::readReply(QByteArrayView input)
{
    switch (m_reply.feed(input)) {
    case HttpHeadParser::Status::NeedsMore:
        return;
    case HttpHeadParser::Status::Complete:
        if (isInterim(m_reply.head()) && m_interimReplies < MaxInterimReplies)
            skipInterimReply(input);
        else
            takeReply(input);
        return;
    case HttpHeadParser::Status::TooLarge:
        refuseHead(QStringLiteral("http.too-large"), QStringLiteral("RFC 9112 5"), tooLargeText());
        return;
    case HttpHeadParser::Status::TooManyLines:
        refuseHead(QStringLiteral("http.too-many-lines"), QStringLiteral("RFC 9112 5"), tooLargeText());
        return;
    case HttpHeadParser::Status::NotHttp:
        refuseHead(QStringLiteral("http.not-http"), QStringLiteral("RFC 9112 4"),
                   tr("The peer does not speak HTTP: its reply begins with “%1”. Check that the port is a WebSocket "
                      "server's%2.")
                       .arg(QString::fromLatin1(m_reply.bytes().first(std::min<qsizetype>(m_reply.bytes().size(), 32)))
                                .simplified(),
                            m_url.scheme() == u"ws" ? tr(", and whether it wants wss://") : QString()));
        return;
    }
}

HttpHeadParser::Limits WireTap::headLimits() const
{
    return {.maxBytes = static_cast<qsizetype>(m_endpoint.limits.headBytes), .maxLines = m_endpoint.limits.headLines};
}

void WireTap::skipInterimReply(QByteArrayView rest)
{
    ++m_interimReplies;
    m_listener.rawPassed(Direction::In, m_reply.bytes(), m_clock.now(),
                         {{.severity = Severity::Note,
                           .rule = QStringLiteral("http.interim"),
                           .section = QStringLiteral("RFC 9110 15.2"),
                           .text = tr("The peer sent an interim reply (%1), which is skipped; its final one is to "
                                      "follow.")
                                       .arg(m_reply.head().status())}});
    m_reply = HttpHeadParser(headLimits());
    readReply(rest);
}

QString WireTap::tooLargeText() const
{
    return tr("The head of the peer's reply is too large: more than %1 or %2 lines. The limits stand in the "
              "connection's options.")
        .arg(sizeText(m_endpoint.limits.headBytes))
        .arg(m_endpoint.limits.headLines);
}

/// What came instead of a head that can be read is kept for the record, with what is wrong with it.
void WireTap::refuseHead(const QString &rule, const QString &section, const QString &text)
{
    m_listener.rawPassed(Direction::In, m_reply.bytes(), m_clock.now(),
                         {{.rule = rule, .section = section, .text = text}});
    failConnect(EndKind::HandshakeFailed, text);
}

void WireTap::takeReply(QByteArrayView rest)
{
    m_verdict = judgeReply(m_request, m_reply.head(), m_reply.findings());
    m_timings = m_link.timings();
    m_timings.upgrade = m_clock.now() - m_requestTime;
    m_timings.total = m_clock.now() - m_started;
    m_listener.replyReceived(m_reply.head(), m_verdict);
    if (m_verdict.accepted() || (m_lenient && m_reply.head().status() == 101)) {
        m_timer.stop();
        m_timer.disconnect(this);
        connect(&m_timer, &QTimer::timeout, this, &WireTap::closingTimeout);
        m_phase = Phase::Open;
        if (const auto &deflate = m_verdict.deflate) {
            m_inMessages.inflateWith(
                std::make_unique<Inflater>(deflate->serverMaxWindowBits, deflate->serverNoContextTakeover));
            startDeflater();
        }
        QTcpSocket *local = m_hop.socket();
        local->setReadBufferSize(LocalReadBuffer);
        connect(local, &QTcpSocket::readyRead, this, &WireTap::readLocal);
        m_hop.accept();
        readFrames(rest);
        return;
    }
    m_phase = Phase::RefusedBody;
    const auto length = m_reply.head().value("Content-Length");
    bool isNumber = false;
    m_bodyExpected = length ? length->toLongLong(&isNumber) : -1;
    if (!isNumber)
        m_bodyExpected = -1;
    if (isChunked(m_reply.head()))
        m_chunks.emplace();
    const bool hasNoBody = m_reply.head().status() < 200 || m_reply.head().status() == 204 || m_bodyExpected == 0;
    if (hasNoBody) {
        refuse();
        return;
    }
    m_timer.start(std::min<std::chrono::milliseconds>(m_timer.remainingTimeAsDuration(), BodyPatience));
    takeBody(rest);
}

void WireTap::takeBody(QByteArrayView bytes)
{
    const QByteArrayView kept = bytes.first(std::min(bytes.size(), BodyLimit - m_body.size()));
    m_body.append(kept);
    const bool hasLength = m_bodyExpected >= 0 && m_body.size() >= m_bodyExpected;
    const bool hasLastChunk = m_chunks && m_chunks->feed(kept) == ChunkedBody::Status::Complete;
    if (m_body.size() >= BodyLimit || hasLength || hasLastChunk)
        refuse();
}

void WireTap::refuse()
{
    const HttpHead &head = m_reply.head();
    failConnect(EndKind::HandshakeFailed,
                head.status() == 101 || head.status() == 0
                    ? tr("The handshake was not accepted. %1").arg(m_verdict.reason())
                    : tr("The peer refused the handshake with %1 %2. The Handshake page shows its reply.")
                          .arg(head.status())
                          .arg(QString::fromUtf8(head.reason())));
}

void WireTap::connectTimeout()
{
    if (m_phase == Phase::RefusedBody) {
        refuse();
        return;
    }
    if (!m_reply.bytes().isEmpty())
        m_listener.rawPassed(Direction::In, m_reply.bytes(), m_clock.now(), {});
    failConnect(m_phase == Phase::Reply ? EndKind::HandshakeFailed : EndKind::ConnectFailed,
                tr("No connection within %1: still %2. Check the address, or allow more time.")
                    .arg(durationText(m_endpoint.timeouts.connect), phaseText()));
}

void WireTap::failConnect(EndKind kind, const QString &text)
{
    finish({kind, CloseCode::Abnormal, {}, text});
}

bool WireTap::mayReadPeer() const
{
    if (m_phase != Phase::Open)
        return m_phase == Phase::Reply || m_phase == Phase::RefusedBody;
    if (!m_localReady && !m_receivedClose)
        return false;
    // Where writing failed, Qt throws away what had come: at most its buffer of 1 MiB, for which there must be room.
    if (m_tcpEnd)
        return true;
    return m_listener.hasRoom();
}

void WireTap::readPeer()
{
    // What the listener does with a message (send an echo, close) may bring us here again.
    if (m_readingPeer)
        return;
    const QScopedValueRollback guard(m_readingPeer, true);
    QTcpSocket *peer = m_link.socket();
    while (mayReadPeer()) {
        const qint64 size = peer->read(m_chunk.data(), m_chunk.size());
        if (size <= 0)
            break;
        const QByteArrayView input(m_chunk.constData(), size);
        if (m_phase == Phase::Reply)
            readReply(input);
        else if (m_phase == Phase::RefusedBody)
            takeBody(input);
        else
            readFrames(input);
    }
    if (m_tcpEnd && m_phase != Phase::Ended && peer->bytesAvailable() == 0)
        peerGone();
}

void WireTap::peerTookBytes()
{
    if (m_phase == Phase::Open && m_weClose && !m_receivedClose && (!m_sentClose || backlog() > 0))
        m_timer.start(m_endpoint.timeouts.close);
    resume();
}

void WireTap::peerError(QAbstractSocket::SocketError error)
{
    if (m_tcpEnd || m_phase == Phase::Ended)
        return;
    m_tcpEnd = m_probe.endFor(error);
    m_networkError = m_link.socket()->errorString();
    // What had come before the end may still wait to be read.
    readPeer();
}

void WireTap::peerGone()
{
    if (m_phase == Phase::Open) {
        finishOpen(*m_tcpEnd);
    } else if (m_phase == Phase::RefusedBody) {
        refuse();
    } else {
        if (!m_reply.bytes().isEmpty())
            m_listener.rawPassed(Direction::In, m_reply.bytes(), m_clock.now(), {});
        failConnect(m_link.alertText().isEmpty() ? EndKind::HandshakeFailed : EndKind::ConnectFailed, goneText());
    }
}

QString WireTap::goneText() const
{
    if (const QString alert = m_link.alertText(); !alert.isEmpty())
        return alert;
    const QString peer = peerName(m_url);
    if (*m_tcpEnd == TcpEnd::PeerFin && m_reply.bytes().isEmpty())
        return tr("%1 closed the connection without an answer to the handshake. Check that the port is a WebSocket "
                  "server's.")
            .arg(peer);
    if (*m_tcpEnd == TcpEnd::PeerFin)
        return tr("%1 closed the connection in the middle of its answer to the handshake. Try again, or look into the "
                  "server's log.")
            .arg(peer);
    if (*m_tcpEnd == TcpEnd::PeerReset)
        return tr("%1 reset the connection (RST) before its answer to the handshake was complete. Check that the port "
                  "is a WebSocket server's.")
            .arg(peer);
    return tr("The connection to %1 failed before the handshake was complete: %2.").arg(peer, m_networkError);
}

void WireTap::finish(const ConnectionEnd &end)
{
    if (m_phase == Phase::Ended)
        return;
    const bool wasDialling = m_phase == Phase::Local || m_phase == Phase::Dialling;
    m_phase = Phase::Ended;
    m_timer.stop();
    m_hop.disconnect(this);
    m_link.disconnect(this);
    if (m_timings.total.count() < 0) {
        m_timings = m_link.timings();
    }
    if (QTcpSocket *peer = m_link.socket()) {
        peer->disconnect(this);
        // A socket that is still connecting would connect all the same, and end in order afterwards.
        if (m_aborted || m_deadPings > 0 || wasDialling)
            peer->abort();
        else
            peer->disconnectFromHost();
    }
    m_probe.release();
    Q_EMIT ended(end);
}

void WireTap::resume()
{
    sendPong();
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
