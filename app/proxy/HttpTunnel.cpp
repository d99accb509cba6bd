#include "proxy/HttpTunnel.h"

#include "base/Bytes.h"
#include "base/Units.h"
#include "wire/ChunkedBody.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {
struct HttpTunnelWords
{
    Q_DECLARE_TR_FUNCTIONS(HttpTunnel)
};

constexpr int ProxyAuthenticationRequired = 407;
/// Replies such as 103 that are skipped on the way to the final one (RFC 9110 section 15.2).
constexpr int MaxInterimReplies = 8;
/// Of what a proxy says for itself, as a message quotes it.
constexpr qsizetype MaxQuoted = 200;

bool hasToken(const HttpHead &head, const char *field, const char *token)
{
    const QList<QByteArray> tokens = head.tokens(field);
    return std::any_of(tokens.begin(), tokens.end(),
                       [token](const QByteArray &one) { return one.compare(token, Qt::CaseInsensitive) == 0; });
}

/// Whether a reply ends its connection (RFC 9112 section 9.3). Proxy-Connection stands in no RFC and in many replies.
bool endsConnection(const HttpHead &head)
{
    if (hasToken(head, "Connection", "close") || hasToken(head, "Proxy-Connection", "close"))
        return true;
    const bool isKept = hasToken(head, "Connection", "keep-alive") || hasToken(head, "Proxy-Connection", "keep-alive");
    return head.httpVersion() != "HTTP/1.1" && !isKept;
}

/// Whether the end of the body can be told without the end of the connection, and in one way only (RFC 9112 section
/// 6.3).
bool isFramed(const HttpHead &head)
{
    const QList<QByteArray> lengths = head.values("Content-Length");
    if (isChunked(head))
        return lengths.isEmpty();
    bool isNumber = false;
    return !lengths.isEmpty() && lengths.count(lengths.first()) == lengths.size() &&
           lengths.first().toLongLong(&isNumber) >= 0 && isNumber;
}

QString schemeOf(const QByteArray &authorization)
{
    return QString::fromLatin1(authorization.left(authorization.indexOf(' ')));
}
} // namespace

HttpTunnel::HttpTunnel(TunnelRequest request, const Options &options)
    : ProxyTunnel(std::move(request))
    , m_options(options)
    , m_parser(options.limits)
{
    // RFC 7617 section 2: a user with a colon cannot be told by Basic.
    const QString &user = m_request.credentials.user;
    if (m_options.basicAtOnce && !user.isEmpty() && !user.contains(u':'))
        m_authorization = basicCredentials(m_request.credentials.user, m_request.credentials.password);
}

QByteArray HttpTunnel::takeOutput(Timestamp now)
{
    const QByteArray authority = m_request.authority();
    QByteArray head = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
    if (!m_authorization.isEmpty())
        head += "Proxy-Authorization: " + m_authorization + "\r\n";
    head += "\r\n";
    m_parser = HttpHeadParser(m_options.limits);
    m_interim.clear();
    m_body.reset();
    m_isAnswering = false;
    ++m_requestsOnConnection;
    m_steps +=
        ProxyStep{.proxy = m_request.proxy, .sent = now, .replied = {}, .request = head, .reply = {}, .body = {}};
    const QString target = QString::fromUtf8(authority);
    m_notices += m_authorization.isEmpty()
                     ? HttpTunnelWords::tr("CONNECT %1 sent to the proxy %2").arg(target, m_request.proxy)
                     : HttpTunnelWords::tr("CONNECT %1 sent to the proxy %2, with credentials by %3")
                           .arg(target, m_request.proxy, schemeOf(m_authorization));
    return head;
}

