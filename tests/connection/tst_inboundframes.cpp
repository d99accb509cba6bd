#include "connection/InboundFrames.h"

#include "connection/OutboundMessage.h"
#include "support/TestProgram.h"
#include "wire/CloseCode.h"
#include "wire/FrameEncoder.h"

#include <QTest>

using namespace sockeye;

class InboundFramesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMessages_data();
    void readsMessages();
    void judgesByTheSender_data();
    void judgesByTheSender();
    void readsNothingAfterABrokenRule();
    void givesWhatComesAfterABrokenRule_data();
    void givesWhatComesAfterABrokenRule();
    void givesBytesAfterABrokenLength();
    void givesTheRestOfWhatWasRefusedEarly();
    void goesOnLeniently();
    void refusesLengths_data();
    void refusesLengths();
    void refusesEarly();
    void marksWhatComesAfterTheClose();
    void tellsTheLastFrameBeforeTheClose();
    void keepsWhatIsUnfinished();
    void inflatesByTheSender_data();
    void inflatesByTheSender();
};

namespace {
constexpr Timestamp Now{std::chrono::seconds(1'000)};
constexpr MaskKey PeerKey{1, 2, 3, 4};

QByteArray frame(Opcode opcode, QByteArrayView payload, bool fin = true, std::optional<MaskKey> key = std::nullopt)
{
    return encodeFrame({.fin = fin, .opcode = opcode, .maskKey = key}, payload);
}

QList<Message> read(InboundFrames &frames, const QByteArray &bytes, qsizetype step = 1 << 20, Timestamp now = Now)
{
    QList<Message> messages;
    for (qsizetype at = 0; at < bytes.size(); at += step) {
        QByteArrayView input = QByteArrayView(bytes).sliced(at, std::min(step, bytes.size() - at));
        while (auto message = frames.next(input, now))
            messages += std::move(*message);
    }
    return messages;
}
} // namespace

void InboundFramesTest::readsMessages_data()
{
    QTest::addColumn<qsizetype>("step");
    QTest::newRow("at once") << qsizetype(1'000'000);
    QTest::newRow("in threes") << qsizetype(3);
    QTest::newRow("byte by byte") << qsizetype(1);
}

void InboundFramesTest::readsMessages()
{
    QFETCH(qsizetype, step);
    InboundFrames frames;
    const QByteArray bytes = frame(Opcode::Text, "one") + frame(Opcode::Binary, "t", false) +
                             frame(Opcode::Ping, "between") + frame(Opcode::Continuation, "wo");
    const QList<Message> messages = read(frames, bytes, step);
    QCOMPARE(messages.size(), 3);
    QCOMPARE(messages[0].payload, QByteArray("one"));
    QVERIFY(messages[1].opcode == Opcode::Ping);
    QCOMPARE(messages[2].payload, QByteArray("two"));
    QCOMPARE(messages[2].frames.size(), 2);
    QVERIFY(messages[2].direction == Direction::In);
    QCOMPARE(messages[2].time, Now);
    QVERIFY(!frames.brokenRule());
    QVERIFY(frames.partialBytes().isEmpty());
}

void InboundFramesTest::judgesByTheSender_data()
{
    QTest::addColumn<Role>("sender");
    QTest::addColumn<bool>("masked");
    QTest::addColumn<QString>("rule");
    QTest::newRow("server") << Role::Server << false << QString();
    QTest::newRow("server that masks") << Role::Server << true << QStringLiteral("frame.masked");
    QTest::newRow("client") << Role::Client << true << QString();
    QTest::newRow("client that does not mask") << Role::Client << false << QStringLiteral("frame.unmasked");
}

/// A relay reads a client's frames, and records them as going out.
void InboundFramesTest::judgesByTheSender()
{
    QFETCH(Role, sender);
    QFETCH(bool, masked);
    QFETCH(QString, rule);
    InboundFrames frames({.direction = Direction::Out, .sender = sender});
    const QList<Message> messages =
        read(frames, frame(Opcode::Text, "hello", true, masked ? std::optional(PeerKey) : std::nullopt));
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages[0].payload, QByteArray("hello"));
    QVERIFY(messages[0].direction == Direction::Out);
    QCOMPARE(frames.brokenRule().has_value(), !rule.isEmpty());
    if (!rule.isEmpty())
        QCOMPARE(frames.brokenRule()->rule, rule);
}

void InboundFramesTest::readsNothingAfterABrokenRule()
{
    InboundFrames frames;
    const QList<Message> messages =
        read(frames, frame(static_cast<Opcode>(3), "bad") + frame(Opcode::Text, "never read") + "\x81");
    QCOMPARE(messages.size(), 1);
    QCOMPARE(frames.brokenRule()->rule, QStringLiteral("frame.reserved-opcode"));
    QCOMPARE(frames.brokenRule()->failWith, quint16(CloseCode::ProtocolError));
    QVERIFY(read(frames, frame(Opcode::Text, "never read")).isEmpty());
    QVERIFY(!frames.takeUnfinished());
}

void InboundFramesTest::givesWhatComesAfterABrokenRule_data()
{
    QTest::addColumn<qsizetype>("step");
    for (const qsizetype step : {1, 2, 7, 1'000})
        QTest::addRow("%d", static_cast<int>(step)) << step;
}

/// Of nextUnprocessed(): for the record.
void InboundFramesTest::givesWhatComesAfterABrokenRule()
{
    QFETCH(qsizetype, step);
    const QByteArray wire = frame(static_cast<Opcode>(3), "bad") + frame(Opcode::Text, "late \xff") +
                            frame(Opcode::Close, encodeCloseBody(1000, QStringLiteral("bye"))) + "\x81\x05ha";
    InboundFrames frames;
    QList<Message> late;
    for (qsizetype at = 0; at < wire.size(); at += step) {
        const QByteArray chunk = wire.sliced(at, std::min(step, wire.size() - at));
        QByteArrayView input = chunk;
        while (frames.next(input, Now)) {
        }
        if (!frames.brokenRule())
            continue;
        while (auto message = frames.nextUnprocessed(input, Now))
            late += std::move(*message);
        QVERIFY(input.isEmpty());
    }
    QCOMPARE(frames.brokenRule()->rule, QStringLiteral("frame.reserved-opcode"));
    QCOMPARE(late.size(), 2);
    QCOMPARE(late[0].payload, QByteArray("late \xff"));
    QCOMPARE(late[1].opcode, Opcode::Close);
    for (const Message &message : late) {
        QCOMPARE(message.findings.size(), 1);
        QCOMPARE(message.findings[0].rule, QStringLiteral("frame.not-processed"));
        QCOMPARE(message.frames.size(), 1);
    }
    QVERIFY(frames.takeUnprocessed().isEmpty());
    QCOMPARE(frames.partialBytes(), QByteArray("\x81\x05ha"));
}

/// A length that cannot be accepted: nobody knows where the next frame begins.
void InboundFramesTest::givesBytesAfterABrokenLength()
{
    InboundFrames frames({.maxMessage = 100});
    const QByteArray wire = QByteArray::fromHex("827e0065") + frame(Opcode::Text, "in it");
    QByteArrayView input = wire;
    QVERIFY(!frames.next(input, Now));
    QCOMPARE(frames.takeRefusedHeader(), wire.first(4));
    QVERIFY(!frames.nextUnprocessed(input, Now));
    QCOMPARE(frames.takeUnprocessed(), wire.sliced(4));
    QVERIFY(frames.partialBytes().isEmpty());
}

void InboundFramesTest::givesTheRestOfWhatWasRefusedEarly()
{
    InboundFrames frames;
    const QByteArray wire = frame(Opcode::Text, "bad\xff and a rest") + frame(Opcode::Ping, "p");
    QByteArrayView begin = QByteArrayView(wire).first(8);
    const auto refused = frames.next(begin, Now);
    QVERIFY(refused);
    QCOMPARE(refused->payload, QByteArray("bad\xff and").first(6));
    QByteArrayView rest = QByteArrayView(wire).sliced(8, 3);
    QVERIFY(!frames.nextUnprocessed(rest, Now));
    QCOMPARE(frames.partialBytes(), QByteArray("nd "));
    rest = QByteArrayView(wire).sliced(11);
    QVERIFY(!frames.nextUnprocessed(rest, Now));
    QCOMPARE(frames.takeUnprocessed(), QByteArray("bad\xff and a rest").sliced(6));
    const auto ping = frames.nextUnprocessed(rest, Now);
    QVERIFY(ping);
    QCOMPARE(ping->opcode, Opcode::Ping);
}

void InboundFramesTest::goesOnLeniently()
{
    InboundFrames frames({.lenient = true});
    const QList<Message> messages = read(frames, frame(static_cast<Opcode>(3), "bad") + frame(Opcode::Text, "read"));
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0].failWith(), quint16(CloseCode::ProtocolError));
    QVERIFY(!frames.brokenRule());
}

void InboundFramesTest::refusesLengths_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("lenient");
    QTest::addColumn<QString>("rule");
    const QByteArray tooLong = QByteArray::fromHex("827f8000000000000000");
    const QByteArray tooLarge = QByteArray::fromHex("827e0065");
    QTest::newRow("beyond the limit") << tooLarge << false << QStringLiteral("message.too-large");
    QTest::newRow("beyond the limit, leniently") << tooLarge << true << QStringLiteral("message.too-large");
    QTest::newRow("2^63") << tooLong << false << QStringLiteral("frame.length");
    QTest::newRow("2^63, leniently") << tooLong << true << QStringLiteral("frame.length");
}

