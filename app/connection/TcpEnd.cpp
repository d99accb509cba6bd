#include "connection/TcpEnd.h"

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace sockeye {

namespace {
/// Whether the kernel has torn the connection down: after a FIN it is in CLOSE_WAIT, after a RST in CLOSE.
bool wasReset([[maybe_unused]] const QAbstractSocket &socket)
{
#ifdef Q_OS_LINUX
    tcp_info info{};
    socklen_t size = sizeof info;
    const int descriptor = static_cast<int>(socket.socketDescriptor());
    if (descriptor >= 0 && getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0)
        return info.tcpi_state == TCP_CLOSE;
#endif
    return false;
}
} // namespace

TcpEnd tcpEndOf(const QAbstractSocket &socket, QAbstractSocket::SocketError error)
{
    if (error == QAbstractSocket::RemoteHostClosedError)
        return wasReset(socket) ? TcpEnd::PeerReset : TcpEnd::PeerFin;
    if (error == QAbstractSocket::NetworkError && wasReset(socket))
        return TcpEnd::PeerReset;
    return TcpEnd::Failed;
}

} // namespace sockeye
