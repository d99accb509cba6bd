#include "conformance/CasePlayer.h"

#include <QScopedValueRollback>

#include <algorithm>
#include <utility>

namespace sockeye::conformance {

namespace {
constexpr int FullWindow = 15;
/// How long the subject may take to end TCP after the end of its case.
constexpr std::chrono::seconds EndPatience{5};
} // namespace

CasePlayer::CasePlayer(QTcpSocket &socket, const ConformanceCase &one, Subject subject,
                       std::chrono::milliseconds patience)
    : QObject(&socket)
    , m_socket(socket)
    , m_case(one)
    , m_subject(subject)
    , m_writer(socket)
    , m_reader(subject)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    m_stepTimer.setSingleShot(true);
    m_stepTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_socket, &QTcpSocket::readyRead, this, &CasePlayer::read);
    connect(&m_socket, &QTcpSocket::bytesWritten, &m_patience, qOverload<>(&QTimer::start));
    connect(&m_socket, &QTcpSocket::disconnected, this, &CasePlayer::takeTcpEnd);
    connect(&m_writer, &PieceWriter::drained, this, &CasePlayer::advance);
    connect(&m_stepTimer, &QTimer::timeout, this, [this] {
        m_timeUp = true;
        advance();
    });
    connect(&m_patience, &QTimer::timeout, this, &CasePlayer::takeTimeout);
    m_patience.start();
}

void CasePlayer::agreeOnDeflate(const DeflateAnswer &answer)
{
    const auto bits = [](int agreed) { return agreed > 0 ? agreed : FullWindow; };
    const bool isServer = m_subject == Subject::Client;
    auto server = std::pair{bits(answer.serverMaxWindowBits), !answer.serverNoContextTakeover};
    auto client = std::pair{bits(answer.clientMaxWindowBits), !answer.clientNoContextTakeover};
    const auto &[ownBits, ownContext] = isServer ? server : client;
    const auto &[otherBits, otherContext] = isServer ? client : server;
    m_deflater = std::make_unique<Deflater>(ownBits, ownContext);
    m_reader.setInflater(std::make_unique<Inflater>(otherBits, otherContext));
}

void CasePlayer::start(const QByteArray &early)
{
    m_hasStarted = true;
    if (early.isEmpty())
        advance();
    else
        readMessages(early);
}

void CasePlayer::read()
{
    if (m_result) {
        // Read, so that the kernel ends TCP in order and not with a reset.
        m_socket.readAll();
    } else if (m_hasStarted) {
        m_patience.start();
        readMessages(m_socket.readAll());
    }
}

void CasePlayer::readMessages(const QByteArray &bytes)
{
    m_reader.feed(bytes);
    while (auto message = m_reader.next()) {
        if (!message->violation.isEmpty()) {
            conclude(Verdict::Failed, message->violation);
            return;
        }
        if (m_peerClose) {
            conclude(Verdict::Failed,
                     QStringLiteral("%1 sent %2 after its close").arg(nameOf(m_subject), message->description()));
            return;
        }
        if (message->opcode == Opcode::Close)
            m_peerClose = *message;
        m_inbox += std::move(*message);
    }
    advance();
}

void CasePlayer::takeTcpEnd()
{
    m_tcpEnded = true;
    advance();
    if (!m_result)
        conclude(Verdict::Failed, QStringLiteral("TCP ended in the middle of the case"));
    m_patience.stop();
    Q_EMIT finished(*m_result);
}

void CasePlayer::takeTimeout()
{
    if (!m_result) {
        expected(QStringLiteral("something"));
        return;
    }
    const bool isServersTurn = m_subject == Subject::Server && m_peerClose;
    if (isServersTurn && m_result->verdict == Verdict::Passed) {
        m_result->verdict = Verdict::NonStrict;
        m_result->expected = QStringLiteral("the server ends TCP after the closing handshake");
        m_result->came = QStringLiteral("it did not");
        m_result->why = m_result->expected + QStringLiteral(" (RFC 6455 section 7.1.1), but ") + m_result->came;
    }
    m_socket.abort();
}

void CasePlayer::conclude(Verdict verdict, const QString &why, const QString &expected, const QString &came)
{
    if (m_result)
        return;
    m_result = {m_case.id, verdict, why, expected, came};
    if (verdict == Verdict::Passed && !m_notStrict.isEmpty())
        m_result = {m_case.id, Verdict::NonStrict, m_notStrict, m_case.expectation, m_notStrict};
    if (m_result->verdict != Verdict::Passed && m_result->expected.isEmpty()) {
        m_result->expected = m_case.expectation;
        m_result->came = why;
    }
    m_writer.clear();
    m_stepTimer.stop();
    answerClose();
    endTcp();
    m_patience.start(EndPatience);
}

