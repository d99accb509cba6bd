#include "connection/Connection.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "endpoint/OpeningRequest.h"
#include "endpoint/Target.h"
#include "proxy/ProxyRoute.h"

#include <QNetworkProxy>

#include <algorithm>

namespace sockeye {

namespace {
/// 60 times a second, whatever the rate on the wire.
constexpr std::chrono::milliseconds PublishInterval{16};
/// With --echo: bytes on their way out beyond which the peer is not read, lest a flood piles up in memory.
constexpr qint64 EchoHighWater = 8 * 1024 * 1024;

constexpr int Unauthorized = 401;
/// More answers than that to one address are a game without an end.
constexpr int MaxAnswers = 3;

/// What came after the connection was failed is recorded, and counts as nothing but bytes.
bool isProcessed(const Findings &findings)
{
    return findings.isEmpty() || findings.constFirst().rule != notProcessed().rule;
}

bool isData(const Message &message)
{
    return message.opcode == Opcode::Text || message.opcode == Opcode::Binary;
}
} // namespace

Connection::Connection(CaptureWriter &writer, const Clock &clock, Session::Options options)
    : m_writer(writer)
    , m_clock(clock)
    , m_options(options)
    , m_socket(QString(), QWebSocketProtocol::VersionLatest, this)
    , m_tap(clock, *this, this)
    , m_publishTimer(this)
    , m_idleTimer(this)
    , m_keepaliveTimer(this)
{
    // Children all, so that moveToThread() takes them along.
    // Each message leaves QWebSocket as one frame: how it is cut on the wire is the tap's care.
    m_socket.setOutgoingFrameSize(QWebSocket::maxOutgoingFrameSize());
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_publishTimer.setSingleShot(true);
    m_publishTimer.setInterval(PublishInterval);
    connect(&m_publishTimer, &QTimer::timeout, this, &Connection::publishProgress);
    connect(&m_idleTimer, &IdleTimer::idle, this, &Connection::closeIdle);
    connect(&m_keepaliveTimer, &QTimer::timeout, this, &Connection::keepAlive);
    connect(&m_socket, &QWebSocket::connected, this, &Connection::takeOpened);
    connect(&m_socket, &QWebSocket::disconnected, &m_tap, &WireTap::localDisconnected);
    connect(&m_socket, &QWebSocket::bytesWritten, &m_tap, &WireTap::resume);
    connect(&m_tap, &WireTap::phaseChanged, this, &Connection::statusDirty);
    connect(&m_tap.link(), &PeerLink::proxyNoticed, this, &Connection::takeProxyNotice);
    connect(&m_tap, &WireTap::closing, this, [this] { setState(SessionStatus::State::Closing); });
    connect(&m_tap, &WireTap::ended, this, &Connection::takeEnd);
    connect(&m_writer, &CaptureWriter::roomAvailable, &m_tap, &WireTap::resume);
}

Connection::~Connection() = default;

void Connection::open(const RedirectTrail &trail, const Endpoint &endpoint, const Authorization &authorization)
{
    m_trail = trail;
    const WebSocketUrl &url = m_trail.url();
    const HandshakeRequest request = openingRequest(url, endpoint, authorization.value);
    m_credentials = peerCredentials(url, endpoint);
    m_asked.target = request.target;
    for (const HeaderField &field : request.headers) {
        if (field.name.compare("Authorization", Qt::CaseInsensitive) == 0)
            m_asked.previous = field.value;
    }
    m_answers = authorization.answers;
    m_record.id = m_writer.newConnectionId();
    m_record.url = url.shown();
    m_record.started = m_clock.now();
    m_status.connection = m_record.id;
    m_writer.put(m_record);
    appendEvent(EventKind::Connecting, connectingText(endpoint));
    setState(SessionStatus::State::Connecting);
    m_idleTimeout = endpoint.timeouts.idle;
    m_keepalive = endpoint.keepalive;
    if (const auto started = m_tap.start(url, endpoint, m_options.lenient, authorization.value); !started) {
        takeEnd({EndKind::ConnectFailed, CloseCode::Abnormal, {}, started.message()});
        return;
    }
    m_socket.open(m_tap.localUrl());
}

/// "Connecting to wss://example.com/ through the proxy http://p:3128 (https_proxy)"
QString Connection::connectingText(const Endpoint &endpoint) const
{
    const QString text = tr("Connecting to %1").arg(m_record.url);
    const auto route = m_trail.url().isUnix() ? Result<ProxyRoute>(ProxyRoute()) : proxyRoute(m_trail.url(), endpoint);
    return !route || route->text().isEmpty() ? text : text + u' ' + route->text();
}

void Connection::takeProxyNotice(const QString &notice)
{
    m_record.proxySteps = m_tap.link().proxySteps();
    m_writer.put(m_record);
    appendEvent(EventKind::Notice, notice);
}

void Connection::send(const Outgoing &message)
{
    if (m_status.state != SessionStatus::State::Open) {
        appendEvent(EventKind::Notice, tr("A message of %1 was not sent: the connection was already closing.")
                                           .arg(sizeText(message.payload.size())));
        return;
    }
    const bool isRaw = message.kind == Outgoing::Kind::Raw;
    if (!isRaw && message.opcode == Opcode::Ping) {
        m_socket.ping(message.payload);
        return;
    }
    m_tap.expect({.kind = isRaw                            ? SendOrder::Kind::Raw
                          : message.opcode == Opcode::Pong ? SendOrder::Kind::Pong
                                                           : SendOrder::Kind::Data,
                  .fragmentation = message.fragmentation,
                  .compress = message.compress});
    const qint64 taken = !isRaw && message.opcode == Opcode::Text
                             ? m_socket.sendTextMessage(textFromUtf8(message.payload))
                             : m_socket.sendBinaryMessage(message.payload);
    if (taken != message.payload.size() || !m_socket.isValid())
        takeUnsent(message);
}

/// QWebSocket did not take the message, or only a part of it: its order must not wait for the next one, and nothing
/// that follows can be told apart any more.
void Connection::takeUnsent(const Outgoing &message)
{
    m_tap.cancelLatestOrder();
    if (m_record.hasEnded())
        return;
    appendEvent(EventKind::Notice, tr("A message of %1 was not sent: Sockeye's own relay on 127.0.0.1 was cut off.")
                                       .arg(sizeText(message.payload.size())));
    m_tap.localDisconnected();
}

void Connection::close(quint16 code, const QString &reason)
{
    if (m_status.state == SessionStatus::State::Open) {
        // First the tap: QWebSocket says that it is disconnected before its close frame has come through.
        m_tap.expectClose();
        m_socket.close(static_cast<QWebSocketProtocol::CloseCode>(code), reason);
    } else if (m_status.state == SessionStatus::State::Connecting) {
        abort();
    }
}

void Connection::abort()
{
    m_tap.abort();
}

bool Connection::hasRoom() const
{
    return m_writer.hasRoom() && (!m_options.echo || m_tap.backlog() < EchoHighWater);
}

void Connection::requestSent(const QByteArray &head)
{
    m_record.requestHead = head;
    m_record.peerAddress = m_tap.link().peerAddress();
    m_record.tls = m_tap.link().tlsFacts();
    m_status.tlsVersion = m_record.tls.version;
    m_status.tls = m_record.tls;
    m_writer.put(m_record);
    statusDirty();
}

void Connection::replyReceived(const HttpHead &head, const HandshakeVerdict &verdict)
{
    m_record.responseHead = head.bytes;
    m_record.checks = verdict.checks + m_tap.link().certificateChecks();
    m_status.setCookies = head.values("Set-Cookie");
    m_record.subprotocol = verdict.subprotocol;
    m_record.timings = m_tap.timings();
    m_record.extensions = QString::fromUtf8(verdict.extensions);
    m_status.subprotocol = verdict.subprotocol;
    m_status.extensions = m_record.extensions;
    m_status.lenient = m_tap.isLenient();
    // A refusal breaks no rule; a 101 that is none does.
    if (head.status() == 101)
        m_status.findings += std::count_if(m_record.checks.cbegin(), m_record.checks.cend(),
                                           [](const HandshakeCheck &c) { return !c.passed && !c.isRemark(); });
    m_status.handshake = m_record.timings.total;
    m_writer.put(m_record);
    if (!verdict.accepted() && !m_status.lenient) {
        takeRefusal(head);
        return;
    }
    QStringList parts{tr("Connected"), QString::fromUtf8(head.startLine.sliced(head.startLine.indexOf(' ') + 1))};
    if (!m_status.tlsVersion.isEmpty())
        parts += m_status.tlsVersion;
    if (!verdict.subprotocol.isEmpty())
        parts += tr("subprotocol %1").arg(verdict.subprotocol);
    if (!m_record.extensions.isEmpty())
        parts += m_record.extensions;
    if (m_status.lenient)
        parts += tr("accepted leniently: %1").arg(verdict.reason());
    parts += durationText(m_status.handshake);
    appendEvent(EventKind::Open, parts.join(QStringLiteral(" · ")));
}

void Connection::messagePassed(Message &&message)
{
    const bool in = message.direction == Direction::In;
    (in ? m_status.bytesIn : m_status.bytesOut) += message.wireSize;
    if (!isProcessed(message.findings)) {
        m_writer.append(NewEntry::fromMessage(m_record.id, std::move(message)));
        statusDirty();
        return;
    }
    m_status.findings += message.findings.size();
    if (isData(message)) {
        ++(in ? m_status.messagesIn : m_status.messagesOut);
        (in ? m_status.payloadIn : m_status.payloadOut) += message.payload.size();
        if (message.compressed)
            countCompression(message);
    }
    const Opcode opcode = message.opcode;
    const bool echoes = in && wantsEcho(message);
    const QByteArray payload = echoes ? message.payload : QByteArray();
    const bool isLast = in && isData(message) && m_status.messagesIn == m_options.closeAfterMessages;
    if (message.latency.count() >= 0) {
        m_status.roundTrip = message.latency;
        m_unansweredPings = 0;
    }
    m_status.pingsOutstanding = m_tap.roundTrips().outstanding();
    m_writer.append(NewEntry::fromMessage(m_record.id, std::move(message)));
    // At once, so that it leaves before a close frame that answers what came behind the message.
    if (echoes)
        m_tap.sendNow(opcode, payload);
    if (isLast)
        answerLater([this] { close(CloseCode::Normal, {}); });
    statusDirty();
}

bool Connection::wantsEcho(const Message &message) const
{
    const bool isInLimit = m_options.closeAfterMessages <= 0 || m_status.messagesIn <= m_options.closeAfterMessages;
    return m_options.echo && isInLimit && !m_tap.hasReceivedClose() && isData(message) && message.failWith() == 0 &&
           message.complete;
}

void Connection::countCompression(const Message &message)
{
    CompressionTotals &totals = message.direction == Direction::In ? m_status.compressedIn : m_status.compressedOut;
    ++totals.messages;
    totals.plainBytes += message.payload.size();
    for (const FrameHeader &frame : message.frames)
        totals.wireBytes += static_cast<qint64>(frame.payloadSize);
}

void Connection::keepAlive()
{
    // While we do not read ourselves, a missing pong says nothing of the peer.
    if (m_status.state != SessionStatus::State::Open || !hasRoom())
        return;
    if (m_keepalive.deadAfter > 0 && m_unansweredPings >= m_keepalive.deadAfter) {
        m_tap.giveUp(m_unansweredPings);
        return;
    }
    // Counted here and not as they leave: to a peer that does not read, they never do.
    ++m_unansweredPings;
    m_socket.ping("sockeye " + QByteArray::number(++m_keepaliveId));
}

void Connection::closeIdle()
{
    if (m_status.state != SessionStatus::State::Open)
        return;
    appendEvent(EventKind::Notice,
                tr("Nothing has come for %1, the idle timeout: closing.").arg(durationText(m_idleTimeout)));
    // 1001 and not 1000: nobody asked for this end, so that a reconnect may follow.
    m_closedIdle = true;
    close(CloseCode::GoingAway, QStringLiteral("idle timeout"));
}

void Connection::answerLater(std::function<void()> answer)
{
    if (m_status.state == SessionStatus::State::Connecting)
        m_whenOpened.push_back(std::move(answer));
    else
        QMetaObject::invokeMethod(this, std::move(answer), Qt::QueuedConnection);
}

void Connection::rawPassed(Direction direction, const QByteArray &bytes, Timestamp time, const Findings &findings)
{
    NewEntry entry;
    entry.direction = direction;
    entry.connection = m_record.id;
    entry.time = time;
    entry.kind = EntryKind::Raw;
    entry.complete = false;
    entry.payload = bytes;
    entry.wireSize = bytes.size();
    entry.findings = findings;
    (direction == Direction::In ? m_status.bytesIn : m_status.bytesOut) += bytes.size();
    if (isProcessed(findings))
        m_status.findings += findings.size();
    m_writer.append(std::move(entry));
    statusDirty();
}

void Connection::takeOpened()
{
    // A close that came right behind the reply has been seen already: then this never was open.
    if (m_status.state != SessionStatus::State::Connecting) {
        m_tap.localConnected();
        return;
    }
    setState(SessionStatus::State::Open);
    m_tap.localConnected();
    // The end of TCP may have stood right behind the reply.
    if (m_record.hasEnded())
        return;
    if (m_idleTimeout.count() > 0)
        m_idleTimer.start(*m_tap.link().socket(), m_idleTimeout);
    if (m_keepalive.interval.count() > 0)
        m_keepaliveTimer.start(m_keepalive.interval);
    for (auto &answer : std::exchange(m_whenOpened, {}))
        QMetaObject::invokeMethod(this, std::move(answer), Qt::QueuedConnection);
}

void Connection::takeRefusal(const HttpHead &head)
{
    m_status.httpStatus = head.status();
    if (head.status() == Unauthorized)
        takeDemand(head);
    m_redirect = m_trail.judge(head);
    if (m_redirect)
        m_status.redirect = m_redirect->target;
}

void Connection::takeDemand(const HttpHead &head)
{
    const QList<HttpChallenge> challenges = challengesIn(head, "WWW-Authenticate");
    const QString offers = challengesText(challenges);
    m_asked.cnonce = newCnonce();
    if (m_answers < MaxAnswers)
        m_answer = answerChallenges(challenges, m_credentials, m_asked).value_or(QByteArray());
    if (!m_answer.isEmpty())
        m_demandText = tr("The peer wants credentials (401), by %1: asking again with them.").arg(offers);
    else if (challenges.isEmpty())
        m_demandText = tr("It does not say which credentials it wants.");
    else if (!canAnswer(challenges))
        m_demandText = tr("It wants credentials by %1; of a URL's user and password Sockeye can make Basic and Digest. "
                          "Send others by an Authorization header.")
                           .arg(offers);
    else if (m_credentials.isEmpty() && m_asked.previous.isEmpty())
        m_demandText = tr("It wants a user and a password, by %1. Write them into the URL, as in "
                          "ws://user:password@host/.")
                           .arg(offers);
    else
        m_demandText = tr("It did not take the credentials, by %1. Check user and password.").arg(offers);
}

EventKind Connection::endEvent(EndKind kind) const
{
    if (kind == EndKind::HandshakeFailed && !m_answer.isEmpty())
        return EventKind::Notice;
    if (kind == EndKind::HandshakeFailed && m_redirect && m_redirect->follow)
        return EventKind::Redirect;
    if (kind == EndKind::ConnectFailed || kind == EndKind::HandshakeFailed)
        return EventKind::Failed;
    return kind == EndKind::Clean ? EventKind::Closed : EventKind::Broken;
}

void Connection::takeEnd(ConnectionEnd end)
{
    if (m_record.hasEnded())
        return;
    const EventKind event = endEvent(end.kind);
    if (event == EventKind::Redirect)
        end.text = m_redirect->text;
    else if (m_redirect && end.kind == EndKind::HandshakeFailed)
        end.text += u' ' + m_redirect->text;
    else if (event == EventKind::Notice)
        end.text = m_demandText;
    else if (!m_demandText.isEmpty() && end.kind == EndKind::HandshakeFailed)
        end.text += u' ' + m_demandText;
    m_socket.disconnect(this);
    m_socket.abort();
    m_record.timings = m_tap.timings();
    m_record.tls = m_tap.link().tlsFacts();
    m_record.proxySteps = m_tap.link().proxySteps();
    m_record.responseBody = m_tap.responseBody();
    m_record.ended = m_clock.now();
    m_record.endKind = end.kind;
    m_record.closeCode = end.code;
    m_record.closeReason = end.reason;
    m_record.endText = end.text;
    m_record.end = end.details;
    m_record.compressedIn = m_status.compressedIn;
    m_record.compressedOut = m_status.compressedOut;
    m_idleTimer.stop();
    m_keepaliveTimer.stop();
    if (const auto unsent = static_cast<int>(m_tap.unsentMessages()); unsent > 0)
        appendEvent(EventKind::Notice, unsent == 1
                                           ? tr("1 message was not sent: the connection ended first.")
                                           : tr("%1 messages were not sent: the connection ended first.").arg(unsent));
    appendEvent(event, end.text);
    m_writer.put(m_record);

    m_status.endKind = end.kind;
    m_status.closeCode = end.code;
    m_status.closeReason = end.reason;
    m_status.endText = end.text;
    m_status.ended = m_record.ended;
    m_status.end = end.details;
    m_status.tls = m_record.tls;
    m_status.state = SessionStatus::State::Closed;
    m_publishTimer.stop();
    Q_EMIT ended(m_status,
                 event == EventKind::Redirect    ? Next::Redirect
                 : event == EventKind::Notice    ? Next::Answer
                 : m_tap.link().wouldFailAgain() ? Next::Nothing
                 : m_closedIdle                  ? Next::Idle
                                                 : Next::Any,
                 m_answer);
}

void Connection::appendEvent(EventKind kind, const QString &text)
{
    m_writer.append(NewEntry::fromEvent(m_record.id, m_clock.now(), kind, text));
}

void Connection::setState(SessionStatus::State state)
{
    if (m_status.state == state)
        return;
    m_status.state = state;
    publish();
}

void Connection::statusDirty()
{
    if (!m_publishTimer.isActive() && m_status.state != SessionStatus::State::Closed)
        m_publishTimer.start();
}

void Connection::publish()
{
    m_publishTimer.stop();
    m_status.phase = m_status.state == SessionStatus::State::Connecting ? m_tap.phaseText() : QString();
    m_isUntaken = true;
    Q_EMIT statusChanged(m_status);
}

void Connection::publishProgress()
{
    if (m_isUntaken)
        m_publishTimer.start();
    else
        publish();
}

} // namespace sockeye
