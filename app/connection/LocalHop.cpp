#include "connection/LocalHop.h"

#include "wire/Handshake.h"

#include <QNetworkProxy>
#include <QRandomGenerator>

#include <array>
#include <memory>

namespace sockeye {

namespace {
constexpr std::chrono::seconds Deadline{5};

QByteArray randomToken()
{
    std::array<quint32, 4> bits;
    QRandomGenerator::system()->fillRange(bits.data(), bits.size());
    return QByteArray::fromRawData(reinterpret_cast<const char *>(bits.data()), sizeof bits).toHex();
}
} // namespace

LocalHop::LocalHop(QObject *parent)
    : QObject(parent)
    , m_server(this)
    , m_deadline(this)
    , m_token(randomToken())
{
    m_server.setProxy(QNetworkProxy::NoProxy);
    m_deadline.setSingleShot(true);
    connect(&m_server, &QTcpServer::newConnection, this, &LocalHop::take);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        m_server.close();
        Q_EMIT failed(
            tr("Sockeye could not reach its own relay on 127.0.0.1 within 5 s. Check whether a firewall blocks "
               "loopback connections of this program."));
    });
}

Result<> LocalHop::listen()
{
    if (!m_server.listen(QHostAddress::LocalHost)) {
        return Error{
            tr("Sockeye could not open its relay on 127.0.0.1: %1. Check whether a firewall or a limit on open "
               "files stands in the way.")
                .arg(m_server.errorString())};
    }
    m_deadline.start(Deadline);
    return {};
}

QUrl LocalHop::url() const
{
    return QUrl(QStringLiteral("ws://127.0.0.1:%1/%2").arg(m_server.serverPort()).arg(QLatin1String(m_token)));
}

bool LocalHop::isConnected() const
{
    return m_socket && m_socket->state() == QAbstractSocket::ConnectedState;
}

void LocalHop::take()
{
    while (QTcpSocket *candidate = m_server.nextPendingConnection()) {
        candidate->setParent(this);
        auto parser = std::make_shared<HttpHeadParser>();
        connect(candidate, &QTcpSocket::disconnected, candidate, &QObject::deleteLater);
        connect(candidate, &QTcpSocket::readyRead, this, [this, candidate, parser] { readHead(candidate, *parser); });
    }
}

void LocalHop::readHead(QTcpSocket *candidate, HttpHeadParser &parser)
{
    const QByteArray bytes = candidate->readAll();
    QByteArrayView input = bytes;
    const auto status = parser.feed(input);
    if (status == HttpHeadParser::Status::NeedsMore)
        return;
    const bool ours = status == HttpHeadParser::Status::Complete && !m_socket &&
                      parser.head().startLine == "GET /" + m_token + " HTTP/1.1";
    if (!ours) {
        candidate->abort();
        return;
    }
    m_deadline.stop();
    m_server.close();
    m_socket = candidate;
    m_socket->disconnect(this);
    // From here on the socket lives as long as the hop, so that its last bytes can be read after it was closed.
    disconnect(m_socket, &QTcpSocket::disconnected, m_socket, &QObject::deleteLater);
    m_key = parser.head().value("Sec-WebSocket-Key").value_or(QByteArray());
    Q_EMIT dialled(m_key);
}

void LocalHop::accept()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->write(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
        acceptFor(m_key) + "\r\n\r\n");
}

} // namespace sockeye
