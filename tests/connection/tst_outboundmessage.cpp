#include "connection/OutboundMessage.h"

#include "support/TestProgram.h"
#include "wire/FrameDecoder.h"
#include "wire/FrameEncoder.h"
#include "wire/RawFrame.h"

#include <QTest>

using namespace sockeye;

namespace {
constexpr MaskKey MessageKey{1, 2, 3, 4};

QList<Frame> framesIn(const QByteArray &bytes)
{
    FrameDecoder decoder;
    QByteArrayView input = bytes;
    QList<Frame> frames;
    Frame frame;
    while (decoder.next(input, frame))
        frames += frame;
    return decoder.isInFrame() ? QList<Frame>() : frames;
}
} // namespace

class OutboundMessageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fragments_data();
    void fragments();
    void masksEachFrameAnew();
    void masksNothingForAServer();
    void compresses();
    void tellsWhatIsOnTheWire();
    void readsRawFrames_data();
    void readsRawFrames();
    void keysDiffer();
};

void OutboundMessageTest::fragments_data()
{
    QTest::addColumn<Fragmentation>("fragmentation");
    QTest::addColumn<QList<qsizetype>>("sizes");
    const auto row = [](const char *name, qint64 size, const QList<qint64> &offsets, const QList<qsizetype> &sizes) {
        QTest::newRow(name) << Fragmentation{size, offsets} << sizes;
    };
    row("one frame", 0, {}, {10});
    row("of 3", 3, {}, {3, 3, 3, 1});
    row("of 5", 5, {}, {5, 5});
    row("of 10", 10, {}, {10});
    row("of 11", 11, {}, {10});
    row("of 1", 1, {}, QList<qsizetype>(10, 1));
    row("at offsets", 0, {2, 7}, {2, 5, 3});
    row("at offsets out of order", 0, {7, 2}, {2, 5, 3});
    row("empty fragments", 0, {0, 4, 4, 10}, {0, 4, 0, 6, 0});
    row("at offsets beyond the end", 0, {-1, 4, 11}, {4, 6});
    row("size before offsets", 6, {1}, {6, 4});
}

void OutboundMessageTest::fragments()
{
    QFETCH(Fragmentation, fragmentation);
    QFETCH(QList<qsizetype>, sizes);
    const QByteArray payload = "0123456789";
    const OutboundMessage outbound = makeOutbound(Opcode::Text, payload, MessageKey, fragmentation, nullptr);
    const QList<Frame> frames = framesIn(outbound.bytes);
    QCOMPARE(frames.size(), sizes.size());
    QByteArray joined;
    for (qsizetype i = 0; i < frames.size(); ++i) {
        QCOMPARE(frames[i].payload.size(), sizes[i]);
        QCOMPARE(frames[i].header.opcode, i == 0 ? Opcode::Text : Opcode::Continuation);
        QCOMPARE(frames[i].header.fin, i + 1 == frames.size());
        QCOMPARE(frames[i].header.rsv, quint8(0));
        QVERIFY(frames[i].header.masked);
        QVERIFY(outbound.message->frames[i] == frames[i].header);
        joined += frames[i].payload;
    }
    QCOMPARE(joined, payload);
    QCOMPARE(outbound.message->payload, payload);
    QCOMPARE(outbound.message->wireSize, outbound.bytes.size());
    QVERIFY(outbound.message->complete);
}

void OutboundMessageTest::masksEachFrameAnew()
{
    const OutboundMessage outbound = makeOutbound(Opcode::Binary, QByteArray(8, 'x'), MessageKey, {1, {}}, nullptr);
    QVERIFY(outbound.message->frames[0].maskKey == MessageKey);
    for (qsizetype i = 1; i < outbound.message->frames.size(); ++i)
        QVERIFY(outbound.message->frames[i].maskKey != outbound.message->frames[i - 1].maskKey);
}

void OutboundMessageTest::masksNothingForAServer()
{
    const OutboundMessage outbound = makeOutbound(Opcode::Text, "unmasked", std::nullopt, {3, {}}, nullptr);
    const QList<Frame> frames = framesIn(outbound.bytes);
    QCOMPARE(frames.size(), 3);
    for (const Frame &frame : frames)
        QVERIFY(!frame.header.masked);
    QVERIFY(outbound.bytes.contains("unm"));
    QCOMPARE(outbound.message->wireSize, 8 + 3 * 2);
}

