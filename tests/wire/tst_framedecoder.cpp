#include "wire/FrameDecoder.h"

#include "Samples.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

namespace {

QString described(const Frame &frame)
{
    return QString::fromLatin1(frame.header.view().toByteArray().toHex() + ' ' + frame.payload.toHex());
}

// Every form of the length with and without a mask, most of them longer than needed so that the stream stays short.
QByteArray variedStream()
{
    QByteArray stream;
    for (const int lengthSize : {1, 3, 9}) {
        for (const bool masked : {false, true}) {
            for (const qsizetype size : {0, 1, 7, 8, 9, 17})
                stream += samples::raw({0x82, samples::pattern(size), masked, lengthSize});
        }
    }
    return stream + samples::raw({0x89, samples::pattern(125)}) + samples::raw({0x01, samples::pattern(126), true}) +
           samples::raw({0x80, samples::pattern(300)});
}

QStringList decodeInPieces(const QList<QByteArray> &pieces)
{
    QStringList frames;
    FrameDecoder decoder;
    for (const QByteArray &piece : pieces) {
        QByteArrayView input = piece;
        for (Frame frame; decoder.next(input, frame);)
            frames += described(frame);
        if (!input.isEmpty())
            frames += QStringLiteral("left over: %1").arg(input.size());
    }
    return decoder.isInFrame() ? frames + QStringList{QStringLiteral("unfinished")} : frames;
}

} // namespace

class TestFrameDecoder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rfcExamples_data();
    void rfcExamples();
    void lengths_data();
    void lengths();
    void anySplitGivesTheSameFrames();
    void longPayloadInPieces_data();
    void longPayloadInPieces();
    void takesOneFrameAtATime();
    void judgesNothing();
    void framesDoNotShareTheirPayloads();
    void tellsWhatIsUnfinished_data();
    void tellsWhatIsUnfinished();
    void headerBeingFilledHoldsNothingOfTheLast();
    void refusesLargePayloads_data();
    void refusesLargePayloads();
    void refusesTheSignBit();
    void memoryDoesNotFollowTheAnnouncement();
    void emptyInput();
};

void TestFrameDecoder::rfcExamples_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("opcode");
    QTest::addColumn<bool>("fin");
    QTest::addColumn<bool>("masked");
    QTest::newRow("text") << samples::bytes("810548656c6c6f") << QByteArray("Hello") << 1 << true << false;
    QTest::newRow("masked text") << samples::bytes("818537fa213d7f9f4d5158") << QByteArray("Hello") << 1 << true
                                 << true;
    QTest::newRow("first fragment") << samples::bytes("010348656c") << QByteArray("Hel") << 1 << false << false;
    QTest::newRow("last fragment") << samples::bytes("80026c6f") << QByteArray("lo") << 0 << true << false;
    QTest::newRow("ping") << samples::bytes("890548656c6c6f") << QByteArray("Hello") << 9 << true << false;
    QTest::newRow("masked pong") << samples::bytes("8a8537fa213d7f9f4d5158") << QByteArray("Hello") << 10 << true
                                 << true;
    QTest::newRow("256 bytes") << samples::bytes("827e0100") + samples::pattern(256) << samples::pattern(256) << 2
                               << true << false;
    QTest::newRow("64 KiB") << samples::bytes("827f0000000000010000") + samples::pattern(65536)
                            << samples::pattern(65536) << 2 << true << false;
}

void TestFrameDecoder::rfcExamples()
{
    QFETCH(QByteArray, wire);
    QFETCH(QByteArray, payload);
    QFETCH(int, opcode);
    QFETCH(bool, fin);
    QFETCH(bool, masked);
    const QList<Frame> frames = samples::decode(wire);
    QCOMPARE(frames.size(), 1);
    const Frame &frame = frames.front();
    QCOMPARE(frame.payload, payload);
    QCOMPARE(static_cast<int>(frame.header.opcode), opcode);
    QCOMPARE(frame.header.fin, fin);
    QCOMPARE(frame.header.masked, masked);
    QCOMPARE(frame.header.rsv, quint8(0));
    QCOMPARE(frame.header.view().toByteArray(), wire.first(wire.size() - payload.size()));
}

void TestFrameDecoder::lengths_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<bool>("masked");
    QTest::addColumn<int>("headerSize");
    const auto row = [](qsizetype size, int headerSize) {
        QTest::addRow("%lld plain", static_cast<long long>(size)) << size << false << headerSize;
        QTest::addRow("%lld masked", static_cast<long long>(size)) << size << true << headerSize + 4;
    };
    for (const qsizetype size : {0, 1, 124, 125})
        row(size, 2);
    for (const qsizetype size : {126, 127, 65534, 65535})
        row(size, 4);
    for (const qsizetype size : {65536, 65537, 1048577})
        row(size, 10);
}

