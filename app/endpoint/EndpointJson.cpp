#include "endpoint/EndpointJson.h"

#include "endpoint/EndpointBounds.h"

#include <QCoreApplication>

namespace sockeye {

namespace {
struct ProfileText
{
    Q_DECLARE_TR_FUNCTIONS(ProfileText)
};

// The names of the enumerations' values, in their order.
constexpr std::array VersionNames{u"default", u"1.0", u"1.1", u"1.2", u"1.3"};
constexpr std::array PreferenceNames{u"any", u"v4", u"v6"};
constexpr std::array AnswerNames{u"at once", u"delayed", u"never"};

/// Adds a member unless it has its default.
template<typename T>
void addChanged(JsonMembers &members, const QString &name, const T &value, const T &standard)
{
    if (value == standard)
        return;
    if constexpr (std::is_same_v<T, std::chrono::milliseconds>)
        members.add(name, static_cast<qint64>(value.count()));
    else if constexpr (std::is_same_v<T, QStringList>)
        members.add(name, QJsonArray::fromStringList(value));
    else
        members.add(name, value);
}

template<typename Enum, std::size_t N>
void addChoice(JsonMembers &members, const QString &name, Enum value, Enum standard,
               const std::array<const char16_t *, N> &names)
{
    if (value != standard)
        members.add(name, QString::fromUtf16(names.at(static_cast<std::size_t>(value))));
}

/// Adds an object on one line, with the members that this version does not know.
void addObject(JsonMembers &root, const QString &name, JsonMembers members, QJsonObject &unknown)
{
    members.addAll(unknown.take(name).toObject());
    if (!members.isEmpty())
        root.addLine(name, members);
}

/// Reads an object by `read`; members that it does not take are kept under the object's name.
template<typename Read>
void readObject(MemberReader &root, const QString &name, QJsonObject &unknown, Read read)
{
    MemberReader members = root.object(name);
    read(members);
    root.fail(members.error());
    if (!members.rest().isEmpty())
        unknown.insert(name, members.rest());
}

/// The unknown members of a header, found by its name since headers may have been moved, added and removed meanwhile.
QJsonObject takeUnknownOf(const QString &headerName, QJsonArray &unknown)
{
    for (qsizetype i = 0; i < unknown.size(); ++i) {
        if (unknown[i].toObject().value(QStringLiteral("name")) == headerName) {
            QJsonObject found = unknown.takeAt(i).toObject();
            found.remove(QStringLiteral("name"));
            return found;
        }
    }
    return {};
}

void writeHeaders(JsonMembers &members, const QList<RequestHeader> &headers, QJsonObject &unknown)
{
    QJsonArray unknownOfHeaders = unknown.take(QStringLiteral("headers")).toArray();
    QList<JsonMembers> lines;
    for (const RequestHeader &header : headers) {
        JsonMembers line;
        line.add(QStringLiteral("name"), header.name);
        line.add(QStringLiteral("value"), header.value);
        line.add(QStringLiteral("enabled"), header.enabled);
        line.addAll(takeUnknownOf(header.name, unknownOfHeaders));
        lines.append(line);
    }
    members.addLines(QStringLiteral("headers"), lines);
}

QList<RequestHeader> readHeaders(MemberReader &members, QJsonObject &unknown)
{
    QList<RequestHeader> headers;
    QJsonArray unknownOfHeaders;
    const QJsonArray list = members.list(QStringLiteral("headers"));
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString place = QStringLiteral("headers[%1]").arg(i);
        if (!list[i].isObject()) {
            members.failAt(place, ProfileText::tr("an object"));
            return {};
        }
        MemberReader item(list[i].toObject(), place + u'.');
        RequestHeader header;
        header.name = item.text(QStringLiteral("name"));
        header.value = item.text(QStringLiteral("value"));
        header.enabled = item.boolean(QStringLiteral("enabled"), true);
        members.fail(item.error());
        if (!item.rest().isEmpty()) {
            QJsonObject rest = item.rest();
            rest.insert(QStringLiteral("name"), header.name);
            unknownOfHeaders.append(rest);
        }
        headers.append(header);
    }
    if (!unknownOfHeaders.isEmpty())
        unknown.insert(QStringLiteral("headers"), unknownOfHeaders);
    return headers;
}

JsonMembers tlsMembers(const TlsOptions &tls)
{
    const TlsOptions standard;
    JsonMembers members;
    members.add(QStringLiteral("caFile"), tls.caFile);
    members.add(QStringLiteral("certificateFile"), tls.certificateFile);
    members.add(QStringLiteral("keyFile"), tls.keyFile);
    addChanged(members, QStringLiteral("passphrase"), tls.passphrase, standard.passphrase);
    addChoice(members, QStringLiteral("minimumVersion"), tls.minimumVersion, standard.minimumVersion, VersionNames);
    addChanged(members, QStringLiteral("serverName"), tls.serverName, standard.serverName);
    addChanged(members, QStringLiteral("alpn"), tls.alpn, standard.alpn);
    addChanged(members, QStringLiteral("trustedFingerprint"), tls.trustedFingerprint, standard.trustedFingerprint);
    return members;
}

void readTls(MemberReader &members, TlsOptions &tls)
{
    tls.caFile = members.text(QStringLiteral("caFile"));
    tls.certificateFile = members.text(QStringLiteral("certificateFile"));
    tls.keyFile = members.text(QStringLiteral("keyFile"));
    tls.passphrase = members.text(QStringLiteral("passphrase"));
    tls.minimumVersion = members.choice(QStringLiteral("minimumVersion"), tls.minimumVersion, VersionNames);
    tls.serverName = members.text(QStringLiteral("serverName"));
    tls.alpn = members.texts(QStringLiteral("alpn"));
    const auto fingerprint = parseFingerprint(members.text(QStringLiteral("trustedFingerprint")));
    if (fingerprint)
        tls.trustedFingerprint = fingerprint.value();
    else
        members.failAt(QStringLiteral("trustedFingerprint"), ProfileText::tr("a SHA-256 fingerprint of 64 hex digits"));
}

JsonMembers deflateMembers(const DeflateOptions &deflate)
{
    const DeflateOptions standard;
    JsonMembers members;
    addChanged(members, QStringLiteral("offered"), deflate.offered, standard.offered);
    addChanged(members, QStringLiteral("serverNoContextTakeover"), deflate.serverNoContextTakeover,
               standard.serverNoContextTakeover);
    addChanged(members, QStringLiteral("clientNoContextTakeover"), deflate.clientNoContextTakeover,
               standard.clientNoContextTakeover);
    addChanged(members, QStringLiteral("serverMaxWindowBits"), deflate.serverMaxWindowBits,
               standard.serverMaxWindowBits);
    addChanged(members, QStringLiteral("clientMaxWindowBits"), deflate.clientMaxWindowBits,
               standard.clientMaxWindowBits);
    return members;
}

void readDeflate(MemberReader &members, DeflateOptions &deflate)
{
    const auto bits = [&members](const QString &name, int fallback) {
        return static_cast<int>(members.integer(name, fallback, bounds::SmallestWindowBits, bounds::LargestWindowBits));
    };
    deflate.offered = members.boolean(QStringLiteral("offered"), deflate.offered);
    deflate.serverNoContextTakeover =
        members.boolean(QStringLiteral("serverNoContextTakeover"), deflate.serverNoContextTakeover);
    deflate.clientNoContextTakeover =
        members.boolean(QStringLiteral("clientNoContextTakeover"), deflate.clientNoContextTakeover);
    deflate.serverMaxWindowBits = bits(QStringLiteral("serverMaxWindowBits"), deflate.serverMaxWindowBits);
    deflate.clientMaxWindowBits = bits(QStringLiteral("clientMaxWindowBits"), deflate.clientMaxWindowBits);
}

JsonMembers controlMembers(const ControlPolicy &control)
{
    const ControlPolicy standard;
    JsonMembers members;
    addChoice(members, QStringLiteral("pong"), control.pong, standard.pong, AnswerNames);
    addChanged(members, QStringLiteral("pongDelayMs"), control.pongDelay, standard.pongDelay);
    // An empty payload is another thing than none of our own.
    if (!control.pongPayload.isNull())
        members.add(QStringLiteral("pongPayloadHex"), QString::fromLatin1(control.pongPayload.toHex()));
    addChoice(members, QStringLiteral("close"), control.close, standard.close, AnswerNames);
    addChanged(members, QStringLiteral("closeDelayMs"), control.closeDelay, standard.closeDelay);
    return members;
}

void readControl(MemberReader &members, ControlPolicy &control)
{
    control.pong = members.choice(QStringLiteral("pong"), control.pong, AnswerNames);
    control.pongDelay = members.milliseconds(QStringLiteral("pongDelayMs"), control.pongDelay);
    if (members.has(QStringLiteral("pongPayloadHex"))) {
        const QByteArray hex = members.text(QStringLiteral("pongPayloadHex")).toLatin1();
        control.pongPayload = hex.isEmpty() ? QByteArrayLiteral("") : QByteArray::fromHex(hex);
        if (control.pongPayload.toHex() != hex.toLower() || control.pongPayload.size() > bounds::LongestControlPayload)
            members.failAt(QStringLiteral("pongPayloadHex"), ProfileText::tr("at most 125 bytes in hex"));
    }
    control.close = members.choice(QStringLiteral("close"), control.close, AnswerNames);
    control.closeDelay = members.milliseconds(QStringLiteral("closeDelayMs"), control.closeDelay);
}

JsonMembers limitMembers(const ReceiveLimits &limits)
{
    const ReceiveLimits standard;
    JsonMembers members;
    addChanged(members, QStringLiteral("messageBytes"), limits.message, standard.message);
    addChanged(members, QStringLiteral("headBytes"), limits.headBytes, standard.headBytes);
    addChanged(members, QStringLiteral("headLines"), limits.headLines, standard.headLines);
    return members;
}

void readLimits(MemberReader &members, ReceiveLimits &limits)
{
    limits.message = members.integer(QStringLiteral("messageBytes"), limits.message, 1, bounds::LargestMessage);
    limits.headBytes = members.integer(QStringLiteral("headBytes"), limits.headBytes, 1, bounds::LargestHead);
    limits.headLines =
        static_cast<int>(members.integer(QStringLiteral("headLines"), limits.headLines, 1, bounds::MostHeadLines));
}

JsonMembers timeoutMembers(const Timeouts &timeouts)
{
    JsonMembers members;
    members.add(QStringLiteral("connectMs"), static_cast<qint64>(timeouts.connect.count()));
    members.add(QStringLiteral("closeMs"), static_cast<qint64>(timeouts.close.count()));
    return members;
}

void readTimeouts(MemberReader &members, Timeouts &timeouts)
{
    timeouts.connect = members.milliseconds(QStringLiteral("connectMs"), timeouts.connect);
    timeouts.close = members.milliseconds(QStringLiteral("closeMs"), timeouts.close);
}

JsonMembers keepaliveMembers(const KeepalivePolicy &keepalive)
{
    const KeepalivePolicy standard;
    JsonMembers members;
    addChanged(members, QStringLiteral("intervalMs"), keepalive.interval, standard.interval);
    addChanged(members, QStringLiteral("deadAfter"), keepalive.deadAfter, standard.deadAfter);
    return members;
}

void readKeepalive(MemberReader &members, KeepalivePolicy &keepalive)
{
    keepalive.interval = members.milliseconds(QStringLiteral("intervalMs"), keepalive.interval, 0);
    keepalive.deadAfter = static_cast<int>(
        members.integer(QStringLiteral("deadAfter"), keepalive.deadAfter, 0, bounds::MostUnansweredPings));
}

JsonMembers reconnectMembers(const ReconnectPolicy &reconnect)
{
    const ReconnectPolicy standard;
    JsonMembers members;
    addChanged(members, QStringLiteral("enabled"), reconnect.enabled, standard.enabled);
    addChanged(members, QStringLiteral("firstMs"), reconnect.first, standard.first);
    addChanged(members, QStringLiteral("factor"), reconnect.factor, standard.factor);
    addChanged(members, QStringLiteral("maximumMs"), reconnect.maximum, standard.maximum);
    addChanged(members, QStringLiteral("jitter"), reconnect.jitter, standard.jitter);
    addChanged(members, QStringLiteral("attempts"), reconnect.attempts, standard.attempts);
    QJsonArray codes;
    for (const quint16 code : reconnect.closeCodes)
        codes.append(code);
    addChanged(members, QStringLiteral("closeCodes"), codes, QJsonArray());
    return members;
}

void readReconnect(MemberReader &members, ReconnectPolicy &reconnect)
{
    reconnect.enabled = members.boolean(QStringLiteral("enabled"), reconnect.enabled);
    reconnect.first = members.milliseconds(QStringLiteral("firstMs"), reconnect.first);
    reconnect.factor = members.number(QStringLiteral("factor"), reconnect.factor, 1, bounds::LargestFactor);
    reconnect.maximum = members.milliseconds(QStringLiteral("maximumMs"), reconnect.maximum);
    reconnect.jitter = members.number(QStringLiteral("jitter"), reconnect.jitter, 0, 1);
    reconnect.attempts =
        static_cast<int>(members.integer(QStringLiteral("attempts"), reconnect.attempts, 0, bounds::MostAttempts));
    const QJsonArray codes = members.list(QStringLiteral("closeCodes"));
    for (qsizetype i = 0; i < codes.size(); ++i) {
        const int code = codes[i].toInt(-1);
        if (code < 0 || code > 65535) {
            members.failAt(QStringLiteral("closeCodes[%1]").arg(i), ProfileText::tr("a close code from 0 to 65535"));
            return;
        }
        reconnect.closeCodes += static_cast<quint16>(code);
    }
}
} // namespace

