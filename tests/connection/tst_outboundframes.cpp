#include "connection/OutboundFrames.h"

#include "connection/InboundFrames.h"
#include "support/TestProgram.h"
#include "wire/FrameEncoder.h"
#include "wire/RawFrame.h"

#include <QTest>

using namespace sockeye;

class OutboundFramesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masksByTheSender_data();
    void masksByTheSender();
    void compressesByTheSender_data();
    void compressesByTheSender();
    void sendsRawBytes();
    void startsAfreshAfterACompressedRawFrame();
    void sendsByOrder();
    void forgetsACancelledOrder();
    void passesControlFramesOn();
};

namespace {
constexpr MaskKey LocalKey{9, 8, 7, 6};

/// What a local client endpoint writes.
QByteArray local(Opcode opcode, QByteArrayView payload)
{
    return encodeFrame({.opcode = opcode, .maskKey = LocalKey}, payload);
}

QList<OutboundMessage> takeAll(OutboundFrames &frames, const QByteArray &bytes)
{
    QList<OutboundMessage> all;
    QByteArrayView input = bytes;
    while (auto outbound = frames.next(input))
        all += std::move(*outbound);
    return all;
}

/// As the peer reads it, which must find nothing wrong with it.
QByteArray readBy(InboundFrames &peer, const QByteArray &bytes)
{
    QByteArrayView input = bytes;
    const auto message = peer.next(input, {});
    return message && message->findings.isEmpty() && input.isEmpty() ? message->payload : "not readable";
}
} // namespace

void OutboundFramesTest::masksByTheSender_data()
{
    QTest::addColumn<Role>("sender");
    QTest::addColumn<Direction>("direction");
    QTest::newRow("client") << Role::Client << Direction::Out;
    QTest::newRow("server of a relay") << Role::Server << Direction::In;
}

void OutboundFramesTest::masksByTheSender()
{
    QFETCH(Role, sender);
    QFETCH(Direction, direction);
    OutboundFrames frames(sender, direction);
    InboundFrames peer({.direction = direction, .sender = sender});
    const OutboundMessage data = frames.data(Opcode::Text, "hello", {.fragmentation = {2, {}}});
    QCOMPARE(data.message->frames.size(), 3);
    QVERIFY(data.message->direction == direction);
    for (const FrameHeader &header : data.message->frames)
        QCOMPARE(header.masked, sender == Role::Client);
    QCOMPARE(readBy(peer, data.bytes), QByteArray("hello"));
    QCOMPARE(readBy(peer, frames.control(Opcode::Ping, "?").bytes), QByteArray("?"));
    const QList<OutboundMessage> passed = takeAll(frames, local(Opcode::Binary, "from a local endpoint"));
    QCOMPARE(passed.size(), 1);
    QCOMPARE(readBy(peer, passed[0].bytes), QByteArray("from a local endpoint"));
    QVERIFY(sender == Role::Server || passed[0].message->frames[0].maskKey == LocalKey);
}

void OutboundFramesTest::compressesByTheSender_data()
{
    masksByTheSender_data();
}

void OutboundFramesTest::compressesByTheSender()
{
    QFETCH(Role, sender);
    QFETCH(Direction, direction);
    // Only the other one does without a context.
    const DeflateParameters parameters{.serverNoContextTakeover = sender != Role::Server,
                                       .clientNoContextTakeover = sender != Role::Client,
                                       .serverMaxWindowBits = 15,
                                       .clientMaxWindowBits = 15};
    OutboundFrames frames(sender, direction);
    frames.agreeOnDeflate(parameters);
    InboundFrames peer({.direction = direction, .sender = sender});
    peer.agreeOnDeflate(parameters);
    const QByteArray words = "said twice, and the second time by reference";
    const OutboundMessage first = frames.data(Opcode::Text, words);
    const OutboundMessage plain = frames.data(Opcode::Text, words, {.compress = false});
    const OutboundMessage second = frames.data(Opcode::Text, words);
    QVERIFY(first.message->compressed && !plain.message->compressed);
    QVERIFY(second.bytes.size() < first.bytes.size() / 2);
    for (const OutboundMessage *outbound : {&first, &plain, &second})
        QCOMPARE(readBy(peer, outbound->bytes), words);
}

