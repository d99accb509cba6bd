#include "conformance/ServerTrial.h"

#include "conformance/CasePlayer.h"

#include <utility>

namespace sockeye::conformance {

namespace {
constexpr qsizetype MaxHead = 64 * 1024;
constexpr quint16 DefaultPort = 80;
} // namespace

ServerTrial::ServerTrial(const ConformanceCase &one, std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_case(one)
    , m_patience(patience)
    , m_socket(this)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        conclude({Verdict::Failed, tr("a reply to the opening request"), tr("nothing came any more")});
    });
}

void ServerTrial::start(const QUrl &url)
{
    if (url.scheme() != u"ws" || url.host().isEmpty()) {
        // Not before the caller has heard of the trial.
        QMetaObject::invokeMethod(
            this,
            [this] {
                conclude({Verdict::Failed, tr("an address that begins with ws://"), tr("another one")});
            },
            Qt::QueuedConnection);
        return;
    }
    connect(&m_socket, &QTcpSocket::connected, this, [this, url] { sendRequest(url); });
    connect(&m_socket, &QTcpSocket::readyRead, this, &ServerTrial::readReply);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &ServerTrial::takeError);
    m_socket.connectToHost(url.host(), static_cast<quint16>(url.port(DefaultPort)));
    m_timer.start(m_patience);
}

void ServerTrial::sendRequest(const QUrl &url)
{
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    const QByteArray host = url.authority(QUrl::FullyEncoded).section(u'@', -1).toLatin1();
    m_opening.emplace(m_case, host, target);
    m_writer = new PieceWriter(m_socket);
    if (m_case.opening.pieceSize > 0)
        m_writer->writePieces(m_case.opening.pieceSize);
    m_writer->add(m_opening->request());
    m_writer->start();
}

void ServerTrial::readReply()
{
    m_timer.start(m_patience);
    m_reply += m_socket.readAll();
    const qsizetype end = m_reply.indexOf("\r\n\r\n");
    if (end >= 0)
        takeReply(m_reply.first(end), m_reply.sliced(end + 4));
    else if (m_reply.size() > MaxHead)
        conclude({Verdict::Failed, tr("a reply's head"), tr("one that has no end")});
}

void ServerTrial::takeReply(const QByteArray &head, const QByteArray &rest)
{
    m_timer.stop();
    delete std::exchange(m_writer, nullptr);
    m_socket.disconnect(this);
    const OpeningExchange::Judgement judgement = m_opening->judge(head);
    if (judgement.verdict == Verdict::Passed && !m_opening->wantsRefusal())
        open(judgement, rest);
    else
        conclude(judgement);
}

void ServerTrial::open(const OpeningExchange::Judgement &judgement, const QByteArray &early)
{
    auto *player = new CasePlayer(m_socket, m_case, Subject::Server, m_patience);
    connect(player, &CasePlayer::finished, this, &ServerTrial::finished);
    if (judgement.deflate)
        player->agreeOnDeflate(*judgement.deflate);
    player->start(early);
}

void ServerTrial::takeError()
{
    if (m_opening && m_socket.error() == QAbstractSocket::RemoteHostClosedError)
        conclude(m_opening->judgeSilence());
    else
        conclude({Verdict::Failed, tr("a connection"), m_socket.errorString()});
}

void ServerTrial::conclude(const OpeningExchange::Judgement &judgement)
{
    if (std::exchange(m_isDone, true))
        return;
    m_timer.stop();
    m_socket.disconnect(this);
    m_socket.abort();
    const bool passed = judgement.verdict == Verdict::Passed;
    const QString why =
        passed ? QString() : tr("opening: expected %1, but what came was: %2").arg(judgement.expected, judgement.came);
    Q_EMIT finished({m_case.id, judgement.verdict, why, judgement.expected, judgement.came});
}

} // namespace sockeye::conformance
