#include "connection/TcpProbe.h"

#ifdef Q_OS_LINUX
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace sockeye {

TcpProbe::~TcpProbe()
{
    release();
}

void TcpProbe::attach([[maybe_unused]] const QAbstractSocket &socket)
{
    release();
#ifdef Q_OS_LINUX
    m_descriptor = ::fcntl(static_cast<int>(socket.socketDescriptor()), F_DUPFD_CLOEXEC, 0);
#endif
}

void TcpProbe::release()
{
#ifdef Q_OS_LINUX
    if (m_descriptor >= 0)
        ::close(m_descriptor);
#endif
    m_descriptor = -1;
}

bool TcpProbe::wasReset() const
{
#ifdef Q_OS_LINUX
    // After a FIN the connection is in CLOSE_WAIT; a RST tears it down.
    tcp_info info{};
    socklen_t size = sizeof info;
    if (m_descriptor >= 0 && ::getsockopt(m_descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0)
        return info.tcpi_state == TCP_CLOSE;
#endif
    return false;
}

qint64 TcpProbe::unacknowledged() const
{
#ifdef Q_OS_LINUX
    int bytes = 0;
    if (m_descriptor >= 0 && ::ioctl(m_descriptor, TIOCOUTQ, &bytes) == 0)
        return bytes;
#endif
    return 0;
}

TcpEnd TcpProbe::endFor(QAbstractSocket::SocketError error) const
{
    if (wasReset())
        return TcpEnd::PeerReset;
    return error == QAbstractSocket::RemoteHostClosedError ? TcpEnd::PeerFin : TcpEnd::Failed;
}

} // namespace sockeye
