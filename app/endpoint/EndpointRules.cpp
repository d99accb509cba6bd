#include "endpoint/EndpointRules.h"

#include "endpoint/HostPort.h"
#include "endpoint/ProxyChoice.h"
#include "endpoint/Target.h"
#include "endpoint/UrlParser.h"
#include "wire/Handshake.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {
struct Rules
{
    Q_DECLARE_TR_FUNCTIONS(EndpointRules)
};

/// RFC 7301 section 3.1: a name has a length of one byte.
constexpr qsizetype LongestProtocol = 255;

bool looksLikeAddress(const QString &name)
{
    return name.contains(u':') ||
           std::all_of(name.begin(), name.end(), [](QChar c) { return c == u'.' || (c >= u'0' && c <= u'9'); });
}
} // namespace

QString problemOfUrl(const Endpoint &endpoint)
{
    return parseUrl(endpoint.url).message();
}

QString problemOfSubprotocols(const Endpoint &endpoint)
{
    return checkSubprotocols(endpoint.subprotocols).message();
}

QString problemOfHeaders(const Endpoint &endpoint)
{
    return checkHeaders(enabledHeaders(endpoint)).message();
}

QString problemOfKeyFile(const Endpoint &endpoint)
{
    if (endpoint.tls.keyFile.isEmpty() || !endpoint.tls.certificateFile.isEmpty())
        return {};
    return Rules::tr("A private key needs its certificate. Choose one, or clear the key.");
}

QString problemOfServerName(const Endpoint &endpoint)
{
    const QString &name = endpoint.tls.serverName;
    if (name.isEmpty())
        return {};
    if (looksLikeAddress(name))
        return Rules::tr("“%1” is an address. TLS asks for names only, as in example.com.").arg(shortened(name));
    if (!HostName::parse(name))
        return Rules::tr("“%1” is not the name of a host. Write one like example.com.").arg(shortened(name));
    return {};
}

QString problemOfAlpn(const Endpoint &endpoint)
{
    for (const QString &protocol : endpoint.tls.alpn) {
        if (protocol.isEmpty())
            return Rules::tr("An application protocol has no name. Write one like http/1.1, or remove it.");
        if (protocol.toUtf8().size() > LongestProtocol) {
            return Rules::tr("The application protocol “%1” is too long: 255 bytes are the most (RFC 7301 section "
                             "3.1). Shorten it.")
                .arg(shortened(protocol));
        }
        if (protocol.contains(u' '))
            return Rules::tr("“%1” has a space. Separate the protocols by commas.").arg(shortened(protocol));
    }
    return {};
}

QString problemOfFingerprint(const Endpoint &endpoint)
{
    return parseFingerprint(endpoint.tls.trustedFingerprint).message();
}

QString problemOfPins(const Endpoint &endpoint)
{
    for (const QString &pin : endpoint.tls.pinnedKeys) {
        if (const auto read = parsePin(pin); !read)
            return read.message();
    }
    return {};
}

QString problemOfProxy(const Endpoint &endpoint)
{
    return problemOfProxyText(endpoint.proxy);
}

QString problemOfConnectTo(const Endpoint &endpoint)
{
    const auto url = parseUrl(endpoint.url);
    return targetOf(url ? url.value() : WebSocketUrl(), endpoint.connectTo).message();
}

QString problemOfLongestDelay(const Endpoint &endpoint)
{
    const ReconnectPolicy &reconnect = endpoint.reconnect;
    if (!reconnect.enabled || reconnect.maximum >= reconnect.first)
        return {};
    return Rules::tr("The longest delay is shorter than the first one. Make it longer, or the first one shorter.");
}

} // namespace sockeye