void OutboundFramesTest::sendsRawBytes()
{
    OutboundFrames frames;
    const OutboundMessage noFrame = frames.raw("GET / HTTP/1.1\r\n\r\n");
    QVERIFY(!noFrame.message);
    QCOMPARE(noFrame.bytes, QByteArray("GET / HTTP/1.1\r\n\r\n"));
    const QByteArray unmasked = encodeFrame({.opcode = Opcode::Text, .maskKey = std::nullopt}, "hello");
    const OutboundMessage wrong = frames.raw(unmasked);
    QCOMPARE(wrong.bytes, unmasked);
    QCOMPARE(wrong.message->findings[0].rule, QStringLiteral("frame.unmasked"));
    OutboundFrames server(Role::Server, Direction::In);
    const OutboundMessage right = server.raw(unmasked);
    QVERIFY(right.message->findings.isEmpty());
    QVERIFY(right.message->direction == Direction::In);
    QCOMPARE(server.raw(local(Opcode::Text, "hello")).message->findings[0].rule, QStringLiteral("frame.masked"));
}

void OutboundFramesTest::startsAfreshAfterACompressedRawFrame()
{
    OutboundFrames frames;
    frames.agreeOnDeflate({});
    const QByteArray words = "said twice, and the second time by reference";
    const qsizetype whole = frames.data(Opcode::Text, words).bytes.size();
    RawFrame raw;
    raw.rsv = Rsv1;
    raw.maskKey = LocalKey;
    raw.payload = Deflater(15, false).deflate("not known here");
    (void)frames.raw(encodeRawFrame(raw));
    QCOMPARE(frames.data(Opcode::Text, words).bytes.size(), whole);
    raw.rsv = 0;
    (void)frames.raw(encodeRawFrame(raw));
    QVERIFY(frames.data(Opcode::Text, words).bytes.size() < whole / 2);
}

void OutboundFramesTest::sendsByOrder()
{
    OutboundFrames frames;
    const QByteArray raw = QByteArray::fromHex("8b00");
    frames.expect({.kind = SendOrder::Kind::Data, .fragmentation = {1, {}}});
    frames.expect({.kind = SendOrder::Kind::Pong});
    frames.expect({.kind = SendOrder::Kind::Raw});
    QCOMPARE(frames.pendingOrders(), 3);
    const QList<OutboundMessage> sent =
        takeAll(frames, local(Opcode::Text, "abc") + local(Opcode::Ping, "no order") + local(Opcode::Binary, "pong") +
                            local(Opcode::Binary, raw) + local(Opcode::Text, "as it is"));
    QCOMPARE(sent.size(), 5);
    QCOMPARE(sent[0].message->frames.size(), 3);
    QVERIFY(sent[1].message->opcode == Opcode::Ping);
    QVERIFY(sent[2].message->opcode == Opcode::Pong);
    QCOMPARE(sent[2].message->payload, QByteArray("pong"));
    QCOMPARE(sent[3].bytes, raw);
    QCOMPARE(sent[4].message->payload, QByteArray("as it is"));
    QCOMPARE(sent[4].message->frames.size(), 1);
    QCOMPARE(frames.pendingOrders(), 0);
}

/// An order whose message never came must not reach the next one.
void OutboundFramesTest::forgetsACancelledOrder()
{
    OutboundFrames frames;
    frames.expect({.kind = SendOrder::Kind::Pong});
    frames.expect({.kind = SendOrder::Kind::Raw});
    frames.cancelLatestOrder();
    frames.expect({.kind = SendOrder::Kind::Data, .fragmentation = {1, {}}});
    const QList<OutboundMessage> sent = takeAll(frames, local(Opcode::Binary, "pong") + local(Opcode::Text, "ab"));
    QCOMPARE(sent.size(), 2);
    QVERIFY(sent[0].message->opcode == Opcode::Pong);
    QCOMPARE(sent[1].message->frames.size(), 2);
    frames.cancelLatestOrder();
    QCOMPARE(frames.pendingOrders(), 0);
}

void OutboundFramesTest::passesControlFramesOn()
{
    OutboundFrames frames;
    frames.agreeOnDeflate({});
    const QByteArray close = local(Opcode::Close, encodeCloseBody(4000, u"bye"));
    const QList<OutboundMessage> sent = takeAll(frames, local(Opcode::Ping, "ping") + close);
    QCOMPARE(sent.size(), 2);
    QCOMPARE(sent[0].bytes, local(Opcode::Ping, "ping"));
    QCOMPARE(sent[1].bytes, close);
    QVERIFY(!sent[1].message->compressed);
}

SOCKEYE_TEST(OutboundFramesTest, QCoreApplication)
#include "tst_outboundframes.moc"
