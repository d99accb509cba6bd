#include "connection/OpeningHandshake.h"

#include "base/Units.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace sockeye {

namespace {
struct OpeningHandshakeWords
{
    Q_DECLARE_TR_FUNCTIONS(OpeningHandshake)
};

/// Replies such as 103 (early hints) that are skipped on the way to the final one (RFC 9110 section 15.2).
constexpr qsizetype MaxInterimReplies = 8;

bool isInterim(const HttpHead &reply)
{
    return reply.status() >= 100 && reply.status() < 200 && reply.status() != 101;
}
} // namespace

OpeningHandshake::OpeningHandshake(const WebSocketUrl &url, const HandshakeRequest &request,
                                   HttpHeadParser::Limits limits, bool lenient)
    : m_url(url)
    , m_request(request)
    , m_limits(limits)
    , m_parser(limits)
    , m_isLenient(lenient)
{
}

OpeningHandshake::Event OpeningHandshake::feed(QByteArrayView &input)
{
    if (m_body) {
        m_body->feed(std::exchange(input, {}));
        return m_body->isComplete() ? Event::Refused : Event::NeedsMore;
    }
    if (std::exchange(m_isInterim, false))
        m_parser = HttpHeadParser(m_limits);
    switch (m_parser.feed(input)) {
    case HttpHeadParser::Status::NeedsMore:
        break;
    case HttpHeadParser::Status::Complete:
        return takeHead();
    case HttpHeadParser::Status::TooLarge:
        return refuseHead("http.too-large", "RFC 9112 5", tooLargeText());
    case HttpHeadParser::Status::TooManyLines:
        return refuseHead("http.too-many-lines", "RFC 9112 5", tooLargeText());
    case HttpHeadParser::Status::NotHttp:
        return refuseHead("http.not-http", "RFC 9112 4", notHttpText());
    }
    return Event::NeedsMore;
}

OpeningHandshake::Event OpeningHandshake::takeHead()
{
    if (isInterim(reply()) && m_interim.size() < MaxInterimReplies) {
        m_isInterim = true;
        m_finding = interimFinding();
        m_interim += m_finding;
        return Event::Interim;
    }
    m_verdict = judgeReply(m_request, reply(), m_interim + m_parser.findings());
    if (m_verdict.accepted() || isOpenedLeniently())
        return Event::Opened;
    m_body.emplace(reply());
    return Event::Declined;
}

/// What came instead of a head that can be read is kept for the record, with what is wrong with it.
OpeningHandshake::Event OpeningHandshake::refuseHead(const char *rule, const char *section, const QString &text)
{
    m_finding = {.rule = QLatin1String(rule), .section = QLatin1String(section), .text = text};
    return Event::Unreadable;
}

bool OpeningHandshake::isOpenedLeniently() const
{
    return m_isLenient && reply().status() == 101 && !m_verdict.accepted();
}

Finding OpeningHandshake::interimFinding() const
{
    return {.severity = Severity::Note,
            .rule = QStringLiteral("http.interim"),
            .section = QStringLiteral("RFC 9110 15.2"),
            .text = OpeningHandshakeWords::tr(
                        "The peer sent an interim reply (%1), which is skipped; its final one is to follow.")
                        .arg(reply().status())};
}

QString OpeningHandshake::notHttpText() const
{
    const QByteArray &bytes = headBytes();
    return OpeningHandshakeWords::tr(
               "The peer does not speak HTTP: its reply begins with “%1”. Check that the port is a WebSocket "
               "server's%2.")
        .arg(QString::fromLatin1(bytes.first(std::min<qsizetype>(bytes.size(), 32))).simplified(),
             !m_url.isSecure() && !m_url.isUnix() ? OpeningHandshakeWords::tr(", and whether it wants wss://")
                                                  : QString());
}

QString OpeningHandshake::tooLargeText() const
{
    return OpeningHandshakeWords::tr(
               "The head of the peer's reply is too large: more than %1 or %2 lines. The limits stand in the "
               "connection's options.")
        .arg(sizeText(m_limits.maxBytes))
        .arg(m_limits.maxLines);
}

QString OpeningHandshake::refusalText() const
{
    if (reply().status() == 101 || reply().status() == 0)
        return OpeningHandshakeWords::tr("The handshake was not accepted. %1").arg(m_verdict.reason());
    return OpeningHandshakeWords::tr("The peer refused the handshake with %1 %2. The Handshake page shows its reply.")
        .arg(reply().status())
        .arg(QString::fromUtf8(reply().reason()));
}

QString OpeningHandshake::endedEarlyText(TcpEnd end, const QString &error) const
{
    const QString peer = peerName(m_url);
    if (end == TcpEnd::PeerFin && headBytes().isEmpty())
        return OpeningHandshakeWords::tr(
                   "%1 closed the connection without an answer to the handshake. Check that the port is a "
                   "WebSocket server's.")
            .arg(peer);
    if (end == TcpEnd::PeerFin)
        return OpeningHandshakeWords::tr(
                   "%1 closed the connection in the middle of its answer to the handshake. Try again, or look "
                   "into the server's log.")
            .arg(peer);
    if (end == TcpEnd::PeerReset)
        return OpeningHandshakeWords::tr(
                   "%1 reset the connection (RST) before its answer to the handshake was complete. Check that "
                   "the port is a WebSocket server's.")
            .arg(peer);
    return OpeningHandshakeWords::tr("The connection to %1 failed before the handshake was complete: %2.")
        .arg(peer, error);
}

} // namespace sockeye