ProxyTunnel::Event HttpTunnel::feed(QByteArrayView &input, Timestamp now)
{
    if (m_body)
        return takeBody(input);
    for (;;) {
        const HttpHeadParser::Status status = m_parser.feed(input);
        m_steps.last().reply = m_interim + m_parser.bytes();
        switch (status) {
        case HttpHeadParser::Status::NeedsMore:
            return Event::NeedsMore;
        case HttpHeadParser::Status::Complete:
            break;
        case HttpHeadParser::Status::TooLarge:
        case HttpHeadParser::Status::TooManyLines:
            return refuseHead(
                HttpTunnelWords::tr("The head of the reply of the proxy %1 is too large: more than %2 or %3 lines. "
                                    "The limits stand in the connection's options.")
                    .arg(m_request.proxy, sizeText(m_options.limits.maxBytes))
                    .arg(m_options.limits.maxLines));
        case HttpHeadParser::Status::NotHttp:
            return refuseHead(
                HttpTunnelWords::tr(
                    "%1 does not speak HTTP: its reply begins with “%2”. Check that it is an HTTP proxy.")
                    .arg(m_request.proxy,
                         QString::fromLatin1(m_parser.bytes().first(std::min<qsizetype>(m_parser.bytes().size(), 32)))
                             .simplified()));
        }
        const int code = m_parser.head().status();
        if (code < 100 || code >= 200 || code == 101 || m_interimReplies >= MaxInterimReplies)
            return takeHead(input, now);
        ++m_interimReplies;
        m_notices += HttpTunnelWords::tr("The proxy %1 sent an interim reply (%2), which is skipped")
                         .arg(m_request.proxy, statusText());
        m_interim += m_parser.bytes();
        m_parser = HttpHeadParser(m_options.limits);
    }
}

ProxyTunnel::Event HttpTunnel::takeHead(QByteArrayView &input, Timestamp now)
{
    const HttpHead &reply = m_parser.head();
    m_steps.last().replied = now;
    if (reply.status() >= 200 && reply.status() < 300) {
        m_notices += HttpTunnelWords::tr("The proxy %1 opened the tunnel: %2").arg(m_request.proxy, statusText());
        return Event::Opened;
    }
    m_body.emplace(reply);
    if (reply.status() == ProxyAuthenticationRequired)
        return takeDemand(input);
    m_notices += HttpTunnelWords::tr("The proxy %1 refused the tunnel: %2").arg(m_request.proxy, statusText());
    const Event event = takeBody(input);
    return event == Event::NeedsMore ? Event::Declined : event;
}

ProxyTunnel::Event HttpTunnel::takeDemand(QByteArrayView &input)
{
    m_challenges = challengesIn(m_parser.head(), "Proxy-Authenticate");
    m_notices +=
        HttpTunnelWords::tr("The proxy %1 wants credentials: %2").arg(m_request.proxy, statusText()) +
        (m_challenges.isEmpty() ? QString() : HttpTunnelWords::tr(", by %1").arg(challengesText(m_challenges)));
    const auto answer = answerChallenges(
        m_challenges, m_request.credentials,
        {.method = "CONNECT", .target = m_request.authority(), .cnonce = newCnonce(), .previous = m_authorization});
    m_isAnswering = answer && m_steps.size() < MaxRequests;
    if (m_isAnswering)
        m_authorization = *answer;
    const Event event = takeBody(input);
    if (event != Event::NeedsMore)
        return event;
    if (!m_isAnswering)
        return Event::Declined;
    // The rest would come only with the end of the connection.
    return isFramed(m_parser.head()) && !endsConnection(m_parser.head()) ? Event::NeedsMore : reconnect();
}

ProxyTunnel::Event HttpTunnel::takeBody(QByteArrayView &input)
{
    m_body->feed(std::exchange(input, {}));
    m_steps.last().body = m_body->bytes();
    if (!m_body->isComplete())
        return Event::NeedsMore;
    if (!m_isAnswering)
        return refuseReply();
    const bool isWhole = m_body->bytes().size() < ReplyBody::Limit && isFramed(m_parser.head());
    return isWhole && !endsConnection(m_parser.head()) ? Event::Send : reconnect();
}

ProxyTunnel::Event HttpTunnel::reconnect()
{
    m_requestsOnConnection = 0;
    return Event::Reconnect;
}

