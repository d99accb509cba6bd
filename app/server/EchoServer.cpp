#include "server/EchoServer.h"

#include <QThread>
#include <QWebSocket>
#include <QWebSocketServer>

namespace sockeye {

namespace {
/// A client that sends and never reads would fill our memory with what it does not fetch. Twice the largest message.
constexpr qint64 MaxUnsent = 512LL * 1024 * 1024;
} // namespace

/// Lives in the server's thread; everything in it is called there.
class EchoServer::Worker final : public QObject
{
public:
    explicit Worker(EchoServer *owner)
        : m_owner(owner)
    {
    }

    [[nodiscard]] Result<quint16> listen(quint16 port);
    void close();

private:
    void acceptClients();
    void admit(QWebSocket *client);
    void release(QWebSocket *client);
    void protectMemory(QWebSocket *client);
    void reportCount();

    EchoServer *m_owner;
    QWebSocketServer *m_server = nullptr;
    QList<QWebSocket *> m_clients;
};

Result<quint16> EchoServer::Worker::listen(quint16 port)
{
    m_server = new QWebSocketServer(QStringLiteral("Sockeye"), QWebSocketServer::NonSecureMode, this);
    connect(m_server, &QWebSocketServer::newConnection, this, &Worker::acceptClients);
    if (m_server->listen(QHostAddress::LocalHost, port))
        return m_server->serverPort();
    return Error{
        EchoServer::tr("The echo server could not listen on port %1 of 127.0.0.1: %2. Choose another port, or 0 "
                       "for one that is free.")
            .arg(QString::number(port), m_server->errorString())};
}

void EchoServer::Worker::acceptClients()
{
    while (QWebSocket *client = m_server->nextPendingConnection())
        admit(client);
}

void EchoServer::Worker::admit(QWebSocket *client)
{
    client->setParent(this);
    connect(client, &QWebSocket::textMessageReceived, this, [this, client](const QString &text) {
        client->sendTextMessage(text);
        protectMemory(client);
    });
    connect(client, &QWebSocket::binaryMessageReceived, this, [this, client](const QByteArray &bytes) {
        client->sendBinaryMessage(bytes);
        protectMemory(client);
    });
    connect(client, &QWebSocket::disconnected, this, [this, client] { release(client); });
    m_clients.append(client);
    reportCount();
}

void EchoServer::Worker::release(QWebSocket *client)
{
    if (m_clients.removeOne(client)) {
        client->deleteLater();
        reportCount();
    }
}

void EchoServer::Worker::protectMemory(QWebSocket *client)
{
    if (client->bytesToWrite() > MaxUnsent)
        client->abort();
}

void EchoServer::Worker::close()
{
    m_server->close();
    const QList<QWebSocket *> clients = std::exchange(m_clients, {});
    for (QWebSocket *client : clients) {
        client->disconnect(this);
        client->close(QWebSocketProtocol::CloseCodeGoingAway, EchoServer::tr("The echo server was stopped"));
        // The thread ends now: nobody else would send the close frame.
        client->flush();
    }
    if (!clients.isEmpty())
        reportCount();
}

void EchoServer::Worker::reportCount()
{
    const auto count = static_cast<int>(m_clients.size());
    QMetaObject::invokeMethod(
        m_owner, [owner = m_owner, count] { Q_EMIT owner->clientCountChanged(count); }, Qt::QueuedConnection);
}

EchoServer::EchoServer(QObject *parent)
    : QObject(parent)
{
}

EchoServer::~EchoServer()
{
    stop();
}

Result<> EchoServer::start(quint16 port)
{
    if (isListening())
        return Error{tr("The echo server is already running on port %1.").arg(m_port)};
    m_thread = std::make_unique<QThread>();
    m_thread->setObjectName(QStringLiteral("echo server"));
    // Deleted in its own thread, when that ends.
    m_worker = new Worker(this);
    m_worker->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread->start();

    Result<quint16> listening = Error{};
    QMetaObject::invokeMethod(
        m_worker, [&] { listening = m_worker->listen(port); }, Qt::BlockingQueuedConnection);
    if (!listening) {
        endThread();
        return listening.error();
    }
    m_port = listening.value();
    return {};
}

void EchoServer::stop()
{
    if (!isListening())
        return;
    QMetaObject::invokeMethod(
        m_worker, [this] { m_worker->close(); }, Qt::BlockingQueuedConnection);
    endThread();
    m_port = 0;
}

void EchoServer::endThread()
{
    m_thread->quit();
    m_thread->wait();
    // The worker went with its thread.
    m_worker = nullptr;
    m_thread.reset();
}

QUrl EchoServer::url() const
{
    return isListening() ? QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(m_port)) : QUrl();
}

} // namespace sockeye
