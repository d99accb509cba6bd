#include "support/TestProgram.h"
#include "wire/CloseCode.h"
#include "wire/DeflateAgreement.h"
#include "wire/FrameEncoder.h"
#include "wire/MessageAssembler.h"

#include <QRandomGenerator>
#include <QTest>

#include <memory>

using namespace sockeye;

namespace {
QByteArray noise(qsizetype size)
{
    QRandomGenerator random(7);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(random.bounded(256));
    return bytes;
}

QByteArray prose(qsizetype size)
{
    QByteArray bytes;
    for (int i = 0; bytes.size() < size; ++i)
        bytes += "{\"symbol\":\"AAPL\",\"price\":" + QByteArray::number(i * 37 % 1009) + "}\n";
    return bytes.first(size);
}

Frame serverFrame(Opcode opcode, const QByteArray &payload, bool fin, quint8 rsv)
{
    Frame frame;
    frame.header = makeHeader({.fin = fin, .rsv = rsv, .opcode = opcode, .maskKey = std::nullopt},
                              static_cast<quint64>(payload.size()));
    frame.payload = payload;
    return frame;
}

MessageAssembler inflating(MessageAssembler::Limits limits = {})
{
    MessageAssembler assembler(Direction::In, limits);
    assembler.inflateWith(std::make_unique<Inflater>(15, false));
    return assembler;
}
} // namespace

class PermessageDeflateTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void offers_data();
    void offers();
    void readsAnswers_data();
    void readsAnswers();
    void roundTrips_data();
    void roundTrips();
    void inflatesAnySplit();
    void inflatesTheExamplesOfTheRfc();
    void goesOnAfterALastBlock();
    void endsWithALastBlock_data();
    void endsWithALastBlock();
    void tellsOfALastBlock();
    void saysWhatAnEmptyMessageLooksLike();
    void keepsTheWindowSmall();
    void refusesWhatReachesBeyondTheWindow_data();
    void refusesWhatReachesBeyondTheWindow();
    void refusesABomb();
    void refusesBrokenData_data();
    void refusesBrokenData();
    void assemblesFragments();
    void refusesReservedBits_data();
    void refusesReservedBits();
    void keepsWhatCannotBeInflated();
    void checksTheTextThatComesOut();
};

