// The pieces of a tap put together in other ways than the tap does: as a client, as a server, and as a relay between
// the two. None of them knows a QWebSocket.

#include "connection/PlainEnd.h"
#include "connection/PlainRelay.h"

#include "support/TestProgram.h"
#include "wire/FrameEncoder.h"

#include <QTcpServer>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;

class PiecesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void speakToEachOther_data();
    void speakToEachOther();
    void closeFromEitherSide_data();
    void closeFromEitherSide();
    void pongsByPolicy();
    void failForABrokenRule_data();
    void failForABrokenRule();
    void relayBetweenTwoPeers_data();
    void relayBetweenTwoPeers();
    void relayWithAnInjectedFault();
};

namespace {
HandshakeRequest pieceRequest(bool deflate)
{
    HandshakeRequest pieceRequest;
    pieceRequest.target = "/pieces";
    pieceRequest.host = "127.0.0.1";
    pieceRequest.key = "dGhlIHNhbXBsZSBub25jZQ==";
    pieceRequest.extensions = deflateOffer({.offered = deflate});
    return pieceRequest;
}

/// A server that listens, and what comes of the next client.
QTcpSocket *nextClient(QTcpServer &server)
{
    return QTest::qWaitFor([&] { return server.hasPendingConnections(); }) ? server.nextPendingConnection() : nullptr;
}

QTcpSocket *dialled(quint16 port)
{
    auto *socket = new QTcpSocket;
    socket->connectToHost(QHostAddress::LocalHost, port);
    return socket;
}

/// A client and a server that are connected with each other, with a relay in between or without.
class Pair final
{
public:
    explicit Pair(bool deflate, bool withRelay = false, const ControlPolicy &serverPolicy = {})
    {
        m_listener.listen(QHostAddress::LocalHost);
        m_relayListener.listen(QHostAddress::LocalHost);
        client = std::make_unique<PlainEnd>(
            Role::Client, dialled(withRelay ? m_relayListener.serverPort() : m_listener.serverPort()));
        if (withRelay)
            relay = std::make_unique<PlainRelay>(nextClient(m_relayListener), m_listener.serverPort());
        client->request(pieceRequest(deflate));
        server = std::make_unique<PlainEnd>(Role::Server, nextClient(m_listener), serverPolicy);
    }

    [[nodiscard]] bool open() const
    {
        return QTest::qWaitFor([this] { return client->isOpen() && server->isOpen(); });
    }
    [[nodiscard]] bool ended() const
    {
        return QTest::qWaitFor([this] { return client->end() && server->end(); });
    }

    std::unique_ptr<PlainEnd> client;
    std::unique_ptr<PlainEnd> server;
    std::unique_ptr<PlainRelay> relay;

private:
    QTcpServer m_listener;
    QTcpServer m_relayListener;
};

const QByteArray Words = "said twice, and the second time by reference if it may";

/// What both say to each other: a text twice, fragments, nothing, and a ping.
void talk(const Pair &pair)
{
    for (PlainEnd *end : {pair.client.get(), pair.server.get()}) {
        end->send(Opcode::Text, Words);
        end->send(Opcode::Text, Words);
        end->send(Opcode::Binary, QByteArray(100'000, 'b'), {.fragmentation = {10'000, {}}, .compress = false});
        end->ping("are you there?");
        end->send(Opcode::Text, "");
    }
}

/// The other's messages, less pongs.
QList<QByteArray> payloads(const QList<Message> &messages)
{
    QList<QByteArray> found;
    for (const Message &message : messages) {
        if (message.opcode != Opcode::Pong)
            found += message.payload;
    }
    return found;
}

bool hasFindings(const PlainEnd &end)
{
    return std::any_of(end.received().cbegin(), end.received().cend(),
                       [](const Message &message) { return !message.findings.isEmpty(); });
}

void addDeflateRows()
{
    QTest::addColumn<bool>("deflate");
    QTest::newRow("plain") << false;
    QTest::newRow("compressed") << true;
}
} // namespace

void PiecesTest::speakToEachOther_data()
{
    addDeflateRows();
}

