#include "peers/RawServer.h"

#include <QCryptographicHash>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace sockeye::test {
namespace {

/// With a linger time of zero, closing sends RST instead of FIN.
void resetOnClose(const QTcpSocket &socket)
{
    linger option{};
    option.l_onoff = 1;
    option.l_linger = 0;
#ifdef Q_OS_WIN
    ::setsockopt(static_cast<SOCKET>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER,
                 reinterpret_cast<const char *>(&option), sizeof option);
#else
    ::setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &option, sizeof option);
#endif
}

void endSending(const QTcpSocket &socket)
{
#ifdef Q_OS_WIN
    ::shutdown(static_cast<SOCKET>(socket.socketDescriptor()), SD_SEND);
#else
    ::shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR);
#endif
}

[[nodiscard]] QByteArray headerValue(const QByteArray &head, const QByteArray &name)
{
    const QList<QByteArray> lines = head.split('\n');
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.left(colon).trimmed().toLower() == name)
            return line.mid(colon + 1).trimmed();
    }
    return {};
}

} // namespace

RawServer::RawServer(QObject *parent)
    : QObject(parent)
    , m_reply([](const QByteArray &head) { return acceptReply(head); })
{
    connect(&m_server, &QTcpServer::newConnection, this, &RawServer::accept);
    connect(&m_pieceTimer, &QTimer::timeout, this, &RawServer::sendPiece);
    m_server.listen(QHostAddress::LocalHost);
}

QString RawServer::url() const
{
    return QStringLiteral("ws://127.0.0.1:%1/").arg(port());
}

QByteArray RawServer::acceptReply(const QByteArray &requestHead, const QByteArray &furtherLines)
{
    const QByteArray key = headerValue(requestHead, "sec-websocket-key");
    const QByteArray digest =
        QCryptographicHash::hash(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1);
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
           digest.toBase64() + "\r\n" + furtherLines + "\r\n";
}

void RawServer::endAfterReply(End end)
{
    m_endsAfterReply = true;
    m_end = end;
}

void RawServer::send(const QByteArray &bytes)
{
    if (m_pieceSize > 0) {
        m_pieces += bytes;
        m_pieceTimer.start();
    } else if (m_socket) {
        m_socket->write(bytes);
        m_socket->flush();
    }
}

void RawServer::sendInPieces(qsizetype size, std::chrono::milliseconds gap)
{
    m_pieceSize = size;
    m_pieceTimer.setInterval(gap);
}

void RawServer::sendPiece()
{
    if (m_socket) {
        m_socket->write(m_pieces.first(std::min(m_pieceSize, m_pieces.size())));
        m_socket->flush();
    }
    m_pieces.remove(0, std::min(m_pieceSize, m_pieces.size()));
    if (m_pieces.isEmpty())
        m_pieceTimer.stop();
}

void RawServer::stopReading()
{
    m_reads = false;
    if (m_socket)
        m_socket->setReadBufferSize(1);
}

void RawServer::behave()
{
    m_reply = [](const QByteArray &head) { return acceptReply(head); };
    m_endsAfterReply = false;
    m_reads = true;
    m_pieceSize = 0;
    m_pieceTimer.stop();
    m_pieces.clear();
}

void RawServer::end(End end)
{
    if (!m_socket)
        return;
    if (end == End::Reset) {
        resetOnClose(*m_socket);
        m_socket->abort();
    } else if (end == End::HalfClose) {
        endSending(*m_socket);
    } else {
        m_socket->disconnectFromHost();
    }
}

bool RawServer::isConnected() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

void RawServer::accept()
{
    m_socket = m_server.nextPendingConnection();
    m_requestHead.clear();
    m_received.clear();
    ++m_connectionCount;
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket, &QTcpSocket::readyRead, this, &RawServer::read);
    connect(m_socket, &QTcpSocket::disconnected, this, &RawServer::disconnected);
    read();
}

void RawServer::read()
{
    if (!m_reads && !m_requestHead.isEmpty())
        return;
    m_received += m_socket->readAll();
    if (m_requestHead.isEmpty()) {
        const qsizetype size = m_received.indexOf("\r\n\r\n") + 4;
        if (size < 4)
            return;
        m_requestHead = m_received.left(size);
        m_received.remove(0, size);
        Q_EMIT requestReceived();
        send(m_reply(m_requestHead));
        if (m_endsAfterReply)
            end(m_end);
    }
    if (!m_received.isEmpty())
        Q_EMIT bytesReceived();
}

} // namespace sockeye::test