void InboundFramesTest::refusesLengths()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, lenient);
    QFETCH(QString, rule);
    InboundFrames frames({.maxMessage = 100, .lenient = lenient});
    QCOMPARE(read(frames, frame(Opcode::Text, "before") + header + "payload").size(), 1);
    QCOMPARE(frames.brokenRule()->rule, rule);
    QCOMPARE(frames.takeRefusedHeader(), header);
    QVERIFY(!frames.takeRefusedHeader());
}

void InboundFramesTest::refusesEarly()
{
    InboundFrames frames;
    const QList<Message> messages = read(frames, frame(Opcode::Text, "bad\xff and a long rest to come").first(10));
    QCOMPARE(messages.size(), 1);
    QVERIFY(!messages[0].complete);
    QCOMPARE(frames.brokenRule()->rule, QStringLiteral("message.utf8"));
}

void InboundFramesTest::marksWhatComesAfterTheClose()
{
    InboundFrames frames;
    const QList<Message> messages = read(frames, frame(Opcode::Close, encodeCloseBody(1000, {})) +
                                                     frame(Opcode::Text, "late") + frame(Opcode::Text, "bad\xff"));
    QCOMPARE(messages.size(), 3);
    QVERIFY(messages[0].findings.isEmpty());
    QCOMPARE(messages[1].findings.size(), 1);
    QCOMPARE(messages[1].findings[0].rule, QStringLiteral("frame.after-close"));
    // The connection is closing already: there is nothing left to fail.
    QVERIFY(!frames.brokenRule());
}