void writeEndpoint(JsonMembers &members, const Endpoint &endpoint, QJsonObject &unknown)
{
    const Endpoint standard;
    members.add(QStringLiteral("url"), endpoint.url);
    members.add(QStringLiteral("subprotocols"), QJsonArray::fromStringList(endpoint.subprotocols));
    writeHeaders(members, endpoint.headers, unknown);
    addObject(members, QStringLiteral("tls"), tlsMembers(endpoint.tls), unknown);
    members.add(QStringLiteral("proxy"), endpoint.proxy);
    addChanged(members, QStringLiteral("connectTo"), endpoint.connectTo, standard.connectTo);
    addChoice(members, QStringLiteral("ipPreference"), endpoint.ipPreference, standard.ipPreference, PreferenceNames);
    addChanged(members, QStringLiteral("maxRedirects"), endpoint.maxRedirects, standard.maxRedirects);
    addObject(members, QStringLiteral("deflate"), deflateMembers(endpoint.deflate), unknown);
    addObject(members, QStringLiteral("control"), controlMembers(endpoint.control), unknown);
    addObject(members, QStringLiteral("limits"), limitMembers(endpoint.limits), unknown);
    addObject(members, QStringLiteral("timeouts"), timeoutMembers(endpoint.timeouts), unknown);
    addObject(members, QStringLiteral("keepalive"), keepaliveMembers(endpoint.keepalive), unknown);
    addObject(members, QStringLiteral("reconnect"), reconnectMembers(endpoint.reconnect), unknown);
}

