#include "tls/TlsLibrary.h"

#include <QSslSocket>

namespace sockeye {

QString tlsLibraryVersion()
{
    return QSslSocket::supportsSsl() ? QSslSocket::sslLibraryVersionString() : QString();
}

} // namespace sockeye
