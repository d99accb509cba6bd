#include "conformance/ConformanceRun.h"

#include "conformance/Handshake.h"

namespace sockeye::conformance {

namespace {
constexpr qsizetype MaxHead = 64 * 1024;
} // namespace

ConformanceRun::ConformanceRun(QTcpSocket &socket, const ConformanceCases &cases, std::chrono::milliseconds patience)
    : QObject(&socket)
    , m_socket(socket)
    , m_cases(cases)
    , m_patience(patience)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, &m_socket, &QTcpSocket::abort);
    connect(&m_socket, &QTcpSocket::readyRead, this, &ConformanceRun::readHead);
    connect(&m_socket, &QTcpSocket::disconnected, this, &ConformanceRun::takeTcpEnd);
    m_timer.start(m_patience);
    // What came before the signals were connected.
    QMetaObject::invokeMethod(this, &ConformanceRun::readHead, Qt::QueuedConnection);
}

void ConformanceRun::readHead()
{
    // A player has the socket by now, or the client has failed.
    if (!m_timer.isActive() || m_failure)
        return;
    m_timer.start(m_patience);
    m_head += m_socket.readAll();
    const qsizetype end = m_head.indexOf("\r\n\r\n");
    if (end >= 0)
        open(m_head.first(end), m_head.sliced(end + 4));
    else if (m_head.size() > MaxHead)
        fail({}, QStringLiteral("the request's head has no end"));
}

void ConformanceRun::open(const QByteArray &head, const QByteArray &early)
{
    const OpeningRequest request(head);
    const QString id = QString::fromLatin1(request.path()).section(u'/', -1);
    const auto found = m_cases.constFind(id);
    if (found == m_cases.cend() || !request.problem().isEmpty()) {
        m_socket.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        fail(id, found == m_cases.cend() ? QStringLiteral("there is no such case") : request.problem());
        return;
    }
    const auto deflate = request.choose(found->deflate);
    m_socket.write(request.accept(deflate));
    play(*found, deflate, early);
}

void ConformanceRun::play(const ConformanceCase &one, const std::optional<DeflateAnswer> &deflate,
                          const QByteArray &early)
{
    m_timer.stop();
    m_socket.disconnect(this);
    auto *player = new CasePlayer(m_socket, one, Subject::Client, m_patience);
    connect(player, &CasePlayer::finished, this, [this](const ConformanceResult &result) {
        Q_EMIT finished(result);
        m_socket.deleteLater();
    });
    if (deflate)
        player->agreeOnDeflate(*deflate);
    if (!deflate && !one.deflate.isEmpty())
        player->conclude(Verdict::Failed,
                         QStringLiteral("the client offers no permessage-deflate with these parameters"));
    else
        player->start(early);
}

void ConformanceRun::fail(const QString &id, const QString &why)
{
    m_failure = {id, Verdict::Failed, why, {}, {}};
    m_socket.disconnectFromHost();
}

void ConformanceRun::takeTcpEnd()
{
    m_timer.stop();
    Q_EMIT finished(m_failure.value_or(
        ConformanceResult{{}, Verdict::Failed, QStringLiteral("TCP ended before the handshake"), {}, {}}));
    m_socket.deleteLater();
}

} // namespace sockeye::conformance