void InboundFramesTest::tellsTheLastFrameBeforeTheClose()
{
    InboundFrames frames;
    QCOMPARE(frames.lastFrameTime(), Timestamp());
    (void)read(frames, frame(Opcode::Text, "unfinished", false), 1'000, Now);
    QCOMPARE(frames.lastFrameTime(), Now);
    const Timestamp later = Now + std::chrono::seconds(1);
    (void)read(frames, frame(Opcode::Ping, "").append(frame(Opcode::Close, "")), 1'000, later);
    (void)read(frames, frame(Opcode::Text, "late"), 1'000, later + std::chrono::seconds(1));
    QCOMPARE(frames.lastFrameTime(), later);
}

void InboundFramesTest::keepsWhatIsUnfinished()
{
    InboundFrames frames;
    const QByteArray half = frame(Opcode::Continuation, "of which half comes").first(7);
    QVERIFY(read(frames, frame(Opcode::Text, "a message ", false) + half).isEmpty());
    const auto unfinished = frames.takeUnfinished();
    QVERIFY(unfinished);
    QCOMPARE(unfinished->payload, QByteArray("a message "));
    QVERIFY(!unfinished->complete);
    QCOMPARE(frames.partialBytes(), half);
}

void InboundFramesTest::inflatesByTheSender_data()
{
    QTest::addColumn<Role>("sender");
    QTest::newRow("server") << Role::Server;
    QTest::newRow("client") << Role::Client;
}

void InboundFramesTest::inflatesByTheSender()
{
    QFETCH(Role, sender);
    // Only the sender of these frames does without a context: with the other's parameters the second would be corrupt.
    InboundFrames frames({.sender = sender});
    frames.agreeOnDeflate({.serverNoContextTakeover = sender != Role::Server,
                           .clientNoContextTakeover = sender != Role::Client,
                           .serverMaxWindowBits = 15,
                           .clientMaxWindowBits = 15});
    Deflater deflater(15, false);
    const auto key = sender == Role::Client ? std::optional(PeerKey) : std::nullopt;
    const QByteArray words = "said twice, and the second time by reference";
    QByteArray bytes;
    for (int round = 0; round < 2; ++round)
        bytes += makeOutbound(Opcode::Text, words, key, {}, &deflater).bytes;
    const QList<Message> messages = read(frames, bytes);
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[1].payload, words);
    QVERIFY(messages[1].compressed);
    QVERIFY(messages[1].findings.isEmpty());
}

SOCKEYE_TEST(InboundFramesTest, QCoreApplication)
#include "tst_inboundframes.moc"
