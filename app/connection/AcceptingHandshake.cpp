#include "connection/AcceptingHandshake.h"

#include <algorithm>

namespace sockeye {

namespace {
QList<QByteArray> offeredExtensions(const HttpHead &request)
{
    return request.tokens("Sec-WebSocket-Extensions");
}
} // namespace

AcceptingHandshake::Event AcceptingHandshake::feed(QByteArrayView &input)
{
    const HttpHeadParser::Status status = m_parser.feed(input);
    if (status == HttpHeadParser::Status::NeedsMore)
        return Event::NeedsMore;
    if (status != HttpHeadParser::Status::Complete)
        return Event::Refused;
    m_checks = checkRequest(request(), m_parser.findings());
    const bool isRefused =
        std::any_of(m_checks.cbegin(), m_checks.cend(), [](const HandshakeCheck &check) { return check.isFatal(); });
    return isRefused ? Event::Refused : Event::Requested;
}

QByteArray AcceptingHandshake::accept(HandshakeReply reply)
{
    reply.key = request().value("Sec-WebSocket-Key").value_or(QByteArray());
    HttpHead answer;
    answer.fields = {{"Sec-WebSocket-Extensions", reply.extensions}};
    const auto agreed = parseDeflateAnswer(offeredExtensions(request()), answer.tokens("Sec-WebSocket-Extensions"));
    m_deflate = agreed ? agreed.value() : std::nullopt;
    return composeReply(reply);
}

QByteArray AcceptingHandshake::deflateAnswer() const
{
    return acceptDeflate(offeredExtensions(request()));
}

} // namespace sockeye