Endpoint readEndpoint(MemberReader &members, QJsonObject &unknown)
{
    Endpoint endpoint;
    const auto object = [&](const QString &name, auto read, auto &values) {
        readObject(members, name, unknown, [&](MemberReader &reader) { read(reader, values); });
    };
    endpoint.url = members.text(QStringLiteral("url"));
    endpoint.proxy = members.text(QStringLiteral("proxy"));
    endpoint.subprotocols = members.texts(QStringLiteral("subprotocols"));
    endpoint.headers = readHeaders(members, unknown);
    object(QStringLiteral("tls"), readTls, endpoint.tls);
    endpoint.connectTo = members.text(QStringLiteral("connectTo"));
    endpoint.ipPreference = members.choice(QStringLiteral("ipPreference"), endpoint.ipPreference, PreferenceNames);
    endpoint.maxRedirects = static_cast<int>(
        members.integer(QStringLiteral("maxRedirects"), endpoint.maxRedirects, 0, bounds::MostRedirects));
    object(QStringLiteral("deflate"), readDeflate, endpoint.deflate);
    object(QStringLiteral("control"), readControl, endpoint.control);
    object(QStringLiteral("limits"), readLimits, endpoint.limits);
    object(QStringLiteral("timeouts"), readTimeouts, endpoint.timeouts);
    object(QStringLiteral("keepalive"), readKeepalive, endpoint.keepalive);
    object(QStringLiteral("reconnect"), readReconnect, endpoint.reconnect);
    return endpoint;
}

} // namespace sockeye