void PiecesTest::speakToEachOther()
{
    QFETCH(bool, deflate);
    const Pair pair(deflate);
    QVERIFY(pair.open());
    QCOMPARE(pair.client->isDeflating(), deflate);
    QCOMPARE(pair.server->isDeflating(), deflate);
    talk(pair);
    // Four messages, a ping and a pong each.
    QTRY_COMPARE(pair.client->received().size(), 6);
    QTRY_COMPARE(pair.server->received().size(), 6);
    const QList<QByteArray> expected{Words, Words, QByteArray(100'000, 'b'), "are you there?", ""};
    for (const PlainEnd *end : {pair.client.get(), pair.server.get()}) {
        QCOMPARE(payloads(end->received()), expected);
        QVERIFY(!hasFindings(*end));
        QCOMPARE(end->received()[0].compressed, deflate);
        QCOMPARE(end->received()[1].wireSize < end->received()[0].wireSize / 2, deflate);
        QCOMPARE(end->received()[0].frames[0].masked, end == pair.server.get());
        QCOMPARE(end->roundTrips().outstanding(), 0);
    }
    pair.client->close(1000, {});
    QVERIFY(pair.ended());
}

void PiecesTest::closeFromEitherSide_data()
{
    QTest::addColumn<Role>("who");
    QTest::newRow("client") << Role::Client;
    QTest::newRow("server") << Role::Server;
}

void PiecesTest::closeFromEitherSide()
{
    QFETCH(Role, who);
    const Pair pair(false);
    QVERIFY(pair.open());
    PlainEnd &closing = who == Role::Client ? *pair.client : *pair.server;
    PlainEnd &answering = who == Role::Client ? *pair.server : *pair.client;
    closing.send(Opcode::Text, "the last word");
    closing.close(4001, u"enough");
    QVERIFY(pair.ended());
    QCOMPARE(answering.received().size(), 2);
    for (const PlainEnd *end : {&closing, &answering}) {
        QCOMPARE(end->end()->kind, EndKind::Clean);
        QCOMPARE(end->end()->code, quint16(4001));
    }
    QCOMPARE(answering.end()->reason, QStringLiteral("enough"));
    QVERIFY2(closing.end()->text.startsWith(u"Closed by us with 4001"), qPrintable(closing.end()->text));
    QVERIFY2(answering.end()->text.startsWith(u"Closed by the peer with 4001"), qPrintable(answering.end()->text));
    // The server ends TCP.
    QCOMPARE(pair.server->end()->details->tcp, TcpEnd::Ours);
    QCOMPARE(pair.client->end()->details->tcp, TcpEnd::PeerFin);
}

void PiecesTest::pongsByPolicy()
{
    ControlPolicy policy;
    policy.pong = ControlPolicy::Answer::Delayed;
    policy.pongDelay = std::chrono::milliseconds(100);
    policy.pongPayload = "not what you asked";
    const Pair pair(false, false, policy);
    QVERIFY(pair.open());
    pair.client->ping("first");
    pair.client->ping("second");
    QTRY_COMPARE(pair.client->received().size(), 2);
    QCOMPARE(pair.client->received()[0].payload, QByteArray("not what you asked"));
    // No ping of ours had that payload.
    QCOMPARE(pair.client->received()[0].latency, Nanoseconds(-1));
    const Message &ping = pair.server->received()[0];
    const Message &pong = pair.server->sent()[0];
    QVERIFY(pong.time - ping.time >= policy.pongDelay);
}

void PiecesTest::failForABrokenRule_data()
{
    QTest::addColumn<Role>("who");
    QTest::addColumn<std::optional<MaskKey>>("key");
    QTest::newRow("client that does not mask") << Role::Client << std::optional<MaskKey>();
    QTest::newRow("server that masks") << Role::Server << std::optional<MaskKey>(MaskKey{1, 2, 3, 4});
}

void PiecesTest::failForABrokenRule()
{
    QFETCH(Role, who);
    QFETCH(std::optional<MaskKey>, key);
    const Pair pair(false);
    QVERIFY(pair.open());
    PlainEnd &wrong = who == Role::Client ? *pair.client : *pair.server;
    PlainEnd &right = who == Role::Client ? *pair.server : *pair.client;
    wrong.sendRaw(encodeFrame({.opcode = Opcode::Text, .maskKey = key}, "wrong"));
    QVERIFY(pair.ended());
    QCOMPARE(right.end()->kind, EndKind::RuleBroken);
    QCOMPARE(right.end()->code, quint16(1002));
    QCOMPARE(wrong.sent()[0].findings.size(), 1);
    QCOMPARE(right.end()->details->brokenRule, wrong.sent()[0].findings[0].rule);
    QCOMPARE(wrong.end()->code, quint16(1002));
}

void PiecesTest::relayBetweenTwoPeers_data()
{
    addDeflateRows();
}

void PiecesTest::relayBetweenTwoPeers()
{
    QFETCH(bool, deflate);
    const Pair pair(deflate, true);
    QVERIFY(pair.open());
    QCOMPARE(pair.client->isDeflating(), deflate);
    QCOMPARE(pair.server->isDeflating(), deflate);
    talk(pair);
    QTRY_COMPARE(pair.client->received().size(), 6);
    QTRY_COMPARE(pair.server->received().size(), 6);
    QCOMPARE(payloads(pair.server->received()), payloads(pair.client->received()));
    QCOMPARE(pair.client->roundTrips().outstanding(), 0);
    pair.client->close(4002, u"by way of the relay");
    QVERIFY(pair.ended());
    QVERIFY(!hasFindings(*pair.client) && !hasFindings(*pair.server));
    // The relay has seen all of it: 6 messages and a close each way.
    QCOMPARE(pair.relay->messages().size(), 14);
    QVERIFY(pair.relay->findings().isEmpty());
    QVERIFY(pair.relay->messages().constFirst().compressed == deflate);
    QCOMPARE(pair.relay->clientEnd().kind, EndKind::Clean);
    QVERIFY(pair.relay->clientEnd().text.startsWith(u"Closed by the peer with 4002"));
    QVERIFY(pair.relay->serverEnd().text.startsWith(u"Closed by us with 4002"));
    QCOMPARE(pair.server->end()->reason, QStringLiteral("by way of the relay"));
}

/// A fault is a message that is passed on otherwise than it came.
void PiecesTest::relayWithAnInjectedFault()
{
    const Pair pair(true, true);
    QVERIFY(pair.open());
    pair.relay->setChange([](Message &message) {
        if (message.opcode == Opcode::Text && message.direction == Direction::In)
            message.payload += '\xff';
    });
    pair.client->send(Opcode::Text, "goes through");
    QTRY_COMPARE(pair.server->received().size(), 1);
    QCOMPARE(pair.server->received()[0].payload, QByteArray("goes through"));
    pair.server->send(Opcode::Text, "is spoilt");
    QVERIFY(pair.ended());
    QCOMPARE(pair.client->end()->kind, EndKind::RuleBroken);
    QCOMPARE(pair.client->end()->details->brokenRule, QStringLiteral("message.utf8"));
    QCOMPARE(pair.server->end()->code, quint16(1007));
    QVERIFY(pair.relay->findings().isEmpty());
}

SOCKEYE_TEST(PiecesTest, QCoreApplication)
#include "tst_pieces.moc"
