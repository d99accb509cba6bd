#include "explain/RefusalAdvice.h"

#include "base/Bytes.h"
#include "explain/HandshakeLines.h"
#include "explain/StatusExplanations.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

struct RefusalAdviceWords
{
    Q_DECLARE_TR_FUNCTIONS(sockeye::RefusalAdvice)
};

/// What stands in a line of its own must not be longer than one.
constexpr qsizetype MaxValue = 200;

QString valueOf(const HttpHead &head, const char *name)
{
    const std::optional<QByteArray> value = head.value(name);
    return value ? textFromUtf8(value->left(MaxValue)) : QString();
}

QStringList onLogIn(const HttpHead &reply)
{
    const QString challenge = valueOf(reply, "WWW-Authenticate");
    return {RefusalAdviceWords::tr(
                "Put user and password into the URL, ws://user:password@host/, or an Authorization header with a "
                "token under Options > Request."),
            challenge.isEmpty() ? QString() : RefusalAdviceWords::tr("The server asks for: %1").arg(challenge)};
}

QStringList onForbidden(const HttpHead &request)
{
    const QString origin = valueOf(request, "Origin");
    return {origin.isEmpty()
                ? RefusalAdviceWords::tr(
                      "No Origin was sent, which servers made for browsers ask for: set it under Options > Request.")
                : RefusalAdviceWords::tr("Check that the server allows the Origin %1.").arg(origin),
            RefusalAdviceWords::tr("Check the token, the cookie or the log-in that the server expects.")};
}

QStringList onRedirect(const HttpHead &reply)
{
    const QString location = valueOf(reply, "Location");
    return {location.isEmpty()
                ? RefusalAdviceWords::tr("It does not say where to: ask whoever runs the server for the address.")
                : RefusalAdviceWords::tr("Connect to %1, or let redirects be followed under Options > Protocol.")
                      .arg(location)};
}

QStringList onVersion(const HttpHead &reply)
{
    const QString versions = valueOf(reply, "Sec-WebSocket-Version");
    return {versions.isEmpty()
                ? RefusalAdviceWords::tr("Check that the path is that of a WebSocket endpoint.")
                : RefusalAdviceWords::tr("The server speaks version %1 of the protocol; this is version 13.")
                      .arg(versions)};
}

QStringList onLater(const HttpHead &reply)
{
    const QString wait = valueOf(reply, "Retry-After");
    return {
        wait.isEmpty()
            ? RefusalAdviceWords::tr("Connect again in a while.")
            : RefusalAdviceWords::tr("Connect again later; the server says when: %1 (seconds, or a date).").arg(wait)};
}

QStringList adviceFor(const HttpHead &reply, const HttpHead &request)
{
    switch (const int status = reply.status()) {
    case 101:
        return {RefusalAdviceWords::tr(
            "See which check failed below; to study what the server does all the same, connect leniently.")};
    case 400:
        return {RefusalAdviceWords::tr(
            "Compare the request below with what the server expects; the body of the reply may say what it "
            "misses.")};
    case 401:
        return onLogIn(reply);
    case 403:
        return onForbidden(request);
    case 404:
    case 405:
    case 410:
        return {RefusalAdviceWords::tr(
            "Check the path of the URL; WebSocket endpoints often have one of their own, as in /ws.")};
    case 407:
        return {RefusalAdviceWords::tr("Give the proxy's user and password under Options > Proxy.")};
    case 421:
        return {RefusalAdviceWords::tr("Check the host of the URL, and a Host header of your own.")};
    case 426:
        return onVersion(reply);
    case 429:
    case 503:
        return onLater(reply);
    case 431:
        return {RefusalAdviceWords::tr("Send fewer or shorter headers and cookies.")};
    case 502:
    case 504:
        return {RefusalAdviceWords::tr(
            "See whether the server behind the proxy runs, and whether the proxy passes Upgrade on.")};
    default:
        if (status / 100 == 2)
            return {RefusalAdviceWords::tr("Check that the path is that of a WebSocket endpoint."),
                    RefusalAdviceWords::tr(
                        "If it is, see whether a proxy or balancer on the way takes Upgrade and Connection off.")};
        if (status / 100 == 3)
            return onRedirect(reply);
        if (status / 100 == 5)
            return {RefusalAdviceWords::tr("The fault is with the server: its log says more.")};
        return {};
    }
}

} // namespace

QString refusalStatus(const ConnectionRecord &record)
{
    if (record.responseHead.isEmpty())
        return {};
    const HttpHead reply = recordedHead(record.responseHead);
    if (reply.status() == 101)
        return RefusalAdviceWords::tr("101, but a check failed");
    return u"%1 %2"_s.arg(reply.status()).arg(textFromUtf8(reply.reason().left(MaxValue))).trimmed();
}

QStringList refusalAdvice(const ConnectionRecord &record)
{
    if (record.responseHead.isEmpty())
        return {RefusalAdviceWords::tr(
            "No reply came: check that the port is that of a WebSocket server, and whether it wants TLS "
            "(wss://).")};
    const HttpHead reply = recordedHead(record.responseHead);
    QStringList advice{statusExplanation(reply.status()).text};
    if (reply.status() == 101)
        advice.clear();
    advice += adviceFor(reply, recordedHead(record.requestHead));
    advice.removeAll(QString());
    return advice;
}

} // namespace sockeye