void OutboundMessageTest::compresses()
{
    Deflater deflater(15, false);
    Inflater inflater(15, false);
    const QByteArray payload = QByteArray("all the same ").repeated(100);
    for (int round = 0; round < 2; ++round) {
        const OutboundMessage outbound = makeOutbound(Opcode::Text, payload, MessageKey, {10, {}}, &deflater);
        const QList<Frame> frames = framesIn(outbound.bytes);
        QByteArray onWire;
        for (qsizetype i = 0; i < frames.size(); ++i) {
            QCOMPARE(frames[i].header.rsv, quint8(i == 0 ? Rsv1 : 0));
            QVERIFY(frames[i].payload.size() <= 10);
            onWire += frames[i].payload;
        }
        QVERIFY(onWire.size() < payload.size() / 10);
        QByteArray inflated;
        QVERIFY(inflater.inflate(onWire, payload.size(), inflated) == Inflater::Status::Ok);
        QVERIFY(inflater.finishMessage(payload.size(), inflated) == Inflater::Status::Ok);
        QCOMPARE(inflated, payload);
        QVERIFY(outbound.message->compressed);
        QCOMPARE(outbound.message->payload, payload);
    }
}

void OutboundMessageTest::tellsWhatIsOnTheWire()
{
    const OutboundMessage empty = makeOutbound(Opcode::Text, {}, MessageKey, {4, {}}, nullptr);
    QCOMPARE(empty.bytes, QByteArray::fromHex("818001020304"));
    QCOMPARE(empty.message->frames.size(), 1);
    QCOMPARE(empty.message->direction, Direction::Out);
}

void OutboundMessageTest::readsRawFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("isFrame");
    QTest::addColumn<QStringList>("rules");
    const QByteArray good = encodeFrame({.opcode = Opcode::Text, .maskKey = MessageKey}, "hello");
    QTest::newRow("good") << good << true << QStringList();
    QTest::newRow("unmasked") << encodeFrame({.opcode = Opcode::Text, .maskKey = std::nullopt}, "hello") << true
                              << QStringList{QStringLiteral("frame.unmasked")};
    QTest::newRow("reserved") << encodeFrame({.opcode = static_cast<Opcode>(11), .maskKey = MessageKey}, "") << true
                              << QStringList{QStringLiteral("frame.reserved-opcode")};
    QTest::newRow("cut off") << good.chopped(1) << false << QStringList();
    QTest::newRow("too much") << QByteArray(good + "x") << false << QStringList();
    QTest::newRow("two frames") << QByteArray(good + good) << false << QStringList();
    QTest::newRow("half a header") << good.first(1) << false << QStringList();
    QTest::newRow("nothing") << QByteArray() << false << QStringList();
    QTest::newRow("length of 2^63") << QByteArray::fromHex("827f8000000000000000") << false << QStringList();
}

void OutboundMessageTest::readsRawFrames()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, isFrame);
    QFETCH(QStringList, rules);
    const std::optional<Message> message = readRawFrame(bytes, false);
    QCOMPARE(message.has_value(), isFrame);
    if (!message)
        return;
    QCOMPARE(message->direction, Direction::Out);
    QCOMPARE(message->wireSize, bytes.size());
    QCOMPARE(message->frames.size(), 1);
    QStringList found;
    for (const Finding &finding : message->findings)
        found += finding.rule;
    QCOMPARE(found, rules);
    // Ours to send, the peer's to fail the connection for.
    QCOMPARE(message->failWith(), quint16(0));
}

void OutboundMessageTest::keysDiffer()
{
    QSet<QByteArray> keys;
    for (int i = 0; i < 100; ++i) {
        const MaskKey key = freshMaskKey();
        keys.insert(QByteArray(reinterpret_cast<const char *>(key.data()), 4));
    }
    QVERIFY(keys.size() > 90);
}

SOCKEYE_TEST(OutboundMessageTest, QCoreApplication)
#include "tst_outboundmessage.moc"