ProxyTunnel::Event HttpTunnel::ended(const QString &words)
{
    if (m_body)
        return m_isAnswering ? reconnect() : refuseReply();
    // A proxy may end a connection that it kept just when the next request is on its way (RFC 9112 section 9.3.1).
    if (m_requestsOnConnection > 1 && m_parser.bytes().isEmpty() && !std::exchange(m_hasRepeated, true))
        return reconnect();
    if (!words.isEmpty()) {
        return refuse(HttpTunnelWords::tr("The connection to the proxy %1 failed before it let us through to %2: %3.")
                          .arg(m_request.proxy, QString::fromUtf8(m_request.authority()), words));
    }
    return refuse(
        (m_parser.bytes().isEmpty()
             ? HttpTunnelWords::tr("The proxy %1 closed the connection without an answer to our CONNECT %2. Check that "
                                   "it is an HTTP proxy and may go there.")
             : HttpTunnelWords::tr("The proxy %1 closed the connection in the middle of its answer to our CONNECT %2. "
                                   "Try again, or look into the proxy's log."))
            .arg(m_request.proxy, QString::fromUtf8(m_request.authority())));
}

ProxyTunnel::Event HttpTunnel::refuseHead(const QString &text)
{
    m_notices += HttpTunnelWords::tr("The proxy %1 sent no reply that can be read").arg(m_request.proxy);
    return refuse(text);
}

ProxyTunnel::Event HttpTunnel::refuseReply()
{
    const int status = m_parser.head().status();
    if (status == ProxyAuthenticationRequired)
        return refuse(demandText(), status);
    return refuse(
        HttpTunnelWords::tr("The proxy %1 did not let us through to %2: %3.%4 The Handshake page shows its reply.")
            .arg(m_request.proxy, QString::fromUtf8(m_request.authority()), statusText(), reasonText()),
        status);
}

/// "403 Forbidden"
QString HttpTunnel::statusText() const
{
    const HttpHead &reply = m_parser.head();
    if (reply.status() == 0)
        return textFromUtf8(reply.startLine.left(MaxQuoted)).simplified();
    QString text = QString::number(reply.status());
    if (const QString reason = textFromUtf8(reply.reason().left(MaxQuoted)).simplified(); !reason.isEmpty())
        text += u' ' + reason;
    return text;
}

QString HttpTunnel::demandText() const
{
    const QString offers = challengesText(m_challenges);
    const HttpCredentials &credentials = m_request.credentials;
    if (m_challenges.isEmpty()) {
        return HttpTunnelWords::tr(
                   "The proxy %1 wants credentials (%2), but does not say of which kind. Look into the proxy's "
                   "configuration.")
            .arg(m_request.proxy, statusText());
    }
    if (!canAnswer(m_challenges)) {
        return HttpTunnelWords::tr(
                   "The proxy %1 wants credentials (%2). The proxy offers %3; Sockeye can do Basic and Digest. Ask "
                   "for one of these, or put a proxy in between that speaks what this one wants.")
            .arg(m_request.proxy, statusText(), offers);
    }
    if (credentials.isEmpty()) {
        return HttpTunnelWords::tr(
                   "The proxy %1 wants a user and a password, by %2. Add them to the proxy in the connection's "
                   "options, as in http://user:password@host:port.")
            .arg(m_request.proxy, offers);
    }
    if (m_steps.size() >= MaxRequests) {
        return HttpTunnelWords::tr(
                   "The proxy %1 went on asking for credentials after %2 requests, by %3. Look into the proxy's "
                   "log.")
            .arg(m_request.proxy)
            .arg(m_steps.size())
            .arg(offers);
    }
    if (m_authorization.isEmpty()) {
        return HttpTunnelWords::tr(
                   "The proxy %1 wants credentials by %2, which cannot be made of the user “%3”. Check it in the "
                   "connection's options.")
            .arg(m_request.proxy, offers, credentials.user);
    }
    return HttpTunnelWords::tr(
               "The proxy %1 did not take the user “%2” with this password, by %3. Check both in the connection's "
               "options.")
        .arg(m_request.proxy, credentials.user, offers);
}

/// " It says: “blocked: rule 7”." where that is a short text for people.
QString HttpTunnel::reasonText() const
{
    const QByteArray body = bodyContent(m_parser.head(), m_body->bytes()).trimmed();
    if (body.isEmpty() || body.size() > MaxQuoted || body.startsWith('<') || !isValidUtf8(body) || body.contains('\0'))
        return {};
    return HttpTunnelWords::tr(" It says: “%1”.").arg(textFromUtf8(body).simplified());
}

} // namespace sockeye
