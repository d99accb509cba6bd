#include "peers/PeerTale.h"

#include "peers/PeerProcess.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace sockeye::test {
namespace {

[[nodiscard]] QByteArray bytesOf(const QJsonValue &hex)
{
    return QByteArray::fromHex(hex.toString().toLatin1());
}

[[nodiscard]] Direction directionOf(const QJsonValue &word)
{
    return word.toString() == u"sent" ? Direction::In : Direction::Out;
}

[[nodiscard]] bool isControlHeader(const QByteArray &header)
{
    return (header.front() & 0x08) != 0;
}

[[nodiscard]] bool hasFin(const QByteArray &header)
{
    return (header.front() & 0x80) != 0;
}

} // namespace

Result<PeerTale> PeerTale::read(PeerProcess &peer, int timeoutMs)
{
    PeerTale tale;
    for (;;) {
        const QByteArray line = peer.waitForLine(timeoutMs);
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        if (object.contains(u"end"))
            return tale;
        const QByteArray payload = bytesOf(object.value(u"payload"));
        if (object.contains(u"frame"))
            tale.m_frames += {directionOf(object.value(u"frame")), bytesOf(object.value(u"header")), payload};
        else if (object.contains(u"message"))
            tale.m_messages += {directionOf(object.value(u"message")), {}, payload};
        else
            return Error{QStringLiteral("The peer's tale breaks off with \"%1\"").arg(QString::fromUtf8(line))};
    }
}

QList<ToldMessage> PeerTale::messages(Direction direction) const
{
    QList<QByteArray> payloads;
    for (const Told &message : m_messages) {
        if (message.direction == direction)
            payloads += message.payload;
    }
    QList<ToldMessage> told;
    ToldMessage data;
    for (const Told &frame : m_frames) {
        if (frame.direction != direction)
            continue;
        if (isControlHeader(frame.header)) {
            told += {{frame.header}, frame.payload, frame.payload};
            continue;
        }
        data.headers += frame.header;
        data.wirePayload += frame.payload;
        if (hasFin(frame.header)) {
            data.payload = payloads.isEmpty() ? "(the peer does not tell of this one)" : payloads.takeFirst();
            told += std::exchange(data, {});
        }
    }
    return told;
}

} // namespace sockeye::test
