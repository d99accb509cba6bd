#include "formats/Formats.h"
#include "formats/MessageDecoder.h"
#include "integration/LiveSession.h"
#include "peers/PeerProcess.h"
#include "support/Patience.h"
#include "support/TestProgram.h"

#include <QTemporaryDir>
#include <QtTest>

#include <optional>

using namespace sockeye;
using namespace sockeye::test;

namespace {

/// MQTT 3.1.1 section 2.2.1: the first byte's upper half, with the flags below it where they are fixed.
enum PacketByte : quint8 {
    Connect = 0x10,
    ConnAck = 0x20,
    Publish = 0x30,
    PublishOnce = 0x32,
    PubAck = 0x40,
    Subscribe = 0x82,
    SubAck = 0x90,
    PingReq = 0xc0,
    PingResp = 0xd0,
    Disconnect = 0xe0
};

/// Section 1.5.3: a length of two bytes, then the bytes.
[[nodiscard]] QByteArray mqttText(const QByteArray &bytes)
{
    QByteArray out;
    out += static_cast<char>(bytes.size() >> 8);
    out += static_cast<char>(bytes.size() & 0xff);
    return out + bytes;
}

/// Section 2.2.3: seven bits a byte, the lowest first.
[[nodiscard]] QByteArray packet(PacketByte first, const QByteArray &rest = {})
{
    QByteArray out(1, static_cast<char>(first));
    qsizetype length = rest.size();
    do {
        const bool more = length > 127;
        out += static_cast<char>((length & 127) | (more ? 128 : 0));
        length >>= 7;
    } while (length > 0);
    return out + rest;
}

const QByteArray Topic = QByteArrayLiteral("sockeye/test");
const QByteArray PacketId = QByteArray::fromHex("0007");
const QByteArray Qos0 = QByteArray(1, '\0');

[[nodiscard]] QByteArray connectPacket()
{
    const QByteArray level4CleanSession60s = QByteArray::fromHex("0402003c");
    return packet(Connect, mqttText("MQTT") + level4CleanSession60s + mqttText("sockeye"));
}

[[nodiscard]] QList<QByteArray> ourPackets()
{
    return {
        connectPacket(),
        packet(Subscribe, PacketId + mqttText(Topic) + Qos0),
        packet(Publish, mqttText(Topic) + "hello"),
        packet(PublishOnce, mqttText(Topic) + PacketId + QByteArray(300, 'x')),
        packet(Publish, mqttText(Topic) + QByteArray(100'000, 'y')),
        packet(PingReq),
        packet(Disconnect),
    };
}

/// Everything that we publish comes back to us.
[[nodiscard]] QList<QByteArray> expectedPackets()
{
    return {
        packet(ConnAck, QByteArray::fromHex("0000")),
        packet(SubAck, PacketId + Qos0),
        packet(Publish, mqttText(Topic) + "hello"),
        packet(Publish, mqttText(Topic) + QByteArray(300, 'x')),
        packet(PubAck, PacketId),
        packet(Publish, mqttText(Topic) + QByteArray(100'000, 'y')),
        packet(PingResp),
    };
}

/// What mosquitto logs of a packet; empty for one that it does not log as such.
[[nodiscard]] QString logLine(Direction direction, const QByteArray &packet)
{
    static const QHash<quint8, QString> names{
        {Connect, {}},
        {ConnAck, QStringLiteral("CONNACK")},
        {Publish, QStringLiteral("PUBLISH")},
        {PublishOnce, QStringLiteral("PUBLISH")},
        {PubAck, QStringLiteral("PUBACK")},
        {Subscribe, QStringLiteral("SUBSCRIBE")},
        {SubAck, QStringLiteral("SUBACK")},
        {PingReq, QStringLiteral("PINGREQ")},
        {PingResp, QStringLiteral("PINGRESP")},
        {Disconnect, QStringLiteral("DISCONNECT")},
    };
    const QString name = names.value(static_cast<quint8>(packet.front()));
    if (name.isEmpty())
        return {};
    return (direction == Direction::Out ? QStringLiteral("Received %1 from sockeye")
                                        : QStringLiteral("Sending %1 to sockeye"))
        .arg(name);
}

/// The log's lines about packets, without their details in parentheses, until the client has gone.
[[nodiscard]] std::optional<QStringList> readLog(PeerProcess &broker)
{
    QStringList lines;
    for (;;) {
        const QString line = QString::fromUtf8(broker.waitForLine(Patience)).trimmed();
        if (line.startsWith(u"Sending") || line.startsWith(u"Received"))
            lines += line.section(QStringLiteral(" ("), 0, 0);
        else if (line.startsWith(u"Client sockeye "))
            return lines;
        else if (line.isEmpty())
            return std::nullopt;
    }
}

} // namespace

/// MQTT over WebSocket against mosquitto: a binary subprotocol of which every byte is known.
class MosquittoTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void agreesWithTheBroker();
    void whatIsSentInPiecesIsTold();

private:
    QTemporaryDir m_directory;
    PeerProcess m_broker;
};

void MosquittoTest::initTestCase()
{
    const PeerCommand command = mosquittoPeer(m_directory.path());
    if (!command.isAvailable()) {
        QVERIFY2(!peersAreRequired(), "mosquitto is not installed, though it is required here");
        QSKIP("mosquitto is not installed");
    }
    QVERIFY2(m_broker.start(command), qPrintable(m_broker.errorText()));
}

void MosquittoTest::agreesWithTheBroker()
{
    LiveSession live;
    QSignalSpy opened(&live.session(), &Session::opened);
    QSignalSpy closed(&live.session(), &Session::closed);
    Endpoint endpoint;
    endpoint.url = m_broker.url() + QStringLiteral("mqtt");
    endpoint.subprotocols = {QStringLiteral("chat"), QStringLiteral("mqtt")};
    QVERIFY(live.session().open(endpoint).ok());
    QVERIFY2(!opened.isEmpty() || opened.wait(Patience), qPrintable(live.status().endText));
    QList<QByteArray> outgoing = ourPackets();
    const QByteArray disconnect = outgoing.takeLast();
    // The broker may answer what it got together with the DISCONNECT, or not: that one waits for the others' answers.
    for (const QByteArray &bytes : outgoing)
        QVERIFY(live.session().send(Outgoing{Opcode::Binary, bytes}).ok());
    QTRY_COMPARE_WITH_TIMEOUT(live.status().messagesIn, expectedPackets().size(), Patience);
    QVERIFY(live.session().send(Outgoing{Opcode::Binary, disconnect}).ok());
    QVERIFY(!closed.isEmpty() || closed.wait(Patience));

    const std::optional<QStringList> log = readLog(m_broker);
    QVERIFY2(log.has_value(), "The broker's log breaks off");
    const Result<Recorded> read = live.finish();
    QVERIFY2(read.ok(), qPrintable(read.message()));
    const Recorded &recorded = read.value();
    QCOMPARE(headerProblem(recorded), QString());
    QCOMPARE(recorded.connections.first().subprotocol, QStringLiteral("mqtt"));
    QCOMPARE(recorded.messages(Direction::Out), ourPackets());
    QCOMPARE(recorded.messages(Direction::In), expectedPackets());

    QStringList lines[2];
    for (const Direction direction : {Direction::Out, Direction::In}) {
        for (const RecordedEntry &entry : recorded.of(EntryKind::Binary, direction)) {
            QCOMPARE(entry.frames.size(), 1);
            QVERIFY(entry.findings.isEmpty());
            if (const QString line = logLine(direction, entry.payload); !line.isEmpty())
                lines[direction == Direction::In ? 1 : 0] += line;
        }
    }
    QCOMPARE(lines[0], log->filter(QStringLiteral("Received")));
    QCOMPARE(lines[1], log->filter(QStringLiteral("Sending")));
}

/// As clients on Node send: packets that have nothing to do with the messages in which they are.
void MosquittoTest::whatIsSentInPiecesIsTold()
{
    LiveSession live;
    QSignalSpy opened(&live.session(), &Session::opened);
    QSignalSpy closed(&live.session(), &Session::closed);
    Endpoint endpoint;
    endpoint.url = m_broker.url() + QStringLiteral("mqtt");
    endpoint.subprotocols = {QStringLiteral("mqtt")};
    QVERIFY(live.session().open(endpoint).ok());
    QVERIFY2(!opened.isEmpty() || opened.wait(Patience), qPrintable(live.status().endText));
    QList<QByteArray> outgoing = ourPackets();
    const QByteArray disconnect = outgoing.takeLast();
    const QByteArray stream = outgoing.join();
    for (qsizetype at = 0, size = 1; at<stream.size(); at += size, size = size> 40'000 ? 1 : size * 3)
        QVERIFY(live.session().send(Outgoing{Opcode::Binary, stream.mid(at, size)}).ok());
    QTRY_COMPARE_WITH_TIMEOUT(live.status().messagesIn, expectedPackets().size(), Patience);
    QVERIFY(live.session().send(Outgoing{Opcode::Binary, disconnect}).ok());
    QVERIFY(!closed.isEmpty() || closed.wait(Patience));
    const Result<Recorded> read = live.finish();
    QVERIFY2(read.ok(), qPrintable(read.message()));

    const Decoder *format = conversationFormat(u"mqtt");
    QVERIFY(format);
    Conversation conversation;
    QStringList said;
    for (const Direction direction : {Direction::Out, Direction::In}) {
        for (const QByteArray &payload : read.value().messages(direction)) {
            const DecodeInput input{payload, false, direction, QStringLiteral("mqtt"), conversation};
            const auto decoded = decodeMessage(input);
            QVERIFY(decoded && !decoded->tree->error);
            for (const QString &part : decoded->tree->summary.split(QStringLiteral("; "))) {
                if (!part.startsWith(u"part of"))
                    said += part.section(u' ', 0, 1);
            }
            format->follow(input, conversation);
        }
    }
    const QStringList published(3, QStringLiteral("PUBLISH sockeye/test"));
    QCOMPARE(said.filter(QStringLiteral("PUBLISH")), published + published);
    QCOMPARE(said.constFirst(), QStringLiteral("CONNECT sockeye"));
    QCOMPARE(said.filter(QStringLiteral("SUB")),
             (QStringList{QStringLiteral("SUBSCRIBE sockeye/test"), QStringLiteral("SUBACK 7")}));
    QCOMPARE(conversation.version, 4);
}

SOCKEYE_TEST(MosquittoTest, QCoreApplication)
#include "tst_mosquitto.moc"