void PermessageDeflateTest::offers_data()
{
    QTest::addColumn<DeflateOptions>("options");
    QTest::addColumn<QByteArray>("offer");
    QTest::newRow("default") << DeflateOptions{} << QByteArray("permessage-deflate; client_max_window_bits");
    QTest::newRow("off") << DeflateOptions{.offered = false} << QByteArray();
    QTest::newRow("all") << DeflateOptions{true, true, true, 10, 9}
                         << QByteArray("permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                                       "server_max_window_bits=10; client_max_window_bits=9");
}

void PermessageDeflateTest::offers()
{
    QFETCH(DeflateOptions, options);
    QTEST(deflateOffer(options), "offer");
}

void PermessageDeflateTest::readsAnswers_data()
{
    QTest::addColumn<QByteArray>("offer");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("isValid");
    QTest::addColumn<std::optional<DeflateParameters>>("agreed");
    const QByteArray plain = deflateOffer({});
    const auto valid = [&](const char *name, const QByteArray &offer, const QByteArray &answer,
                           std::optional<DeflateParameters> agreed) {
        QTest::newRow(name) << offer << answer << true << agreed;
    };
    const auto invalid = [&](const char *name, const QByteArray &offer, const QByteArray &answer) {
        QTest::newRow(name) << offer << answer << false << std::optional<DeflateParameters>();
    };
    valid("nothing", plain, "", std::nullopt);
    valid("other extension", plain + ", x-other", "x-other", std::nullopt);
    valid("bare", plain, "permessage-deflate", DeflateParameters{});
    valid("case and quotes", plain, "Permessage-Deflate; Server_Max_Window_Bits=\"12\"",
          DeflateParameters{false, false, 12, 15});
    valid("unoffered takeovers", plain, "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
          DeflateParameters{true, true, 15, 15});
    valid("client bits", plain, "permessage-deflate; client_max_window_bits=8", DeflateParameters{false, false, 15, 8});
    valid("our own bits hold", "permessage-deflate; client_max_window_bits=10", "permessage-deflate",
          DeflateParameters{false, false, 15, 10});
    const QByteArray two = "permessage-deflate; server_max_window_bits=10, permessage-deflate; client_max_window_bits";
    valid("the first of two", two, "permessage-deflate; server_max_window_bits=9",
          DeflateParameters{false, false, 9, 15});
    valid("the second of two", two, "permessage-deflate", DeflateParameters{});
    valid("by the second of two", two, "permessage-deflate; client_max_window_bits=9",
          DeflateParameters{false, false, 15, 9});
    invalid("none of two", two, "permessage-deflate; server_max_window_bits=9; client_max_window_bits=9; x");
    invalid("not offered", "", "permessage-deflate");
    invalid("twice", plain, "permessage-deflate, permessage-deflate");
    invalid("unknown", plain, "permessage-deflate; foo");
    invalid("repeated", plain, "permessage-deflate; server_no_context_takeover; server_no_context_takeover");
    invalid("value where none belongs", plain, "permessage-deflate; server_no_context_takeover=1");
    invalid("no bits", plain, "permessage-deflate; server_max_window_bits");
    invalid("7 bits", plain, "permessage-deflate; server_max_window_bits=7");
    invalid("16 bits", plain, "permessage-deflate; server_max_window_bits=16");
    invalid("leading zero", plain, "permessage-deflate; server_max_window_bits=08");
    invalid("signed", plain, "permessage-deflate; server_max_window_bits=+9");
    invalid("client bits not offered", "permessage-deflate", "permessage-deflate; client_max_window_bits=9");
    invalid("more than offered", "permessage-deflate; server_max_window_bits=9",
            "permessage-deflate; server_max_window_bits=10");
    invalid("offered bits ignored", "permessage-deflate; server_max_window_bits=9", "permessage-deflate");
    invalid("offered takeover ignored", "permessage-deflate; server_no_context_takeover", "permessage-deflate");
}

void PermessageDeflateTest::readsAnswers()
{
    QFETCH(QByteArray, offer);
    QFETCH(QByteArray, answer);
    const auto elements = [](const QByteArray &value) {
        return value.isEmpty() ? QList<QByteArray>() : value.split(',');
    };
    const auto read = parseDeflateAnswer(elements(offer), elements(answer));
    QTEST(bool(read), "isValid");
    if (read) {
        QTEST(read.value(), "agreed");
    } else {
        QVERIFY(!read.message().isEmpty());
    }
}

void PermessageDeflateTest::roundTrips_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a byte") << QByteArray("x");
    QTest::newRow("prose") << prose(20'000);
    QTest::newRow("noise") << noise(20'000);
    QTest::newRow("zeros") << QByteArray(1'500'000, '\0');
    QTest::newRow("much noise") << noise(200'000);
}

void PermessageDeflateTest::roundTrips()
{
    QFETCH(QByteArray, payload);
    for (const bool noTakeover : {false, true}) {
        for (int bits = 8; bits <= 15; ++bits) {
            Deflater deflater(bits, noTakeover);
            Inflater inflater(bits, noTakeover);
            // Several in a row: the window goes over from one to the next, or does not.
            for (const QByteArray &message : {payload, QByteArray("between"), payload, QByteArray(), payload}) {
                QByteArray out;
                QVERIFY(inflater.inflate(deflater.deflate(message), payload.size() + 16, out) == Inflater::Status::Ok);
                QVERIFY(inflater.finishMessage(payload.size() + 16, out) == Inflater::Status::Ok);
                QVERIFY(out == message);
            }
        }
    }
}

void PermessageDeflateTest::inflatesAnySplit()
{
    const QByteArray payload = prose(3'000);
    const QByteArray bytes = Deflater(15, false).deflate(payload);
    for (qsizetype step : {1, 2, 7, 64}) {
        Inflater inflater(15, false);
        QByteArray out;
        for (qsizetype at = 0; at < bytes.size(); at += step)
            QVERIFY(inflater.inflate(QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at)), 1 << 20,
                                     out) == Inflater::Status::Ok);
        QVERIFY(inflater.finishMessage(1 << 20, out) == Inflater::Status::Ok);
        QCOMPARE(out, payload);
    }
}

void PermessageDeflateTest::inflatesTheExamplesOfTheRfc()
{
    // RFC 7692 section 7.2.3: "Hello" compressed, again with the window kept, stored, and in two blocks.
    Inflater inflater(15, false);
    for (const char *hex :
         {"f248cdc9c90700", "f200110000", "000500faff48656c6c6f00", "f348cdc9c9070000", "f24805000000ffffcac9c90700"}) {
        QByteArray out;
        QVERIFY(inflater.inflate(QByteArray::fromHex(hex), 100, out) == Inflater::Status::Ok);
        QVERIFY2(inflater.finishMessage(100, out) == Inflater::Status::Ok, hex);
        QCOMPARE(out, QByteArray("Hello"));
    }
}

void PermessageDeflateTest::goesOnAfterALastBlock()
{
    Inflater inflater(15, false);
    QByteArray out;
    // "Hello" in a block marked as the last one, then "Hello" from the window.
    for (const char *hex : {"f348cdc9c9070000", "f200110000"}) {
        out.clear();
        QVERIFY(inflater.inflate(QByteArray::fromHex(hex), 100, out) == Inflater::Status::Ok);
        QVERIFY(inflater.finishMessage(100, out) == Inflater::Status::Ok);
    }
    QCOMPARE(out, QByteArray("Hello"));
}

/// A block marked as the last one, and nothing behind it: the message is whole, and the next one goes on from its
/// window.
void PermessageDeflateTest::endsWithALastBlock_data()
{
    QTest::addColumn<qsizetype>("step");
    QTest::addColumn<int>("windowBits");
    for (const int bits : {15, 9}) {
        QTest::addRow("%d bits, whole", bits) << qsizetype(100) << bits;
        QTest::addRow("%d bits, a byte at a time", bits) << qsizetype(1) << bits;
    }
}

void PermessageDeflateTest::endsWithALastBlock()
{
    QFETCH(qsizetype, step);
    QFETCH(int, windowBits);
    Inflater inflater(windowBits, false);
    const auto inflated = [&](const char *hex) {
        const QByteArray bytes = QByteArray::fromHex(hex);
        QByteArray out;
        for (qsizetype at = 0; at < bytes.size(); at += step) {
            if (inflater.inflate(bytes.sliced(at, std::min(step, bytes.size() - at)), 100, out) != Inflater::Status::Ok)
                return QByteArray("broken");
        }
        return inflater.finishMessage(100, out) == Inflater::Status::Ok ? out : QByteArray("unfinished");
    };
    QCOMPARE(inflated("f348cdc9c90700"), QByteArray("Hello"));
    QVERIFY(inflater.endedWithLastBlock());
    QCOMPARE(inflated("f200110000"), QByteArray("Hello"));
    QVERIFY(!inflater.endedWithLastBlock());
    QCOMPARE(inflated("f348cdc9c9070000"), QByteArray("Hello"));
    QVERIFY(!inflater.endedWithLastBlock());
}

void PermessageDeflateTest::tellsOfALastBlock()
{
    MessageAssembler assembler = inflating();
    const auto message = assembler.add(serverFrame(Opcode::Text, QByteArray::fromHex("f348cdc9c90700"), true, Rsv1));
    QVERIFY(message);
    QCOMPARE(message->payload, QByteArray("Hello"));
    QCOMPARE(message->failWith(), 0);
    QCOMPARE(message->findings.size(), 1);
    QCOMPARE(message->findings[0].rule, QStringLiteral("message.deflate-last-block"));
    QCOMPARE(message->findings[0].section, QStringLiteral("RFC 7692 7.2.3.4"));
    // Of several frames, the last of them empty.
    QVERIFY(!assembler.add(serverFrame(Opcode::Text, QByteArray::fromHex("f348cdc9c90700"), false, Rsv1)));
    const auto fragments = assembler.add(serverFrame(Opcode::Continuation, {}, true, 0));
    QVERIFY(fragments);
    QCOMPARE(fragments->payload, QByteArray("Hello"));
    QCOMPARE(fragments->findings.size(), 1);
    // What stands right is no finding.
    const auto right = assembler.add(serverFrame(Opcode::Text, QByteArray::fromHex("f348cdc9c9070000"), true, Rsv1));
    QVERIFY(right);
    QVERIFY(right->findings.isEmpty());
}

void PermessageDeflateTest::saysWhatAnEmptyMessageLooksLike()
{
    for (const bool inFragments : {false, true}) {
        MessageAssembler assembler = inflating();
        auto message = assembler.add(serverFrame(Opcode::Text, {}, !inFragments, Rsv1));
        if (inFragments)
            message = assembler.add(serverFrame(Opcode::Continuation, {}, true, 0));
        QVERIFY(message);
        QCOMPARE(message->failWith(), CloseCode::InvalidPayload);
        QCOMPARE(message->findings.constFirst().rule, QStringLiteral("message.deflate-empty"));
        QVERIFY(message->findings.constFirst().text.contains(QStringLiteral("00")));
    }
    MessageAssembler assembler = inflating();
    const auto right = assembler.add(serverFrame(Opcode::Text, QByteArray(1, '\0'), true, Rsv1));
    QVERIFY(right);
    QVERIFY(right->findings.isEmpty());
}

void PermessageDeflateTest::keepsTheWindowSmall()
{
    // Repeats 300 bytes apart: with a window of 256 bytes nobody may refer back that far. zlib's inflate() itself keeps
    // to the window across calls.
    QByteArray payload = noise(300);
    payload += payload;
    const QByteArray bytes = Deflater(8, false).deflate(payload);
    Inflater inflater(8, false);
    QByteArray out;
    for (const char byte : bytes)
        QVERIFY(inflater.inflate(QByteArrayView(&byte, 1), 1 << 20, out) == Inflater::Status::Ok);
    QVERIFY(inflater.finishMessage(1 << 20, out) == Inflater::Status::Ok);
    QCOMPARE(out, payload);
}

void PermessageDeflateTest::refusesWhatReachesBeyondTheWindow_data()
{
    QTest::addColumn<int>("pieceSize");
    for (const int size : {1, 7, 64, 4096})
        QTest::addRow("in pieces of %d", size) << size;
}

void PermessageDeflateTest::refusesWhatReachesBeyondTheWindow()
{
    QFETCH(int, pieceSize);
    // The same 300 bytes apart, by a peer that keeps 512 bytes although 256 were agreed on.
    QByteArray payload = noise(300);
    payload += payload;
    const QByteArray bytes = Deflater(10, false).deflate(payload);
    QVERIFY(bytes.size() < 400);

    Inflater inflater(8, false);
    QByteArray out;
    Inflater::Status status = Inflater::Status::Ok;
    for (qsizetype at = 0; at < bytes.size() && status == Inflater::Status::Ok; at += pieceSize)
        status = inflater.inflate(bytes.mid(at, pieceSize), 1 << 20, out);
    QVERIFY(status == Inflater::Status::Corrupt);
    QVERIFY(out.size() < payload.size());
    QVERIFY(payload.startsWith(out));
    QCOMPARE(inflater.errorText(), QStringLiteral("invalid distance too far back"));
}

void PermessageDeflateTest::refusesABomb()
{
    const QByteArray bytes = Deflater(15, false).deflate(QByteArray(64 * 1024 * 1024, 'A'));
    QVERIFY(bytes.size() < 100 * 1024);
    Inflater inflater(15, false);
    QByteArray out;
    QVERIFY(inflater.inflate(bytes, 1'000'000, out) == Inflater::Status::TooLarge);
    QCOMPARE(out.size(), 1'000'000);
    QVERIFY(out.capacity() < 4'000'000);

    // Exactly the limit is no bomb.
    Inflater exact(15, false);
    out.clear();
    QVERIFY(exact.inflate(bytes, 64 * 1024 * 1024, out) == Inflater::Status::Ok);
    QVERIFY(exact.finishMessage(64 * 1024 * 1024, out) == Inflater::Status::Ok);
}

void PermessageDeflateTest::refusesBrokenData_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Inflater::Status>("status");
    QTest::newRow("reserved block type") << QByteArray("\x07", 1) << Inflater::Status::Corrupt;
    QTest::newRow("stored length") << QByteArray::fromHex("0005000000") << Inflater::Status::Corrupt;
    QTest::newRow("before the window") << QByteArray::fromHex("f200110000") << Inflater::Status::Corrupt;
    QTest::newRow("cut off") << Deflater(15, false).deflate(prose(1'000)).chopped(5) << Inflater::Status::Truncated;
    QTest::newRow("cut off in a stored block") << QByteArray::fromHex("00ff0000ff4865") << Inflater::Status::Truncated;
}

void PermessageDeflateTest::refusesBrokenData()
{
    QFETCH(QByteArray, bytes);
    Inflater inflater(15, false);
    QByteArray out;
    auto status = inflater.inflate(bytes, 10'000, out);
    if (status == Inflater::Status::Ok)
        status = inflater.finishMessage(10'000, out);
    QTEST(status, "status");
}

void PermessageDeflateTest::assemblesFragments()
{
    MessageAssembler assembler = inflating();
    Deflater deflater(15, false);
    for (int round = 0; round < 2; ++round) {
        const QByteArray bytes = deflater.deflate("Hello, Sockeye");
        QVERIFY(!assembler.add(serverFrame(Opcode::Text, bytes.first(3), false, Rsv1)));
        // A control frame in between is none of its business.
        const auto ping = assembler.add(serverFrame(Opcode::Ping, "p", true, 0));
        QVERIFY(ping && ping->findings.isEmpty());
        QVERIFY(!assembler.add(serverFrame(Opcode::Continuation, {}, false, 0)));
        const auto message = assembler.add(serverFrame(Opcode::Continuation, bytes.sliced(3), true, 0));
        QVERIFY(message && message->complete && message->compressed);
        QCOMPARE(message->findings, Findings());
        QCOMPARE(message->payload, QByteArray("Hello, Sockeye"));
        QCOMPARE(message->wireSize, qint64(2 + 3 + 2 + 2 + bytes.size() - 3));
    }
    const auto plain = assembler.add(serverFrame(Opcode::Text, "as it is", true, 0));
    QVERIFY(plain && !plain->compressed);
    QCOMPARE(plain->payload, QByteArray("as it is"));
}

void PermessageDeflateTest::refusesReservedBits_data()
{
    QTest::addColumn<Opcode>("opcode");
    QTest::addColumn<quint8>("rsv");
    QTest::newRow("RSV2") << Opcode::Text << quint8(Rsv2);
    QTest::newRow("RSV1 and RSV3") << Opcode::Text << quint8(Rsv1 | Rsv3);
    QTest::newRow("RSV1 on a ping") << Opcode::Ping << quint8(Rsv1);
    QTest::newRow("RSV1 on a continuation") << Opcode::Continuation << quint8(Rsv1);
}

void PermessageDeflateTest::refusesReservedBits()
{
    QFETCH(Opcode, opcode);
    QFETCH(quint8, rsv);
    MessageAssembler assembler = inflating();
    if (opcode == Opcode::Continuation)
        QVERIFY(!assembler.add(serverFrame(Opcode::Text, Deflater(15, false).deflate("ab").first(1), false, Rsv1)));
    const auto message = assembler.add(serverFrame(opcode, "a", true, rsv));
    QVERIFY(message);
    QCOMPARE(message->failWith(), CloseCode::ProtocolError);
    QCOMPARE(message->findings.constFirst().rule, QStringLiteral("frame.rsv"));
}

void PermessageDeflateTest::keepsWhatCannotBeInflated()
{
    MessageAssembler whole = inflating();
    const QByteArray bad("\x07nonsense", 9);
    const auto message = whole.add(serverFrame(Opcode::Binary, bad, true, Rsv1));
    QVERIFY(message);
    QCOMPARE(message->failWith(), CloseCode::InvalidPayload);
    QCOMPARE(message->findings.constFirst().rule, QStringLiteral("message.deflate"));
    QCOMPARE(message->payload, bad);

    MessageAssembler small = inflating({.maxMessage = 1'000});
    const QByteArray bomb = Deflater(15, false).deflate(QByteArray(100'000, 'A'));
    QVERIFY(!small.add(serverFrame(Opcode::Text, bomb.first(2), false, Rsv1)));
    const auto broken = small.add(serverFrame(Opcode::Continuation, bomb.sliced(2), true, 0));
    QVERIFY(broken);
    QCOMPARE(broken->failWith(), CloseCode::MessageTooBig);
    QCOMPARE(broken->payload, bomb);
}

void PermessageDeflateTest::checksTheTextThatComesOut()
{
    MessageAssembler assembler = inflating();
    const QByteArray bytes = Deflater(15, false).deflate("ab\xff");
    const auto message = assembler.add(serverFrame(Opcode::Text, bytes, true, Rsv1));
    QVERIFY(message);
    QCOMPARE(message->failWith(), CloseCode::InvalidPayload);
    QCOMPARE(message->findings.constFirst().offset, qint64(2));
}

SOCKEYE_TEST(PermessageDeflateTest, QCoreApplication)
#include "tst_permessagedeflate.moc"
