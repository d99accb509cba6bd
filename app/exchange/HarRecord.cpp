#include "exchange/HarRecord.h"

#include "base/Bytes.h"
#include "explain/HandshakeLines.h"
#include "secrets/SecretMasker.h"
#include "wire/ChunkedBody.h"

#include <QJsonArray>

#include <algorithm>

namespace sockeye {

using namespace Qt::StringLiterals;

namespace {

/// Heads are bytes; most are ASCII, some UTF-8, and what is neither reads as Latin-1 (RFC 9110 section 5.5).
QString headText(QByteArrayView bytes)
{
    return isValidUtf8(bytes) ? textFromUtf8(bytes) : QString::fromLatin1(bytes);
}

HttpHead parseHead(const QByteArray &bytes, bool keepSecrets)
{
    return recordedHead(keepSecrets ? bytes : maskSecrets(bytes));
}

QJsonObject nameAndValue(const QString &name, const QString &value)
{
    return {{u"name"_s, name}, {u"value"_s, value}};
}

QJsonArray headers(const HttpHead &head)
{
    QJsonArray list;
    for (const HeaderField &field : head.fields)
        list.append(nameAndValue(headText(field.name), headText(field.value.trimmed())));
    return list;
}

QJsonObject cookie(const QByteArray &pair)
{
    const qsizetype equals = pair.indexOf('=');
    if (equals < 1)
        return {};
    return nameAndValue(headText(pair.left(equals).trimmed()), headText(pair.mid(equals + 1).trimmed()));
}

/// Cookie: a=b; c=d. A masked header names none.
QJsonArray requestCookies(const HttpHead &head)
{
    QJsonArray list;
    const QList<QByteArray> values = head.values("Cookie");
    for (const QByteArray &value : values) {
        const QList<QByteArray> pairs = value.split(';');
        for (const QByteArray &pair : pairs) {
            if (const QJsonObject found = cookie(pair); !found.isEmpty())
                list.append(found);
        }
    }
    return list;
}

/// Set-Cookie: a=b; Path=/; HttpOnly (RFC 6265 section 4.1).
QJsonObject responseCookie(const QByteArray &value)
{
    const QList<QByteArray> parts = value.split(';');
    QJsonObject found = cookie(parts.first());
    if (found.isEmpty())
        return found;
    for (const QByteArray &part : parts.mid(1)) {
        const QByteArray attribute =
            part.left(part.indexOf('=') < 0 ? part.size() : part.indexOf('=')).trimmed().toLower();
        const QString text = headText(part.mid(part.indexOf('=') + 1).trimmed());
        if (attribute == "path" || attribute == "domain")
            found.insert(headText(attribute), text);
        else if (attribute == "secure")
            found.insert(u"secure"_s, true);
        else if (attribute == "httponly")
            found.insert(u"httpOnly"_s, true);
    }
    return found;
}

QJsonArray responseCookies(const HttpHead &head)
{
    QJsonArray list;
    const QList<QByteArray> values = head.values("Set-Cookie");
    for (const QByteArray &value : values) {
        if (const QJsonObject found = responseCookie(value); !found.isEmpty())
            list.append(found);
    }
    return list;
}

/// Names and values as they stand in the URL, escapes too: what is decoded could not be told from what was sent.
QJsonArray queryString(const QString &url)
{
    QJsonArray list;
    const qsizetype question = url.indexOf(u'?');
    const QString query = question < 0 ? QString() : url.mid(question + 1).section(u'#', 0, 0);
    const QStringList items = query.split(u'&', Qt::SkipEmptyParts);
    for (const QString &item : items)
        list.append(nameAndValue(item.section(u'=', 0, 0), item.section(u'=', 1)));
    return list;
}

/// The format's headersSize and bodySize: -1 where nothing is known.
qint64 sizeOrUnknown(const QByteArray &bytes)
{
    return bytes.isEmpty() ? -1 : bytes.size();
}

QJsonObject request(const ConnectionRecord &connection, bool keepSecrets)
{
    const HttpHead head = parseHead(connection.requestHead, keepSecrets);
    const QString url = keepSecrets ? connection.url : maskSecretsInUrl(connection.url);
    const QList<QByteArray> words = head.startLine.split(' ');
    const bool sent = words.size() >= 3;
    return {{u"method"_s, sent ? headText(words.first()) : u"GET"_s},
            {u"url"_s, url},
            {u"httpVersion"_s, sent ? headText(words.last()) : u"HTTP/1.1"_s},
            {u"cookies"_s, requestCookies(head)},
            {u"headers"_s, headers(head)},
            {u"queryString"_s, queryString(url)},
            {u"headersSize"_s, sizeOrUnknown(connection.requestHead)},
            {u"bodySize"_s, 0}};
}

QJsonObject content(const HttpHead &head, const QByteArray &bytes, bool keepSecrets)
{
    const QByteArray content = bodyContent(head, bytes);
    const QByteArray body = keepSecrets ? content : maskSecretsInBody(content);
    const QByteArray type = head.value("Content-Type").value_or("x-unknown");
    QJsonObject object{{u"size"_s, content.size()}, {u"mimeType"_s, headText(type)}};
    if (body.isEmpty())
        return object;
    if (isValidUtf8(body)) {
        object.insert(u"text"_s, textFromUtf8(body));
    } else {
        object.insert(u"text"_s, QString::fromLatin1(body.toBase64()));
        object.insert(u"encoding"_s, u"base64"_s);
    }
    return object;
}

QJsonObject response(const QByteArray &bytes, const QByteArray &body, bool keepSecrets)
{
    const HttpHead head = parseHead(bytes, keepSecrets);
    const int status = head.status();
    return {{u"status"_s, status},
            {u"statusText"_s, status != 0 ? headText(head.reason()) : QString()},
            {u"httpVersion"_s, status != 0 ? headText(head.httpVersion()) : QString()},
            {u"cookies"_s, responseCookies(head)},
            {u"headers"_s, headers(head)},
            {u"content"_s, content(head, body, keepSecrets)},
            {u"redirectURL"_s, headText(head.value("Location").value_or(QByteArray()))},
            {u"headersSize"_s, sizeOrUnknown(bytes)},
            {u"bodySize"_s, status != 0 ? body.size() : -1}};
}

QString timeText(Timestamp time)
{
    // Milliseconds, as in the format's own examples: not every reader takes nine decimals.
    return QString::fromLatin1(toIsoUtc(time).left(23) + 'Z');
}

/// A CONNECT in the shape of an entry's request and response, which the format has no place for.
QJsonObject proxyStep(const ProxyStep &step, bool keepSecrets)
{
    const HttpHead head = parseHead(step.request, keepSecrets);
    const QList<QByteArray> words = head.startLine.split(' ');
    return {{u"proxy"_s, step.proxy},
            {u"startedDateTime"_s, timeText(step.sent)},
            {u"request"_s, QJsonObject{{u"method"_s, headText(words.value(0))},
                                       {u"url"_s, headText(words.value(1))},
                                       {u"httpVersion"_s, headText(words.value(2))},
                                       {u"headers"_s, headers(head)},
                                       {u"headersSize"_s, sizeOrUnknown(step.request)},
                                       {u"bodySize"_s, 0}}},
            {u"response"_s, response(step.reply, step.body, keepSecrets)}};
}

double milliseconds(Nanoseconds duration)
{
    return static_cast<double>(duration.count()) / 1e6;
}

/// -1 for a phase that did not take place.
double optionalMilliseconds(Nanoseconds duration)
{
    return duration.count() < 0 ? -1 : milliseconds(duration);
}

/// The format's connect has TLS in it, and send, wait and receive may not be -1.
QJsonObject timings(const PhaseTimings &phases)
{
    Nanoseconds connect{-1};
    for (const Nanoseconds phase : {phases.tcp, phases.proxy, phases.tls}) {
        if (phase.count() >= 0)
            connect = std::max(connect, Nanoseconds(0)) + phase;
    }
    return {{u"blocked"_s, -1},
            {u"dns"_s, optionalMilliseconds(phases.resolve)},
            {u"connect"_s, optionalMilliseconds(connect)},
            {u"ssl"_s, optionalMilliseconds(phases.tls)},
            {u"send"_s, 0},
            {u"wait"_s, milliseconds(std::max(phases.upgrade, Nanoseconds(0)))},
            {u"receive"_s, 0}};
}

/// The sum of the timings, as the format wants it; ssl is within connect.
double totalOf(const QJsonObject &timings)
{
    double total = 0;
    for (const QString &phase : {u"dns"_s, u"connect"_s, u"wait"_s})
        total += std::max(timings.value(phase).toDouble(), 0.0);
    return total;
}

} // namespace

QJsonObject harEntry(const ConnectionRecord &connection, bool keepSecrets)
{
    const QJsonObject phases = timings(connection.timings);
    QJsonObject entry{
        {u"startedDateTime"_s, timeText(connection.started)},
        {u"time"_s, totalOf(phases)},
        {u"request"_s, request(connection, keepSecrets)},
        {u"response"_s, response(connection.responseHead, connection.responseBody, keepSecrets)},
        {u"cache"_s, QJsonObject()},
        {u"timings"_s, phases},
        {u"connection"_s, QString::number(connection.id.value())},
        {u"_resourceType"_s, u"websocket"_s},
    };
    QJsonArray steps;
    for (const ProxyStep &step : connection.proxySteps)
        steps.append(proxyStep(step, keepSecrets));
    if (!steps.isEmpty())
        entry.insert(u"_proxy"_s, steps);
    if (!connection.peerAddress.isEmpty()) {
        QString address = connection.peerAddress.left(connection.peerAddress.lastIndexOf(u':'));
        entry.insert(u"serverIPAddress"_s, address.remove(u'[').remove(u']'));
    }
    if (!connection.endText.isEmpty()) {
        const QString text = keepSecrets ? connection.endText : maskSecretsInText(connection.endText);
        const bool failed =
            connection.endKind == EndKind::ConnectFailed || connection.endKind == EndKind::HandshakeFailed;
        entry.insert(failed ? u"_error"_s : u"comment"_s, text);
    }
    return entry;
}

} // namespace sockeye