void TestFrameDecoder::lengths()
{
    QFETCH(qsizetype, size);
    QFETCH(bool, masked);
    QFETCH(int, headerSize);
    const QByteArray payload = samples::pattern(size);
    const QByteArray wire = samples::raw({0x82, payload, masked});
    const QList<Frame> frames = samples::decode(wire + wire);
    QCOMPARE(frames.size(), 2);
    for (const Frame &frame : frames) {
        QVERIFY(frame.payload == payload);
        QCOMPARE(frame.header.payloadSize, static_cast<quint64>(size));
        QCOMPARE(static_cast<int>(frame.header.size), headerSize);
        QVERIFY(frame.header.hasMinimalLength());
    }
}

void TestFrameDecoder::anySplitGivesTheSameFrames()
{
    const QByteArray stream = variedStream();
    const QStringList whole = decodeInPieces({stream});
    QCOMPARE(whole.size(), 39);
    QVERIFY(whole.last().endsWith(QString::fromLatin1(samples::pattern(300).toHex())));

    QList<QByteArray> single;
    for (const char c : stream)
        single += QByteArray(1, c);
    QCOMPARE(decodeInPieces(single), whole);

    for (qsizetype split = 0; split <= stream.size(); ++split)
        QCOMPARE(decodeInPieces({stream.first(split), stream.sliced(split)}), whole);
}

void TestFrameDecoder::longPayloadInPieces_data()
{
    QTest::addColumn<qsizetype>("piece");
    QTest::addColumn<bool>("masked");
    for (const qsizetype piece : {1, 1000, 4096, 65535, 65536, 65537, 150000}) {
        QTest::addRow("%lld plain", static_cast<long long>(piece)) << piece << false;
        QTest::addRow("%lld masked", static_cast<long long>(piece)) << piece << true;
    }
}

void TestFrameDecoder::longPayloadInPieces()
{
    QFETCH(qsizetype, piece);
    QFETCH(bool, masked);
    const QByteArray payload = samples::pattern(200'000);
    const QByteArray wire = samples::raw({0x82, payload, masked});
    FrameDecoder decoder;
    Frame frame;
    int complete = 0;
    for (qsizetype at = 0; at < wire.size(); at += piece) {
        QByteArrayView input = QByteArrayView(wire).sliced(at, std::min(piece, wire.size() - at));
        complete += decoder.next(input, frame) ? 1 : 0;
        QVERIFY(input.isEmpty());
    }
    QCOMPARE(complete, 1);
    QVERIFY(frame.payload == payload);
    QVERIFY(!decoder.isInFrame());
}

void TestFrameDecoder::takesOneFrameAtATime()
{
    const QByteArray wire = samples::bytes("8101618a00820162") + "rest";
    QByteArrayView input = QByteArrayView(wire).chopped(4);
    FrameDecoder decoder;
    Frame frame;
    QVERIFY(decoder.next(input, frame));
    QCOMPARE(input.size(), 5);
    QCOMPARE(frame.payload, QByteArray("a"));
    QVERIFY(decoder.next(input, frame));
    QCOMPARE(input.size(), 3);
    QCOMPARE(frame.header.opcode, Opcode::Pong);
    QVERIFY(frame.payload.isEmpty());
    QVERIFY(decoder.next(input, frame));
    QVERIFY(input.isEmpty());
    QCOMPARE(frame.payload, QByteArray("b"));
    QVERIFY(!decoder.next(input, frame));
    QCOMPARE(decoder.status(), FrameDecoder::Status::Ok);
}

void TestFrameDecoder::judgesNothing()
{
    for (int first = 0; first < 256; ++first) {
        const QList<Frame> frames = samples::decode(samples::raw({first, samples::pattern(200)}));
        QCOMPARE(frames.size(), 1);
        QCOMPARE(frames.front().header.rsv, first / 16 % 8);
        QCOMPARE(static_cast<int>(frames.front().header.opcode), first % 16);
        QCOMPARE(frames.front().header.fin, first >= 128);
        QCOMPARE(frames.front().payload, samples::pattern(200));
    }
}

void TestFrameDecoder::framesDoNotShareTheirPayloads()
{
    // The caller's bytes are a buffer that is used again, and so is the caller's Frame.
    QByteArray buffer = samples::raw({0x82, "first"});
    FrameDecoder decoder;
    Frame frame;
    QByteArrayView input = buffer;
    QVERIFY(decoder.next(input, frame));
    const QByteArray kept = frame.payload;
    buffer.replace("first", "xxxxx");
    QCOMPARE(kept, QByteArray("first"));
    const QByteArray second = samples::raw({0x82, "other", true});
    input = second;
    QVERIFY(decoder.next(input, frame));
    QCOMPARE(frame.payload, QByteArray("other"));
    QCOMPARE(kept, QByteArray("first"));
}

void TestFrameDecoder::tellsWhatIsUnfinished_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::newRow("plain") << samples::raw({0x81, samples::pattern(20)});
    QTest::newRow("masked") << samples::raw({0x81, samples::pattern(20), true});
    QTest::newRow("masked, long form") << samples::raw({0x81, samples::pattern(20), true, 9});
    QTest::newRow("no payload") << samples::raw({0x89, {}, true});
}

