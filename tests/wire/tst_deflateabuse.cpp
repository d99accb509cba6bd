// Compressed messages that are made to hurt, and what is left of a connection after one.

#include "support/TestProgram.h"
#include "wire/FrameEncoder.h"
#include "wire/MessageAssembler.h"

#include <QTest>

#include <memory>

using namespace sockeye;

namespace {
Frame compressedFrame(Opcode opcode, const QByteArray &payload, bool fin = true)
{
    Frame frame;
    const auto rsv = opcode == Opcode::Continuation ? quint8(0) : quint8(Rsv1);
    frame.header = makeHeader({.fin = fin, .rsv = rsv, .opcode = opcode, .maskKey = std::nullopt},
                              static_cast<quint64>(payload.size()));
    frame.payload = payload;
    return frame;
}

MessageAssembler limitedInflating(bool noContextTakeover, qint64 maxMessage)
{
    MessageAssembler assembler(Direction::In, {.maxMessage = maxMessage});
    assembler.inflateWith(std::make_unique<Inflater>(15, noContextTakeover));
    return assembler;
}

/// Blocks of two bytes that hold nothing, each marked as the last.
QByteArray lastBlocks(int count)
{
    return QByteArray("\x03\x00", 2).repeated(count);
}

/// The first bits of the empty block that RFC 7692 section 7.2.3.4 wants behind a last block.
QByteArray blockStart()
{
    return QByteArray(1, '\0');
}
} // namespace

class DeflateAbuseTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fragmentsThatInflateToNothing();
    void manyLastBlocks();
    void windowOutlivesALastBlock();
    void goesOnAfterABadMessage_data();
    void goesOnAfterABadMessage();
};

void DeflateAbuseTest::fragmentsThatInflateToNothing()
{
    MessageAssembler assembler = limitedInflating(false, 10'000);
    QVERIFY(!assembler.add(compressedFrame(Opcode::Text, lastBlocks(1000), false)));
    std::optional<Message> message;
    int fragments = 1;
    for (; !message && fragments < 100; ++fragments)
        message = assembler.add(compressedFrame(Opcode::Continuation, lastBlocks(1000), false));
    QVERIFY(message);
    QCOMPARE(fragments, 6);
    QCOMPARE(message->findings.constFirst().rule, QStringLiteral("message.too-large"));
    QCOMPARE(message->payload, lastBlocks(6000));
}

/// With 64 KiB of copying for each, this would take minutes.
void DeflateAbuseTest::manyLastBlocks()
{
    MessageAssembler assembler = limitedInflating(false, 64 * 1024 * 1024);
    const auto message = assembler.add(compressedFrame(Opcode::Binary, lastBlocks(4 * 1024 * 1024) + blockStart()));
    QVERIFY(message);
    QVERIFY(message->findings.isEmpty());
    QVERIFY(message->payload.isEmpty());
}

void DeflateAbuseTest::windowOutlivesALastBlock()
{
    Deflater deflater(15, false);
    const QByteArray words = "words that stand in the window, and nowhere else";
    const QByteArray compressed =
        deflater.deflate(words) + QByteArray::fromHex("0000ffff") + lastBlocks(3) + blockStart();
    MessageAssembler assembler = limitedInflating(false, 1000);
    const auto first = assembler.add(compressedFrame(Opcode::Text, compressed));
    QVERIFY(first);
    QCOMPARE(first->payload, words);
    const QByteArray again = deflater.deflate(words);
    QVERIFY(again.size() < words.size() / 2);
    const auto second = assembler.add(compressedFrame(Opcode::Text, again));
    QVERIFY(second);
    QVERIFY(second->findings.isEmpty());
    QCOMPARE(second->payload, words);
}

void DeflateAbuseTest::goesOnAfterABadMessage_data()
{
    QTest::addColumn<QByteArray>("bad");
    QTest::addColumn<bool>("noContextTakeover");
    for (const bool alone : {false, true}) {
        const char *name = alone ? "messages stand alone" : "messages hang together";
        QTest::addRow("corrupt, %s", name) << QByteArray("\x07nonsense", 9) << alone;
        QTest::addRow("cut off, %s", name) << QByteArray::fromHex("00ff0000ff4865") << alone;
        QTest::addRow("bomb, %s", name) << Deflater(15, true).deflate(QByteArray(100'000, 'A')) << alone;
    }
}

/// As a lenient connection does: what follows is either right or said to be wrong, never guessed.
void DeflateAbuseTest::goesOnAfterABadMessage()
{
    QFETCH(QByteArray, bad);
    QFETCH(bool, noContextTakeover);
    MessageAssembler assembler = limitedInflating(noContextTakeover, 1000);
    const auto broken = assembler.add(compressedFrame(Opcode::Binary, bad));
    QVERIFY(broken);
    QVERIFY(broken->failWith() != 0);
    QCOMPARE(broken->payload, bad);

    const QByteArray good = Deflater(15, true).deflate("good");
    const auto next = assembler.add(compressedFrame(Opcode::Binary, good));
    QVERIFY(next);
    if (noContextTakeover) {
        QVERIFY(next->findings.isEmpty());
        QCOMPARE(next->payload, QByteArray("good"));
    } else {
        QCOMPARE(next->findings.constFirst().rule, QStringLiteral("message.deflate"));
        QVERIFY(next->findings.constFirst().text.contains(u"an earlier message"));
        QCOMPARE(next->payload, good);
    }
}

SOCKEYE_TEST(DeflateAbuseTest, QCoreApplication)
#include "tst_deflateabuse.moc"
