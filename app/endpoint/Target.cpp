#include "endpoint/Target.h"

#include "endpoint/HostPort.h"
#include "endpoint/InvisibleCharacters.h"

#include <QCoreApplication>

namespace sockeye {

namespace {
struct TargetText
{
    Q_DECLARE_TR_FUNCTIONS(TargetText)
};

Error noAddress(QStringView text)
{
    return Error{TargetText::tr("“%1” is no address to connect to. Write host:port, [::1]:9001, or :port for "
                                "another port of the same host.")
                     .arg(shortened(text))};
}
} // namespace

Result<Target> targetOf(const WebSocketUrl &url, const QString &connectTo)
{
    const QStringView text = withoutBlanks(connectTo);
    if (url.isUnix()) {
        if (!text.isEmpty()) {
            return Error{
                TargetText::tr("A ws+unix:// URL names the socket to dial, so “connect to” (%1) has no meaning "
                               "for it. Clear it in the connection's options.")
                    .arg(shortened(text))};
        }
        return Target{{}, 0, url.socketPath(), {}};
    }
    Target target{url.host.name(), url.dialledPort(), {}, url.host.zone()};
    if (text.isEmpty())
        return target;
    const auto parts = splitHostAndPort(text);
    if (!parts)
        return parts.error();
    if (const auto checked = checkPort(parts->port); !checked)
        return checked.error();
    if (parts->host.isEmpty() && parts->port.isEmpty())
        return noAddress(text);
    if (!parts->host.isEmpty()) {
        const auto host = HostName::parse(parts->host);
        if (!host)
            return noAddress(text);
        target.host = host->name();
        target.zone = host->zone();
    }
    if (!parts->port.isEmpty())
        target.port = parts->port.toUShort();
    return target;
}

} // namespace sockeye
