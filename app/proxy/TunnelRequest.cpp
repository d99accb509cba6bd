#include "proxy/TunnelRequest.h"

#include <QUrl>

namespace sockeye {

QByteArray TunnelRequest::wireHost() const
{
    if (host.contains(u':'))
        return host.section(u'%', 0, 0).toLatin1();
    const QByteArray ascii = QUrl::toAce(host);
    // What is no name, an address with an odd byte for one, goes out as it is: the proxy says what it makes of it.
    return ascii.isEmpty() ? host.toUtf8() : ascii;
}

QByteArray TunnelRequest::authority() const
{
    const QByteArray name = wireHost();
    return (name.contains(':') ? '[' + name + ']' : name) + ':' + QByteArray::number(port);
}

} // namespace sockeye
