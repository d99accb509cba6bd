#include "conformance/OpeningExchange.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <algorithm>
#include <array>

namespace sockeye::conformance {

namespace {

const QByteArray Deflate("permessage-deflate");
const QByteArray ServerNoContext("server_no_context_takeover");
const QByteArray ClientNoContext("client_no_context_takeover");
const QByteArray ServerBits("server_max_window_bits");
const QByteArray ClientBits("client_max_window_bits");
constexpr int SwitchingProtocols = 101;

[[nodiscard]] QByteArray freshKey()
{
    std::array<quint32, 4> bytes{};
    QRandomGenerator::system()->fillRange(bytes.data(), bytes.size());
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), sizeof bytes).toBase64();
}

/// An offer that makes the server do what the case has a client do, and the other way round.
[[nodiscard]] QByteArray offerOf(const DeflateAnswer &turned)
{
    QByteArray offer = Deflate;
    if (turned.clientNoContextTakeover)
        offer += "; " + ServerNoContext;
    if (turned.serverNoContextTakeover)
        offer += "; " + ClientNoContext;
    if (turned.clientMaxWindowBits > 0)
        offer += "; " + ServerBits + '=' + QByteArray::number(turned.clientMaxWindowBits);
    if (turned.serverMaxWindowBits > 0)
        offer += "; " + ClientBits + '=' + QByteArray::number(turned.serverMaxWindowBits);
    return offer;
}

/// What is wrong with the parameters of the answer whatever was offered (RFC 7692 section 7.1); empty for nothing.
[[nodiscard]] QString problemIn(const Extension &answer)
{
    if (answer.hasRepeatedParameter)
        return QStringLiteral("a parameter twice");
    for (auto it = answer.parameters.cbegin(); it != answer.parameters.cend(); ++it) {
        const bool isFlag = it.key() == ServerNoContext || it.key() == ClientNoContext;
        const bool isBits = it.key() == ServerBits || it.key() == ClientBits;
        const int bits = answer.number(it.key()).value_or(0);
        if (!isFlag && !isBits)
            return QStringLiteral("the unknown parameter %1").arg(QString::fromUtf8(it.key()));
        if ((isFlag && !it.value().isEmpty()) || (isBits && (bits < 8 || bits > 15)))
            return QStringLiteral("%1 with the value “%2”").arg(QString::fromUtf8(it.key()), QString::fromUtf8(*it));
    }
    return {};
}

/// Whether the answer accepts this very offer.
[[nodiscard]] bool fits(const Extension &offer, const Extension &answer)
{
    constexpr int most = 15;
    if (offer.has(ServerNoContext) && !answer.has(ServerNoContext))
        return false;
    if (offer.has(ServerBits) &&
        (!answer.has(ServerBits) || answer.number(ServerBits) > offer.number(ServerBits).value_or(most)))
        return false;
    return !answer.has(ClientBits) ||
           (offer.has(ClientBits) && answer.number(ClientBits) <= offer.number(ClientBits).value_or(most));
}

[[nodiscard]] DeflateAnswer agreed(const Extension &offer, const Extension &answer)
{
    return {.serverNoContextTakeover = answer.has(ServerNoContext),
            .clientNoContextTakeover = answer.has(ClientNoContext) || offer.has(ClientNoContext),
            .serverMaxWindowBits = answer.number(ServerBits).value_or(0),
            // What the client said of itself holds whether it is repeated or not.
            .clientMaxWindowBits = answer.number(ClientBits).value_or(offer.number(ClientBits).value_or(0))};
}

[[nodiscard]] OpeningExchange::Judgement failed(const QString &expected, const QString &came)
{
    return {Verdict::Failed, expected, came};
}

} // namespace

OpeningExchange::OpeningExchange(const ConformanceCase &one, const QByteArray &host, const QByteArray &target)
    : m_opening(one.opening)
    , m_deflate(one.deflate)
    , m_key(freshKey())
    , m_request(compose(host, target))
{
}

QByteArray OpeningExchange::compose(const QByteArray &host, const QByteArray &target) const
{
    QByteArray request = m_opening.method + ' ' + target + " HTTP/" + m_opening.httpVersion + "\r\n";
    const QList<HeaderLine> usual{{"Host", host},
                                  {"Upgrade", "websocket"},
                                  {"Connection", "Upgrade"},
                                  {"Sec-WebSocket-Key", m_key},
                                  {"Sec-WebSocket-Version", "13"}};
    for (const HeaderLine &line : usual) {
        if (!m_opening.without.contains(line.name))
            request += line.name + ": " + line.value + "\r\n";
    }
    QList<QByteArray> offers;
    for (const DeflateAnswer &turned : m_deflate)
        offers += offerOf(turned);
    if (!offers.isEmpty())
        request += "Sec-WebSocket-Extensions: " + offers.join(", ") + "\r\n";
    for (const HeaderLine &line : m_opening.lines)
        request += line.name + ": " + QByteArray(line.value).replace("{key}", m_key) + "\r\n";
    return request + "\r\n";
}