/// The server ends TCP first (RFC 6455 section 7.1.1), unless there was no closing handshake.
void CasePlayer::endTcp()
{
    if (m_subject == Subject::Client || !m_peerClose)
        m_socket.disconnectFromHost();
}

void CasePlayer::answerClose()
{
    if (!m_peerClose || std::exchange(m_closeSent, true))
        return;
    const QByteArray code = m_peerClose->payload.first(std::min<qsizetype>(m_peerClose->payload.size(), 2));
    m_socket.write(frameHeader(Opcode::Close, true, 0, code.size(), isMasking()) + (isMasking() ? masked(code) : code));
}

void CasePlayer::advance()
{
    // Writing and judging may bring us here again.
    if (m_advancing || !m_hasStarted)
        return;
    const QScopedValueRollback guard(m_advancing, true);
    while (!m_result && m_step < m_case.steps.size()) {
        if (!take(m_case.steps.at(m_step)))
            break;
        ++m_step;
        m_timeUp = false;
        m_stepTimer.stop();
    }
    if (!m_result && m_step == m_case.steps.size())
        conclude(Verdict::Failed, QStringLiteral("the case does not say how it ends"));
}

bool CasePlayer::take(const Step &step)
{
    const bool isSending = step.kind == Step::Kind::Pieces || step.kind == Step::Kind::Frame ||
                           step.kind == Step::Kind::Header || step.kind == Step::Kind::Bytes;
    if (!isSending)
        m_writer.start();
    switch (step.kind) {
    case Step::Kind::Pieces:
        if (step.count > 0)
            m_writer.writePieces(step.count);
        else
            m_writer.writeFrames();
        return true;
    case Step::Kind::Frame:
    case Step::Kind::Header:
    case Step::Kind::Bytes:
        sendStep(step);
        return true;
    case Step::Kind::Trips:
        return takeTrips(step);
    case Step::Kind::Echo:
        return takeEcho(false);
    case Step::Kind::MaybeEcho:
        return takeEcho(true);
    case Step::Kind::Pong:
        return takePong();
    case Step::Kind::Pongs:
        return takePongs();
    case Step::Kind::Nothing:
        return takeNothing(step);
    case Step::Kind::EarlyFail:
        return takeEarlyFail(step);
    case Step::Kind::Close:
    case Step::Kind::Fail:
    case Step::Kind::FailOrDrop:
        takeClose(step);
        return false;
    case Step::Kind::End:
        takeEnd();
        return false;
    }
    return false;
}

/// Concludes that something else came, or the end of TCP, or nothing.
void CasePlayer::expected(const QString &what)
{
    QString came = QStringLiteral("nothing came any more");
    if (!m_inbox.isEmpty())
        came = m_inbox.first().description() + QStringLiteral(" came");
    else if (m_tcpEnded)
        came = QStringLiteral("TCP ended");
    conclude(Verdict::Failed, QStringLiteral("step %1: expected %2, but %3").arg(m_step + 1).arg(what, came), what,
             came);
}

bool CasePlayer::takeTrips(const Step &step)
{
    while (m_tripsDone < step.count) {
        if (!std::exchange(m_inTrip, true)) {
            sendStep(step);
            m_writer.start();
        }
        if (!takeEcho(false))
            return false;
        m_inTrip = false;
        ++m_tripsDone;
    }
    m_tripsDone = 0;
    return true;
}

bool CasePlayer::takeEcho(bool isOptional)
{
    if (m_unechoed.isEmpty()) {
        conclude(Verdict::Failed, QStringLiteral("step %1 expects the echo of nothing").arg(m_step + 1));
        return false;
    }
    if (m_inbox.isEmpty() && !m_tcpEnded)
        return false;
    const Sent sent = m_unechoed.takeFirst();
    const bool isEcho =
        !m_inbox.isEmpty() && m_inbox.first().opcode == sent.opcode && m_inbox.first().payload == sent.payload;
    if (isEcho)
        m_inbox.removeFirst();
    else if (!isOptional)
        expected(QStringLiteral("the echo of %1").arg(PeerMessage{sent.opcode, sent.payload, {}}.description()));
    return isEcho || isOptional;
}

bool CasePlayer::takePong()
{
    if (m_inbox.isEmpty() && !m_tcpEnded)
        return false;
    const bool isPong = !m_inbox.isEmpty() && !m_unanswered.isEmpty() && m_inbox.first().opcode == Opcode::Pong &&
                        m_inbox.first().payload == m_unanswered.first();
    if (!isPong) {
        expected(QStringLiteral("a pong with the ping's payload"));
        return false;
    }
    m_inbox.removeFirst();
    m_unanswered.removeFirst();
    return true;
}

