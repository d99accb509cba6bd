#include "connection/AcceptingHandshake.h"

#include <QCoreApplication>

#include <algorithm>

namespace sockeye {

namespace {
struct AcceptingHandshakeWords
{
    Q_DECLARE_TR_FUNCTIONS(AcceptingHandshake)
};

/// What is wrong with a head that was not read to its end.
HandshakeCheck unreadableHead(HttpHeadParser::Status status)
{
    if (status == HttpHeadParser::Status::NotHttp)
        return {QStringLiteral("not-http"), QStringLiteral("RFC 9112 3"), false,
                AcceptingHandshakeWords::tr(
                    "What came is not HTTP. A client that speaks TLS (wss://) must connect by ws:// here.")};
    return {QStringLiteral("head-size"), QStringLiteral("RFC 6585 5"), false,
            AcceptingHandshakeWords::tr("Its head has more bytes or lines than are read here.")};
}

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
    if (status != HttpHeadParser::Status::Complete) {
        m_checks = {unreadableHead(status)};
        return Event::Refused;
    }
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

QByteArray AcceptingHandshake::refusal() const
{
    return composeRefusal(m_checks, requestLine(request()).method != "HEAD");
}

QByteArray AcceptingHandshake::deflateAnswer() const
{
    return acceptDeflate(offeredExtensions(request()));
}

} // namespace sockeye
