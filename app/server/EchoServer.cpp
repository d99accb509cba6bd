#include "server/EchoServer.h"

#include "server/EchoListener.h"

#include <QThread>

namespace sockeye {

EchoServer::EchoServer(QObject *parent)
    : QObject(parent)
{
}

EchoServer::~EchoServer()
{
    stop();
}

Result<> EchoServer::start(quint16 port, const EchoOptions &options)
{
    if (isListening())
        return Error{tr("The echo server is already running on port %1.").arg(m_port)};
    m_thread = std::make_unique<QThread>();
    m_thread->setObjectName(QStringLiteral("echo server"));
    // Deleted in its own thread, when that ends.
    m_listener = new EchoListener(options);
    m_listener->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_listener, &QObject::deleteLater);
    connect(m_listener, &EchoListener::clientCountChanged, this, &EchoServer::clientCountChanged);
    connect(m_listener, &EchoListener::troubled, this, &EchoServer::troubled);
    m_thread->start();

    Result<quint16> listening = Error{};
    QMetaObject::invokeMethod(
        m_listener, [&] { listening = m_listener->listen(port); }, Qt::BlockingQueuedConnection);
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
        m_listener, [this] { m_listener->close(); }, Qt::BlockingQueuedConnection);
    endThread();
    m_port = 0;
}

void EchoServer::endThread()
{
    m_thread->quit();
    m_thread->wait();
    // The listener went with its thread.
    m_listener = nullptr;
    m_thread.reset();
}

QUrl EchoServer::url() const
{
    return isListening() ? QUrl(QStringLiteral("ws://127.0.0.1:%1/").arg(m_port)) : QUrl();
}

} // namespace sockeye