OpeningExchange::Judgement OpeningExchange::judge(const QByteArray &head) const
{
    const HeadLines reply(head);
    const QList<QByteArray> words = reply.startLine().split(' ');
    const int status = words.value(1).toInt();
    if (!words.first().startsWith("HTTP/1.") || status == 0)
        return failed(QStringLiteral("a reply in HTTP"), QString::fromUtf8(reply.startLine().left(80)));
    Judgement judgement;
    if (wantsRefusal())
        judgement = judgeRefusal(status, reply.startLine());
    else if (status != SwitchingProtocols)
        judgement = failed(QStringLiteral("the request is accepted"), QString::fromUtf8(reply.startLine()));
    else
        judgement = judgeAcceptance(reply);
    const Judgement fields = judgeFields(reply);
    return judgement.verdict != Verdict::Failed && fields.verdict == Verdict::Failed ? fields : judgement;
}

QString OpeningExchange::refusalText() const
{
    QStringList statuses;
    for (const int status : m_opening.statuses)
        statuses += QString::number(status);
    return QStringLiteral("the request is refused with %1").arg(statuses.join(QStringLiteral(" or ")));
}

OpeningExchange::Judgement OpeningExchange::judgeRefusal(int status, const QByteArray &statusLine) const
{
    if (status == SwitchingProtocols)
        return failed(refusalText(), QStringLiteral("it was accepted"));
    if (m_opening.statuses.contains(status))
        return {};
    return {Verdict::NonStrict, refusalText(), QString::fromUtf8(statusLine)};
}

OpeningExchange::Judgement OpeningExchange::judgeSilence() const
{
    const QString came = QStringLiteral("TCP ended without a reply");
    return wantsRefusal() ? Judgement{Verdict::NonStrict, refusalText(), came}
                          : failed(QStringLiteral("the request is accepted"), came);
}

OpeningExchange::Judgement OpeningExchange::judgeAcceptance(const HeadLines &reply) const
{
    const QByteArray upgrade = reply.value("upgrade");
    if (upgrade.toLower() != "websocket")
        return failed(QStringLiteral("“Upgrade: websocket”"), QStringLiteral("“%1”").arg(QString::fromUtf8(upgrade)));
    if (!reply.lists("connection", "upgrade"))
        return failed(QStringLiteral("“Connection: Upgrade”"),
                      QStringLiteral("“%1”").arg(QString::fromUtf8(reply.value("connection"))));
    const QByteArray hash =
        QCryptographicHash::hash(m_key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", QCryptographicHash::Sha1);
    const QByteArray accept = reply.value("sec-websocket-accept");
    if (accept != hash.toBase64())
        return failed(QStringLiteral("Sec-WebSocket-Accept answers the key"),
                      QStringLiteral("“%1”").arg(QString::fromUtf8(accept)));
    const QByteArray subprotocol = reply.value("sec-websocket-protocol");
    if (reply.has("sec-websocket-protocol") &&
        !HeadLines(m_request).elements("sec-websocket-protocol").contains(subprotocol))
        return failed(QStringLiteral("one of the subprotocols that were offered, or none"),
                      QStringLiteral("“%1”").arg(QString::fromUtf8(subprotocol)));
    return judgeExtensions(reply);
}

OpeningExchange::Judgement OpeningExchange::judgeExtensions(const HeadLines &reply) const
{
    const QList<Extension> offers = extensionsOf(HeadLines(m_request));
    const QList<Extension> answers = extensionsOf(reply);
    if (answers.isEmpty() && !m_deflate.isEmpty())
        return {Verdict::Unsupported, QStringLiteral("permessage-deflate is accepted"),
                QStringLiteral("it was declined")};
    const QString expected = QStringLiteral("an answer to what was offered in Sec-WebSocket-Extensions");
    Judgement judgement;
    for (const Extension &answer : answers) {
        if (const QString problem = problemIn(answer); answer.name == Deflate && !problem.isEmpty())
            return failed(expected, problem);
        const auto offer = std::find_if(offers.cbegin(), offers.cend(), [&answer](const Extension &one) {
            return one.name == answer.name && (answer.name != Deflate || fits(one, answer));
        });
        if (offer == offers.cend() || judgement.deflate)
            return failed(expected,
                          QStringLiteral("“%1”").arg(QString::fromUtf8(reply.value("sec-websocket-extensions"))));
        if (answer.name == Deflate)
            judgement.deflate = agreed(*offer, answer);
    }
    return judgement;
}

OpeningExchange::Judgement OpeningExchange::judgeFields(const HeadLines &reply) const
{
    for (const HeaderLine &line : m_opening.answered) {
        const QByteArray name = line.name.toLower();
        if (!reply.elements(name).contains(line.value))
            return failed(
                QStringLiteral("%1 says “%2”").arg(QString::fromUtf8(line.name), QString::fromUtf8(line.value)),
                QStringLiteral("“%1”").arg(QString::fromUtf8(reply.value(name))));
    }
    for (const QByteArray &name : m_opening.absent) {
        if (reply.has(name.toLower()))
            return failed(QStringLiteral("no %1").arg(QString::fromUtf8(name)),
                          QStringLiteral("“%1”").arg(QString::fromUtf8(reply.value(name.toLower()))));
    }
    return {};
}

} // namespace sockeye::conformance
