#include "connection/UnixSocket.h"

#include <QCoreApplication>
#include <QFile>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#endif

namespace sockeye {

namespace {
struct SocketText
{
    Q_DECLARE_TR_FUNCTIONS(SocketText)
};

#ifdef Q_OS_UNIX
QString whyNot(int error)
{
    switch (error) {
    case ENOENT:
        return SocketText::tr("There is no socket %1. Check the path, and that the server runs.");
    case ECONNREFUSED:
        return SocketText::tr("Nothing listens on the socket %1. Check that the server runs.");
    case EACCES:
    case EPERM:
        return SocketText::tr("You may not connect to the socket %1. Check who may read and write it.");
    case ENOTSOCK:
        return SocketText::tr("%1 is no socket. Check the path.");
    case EPROTOTYPE:
        return SocketText::tr("The socket %1 takes messages, not a stream: it is no WebSocket server's.");
    case EAGAIN:
    case EINPROGRESS:
        return SocketText::tr("The server of the socket %1 takes no further connection at the moment. Try again.");
    default:
        return SocketText::tr("No connection to the socket %1: %2.").arg(QStringLiteral("%1"), qt_error_string(error));
    }
}
#endif
} // namespace

Result<qintptr> connectUnixSocket(const QString &path)
{
#ifdef Q_OS_UNIX
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (name.size() >= static_cast<qsizetype>(sizeof address.sun_path)) {
        return Error{SocketText::tr("The socket's path %1 is too long: this system takes %2 bytes at most.")
                         .arg(path, QString::number(sizeof address.sun_path - 1))};
    }
    std::copy(name.cbegin(), name.cend(), address.sun_path);
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (descriptor < 0)
        return Error{whyNot(errno).arg(path)};
    // Not blocking, or a server that accepts nothing would hold up the whole session.
    const bool isSet = ::fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0 && ::fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0;
    if (!isSet || ::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        const int error = errno;
        ::close(descriptor);
        return Error{whyNot(error).arg(path)};
    }
    return descriptor;
#else
    return Error{
        SocketText::tr("Unix domain sockets (%1) cannot be dialled on this system. Use ws:// or wss://.").arg(path)};
#endif
}

} // namespace sockeye
