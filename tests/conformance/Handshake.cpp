#include "conformance/Handshake.h"

#include <QCryptographicHash>
#include <QHash>

#include <algorithm>

namespace sockeye::conformance {

namespace {

using Parameters = QHash<QByteArray, QByteArray>;

[[nodiscard]] QList<QByteArray> splitTrimmed(const QByteArray &text, char separator)
{
    QList<QByteArray> parts = text.split(separator);
    for (QByteArray &part : parts)
        part = part.trimmed();
    return parts;
}

/// Offers of permessage-deflate among the extensions, each as its parameters.
[[nodiscard]] QList<Parameters> deflateOffers(const QByteArray &extensions)
{
    QList<Parameters> offers;
    const QList<QByteArray> all = splitTrimmed(extensions, ',');
    for (const QByteArray &extension : all) {
        const QList<QByteArray> words = splitTrimmed(extension, ';');
        if (words.first() != "permessage-deflate")
            continue;
        Parameters parameters;
        for (qsizetype i = 1; i < words.size(); ++i) {
            const QList<QByteArray> pair = splitTrimmed(words.at(i), '=');
            parameters.insert(pair.first(), pair.value(1).replace('"', ""));
        }
        offers += parameters;
    }
    return offers;
}

[[nodiscard]] bool allows(const Parameters &offer, const DeflateAnswer &answer)
{
    if (offer.contains("server_no_context_takeover") && !answer.serverNoContextTakeover)
        return false;
    const int serverBits = offer.value("server_max_window_bits").toInt();
    if (serverBits > 0 && (answer.serverMaxWindowBits == 0 || answer.serverMaxWindowBits > serverBits))
        return false;
    if (answer.clientMaxWindowBits == 0)
        return true;
    const int clientBits = offer.value("client_max_window_bits").toInt();
    return offer.contains("client_max_window_bits") && (clientBits == 0 || answer.clientMaxWindowBits <= clientBits);
}

[[nodiscard]] QByteArray headerLine(const DeflateAnswer &answer)
{
    QByteArray line = "Sec-WebSocket-Extensions: permessage-deflate";
    if (answer.serverNoContextTakeover)
        line += "; server_no_context_takeover";
    if (answer.clientNoContextTakeover)
        line += "; client_no_context_takeover";
    if (answer.serverMaxWindowBits > 0)
        line += "; server_max_window_bits=" + QByteArray::number(answer.serverMaxWindowBits);
    if (answer.clientMaxWindowBits > 0)
        line += "; client_max_window_bits=" + QByteArray::number(answer.clientMaxWindowBits);
    return line + "\r\n";
}

} // namespace

OpeningRequest::OpeningRequest(const QByteArray &head)
{
    const QList<QByteArray> lines = splitTrimmed(head, '\n');
    const QList<QByteArray> start = lines.first().split(' ');
    m_method = start.first();
    m_path = start.value(1);
    for (qsizetype i = 1; i < lines.size(); ++i) {
        const qsizetype colon = lines.at(i).indexOf(':');
        if (colon > 0)
            m_fields += std::pair{lines.at(i).first(colon).toLower(), lines.at(i).sliced(colon + 1).trimmed()};
    }
}

QByteArray OpeningRequest::value(const QByteArray &name) const
{
    QByteArray all;
    for (const auto &[field, text] : m_fields) {
        if (field == name)
            all += all.isEmpty() ? text : ", " + text;
    }
    return all;
}

QString OpeningRequest::problem() const
{
    if (m_method != "GET")
        return QStringLiteral("the request's method is not GET");
    if (value("upgrade").toLower() != "websocket")
        return QStringLiteral("the request lacks “Upgrade: websocket”");
    if (!splitTrimmed(value("connection").toLower(), ',').contains("upgrade"))
        return QStringLiteral("the request lacks “Connection: Upgrade”");
    if (value("sec-websocket-version") != "13")
        return QStringLiteral("the request's version is not 13");
    if (QByteArray::fromBase64(value("sec-websocket-key")).size() != 16)
        return QStringLiteral("the request's key is not 16 bytes in Base64");
    if (value("host").isEmpty())
        return QStringLiteral("the request lacks Host");
    return {};
}

std::optional<DeflateAnswer> OpeningRequest::choose(const QList<DeflateAnswer> &answers) const
{
    const QList<Parameters> offers = deflateOffers(value("sec-websocket-extensions"));
    for (const DeflateAnswer &answer : answers) {
        if (std::any_of(offers.cbegin(), offers.cend(),
                        [&answer](const Parameters &offer) { return allows(offer, answer); }))
            return answer;
    }
    return std::nullopt;
}

QByteArray OpeningRequest::accept(const std::optional<DeflateAnswer> &deflate) const
{
    const QByteArray key = value("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
           QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64() + "\r\n" +
           (deflate ? headerLine(*deflate) : QByteArray()) + "\r\n";
}

} // namespace sockeye::conformance
