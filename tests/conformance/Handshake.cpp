#include "conformance/Handshake.h"

#include <QCryptographicHash>

#include <algorithm>

namespace sockeye::conformance {

namespace {

[[nodiscard]] bool allows(const Extension &offer, const DeflateAnswer &answer)
{
    if (offer.name != "permessage-deflate")
        return false;
    if (offer.has("server_no_context_takeover") && !answer.serverNoContextTakeover)
        return false;
    const int serverBits = offer.number("server_max_window_bits").value_or(0);
    if (serverBits > 0 && (answer.serverMaxWindowBits == 0 || answer.serverMaxWindowBits > serverBits))
        return false;
    if (answer.clientMaxWindowBits == 0)
        return true;
    const int clientBits = offer.number("client_max_window_bits").value_or(0);
    return offer.has("client_max_window_bits") && (clientBits == 0 || answer.clientMaxWindowBits <= clientBits);
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
    : m_lines(head)
{
    const QList<QByteArray> start = m_lines.startLine().split(' ');
    m_method = start.first();
    m_path = start.value(1);
}

QString OpeningRequest::problem() const
{
    if (m_method != "GET")
        return QStringLiteral("the request's method is not GET");
    if (m_lines.value("upgrade").toLower() != "websocket")
        return QStringLiteral("the request lacks “Upgrade: websocket”");
    if (!m_lines.lists("connection", "upgrade"))
        return QStringLiteral("the request lacks “Connection: Upgrade”");
    if (m_lines.value("sec-websocket-version") != "13")
        return QStringLiteral("the request's version is not 13");
    if (QByteArray::fromBase64(m_lines.value("sec-websocket-key")).size() != 16)
        return QStringLiteral("the request's key is not 16 bytes in Base64");
    if (m_lines.value("host").isEmpty())
        return QStringLiteral("the request lacks Host");
    return {};
}

std::optional<DeflateAnswer> OpeningRequest::choose(const QList<DeflateAnswer> &answers) const
{
    const QList<Extension> offers = extensionsOf(m_lines);
    for (const DeflateAnswer &answer : answers) {
        if (std::any_of(offers.cbegin(), offers.cend(),
                        [&answer](const Extension &offer) { return allows(offer, answer); }))
            return answer;
    }
    return std::nullopt;
}

QByteArray OpeningRequest::accept(const std::optional<DeflateAnswer> &deflate) const
{
    const QByteArray key = m_lines.value("sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
           QCryptographicHash::hash(key, QCryptographicHash::Sha1).toBase64() + "\r\n" +
           (deflate ? headerLine(*deflate) : QByteArray()) + "\r\n";
}

} // namespace sockeye::conformance