void TestFrameDecoder::tellsWhatIsUnfinished()
{
    QFETCH(QByteArray, wire);
    for (qsizetype split = 0; split < wire.size(); ++split) {
        FrameDecoder decoder;
        Frame frame;
        for (const char &c : wire.first(split)) {
            QByteArrayView input(&c, 1);
            QVERIFY(!decoder.next(input, frame));
        }
        QCOMPARE(decoder.isInFrame(), split > 0);
        QCOMPARE(decoder.partialBytes(), wire.first(split));
        QByteArrayView rest = QByteArrayView(wire).sliced(split);
        QVERIFY(decoder.next(rest, frame));
        QVERIFY(!decoder.isInFrame());
        QCOMPARE(decoder.partialBytes(), QByteArray());
    }
}

void TestFrameDecoder::headerBeingFilledHoldsNothingOfTheLast()
{
    const QByteArray wire = samples::raw({0x82, samples::pattern(200), true}) + samples::bytes("81fe");
    FrameDecoder decoder;
    Frame frame;
    QByteArrayView input = wire;
    QVERIFY(decoder.next(input, frame));
    QVERIFY(!decoder.next(input, frame));
    FrameHeader begun;
    begun.bytes = {'\x81', '\xfe'};
    begun.size = 2;
    QCOMPARE(decoder.header(), begun);
}

void TestFrameDecoder::refusesLargePayloads_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<quint64>("limit");
    QTest::newRow("short form") << samples::raw({0x82, samples::pattern(101)}) << quint64(100);
    QTest::newRow("masked") << samples::raw({0x82, samples::pattern(101), true}) << quint64(100);
    QTest::newRow("16 bits") << samples::raw({0x82, samples::pattern(1001)}) << quint64(1000);
    QTest::newRow("64 bits") << samples::raw({0x82, samples::pattern(70001)}) << quint64(70000);
    QTest::newRow("nothing allowed") << samples::raw({0x82, samples::pattern(1)}) << quint64(0);
}

void TestFrameDecoder::refusesLargePayloads()
{
    QFETCH(QByteArray, wire);
    QFETCH(quint64, limit);
    QByteArrayView input = wire;
    Frame frame;
    FrameDecoder decoder(limit);
    QVERIFY(!decoder.next(input, frame));
    QCOMPARE(decoder.status(), FrameDecoder::Status::TooLarge);
    QCOMPARE(decoder.header().payloadSize, limit + 1);
    QCOMPARE(decoder.partialBytes(), wire.first(wire.size() - static_cast<qsizetype>(limit + 1)));
    const QByteArrayView rest = input;
    QVERIFY(!decoder.next(input, frame));
    QCOMPARE(input.size(), rest.size());

    input = wire;
    FrameDecoder allowing(limit + 1);
    QVERIFY(allowing.next(input, frame));
    QCOMPARE(frame.payload.size(), static_cast<qsizetype>(limit + 1));
}

void TestFrameDecoder::refusesTheSignBit()
{
    for (const char *hex : {"827f8000000000000000", "827fffffffffffffffff", "82ff800000000000000537fa213d"}) {
        const QByteArray wire = samples::bytes(hex);
        QByteArrayView input = wire;
        Frame frame;
        FrameDecoder decoder(~0ULL);
        QVERIFY(!decoder.next(input, frame));
        QCOMPARE(decoder.status(), FrameDecoder::Status::LengthTooLong);
        QCOMPARE(decoder.header().view(), QByteArrayView(wire));
    }
}

void TestFrameDecoder::memoryDoesNotFollowTheAnnouncement()
{
    // Whoever reserves what these announce runs out of memory at the first.
    const QByteArray begun = samples::bytes("827f4000000000000000") + "begun";
    for (int i = 0; i < 100; ++i) {
        FrameDecoder decoder(~0ULL);
        Frame frame;
        QByteArrayView input = begun;
        QVERIFY(!decoder.next(input, frame));
        QCOMPARE(decoder.status(), FrameDecoder::Status::Ok);
        QVERIFY(decoder.isInFrame());
        QCOMPARE(decoder.partialBytes(), begun);
    }
}

void TestFrameDecoder::emptyInput()
{
    FrameDecoder decoder;
    Frame frame;
    QByteArrayView input;
    QVERIFY(!decoder.next(input, frame));
    QVERIFY(!decoder.isInFrame());
    const QByteArray header = samples::bytes("8101");
    input = header;
    QVERIFY(!decoder.next(input, frame));
    input = {};
    QVERIFY(!decoder.next(input, frame));
    input = "x";
    QVERIFY(decoder.next(input, frame));
    QCOMPARE(frame.payload, QByteArray("x"));
}

SOCKEYE_TEST(TestFrameDecoder, NoApplication)
#include "tst_framedecoder.moc"