bool CasePlayer::takePongs()
{
    while (!m_unanswered.isEmpty()) {
        if (m_inbox.isEmpty() && !m_tcpEnded)
            return false;
        // RFC 6455 section 5.5.3: several pings may be answered at once, with the latest.
        const qsizetype at = m_inbox.isEmpty() ? -1 : m_unanswered.indexOf(m_inbox.first().payload);
        if (at < 0 || m_inbox.first().opcode != Opcode::Pong) {
            expected(QStringLiteral("a pong with a ping's payload"));
            return false;
        }
        if (at > 0)
            m_notStrict = QStringLiteral("not every ping was answered");
        m_inbox.removeFirst();
        m_unanswered.remove(0, at + 1);
    }
    return true;
}

/// Whether the step's time has passed, counted from when all that was to be sent is gone.
bool CasePlayer::isTimeUp(const Step &step)
{
    if (!m_timeUp && m_writer.isIdle() && !m_stepTimer.isActive())
        m_stepTimer.start(std::chrono::milliseconds(step.count));
    return m_timeUp;
}

bool CasePlayer::takeNothing(const Step &step)
{
    if (m_inbox.isEmpty() && !m_tcpEnded)
        return isTimeUp(step);
    expected(QStringLiteral("nothing"));
    return false;
}

bool CasePlayer::takeEarlyFail(const Step &step)
{
    if (!m_inbox.isEmpty() || m_tcpEnded) {
        takeClose(step);
        return false;
    }
    if (!isTimeUp(step))
        return false;
    m_notStrict = QStringLiteral("the connection was not failed as soon as it could have been");
    return true;
}

void CasePlayer::takeClose(const Step &step)
{
    if (m_inbox.isEmpty() && !m_tcpEnded)
        return;
    if (!m_inbox.isEmpty() && m_inbox.first().opcode == Opcode::Close &&
        step.codes.contains(m_inbox.first().closeCode())) {
        conclude(Verdict::Passed, {});
        return;
    }
    const bool dropped = m_inbox.isEmpty() && step.kind != Step::Kind::Close;
    if (dropped) {
        if (step.kind != Step::Kind::FailOrDrop)
            m_notStrict = QStringLiteral("TCP was ended without a close frame");
        conclude(Verdict::Passed, {});
        return;
    }
    QStringList codes;
    for (const quint16 code : step.codes)
        codes += QString::number(code);
    expected(QStringLiteral("a close frame with %1").arg(codes.join(QStringLiteral(" or "))));
}

void CasePlayer::takeEnd()
{
    if (m_peerClose || m_tcpEnded)
        conclude(Verdict::Passed, {});
}

void CasePlayer::sendStep(const Step &step)
{
    const QByteArray payload = step.payload.bytes(m_messageCount);
    switch (step.kind) {
    case Step::Kind::Header:
        m_writer.add(frameHeader(step.opcode, step.fin, step.rsv, step.count, isMasking()));
        m_rawOffset = 0;
        return;
    case Step::Kind::Bytes:
        m_writer.add(m_rawOffset && isMasking() ? masked(payload, *m_rawOffset) : payload);
        if (m_rawOffset)
            *m_rawOffset += payload.size();
        return;
    default:
        m_rawOffset.reset();
        track(step, payload);
        sendFrames(step, payload);
        return;
    }
}

void CasePlayer::sendFrames(const Step &step, const QByteArray &payload)
{
    constexpr quint8 rsv1 = 4;
    const bool compressed = step.compressed && m_deflater;
    const QByteArray wire = compressed ? m_deflater->message(payload) : payload;
    const bool isMasked = isMasking() != step.wronglyMasked;
    const qsizetype size = step.fragmentSize > 0 ? step.fragmentSize : std::max<qsizetype>(wire.size(), 1);
    qsizetype at = 0;
    do {
        const bool isFirst = at == 0;
        const QByteArray piece = wire.mid(at, size);
        at += size;
        const auto rsv = static_cast<quint8>(isFirst ? step.rsv | (compressed ? rsv1 : 0) : 0);
        m_writer.add(frameHeader(isFirst ? step.opcode : Opcode::Continuation, step.fin && at >= wire.size(), rsv,
                                 piece.size(), isMasked) +
                     (isMasked ? masked(piece) : piece));
    } while (at < wire.size());
}

void CasePlayer::track(const Step &step, const QByteArray &payload)
{
    if (step.rsv != 0)
        return;
    if (step.opcode == Opcode::Ping)
        m_unanswered += payload;
    if (step.opcode == Opcode::Close)
        m_closeSent = true;
    if (step.opcode > Opcode::Binary)
        return;
    if (step.opcode != Opcode::Continuation)
        m_fragmented = Sent{step.opcode, payload};
    else if (m_fragmented)
        m_fragmented->payload += payload;
    if (!step.fin || !m_fragmented)
        return;
    m_unechoed += *std::exchange(m_fragmented, std::nullopt);
    ++m_messageCount;
}

} // namespace sockeye::conformance
