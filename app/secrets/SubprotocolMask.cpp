#include "secrets/SubprotocolMask.h"

#include "secrets/SecretShapes.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace sockeye {

namespace {

/// Subprotocols that stand beside a token. From IANA's registry and what is common without being in it.
bool isWellKnown(QByteArrayView name)
{
    static constexpr std::array names{"graphql-ws",
                                      "graphql-transport-ws",
                                      "mqtt",
                                      "mqttv3.1",
                                      "mqttv3.1.1",
                                      "actioncable-v1-json",
                                      "aws-appsync-event-ws",
                                      "ocpp1.6",
                                      "ocpp2.0",
                                      "ocpp2.0.1",
                                      "ocpp2.1",
                                      "soap",
                                      "xmpp",
                                      "sip",
                                      "amqp",
                                      "janus-protocol",
                                      "realtime",
                                      "chat",
                                      "superchat",
                                      "jsonrpc",
                                      "msgpack",
                                      "json",
                                      "binary",
                                      "base64",
                                      "cloudevents.json",
                                      "protobuf.webpubsub.azure.v1",
                                      "json.webpubsub.azure.v1",
                                      "json.reliable.webpubsub.azure.v1",
                                      "pubsub.azure.v1",
                                      "actioncable-unsupported"};
    return std::any_of(names.begin(), names.end(), [name](const char *known) { return name == known; }) ||
           name.startsWith("wamp.2.") || name.startsWith("v10.stomp") || name.startsWith("v11.stomp") ||
           name.startsWith("v12.stomp") || name.endsWith(".channel.k8s.io");
}

/// A word that says that a token follows.
bool isMarker(QByteArrayView name)
{
    static constexpr std::array markers{"bearer", "token",         "access_token", "access-token", "auth",
                                        "jwt",    "authorization", "api-key",      "apikey",       "api_key",
                                        "secret", "ticket",        "session",      "basic",        "auth-token"};
    const QByteArray lower = name.toByteArray().toLower();
    return std::any_of(markers.begin(), markers.end(), [&lower](const char *marker) { return lower == marker; });
}

const QRegularExpression &joined()
{
    static const QRegularExpression expression(
        uR"(^((?:.*?[.\-_])?(?:bearer(?:\.authorization\.k8s\.io)?|token|secret|password|api-?_?key|authorization|jwt|ticket)[.\-_:=/+%])(.+)$)"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    return expression;
}

/// The item without its token, whatever stands before it in the list.
QByteArray maskedItem(const QByteArray &item)
{
    if (isWellKnown(item) || isMarker(item))
        return item;
    // Latin-1, for bytes are to stay bytes.
    const QRegularExpressionMatch match = joined().match(QString::fromLatin1(item));
    if (match.hasMatch())
        return item.first(match.capturedLength(1)) + SecretMask;
    if (const qsizetype json = item.indexOf("eyJ"); json >= 0 && item.size() - json >= 12)
        return item.first(json) + SecretMask;
    return isSecretValue(item) || isSecretSubprotocol(item) ? QByteArray(SecretMask) : item;
}

} // namespace

QByteArray maskSubprotocols(const QByteArray &list, qint64 &count)
{
    bool isAfterMarker = false;
    QByteArrayList items = list.split(',');
    for (QByteArray &part : items) {
        const QByteArray item = part.trimmed();
        if (item.isEmpty() || item == SecretMask)
            continue;
        const bool isPlain = isWellKnown(item) || isMarker(item);
        const QByteArray masked = isAfterMarker && !isPlain ? QByteArray(SecretMask) : maskedItem(item);
        isAfterMarker = isAfterMarker || isMarker(item);
        if (masked == item)
            continue;
        part.replace(part.indexOf(item), item.size(), masked);
        ++count;
    }
    return items.join(',');
}

} // namespace sockeye
