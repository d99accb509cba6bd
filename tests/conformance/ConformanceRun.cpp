#include "conformance/ConformanceRun.h"

#include "conformance/Handshake.h"

#include <algorithm>

namespace sockeye::conformance {

namespace {
constexpr qsizetype MaxHead = 64 * 1024;
constexpr int FullWindow = 15;
/// How long a client may take to end TCP after the end of its case.
constexpr std::chrono::seconds EndPatience{5};
} // namespace

ConformanceRun::ConformanceRun(QTcpSocket &socket, const ConformanceCases &cases, std::chrono::milliseconds patience)
    : QObject(&socket)
    , m_socket(socket)
    , m_cases(cases)
    , m_writer(socket)
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    m_stepTimer.setSingleShot(true);
    m_stepTimer.setTimerType(Qt::PreciseTimer);
    connect(&m_socket, &QTcpSocket::readyRead, this, &ConformanceRun::read);
    connect(&m_socket, &QTcpSocket::bytesWritten, &m_patience, qOverload<>(&QTimer::start));
    connect(&m_socket, &QTcpSocket::disconnected, this, &ConformanceRun::takeTcpEnd);
    connect(&m_writer, &PieceWriter::drained, this, &ConformanceRun::advance);
    connect(&m_stepTimer, &QTimer::timeout, this, [this] {
        m_timeUp = true;
        advance();
    });
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_result)
            m_socket.abort();
        else
            expected(QStringLiteral("something"));
    });
    m_patience.start();
    // What came before the signals were connected.
    QMetaObject::invokeMethod(this, &ConformanceRun::read, Qt::QueuedConnection);
}

void ConformanceRun::read()
{
    if (m_result) {
        // Read, so that the kernel ends TCP in order and not with a reset.
        m_socket.readAll();
        return;
    }
    m_patience.start();
    if (!m_isOpen)
        readHead();
    if (m_isOpen)
        readMessages();
}

void ConformanceRun::readHead()
{
    m_head += m_socket.readAll();
    const qsizetype end = m_head.indexOf("\r\n\r\n");
    if (end >= 0) {
        m_reader.feed(m_head.sliced(end + 4));
        open(m_head.first(end));
    } else if (m_head.size() > MaxHead) {
        conclude(Verdict::Failed, QStringLiteral("the request's head has no end"));
    }
}

void ConformanceRun::open(const QByteArray &head)
{
    const OpeningRequest request(head);
    const QString id = QString::fromLatin1(request.path()).section(u'/', -1);
    const auto found = m_cases.constFind(id);
    m_case.id = id;
    if (found == m_cases.cend() || !request.problem().isEmpty()) {
        m_socket.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        conclude(Verdict::Failed,
                 found == m_cases.cend() ? QStringLiteral("there is no such case") : request.problem());
        return;
    }
    m_case = *found;
    const auto deflate = request.choose(m_case.deflate);
    if (deflate)
        agreeOnDeflate(*deflate);
    m_socket.write(request.accept(deflate));
    m_isOpen = true;
    if (!deflate && !m_case.deflate.isEmpty())
        conclude(Verdict::Failed, QStringLiteral("the client offers no permessage-deflate with these parameters"));
    else
        advance();
}

void ConformanceRun::agreeOnDeflate(const DeflateAnswer &answer)
{
    const auto bits = [](int agreed) { return agreed > 0 ? agreed : FullWindow; };
    m_deflater = std::make_unique<Deflater>(bits(answer.serverMaxWindowBits), !answer.serverNoContextTakeover);
    m_reader.setInflater(std::make_unique<Inflater>(bits(answer.clientMaxWindowBits), !answer.clientNoContextTakeover));
}

void ConformanceRun::readMessages()
{
    m_reader.feed(m_socket.readAll());
    while (auto message = m_reader.next()) {
        if (!message->violation.isEmpty()) {
            conclude(Verdict::Failed, message->violation);
            return;
        }
        if (m_clientClose) {
            conclude(Verdict::Failed, QStringLiteral("the client sent %1 after its close").arg(message->description()));
            return;
        }
        if (message->opcode == Opcode::Close)
            m_clientClose = *message;
        m_inbox += std::move(*message);
    }
    advance();
}

void ConformanceRun::takeTcpEnd()
{
    m_tcpEnded = true;
    if (!m_isOpen)
        conclude(Verdict::Failed, QStringLiteral("TCP ended before the handshake"));
    else
        advance();
    if (!m_result)
        conclude(Verdict::Failed, QStringLiteral("TCP ended in the middle of the case"));
    m_patience.stop();
    Q_EMIT finished(*m_result);
    m_socket.deleteLater();
}

void ConformanceRun::conclude(Verdict verdict, const QString &why)
{
    if (m_result)
        return;
    m_result = {m_case.id, verdict, why};
    if (verdict == Verdict::Passed && !m_notStrict.isEmpty())
        m_result = {m_case.id, Verdict::NonStrict, m_notStrict};
    m_writer.clear();
    m_stepTimer.stop();
    answerClose();
    // The server ends TCP first (RFC 6455 section 7.1.1).
    m_socket.disconnectFromHost();
    m_patience.start(EndPatience);
}

void ConformanceRun::answerClose()
{
    if (m_clientClose && !m_closeSent) {
        const QByteArray code = m_clientClose->payload.first(std::min<qsizetype>(m_clientClose->payload.size(), 2));
        m_socket.write(frameHeader(Opcode::Close, true, 0, code.size()) + code);
    }
}

void ConformanceRun::sendStep(const Step &step)
{
    const QByteArray payload = step.payload.bytes(m_messageCount);
    switch (step.kind) {
    case Step::Kind::Header:
        m_writer.add(frameHeader(step.opcode, step.fin, step.rsv, step.count));
        return;
    case Step::Kind::Bytes:
        m_writer.add(payload);
        return;
    default:
        track(step, payload);
        sendFrames(step, payload);
        return;
    }
}

void ConformanceRun::sendFrames(const Step &step, const QByteArray &payload)
{
    constexpr quint8 rsv1 = 4;
    const bool compressed = step.compressed && m_deflater;
    const QByteArray wire = compressed ? m_deflater->message(payload) : payload;
    const qsizetype size = step.fragmentSize > 0 ? step.fragmentSize : std::max<qsizetype>(wire.size(), 1);
    qsizetype at = 0;
    do {
        const bool isFirst = at == 0;
        const QByteArray piece = wire.mid(at, size);
        at += size;
        const auto rsv = static_cast<quint8>(isFirst ? step.rsv | (compressed ? rsv1 : 0) : 0);
        m_writer.add(frameHeader(isFirst ? step.opcode : Opcode::Continuation, step.fin && at >= wire.size(), rsv,
                                 piece.size()) +
                     piece);
    } while (at < wire.size());
}

void ConformanceRun::track(const Step &step, const QByteArray &payload)
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
