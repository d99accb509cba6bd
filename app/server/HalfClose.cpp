#include "server/HalfClose.h"

#include <QAbstractSocket>

#ifdef Q_OS_UNIX
#include <sys/socket.h>
#endif

namespace sockeye {

bool endWriting(const QAbstractSocket &socket)
{
#ifdef Q_OS_UNIX
    return shutdown(static_cast<int>(socket.socketDescriptor()), SHUT_WR) == 0;
#else
    Q_UNUSED(socket);
    return false;
#endif
}

} // namespace sockeye
