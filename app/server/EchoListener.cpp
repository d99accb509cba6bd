#include "server/EchoListener.h"

#include "base/OpenFiles.h"
#include "server/EchoConnection.h"

#include <utility>

namespace sockeye {

namespace {
/// Clients that the kernel holds until they are accepted: as many as may come in one moment.
constexpr int Backlog = 4'096;
constexpr int PortAttempts = 10;
/// Files that are left for the rest of the program.
constexpr quint64 SparedFiles = 16;

Error listenError(quint16 port, const QString &address, const QString &why)
{
    return Error{EchoListener::tr("The echo server could not listen on port %1 of %2: %3. Choose another port, or 0 "
                                  "for one that is free.")
                     .arg(QString::number(port), address, why)};
}
} // namespace

EchoListener::EchoListener(const EchoOptions &options)
    : m_options(options)
    , m_ipv4(this)
    , m_ipv6(this)
{
    for (QTcpServer *server : {&m_ipv4, &m_ipv6}) {
        server->setListenBacklogSize(Backlog);
        // Whoever is not taken at once stays with the kernel.
        server->setMaxPendingConnections(1);
        connect(server, &QTcpServer::newConnection, this, [this, server] { accept(*server); });
        connect(server, &QTcpServer::acceptError, this, &EchoListener::stopAccepting);
    }
}

Result<quint16> EchoListener::listen(quint16 port)
{
    openfiles::raiseLimit();
    // A port that is free on 127.0.0.1 may be taken on ::1.
    for (int attempt = 0; attempt < PortAttempts; ++attempt) {
        if (!m_ipv4.listen(QHostAddress::LocalHost, port))
            return listenError(port, QStringLiteral("127.0.0.1"), m_ipv4.errorString());
        const bool isSecond = m_ipv6.listen(QHostAddress::LocalHostIPv6, m_ipv4.serverPort());
        // Without IPv6 there is nobody to take it.
        if (isSecond || m_ipv6.serverError() != QAbstractSocket::AddressInUseError)
            return m_ipv4.serverPort();
        m_ipv4.close();
        if (port != 0)
            break;
    }
    return listenError(port, QStringLiteral("::1"), m_ipv6.errorString());
}

/// Not waited for is the error that there are too many files: Qt 6.4 can take it for a temporary one, and tries again
/// without end.
void EchoListener::accept(QTcpServer &server)
{
    while (!m_isFull) {
        QTcpSocket *socket = server.nextPendingConnection();
        if (!socket)
            return;
        // Gone before it was accepted.
        if (socket->state() != QAbstractSocket::ConnectedState) {
            delete socket;
            continue;
        }
        const bool isLast = openfiles::isNearLimit(socket->socketDescriptor(), SparedFiles);
        auto *connection = new EchoConnection(socket, m_options, this);
        m_connections.insert(connection);
        connect(connection, &EchoConnection::opened, this, [this] { reportCount(+1); });
        connect(connection, &EchoConnection::ended, this, [this, connection] { release(connection); });
        if (isLast)
            stopAccepting();
    }
}

void EchoListener::release(EchoConnection *connection)
{
    if (!m_connections.remove(connection))
        return;
    if (connection->hasOpened())
        reportCount(-1);
    // Its socket's descriptor is free only when it is gone.
    connect(connection, &QObject::destroyed, this, &EchoListener::goOnAccepting);
    connection->deleteLater();
}

/// The kernel holds those who wait. The user is told once.
void EchoListener::stopAccepting()
{
    m_isFull = true;
    for (QTcpServer *server : {&m_ipv4, &m_ipv6}) {
        if (server->isListening())
            server->pauseAccepting();
    }
    if (!std::exchange(m_hasToldFull, true))
        Q_EMIT troubled(tr("The echo server can take no more than %1 clients: the system allows this program no more "
                           "open files. Others wait until one of them leaves. A higher limit is set with “ulimit -n” "
                           "before the program starts.")
                            .arg(m_connections.size()));
}

void EchoListener::goOnAccepting()
{
    if (!std::exchange(m_isFull, false))
        return;
    for (QTcpServer *server : {&m_ipv4, &m_ipv6}) {
        if (!server->isListening())
            continue;
        server->resumeAccepting();
        accept(*server);
    }
}

void EchoListener::close()
{
    m_ipv4.close();
    m_ipv6.close();
    const QSet<EchoConnection *> connections = std::exchange(m_connections, {});
    for (EchoConnection *connection : connections) {
        connection->disconnect(this);
        connection->goAway(tr("The echo server was stopped"));
    }
    if (m_openCount > 0)
        reportCount(-m_openCount);
}

void EchoListener::reportCount(int change)
{
    m_openCount += change;
    Q_EMIT clientCountChanged(m_openCount);
}

} // namespace sockeye
