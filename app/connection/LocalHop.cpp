#include "connection/LocalHop.h"

#include "wire/CloseCode.h"
#include "wire/FrameEncoder.h"

#include <QNetworkProxy>
#include <QRandomGenerator>

#include <array>

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
        auto handshake = std::make_shared<AcceptingHandshake>();
        connect(candidate, &QTcpSocket::disconnected, candidate, &QObject::deleteLater);
        connect(candidate, &QTcpSocket::readyRead, this,
                [this, candidate, handshake] { readRequest(candidate, handshake); });
    }
}

void LocalHop::readRequest(QTcpSocket *candidate, const std::shared_ptr<AcceptingHandshake> &handshake)
{
    const QByteArray bytes = candidate->readAll();
    QByteArrayView input = bytes;
    const auto event = handshake->feed(input);
    if (event == AcceptingHandshake::Event::NeedsMore)
        return;
    const bool ours = event == AcceptingHandshake::Event::Requested && !m_socket &&
                      requestLine(handshake->request()).target == '/' + m_token;
    if (!ours) {
        candidate->abort();
        return;
    }
    m_deadline.stop();
    m_server.close();
    m_handshake = handshake;
    m_socket = candidate;
    m_socket->disconnect(this);
    // From here on the socket lives as long as the hop, so that its last bytes can be read after it was closed.
    disconnect(m_socket, &QTcpSocket::disconnected, m_socket, &QObject::deleteLater);
    Q_EMIT dialled(m_handshake->request().value("Sec-WebSocket-Key").value_or(QByteArray()));
}

void LocalHop::accept()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->write(m_handshake->accept());
}

void LocalHop::setReady()
{
    m_isReady = true;
    if (m_isCloseDue)
        close();
}

void LocalHop::close()
{
    m_isCloseDue = !m_isReady;
    if (m_isReady && isConnected())
        m_socket->write(
            encodeFrame({.opcode = Opcode::Close, .maskKey = std::nullopt}, encodeCloseBody(CloseCode::Normal, {})));
}

} // namespace sockeye
