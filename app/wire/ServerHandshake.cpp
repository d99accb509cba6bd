#include "wire/ServerHandshake.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {

struct ServerHandshakeWords
{
    Q_DECLARE_TR_FUNCTIONS(ServerHandshake)
};

constexpr qsizetype KeySize = 16;

bool namesToken(const HttpHead &request, QByteArrayView name, QByteArrayView token)
{
    const QList<QByteArray> tokens = request.tokens(name);
    return std::any_of(tokens.cbegin(), tokens.cend(), [token](const QByteArray &candidate) {
        return candidate.compare(token, Qt::CaseInsensitive) == 0;
    });
}

HandshakeCheck serverCheck(const char *rule, bool passed, const QString &good, const QString &bad)
{
    return {QLatin1String(rule), QStringLiteral("RFC 6455 4.2.1"), passed, passed ? good : bad};
}

bool isHttp11(QByteArrayView version)
{
    return version.size() == 8 && version.startsWith("HTTP/1.") && version[7] >= '1' && version[7] <= '9';
}

HandshakeCheck checkKey(const HttpHead &request)
{
    const QList<QByteArray> keys = request.values("Sec-WebSocket-Key");
    const auto decoded = keys.size() == 1
                             ? QByteArray::fromBase64Encoding(keys.front(), QByteArray::AbortOnBase64DecodingErrors)
                             : QByteArray::FromBase64Result();
    return serverCheck("key", decoded && decoded.decoded.size() == KeySize,
                       ServerHandshakeWords::tr("Sec-WebSocket-Key holds 16 bytes in base64."),
                       ServerHandshakeWords::tr("Sec-WebSocket-Key must stand once and hold 16 bytes in base64."));
}

/// What a refusal begins with, by the rule that was broken.
QByteArray refusalHead(QStringView rule)
{
    if (rule == u"method")
        return "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\nConnection: close\r\n";
    if (rule == u"upgrade" || rule == u"version")
        return "HTTP/1.1 426 Upgrade Required\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n"
               "Sec-WebSocket-Version: 13\r\n";
    if (rule == u"head-size")
        return "HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n";
    return "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n";
}

} // namespace

RequestLine requestLine(const HttpHead &request)
{
    const QList<QByteArray> words = request.startLine.split(' ');
    return words.size() == 3 ? RequestLine{words[0], words[1], words[2]} : RequestLine();
}

QList<HandshakeCheck> checkRequest(const HttpHead &request, const Findings &lines)
{
    const RequestLine line = requestLine(request);
    QList<HandshakeCheck> checks{
        serverCheck("method", line.method == "GET", ServerHandshakeWords::tr("The method is GET."),
                    ServerHandshakeWords::tr("The method of an opening request must be GET.")),
        serverCheck("http-version", isHttp11(line.version),
                    ServerHandshakeWords::tr("The request is HTTP/1.1 or a later 1.x."),
                    ServerHandshakeWords::tr("The request must be HTTP/1.1 or a later 1.x.")),
        serverCheck("host", request.values("Host").size() == 1, ServerHandshakeWords::tr("Host names the server."),
                    ServerHandshakeWords::tr("Host must stand once.")),
        serverCheck("upgrade", namesToken(request, "Upgrade", "websocket"),
                    ServerHandshakeWords::tr("Upgrade names websocket."),
                    ServerHandshakeWords::tr("Upgrade must name “websocket”.")),
        serverCheck("connection", namesToken(request, "Connection", "upgrade"),
                    ServerHandshakeWords::tr("Connection lists Upgrade."),
                    ServerHandshakeWords::tr("Connection must list “Upgrade”.")),
        checkKey(request),
        serverCheck("version", request.values("Sec-WebSocket-Version") == QList<QByteArray>{"13"},
                    ServerHandshakeWords::tr("Sec-WebSocket-Version is 13."),
                    ServerHandshakeWords::tr("Sec-WebSocket-Version must be 13."))};
    for (const Finding &finding : lines) {
        if (finding.severity == Severity::Error)
            checks += HandshakeCheck{finding.rule, finding.section, false, finding.text};
    }
    return checks;
}

QByteArray composeReply(const HandshakeReply &reply)
{
    QByteArray bytes = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Accept: " +
                       acceptFor(reply.key) + "\r\n";
    if (!reply.subprotocol.isEmpty())
        bytes += "Sec-WebSocket-Protocol: " + reply.subprotocol + "\r\n";
    if (!reply.extensions.isEmpty())
        bytes += "Sec-WebSocket-Extensions: " + reply.extensions + "\r\n";
    for (const HeaderField &field : reply.headers)
        bytes += field.name + ": " + field.value + "\r\n";
    return bytes += "\r\n";
}

QByteArray composeRefusal(const QList<HandshakeCheck> &checks, bool withText)
{
    const auto failed = std::find_if(checks.cbegin(), checks.cend(),
                                     [](const HandshakeCheck &candidate) { return candidate.isFatal(); });
    const QString why = failed == checks.cend() ? QString() : failed->text;
    const QByteArray text =
        ServerHandshakeWords::tr("This server speaks WebSocket (RFC 6455), and this request does not open one: %1")
            .arg(why)
            .toUtf8() +
        '\n';
    return refusalHead(failed == checks.cend() ? QString() : failed->rule) +
           "Content-Type: text/plain; charset=utf-8\r\nContent-Length: " + QByteArray::number(text.size()) +
           "\r\n\r\n" + (withText ? text : QByteArray());
}

} // namespace sockeye
