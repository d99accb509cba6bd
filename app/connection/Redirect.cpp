#include "connection/Redirect.h"

#include "endpoint/Target.h"
#include "wire/SecretHeaders.h"

#include <QCoreApplication>

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

QString webSocketScheme(const QString &scheme)
{
    if (scheme == u"http")
        return QStringLiteral("ws");
    if (scheme == u"https")
        return QStringLiteral("wss");
    return scheme;
}

/// RFC 9110 section 4.1 asks for 8,000; beyond, it is no address but an attack.
constexpr qsizetype LongestTarget = 8'000;

/// For a message: the peer may have sent a novel.
QString cut(const QString &text)
{
    constexpr qsizetype MaxShown = 300;
    return text.size() <= MaxShown ? text : text.left(MaxShown) + u'…';
}

QString shown(const QUrl &url)
{
    return cut(url.toString(QUrl::FullyEncoded | QUrl::RemovePassword));
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && targetOf(a, {}).value() == targetOf(b, {}).value();
}

bool isForOneHostOnly(const RequestHeader &header)
{
    return header.name.compare(u"Host", Qt::CaseInsensitive) == 0 || isSecretHeader(header.name.toUtf8());
}
} // namespace

RedirectTrail::RedirectTrail(const QUrl &url, int maximum)
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
    const QString why = refusal(target.value());
    if (!why.isEmpty())
        return RedirectStep{target.value(), false, why};
    return RedirectStep{
        target.value(), true,
        RedirectText::tr("Redirected with %1 to %2").arg(QString::number(reply.status()), shown(target.value()))};
}

Result<QUrl> RedirectTrail::resolve(const HttpHead &reply) const
{
    const auto location = reply.value("Location");
    if (!location || location->isEmpty())
        return Error{RedirectText::tr("It is a redirect without a Location, so it leads nowhere.")};
    if (location->size() > LongestTarget)
        return Error{
            RedirectText::tr("It redirects to an address of %1 bytes, which is not followed.").arg(location->size())};
    const QUrl reference = QUrl::fromEncoded(*location);
    const QUrl resolved = requestUrl(url()).resolved(reference);
    QUrl target = resolved.adjusted(QUrl::RemoveFragment);
    target.setScheme(webSocketScheme(resolved.scheme()));
    const bool isNetwork = target.scheme() == u"ws" || target.scheme() == u"wss";
    const auto checked = parseUrl(target.toString(QUrl::FullyEncoded));
    if (!reference.isValid() || !isNetwork || !checked) {
        return Error{RedirectText::tr("It redirects to “%1”, which is no WebSocket address.")
                         .arg(cut(QString::fromUtf8(*location)))};
    }
    if (isUnixUrl(url()) && reference.scheme().isEmpty() && reference.authority().isEmpty())
        return withResource(url(), checked.value());
    target = checked.value();
    // A relative Location keeps them by itself.
    if (isSameOrigin(target, url()) && target.userInfo().isEmpty())
        target.setUserInfo(url().userInfo(QUrl::FullyEncoded));
    return target;
}

QString RedirectTrail::refusal(const QUrl &target) const
{
    if (m_maximum == 0) {
        return RedirectText::tr("It redirects to %1. Connect there, or let redirects be followed in the connection's "
                                "options.")
            .arg(shown(target));
    }
    if (url().scheme() == u"wss" && target.scheme() != u"wss") {
        return RedirectText::tr("It redirects to %1, which would give up TLS; that is not followed. Connect there "
                                "yourself if you trust it.")
            .arg(shown(target));
    }
    if (m_urls.contains(target)) {
        return RedirectText::tr("It redirects to %1, where we have been: a loop. Check the server's configuration.")
            .arg(shown(target));
    }
    if (m_urls.size() > m_maximum) {
        return RedirectText::tr("It redirects to %1, beyond the limit of %2 in the connection's options.")
            .arg(shown(target), QString::number(m_maximum));
    }
    return {};
}

Endpoint redirectedEndpoint(Endpoint endpoint, const QUrl &from, const QUrl &to)
{
    endpoint.url = to.toString(QUrl::FullyEncoded);
    if (isSameOrigin(from, to))
        return endpoint;
    endpoint.headers.removeIf(isForOneHostOnly);
    endpoint.connectTo.clear();
    endpoint.tls.serverName.clear();
    endpoint.tls.certificateFile.clear();
    endpoint.tls.keyFile.clear();
    endpoint.tls.passphrase.clear();
    // The trusted fingerprint stays: it names one certificate, whoever shows it, perhaps the target's own.
    return endpoint;
}

} // namespace sockeye
