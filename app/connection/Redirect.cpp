#include "connection/Redirect.h"

#include "endpoint/UrlParser.h"
#include "endpoint/UrlReference.h"
#include "endpoint/UrlText.h"
#include "secrets/SecretShapes.h"

#include <QCoreApplication>

#include <array>

#include <algorithm>

namespace sockeye {

namespace {
struct RedirectText
{
    Q_DECLARE_TR_FUNCTIONS(RedirectText)
};

/// 300 offers a choice and 304 is about caches: neither sends us anywhere.
bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// RFC 9110 section 4.1 asks for 8,000; beyond, it is no address but an attack.
constexpr qsizetype LongestTarget = 8'000;

/// For a message: the peer may have sent a novel.
QString cut(const QString &text)
{
    constexpr qsizetype MaxShown = 300;
    return text.size() <= MaxShown ? text : text.left(MaxShown) + u'…';
}

QString shown(const WebSocketUrl &url)
{
    return cut(url.shown());
}

bool isSameOrigin(const WebSocketUrl &a, const WebSocketUrl &b)
{
    return a.scheme == b.scheme && a.host == b.host && a.dialledPort() == b.dialledPort() && a.socket == b.socket;
}

/// The URL as others see it: the socket stays on this machine.
UrlReference referenceOf(const WebSocketUrl &url)
{
    UrlReference reference;
    reference.scheme = url.isSecure() ? "wss" : "ws";
    reference.authority = url.hostField().toLatin1();
    reference.path = url.target.path;
    if (!url.target.query.isEmpty())
        reference.query = url.target.query.sliced(1);
    return reference;
}

bool isNetworkScheme(const UrlReference &reference)
{
    const QByteArray scheme = reference.scheme.value_or(QByteArray()).toLower();
    return scheme == "ws" || scheme == "wss" || scheme == "http" || scheme == "https";
}

/// Path and query become ASCII byte by byte, whatever their encoding.
Result<WebSocketUrl> parseReference(const UrlReference &reference)
{
    UrlReference ascii = reference;
    ascii.path = percentEncoded(reference.path, "#");
    if (ascii.query)
        ascii.query = percentEncoded(*reference.query, "#");
    return parseUrl(QString::fromUtf8(ascii.toBytes()));
}

/// Of the user's headers: what a server may need to answer at all, and nobody keeps a secret in. Whatever has another
/// name may hold one, as "X-Session" does.
bool isHarmless(const RequestHeader &header)
{
    static constexpr std::array names{
        "accept", "accept-encoding",          "accept-language",       "cache-control", "connection", "origin",
        "pragma", "sec-websocket-extensions", "sec-websocket-version", "upgrade",       "user-agent"};
    const QByteArray name = header.name.toLower().toUtf8();
    return std::any_of(names.begin(), names.end(), [&name](const char *other) { return name == other; });
}
} // namespace

RedirectTrail::RedirectTrail(const WebSocketUrl &url, int maximum)
    : m_urls{url}
    , m_maximum(maximum)
{
}

std::optional<RedirectStep> RedirectTrail::judge(const HttpHead &reply) const
{
    if (!isRedirect(reply.status()))
        return std::nullopt;
    const auto target = resolve(reply);
    if (!target)
        return RedirectStep{{}, false, target.message()};
    // A cookie that was set may change the answer: as from a log-in that sends back to where one was.
    const bool setsCookie = !reply.values("Set-Cookie").isEmpty();
    const QString why = refusal(target.value(), setsCookie);
    if (!why.isEmpty())
        return RedirectStep{target.value(), false, why};
    return RedirectStep{
        target.value(), true,
        RedirectText::tr("Redirected with %1 to %2").arg(QString::number(reply.status()), shown(target.value()))};
}

Result<WebSocketUrl> RedirectTrail::resolve(const HttpHead &reply) const
{
    const auto location = reply.value("Location");
    if (!location || location->isEmpty())
        return Error{RedirectText::tr("It is a redirect without a Location, so it leads nowhere.")};
    if (location->size() > LongestTarget)
        return Error{
            RedirectText::tr("It redirects to an address of %1 bytes, which is not followed.").arg(location->size())};
    const UrlReference reference = UrlReference::parse(*location);
    const UrlReference resolved = reference.resolved(referenceOf(url()));
    const auto parsed =
        isNetworkScheme(resolved) && resolved.authority ? parseReference(resolved) : Result<WebSocketUrl>(Error{});
    // A zone names an interface of the peer's machine, not of ours.
    if (!parsed || !parsed->host.zone().isEmpty()) {
        return Error{RedirectText::tr("It redirects to “%1”, which is no WebSocket address.")
                         .arg(cut(withoutUserInfo(QString::fromUtf8(*location))))};
    }
    WebSocketUrl target = parsed.value();
    const bool staysAtHost = reference.isRelative() && !reference.authority;
    if (staysAtHost) {
        // The zone and the socket, which are not for others, and the user stay with it.
        target = url();
        target.target = parsed->target;
    } else if (target.host.name() == url().host.name()) {
        target.host = url().host;
    }
    if (isSameOrigin(target, url()) && target.userInfo.isEmpty())
        target.userInfo = url().userInfo;
    return target;
}

bool RedirectTrail::hasBeenAt(const WebSocketUrl &target) const
{
    return std::any_of(m_urls.cbegin(), m_urls.cend(), [&target](const WebSocketUrl &url) {
        return isSameOrigin(url, target) && url.userInfo == target.userInfo &&
               url.target.bytes() == target.target.bytes();
    });
}

QString RedirectTrail::refusal(const WebSocketUrl &target, bool setsCookie) const
{
    if (m_maximum == 0) {
        return RedirectText::tr("It redirects to %1. Connect there, or let redirects be followed in the connection's "
                                "options.")
            .arg(shown(target));
    }
    if (url().isSecure() && !target.isSecure()) {
        return RedirectText::tr("It redirects to %1, which would give up TLS; that is not followed. Connect there "
                                "yourself if you trust it.")
            .arg(shown(target));
    }
    if (hasBeenAt(target) && !setsCookie) {
        return RedirectText::tr("It redirects to %1, where we have been: a loop. Check the server's configuration.")
            .arg(shown(target));
    }
    if (m_urls.size() > m_maximum) {
        return RedirectText::tr("It redirects to %1, beyond the limit of %2 in the connection's options.")
            .arg(shown(target), QString::number(m_maximum));
    }
    return {};
}

RedirectedEndpoint redirectedEndpoint(Endpoint endpoint, const WebSocketUrl &from, const WebSocketUrl &to)
{
    endpoint.url = to.toString();
    if (isSameOrigin(from, to))
        return {endpoint, {}};
    QStringList withheld;
    endpoint.headers.removeIf([&withheld](const RequestHeader &header) {
        if (isHarmless(header))
            return false;
        if (header.enabled && !header.name.isEmpty())
            withheld += header.name;
        return true;
    });
    const qsizetype secret = endpoint.subprotocols.removeIf(
        [](const QString &subprotocol) { return isSecretSubprotocol(subprotocol.toUtf8()); });
    if (secret > 0)
        withheld += RedirectText::tr("a subprotocol that looks like a token");
    if (!endpoint.tls.verify)
        withheld += RedirectText::tr("the leave to skip the check of the certificate");
    if (!endpoint.tls.certificateFile.isEmpty())
        withheld += RedirectText::tr("the client's certificate");
    endpoint.connectTo.clear();
    endpoint.tls.verify = true;
    endpoint.tls.serverName.clear();
    endpoint.tls.certificateFile.clear();
    endpoint.tls.keyFile.clear();
    endpoint.tls.passphrase.clear();
    // The trusted fingerprint stays: it names one certificate, whoever shows it, perhaps the target's own.
    // So do the pinned keys: they only ever refuse.
    return {endpoint, withheld};
}

} // namespace sockeye
