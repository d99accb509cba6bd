#include "server/EchoServer.h"

#include "base/OpenFiles.h"
#include "server/EchoListener.h"

#include <QThread>

namespace sockeye {

namespace {
/// What wakes its thread, and a socket on each of both addresses.
constexpr quint64 ListeningFiles = 4;
} // namespace

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
    openfiles::raiseLimit();
    // A thread whose event loop finds no file to wake it by would end the program.
    if (const Result<> room = openfiles::checkRoom(ListeningFiles); !room)
        return room.error();
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
