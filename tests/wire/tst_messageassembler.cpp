#include "wire/MessageAssembler.h"

#include "Samples.h"
#include "support/TestProgram.h"
#include "wire/CloseCode.h"

#include <QRandomGenerator>
#include <QTest>

using namespace sockeye;
using samples::rules;

namespace {

constexpr MessageAssembler::Limits SmallLimits{.maxMessage = 10, .maxFrames = 5};

QList<Message> assemble(MessageAssembler &assembler, const QByteArray &wire)
{
    QList<Message> messages;
    for (Frame &frame : samples::decode(wire)) {
        if (std::optional<Message> message = assembler.add(std::move(frame)))
            messages += *std::move(message);
    }
    return messages;
}

QList<Message> assemble(const QByteArray &wire, Direction direction = Direction::In)
{
    MessageAssembler assembler(direction);
    return assemble(assembler, wire);
}

} // namespace

class TestMessageAssembler final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rfcExamples();
    void singleFrameIsMovedNotCopied();
    void fragmentsMakeOneMessage();
    void controlFramesComeBetweenFragments();
    void takesUnfinishedMessages();
    void brokenRules_data();
    void brokenRules();
    void everyReservedOpcode();
    void lengthThatIsNotMinimal();
    void brokenFragmentEndsItsMessage();
    void lenientGoesOnCollecting_data();
    void lenientGoesOnCollecting();
    void lenientTellsOnce();
    void lenientInflatesBrokenFragments();
    void lenientKeepsWhatCannotBeInflated();
    void lenientRefusesOneSize();
    void unexpectedDataLeavesTheFragmentsToBeTaken();
    void limits_data();
    void limits();
    void emptyFragmentsAreLimited();
    void failsWithTheFirstReason();
    void anyBytesAreAccountedFor();
};

void TestMessageAssembler::rfcExamples()
{
    const QList<Message> in = assemble(samples::bytes("810548656c6c6f 010348656c 80026c6f 890548656c6c6f"));
    QCOMPARE(in.size(), 3);
    for (const Message &message : in) {
        QCOMPARE(message.payload, QByteArray("Hello"));
        QCOMPARE(message.direction, Direction::In);
        QVERIFY(message.complete);
        QVERIFY(!message.compressed);
        QCOMPARE(rules(message.findings), QStringList());
        QCOMPARE(message.failWith(), quint16(0));
    }
    QCOMPARE(in[0].opcode, Opcode::Text);
    QCOMPARE(in[1].opcode, Opcode::Text);
    QCOMPARE(in[1].frames.size(), 2);
    QCOMPARE(in[2].opcode, Opcode::Ping);

    const QList<Message> out =
        assemble(samples::bytes("818537fa213d7f9f4d5158 8a8537fa213d7f9f4d5158"), Direction::Out);
    QCOMPARE(out.size(), 2);
    QCOMPARE(out[0].payload, QByteArray("Hello"));
    QCOMPARE(out[0].direction, Direction::Out);
    QCOMPARE(out[1].opcode, Opcode::Pong);
    QCOMPARE(rules(out[0].findings + out[1].findings), QStringList());
}

void TestMessageAssembler::singleFrameIsMovedNotCopied()
{
    Frame frame = samples::received({0x82, samples::pattern(1000)});
    frame.payload.detach();
    const char *const data = frame.payload.constData();
    MessageAssembler assembler(Direction::In);
    const std::optional<Message> message = assembler.add(std::move(frame));
    QVERIFY(message);
    QCOMPARE(static_cast<const void *>(message->payload.constData()), static_cast<const void *>(data));
}

void TestMessageAssembler::fragmentsMakeOneMessage()
{
    const QByteArray wire = samples::raw({0x02, "one "}) + samples::raw({0x00, "two "}) + samples::raw({0x00, {}}) +
                            samples::raw({0x80, samples::pattern(200)});
    QList<Frame> frames = samples::decode(wire);
    QCOMPARE(frames.size(), 4);
    MessageAssembler assembler(Direction::In);
    qint64 ns = 0;
    for (Frame &frame : frames)
        frame.time = timestampFromNs(++ns);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(!assembler.add(Frame(frames[i])));
        QVERIFY(assembler.isInMessage());
    }
    const std::optional<Message> message = assembler.add(Frame(frames[3]));
    QVERIFY(message);
    QVERIFY(!assembler.isInMessage());
    QCOMPARE(message->opcode, Opcode::Binary);
    QCOMPARE(message->payload, "one two " + samples::pattern(200));
    QCOMPARE(message->frames.size(), 4);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(message->frames[i], frames[i].header);
    QCOMPARE(message->time, timestampFromNs(4));
    QCOMPARE(message->wireSize, wire.size());
    QVERIFY(message->complete);
    QCOMPARE(rules(message->findings), QStringList());
}

void TestMessageAssembler::controlFramesComeBetweenFragments()
{
    const QList<Message> messages = assemble(samples::bytes("010161 890170 000162 8a00 800163"));
    QCOMPARE(messages.size(), 3);
    QCOMPARE(messages[0].opcode, Opcode::Ping);
    QCOMPARE(messages[0].payload, QByteArray("p"));
    QCOMPARE(messages[1].opcode, Opcode::Pong);
    QCOMPARE(messages[2].opcode, Opcode::Text);
    QCOMPARE(messages[2].payload, QByteArray("abc"));
    QCOMPARE(messages[2].frames.size(), 3);
    for (const Message &message : messages)
        QCOMPARE(rules(message.findings), QStringList());
}

void TestMessageAssembler::takesUnfinishedMessages()
{
    MessageAssembler assembler(Direction::In);
    QVERIFY(!assembler.takeUnfinished());
    QVERIFY(assemble(assembler, samples::bytes("0102c3a9 000162")).isEmpty());
    const std::optional<Message> unfinished = assembler.takeUnfinished();
    QVERIFY(unfinished);
    QVERIFY(!unfinished->complete);
    QCOMPARE(unfinished->payload, QByteArray("éb"));
    QCOMPARE(unfinished->frames.size(), 2);
    QCOMPARE(unfinished->wireSize, 7);
    QVERIFY(!assembler.isInMessage());
    QVERIFY(!assembler.takeUnfinished());
    QCOMPARE(assemble(assembler, samples::bytes("810161")).size(), 1);
}

void TestMessageAssembler::brokenRules_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<QStringList>("expected");
    QTest::addColumn<QString>("section");
    QTest::addColumn<bool>("complete");
    const auto row = [](const char *name, const QByteArray &wire, const char *expected, const char *section,
                        bool complete = true, Direction direction = Direction::In) {
        QTest::newRow(name) << wire << direction << QString::fromLatin1(expected).split(u' ')
                            << QStringLiteral("RFC 6455 ") + QLatin1String(section) << complete;
    };
    row("masked by a server", samples::raw({0x81, "a", true}), "frame.masked", "5.1");
    row("masked ping by a server", samples::raw({0x89, {}, true}), "frame.masked", "5.1");
    row("unmasked by a client", samples::raw({0x81, "a"}), "frame.unmasked", "5.1", true, Direction::Out);
    row("RSV1", samples::bytes("c100"), "frame.rsv", "5.2");
    row("RSV2", samples::bytes("a200"), "frame.rsv", "5.2");
    row("RSV3 on a ping", samples::bytes("9900"), "frame.rsv", "5.2");
    row("all RSV, not final", samples::bytes("7100"), "frame.rsv", "5.2", false);
    row("reserved data opcode", samples::bytes("8300"), "frame.reserved-opcode", "5.2");
    row("reserved data opcode, not final", samples::bytes("0300"), "frame.reserved-opcode", "5.2", false);
    row("reserved control opcode", samples::bytes("8b00"), "frame.reserved-opcode", "5.2");
    row("ping without FIN", samples::bytes("0900"), "frame.control-fragmented", "5.5", false);
    row("close without FIN", samples::bytes("080203e8"), "frame.control-fragmented", "5.5", false);
    row("ping of 126 bytes", samples::raw({0x89, samples::pattern(126)}), "frame.control-too-long", "5.5");
    row("pong of 64 KiB", samples::raw({0x8a, samples::pattern(65536)}), "frame.control-too-long", "5.5");
    row("continues nothing", samples::bytes("800161"), "frame.unexpected-continuation", "5.4");
    row("continues nothing, not final", samples::bytes("000161"), "frame.unexpected-continuation", "5.4", false);
    row("continues what has ended", samples::bytes("010161 800162 800163"), "frame.unexpected-continuation", "5.4");
    row("text inside of a message", samples::bytes("010161 810162"), "frame.expected-continuation", "5.4");
    row("binary inside of a message", samples::bytes("010161 020162"), "frame.expected-continuation", "5.4", false);
    row("reserved control, without FIN", samples::bytes("0f00"), "frame.reserved-opcode frame.control-fragmented",
        "5.2", false);
    row("much at once", samples::raw({0x79, samples::pattern(126), true}),
        "frame.masked frame.rsv frame.control-fragmented frame.control-too-long", "5.1", false);
}

void TestMessageAssembler::brokenRules()
{
    QFETCH(QByteArray, wire);
    QFETCH(Direction, direction);
    QFETCH(QStringList, expected);
    QFETCH(QString, section);
    QFETCH(bool, complete);
    const QList<Message> messages = assemble(wire, direction);
    QVERIFY(!messages.isEmpty());
    const Message &message = messages.last();
    QCOMPARE(rules(message.findings), expected);
    QCOMPARE(message.findings.front().section, section);
    QCOMPARE(message.complete, complete);
    QCOMPARE(message.failWith(), quint16(1002));
    for (const Finding &finding : message.findings) {
        QCOMPARE(finding.severity, Severity::Error);
        QVERIFY2(finding.text.endsWith(u'.') && !finding.text.contains(u'%'), qPrintable(finding.text));
    }
    for (qsizetype i = 0; i < messages.size() - 1; ++i)
        QCOMPARE(rules(messages[i].findings), QStringList());
}

void TestMessageAssembler::everyReservedOpcode()
{
    for (int i = 0; i < 16; ++i) {
        const auto opcode = static_cast<Opcode>(i);
        const QList<Message> messages = assemble(samples::raw({0x80 | i, {}}));
        QCOMPARE(messages.size(), 1);
        QCOMPARE(messages[0].opcode, opcode);
        QCOMPARE(rules(messages[0].findings).contains(QStringLiteral("frame.reserved-opcode")), isReserved(opcode));
    }
}

void TestMessageAssembler::lengthThatIsNotMinimal()
{
    for (const int lengthSize : {3, 9}) {
        const QList<Message> messages = assemble(samples::raw({0x81, "a", false, lengthSize}));
        QCOMPARE(messages.size(), 1);
        QCOMPARE(rules(messages[0].findings), QStringList{QStringLiteral("frame.length-form")});
        QCOMPARE(messages[0].findings[0].severity, Severity::Error);
        QCOMPARE(messages[0].failWith(), CloseCode::ProtocolError);
        QCOMPARE(messages[0].payload, QByteArray("a"));
    }
    // A fragment ends its message there.
    const QList<Message> messages = assemble(samples::raw({0x01, "a", false, 3}) + samples::raw({0x80, "b"}));
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0].payload, QByteArray("a"));
    QCOMPARE(messages[0].failWith(), CloseCode::ProtocolError);
}

void TestMessageAssembler::brokenFragmentEndsItsMessage()
{
    for (const bool fin : {false, true}) {
        MessageAssembler assembler(Direction::In);
        const QList<Message> messages =
            assemble(assembler, samples::raw({0x01, "a"}) + samples::raw({fin ? 0xc0 : 0x40, "b"}));
        QCOMPARE(messages.size(), 1);
        QCOMPARE(messages[0].opcode, Opcode::Text);
        QCOMPARE(messages[0].payload, QByteArray("ab"));
        QCOMPARE(messages[0].complete, fin);
        QCOMPARE(rules(messages[0].findings), QStringList{QStringLiteral("frame.rsv")});
        QVERIFY(!assembler.isInMessage());
    }
}

void TestMessageAssembler::lenientGoesOnCollecting_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<QString>("rule");
    QTest::newRow("all masked") << samples::raw({0x01, "a", true}) + samples::raw({0x00, "b", true}) +
                                       samples::raw({0x80, "c", true})
                                << QStringLiteral("frame.masked");
    QTest::newRow("first RSV2") << samples::raw({0x21, "a"}) + samples::raw({0x00, "b"}) + samples::raw({0x80, "c"})
                                << QStringLiteral("frame.rsv");
    QTest::newRow("second RSV2") << samples::raw({0x01, "a"}) + samples::raw({0x20, "b"}) + samples::raw({0x80, "c"})
                                 << QStringLiteral("frame.rsv");
}

/// What follows a broken fragment still belongs to its message, and breaks no rule of its own.
void TestMessageAssembler::lenientGoesOnCollecting()
{
    QFETCH(QByteArray, wire);
    QFETCH(QString, rule);
    MessageAssembler assembler(Direction::In);
    assembler.setLenient(true);
    const QList<Message> messages = assemble(assembler, wire + samples::bytes("810164"));
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0].payload, QByteArray("abc"));
    QCOMPARE(messages[0].frames.size(), 3);
    QVERIFY(messages[0].complete);
    QCOMPARE(rules(messages[0].findings), QStringList{rule});
    QCOMPARE(messages[1].payload, QByteArray("d"));
    QCOMPARE(rules(messages[1].findings), QStringList());
}

void TestMessageAssembler::lenientTellsOnce()
{
    MessageAssembler assembler(Direction::In);
    assembler.setLenient(true);
    const QList<Message> messages = assemble(
        assembler, samples::raw({0x01, "a\xff"}) + samples::raw({0x00, "\xc3"}) + samples::raw({0x80, "\xff"}) +
                       samples::raw({0x01, "\xc3"}) + samples::raw({0x80, "\xa9"}));
    QCOMPARE(messages.size(), 2);
    QCOMPARE(rules(messages[0].findings), QStringList{QStringLiteral("message.utf8")});
    QCOMPARE(messages[0].findings.constFirst().offset, 1);
    QCOMPARE(messages[0].payload, QByteArray("a\xff\xc3\xff"));
    QCOMPARE(rules(messages[1].findings), QStringList());
}

void TestMessageAssembler::lenientInflatesBrokenFragments()
{
    const QByteArray plain = "compressed, masked and in pieces";
    Deflater deflater(15, false);
    MessageAssembler assembler(Direction::In);
    assembler.inflateWith(std::make_unique<Inflater>(15, false));
    assembler.setLenient(true);
    QByteArray wire;
    for (int i = 0; i < 2; ++i) {
        const QByteArray bytes = deflater.deflate(plain);
        wire += samples::raw({0x41, bytes.first(2), true}) + samples::raw({0x80, bytes.sliced(2), true});
    }
    const QList<Message> messages = assemble(assembler, wire);
    QCOMPARE(messages.size(), 2);
    for (const Message &message : messages) {
        QCOMPARE(message.payload, plain);
        QVERIFY(message.compressed && message.complete);
        QCOMPARE(rules(message.findings), QStringList{QStringLiteral("frame.masked")});
    }
}

void TestMessageAssembler::lenientKeepsWhatCannotBeInflated()
{
    MessageAssembler assembler(Direction::In);
    // Without takeover nothing is lost to the next message.
    assembler.inflateWith(std::make_unique<Inflater>(15, true));
    assembler.setLenient(true);
    Deflater deflater(15, true);
    const QList<Message> messages =
        assemble(assembler, samples::raw({0x41, "\x07"}) + samples::raw({0x00, "x"}) + samples::raw({0x80, "y"}) +
                                samples::raw({0xc1, deflater.deflate("next")}));
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages[0].payload, QByteArray("\x07xy"));
    QCOMPARE(rules(messages[0].findings), QStringList{QStringLiteral("message.deflate")});
    QCOMPARE(messages[1].payload, QByteArray("next"));
    QCOMPARE(rules(messages[1].findings), QStringList());
}

/// Memory stays bounded, and the frames that are refused are called what they are.
void TestMessageAssembler::lenientRefusesOneSize()
{
    MessageAssembler assembler(Direction::In, SmallLimits);
    assembler.setLenient(true);
    const QList<Message> messages =
        assemble(assembler, samples::raw({0x01, "123456789"}) + samples::raw({0x00, "0ab"}) +
                                samples::raw({0x00, "cd"}) + samples::raw({0x80, "e"}) + samples::raw({0x81, "next"}));
    QCOMPARE(messages.size(), 4);
    QCOMPARE(messages[0].payload, QByteArray("1234567890"));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(rules(messages[i].findings), QStringList{QStringLiteral("message.too-large")});
    QCOMPARE(rules(messages[3].findings), QStringList());
}

void TestMessageAssembler::unexpectedDataLeavesTheFragmentsToBeTaken()
{
    MessageAssembler assembler(Direction::In);
    const QList<Message> messages = assemble(assembler, samples::bytes("010161 820162"));
    QCOMPARE(messages.size(), 1);
    QCOMPARE(messages[0].opcode, Opcode::Binary);
    QCOMPARE(messages[0].payload, QByteArray("b"));
    const std::optional<Message> unfinished = assembler.takeUnfinished();
    QVERIFY(unfinished);
    QCOMPARE(unfinished->payload, QByteArray("a"));
}

void TestMessageAssembler::limits_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<bool>("tooLarge");
    QTest::addColumn<QByteArray>("payload");
    const QByteArray fragment = samples::raw({0x01, "12345"});
    QTest::newRow("one frame, at the limit") << samples::raw({0x81, "1234567890"}) << false << QByteArray("1234567890");
    QTest::newRow("one frame, beyond") << samples::raw({0x81, "1234567890a"}) << true << QByteArray("1234567890");
    QTest::newRow("cut inside of a character")
        << samples::raw({0x81, "123456789é"}) << true << QByteArray("123456789\xc3");
    QTest::newRow("fragments, at the limit")
        << fragment + samples::raw({0x80, "67890"}) << false << QByteArray("1234567890");
    QTest::newRow("fragments, beyond") << fragment + samples::raw({0x80, "67890a"}) << true << QByteArray("1234567890");
    QTest::newRow("fragments, beyond before the end")
        << fragment + samples::raw({0x00, samples::pattern(70000)}) << true << "12345" + samples::pattern(5);
    QTest::newRow("first fragment, beyond") << samples::raw({0x02, "1234567890a"}) << true << QByteArray("1234567890");
}

void TestMessageAssembler::limits()
{
    QFETCH(QByteArray, wire);
    QFETCH(bool, tooLarge);
    QFETCH(QByteArray, payload);
    MessageAssembler assembler(Direction::In, SmallLimits);
    const QList<Message> messages = assemble(assembler, wire);
    QCOMPARE(messages.size(), 1);
    const Message &message = messages[0];
    QCOMPARE(message.failWith(), quint16(tooLarge ? 1009 : 0));
    QCOMPARE(message.complete, !tooLarge);
    QCOMPARE(message.payload, payload);
    QCOMPARE(message.wireSize, wire.size());
    QCOMPARE(rules(message.findings), tooLarge ? QStringList{QStringLiteral("message.too-large")} : QStringList());
    QVERIFY(!assembler.isInMessage());
}

void TestMessageAssembler::emptyFragmentsAreLimited()
{
    MessageAssembler assembler(Direction::In, SmallLimits);
    QVERIFY(assemble(assembler, samples::bytes("0200 0000 0000 0000 0000")).isEmpty());
    const QList<Message> messages = assemble(assembler, samples::bytes("0000"));
    QCOMPARE(messages.size(), 1);
    QCOMPARE(rules(messages[0].findings), QStringList{QStringLiteral("message.too-large")});
    QCOMPARE(messages[0].frames.size(), 6);

    MessageAssembler allowing(Direction::In, SmallLimits);
    const QList<Message> allowed = assemble(allowing, samples::bytes("0200 0000 0000 0000 8000"));
    QCOMPARE(allowed.size(), 1);
    QVERIFY(allowed[0].findings.isEmpty());
}

void TestMessageAssembler::failsWithTheFirstReason()
{
    Message message;
    QCOMPARE(message.failWith(), quint16(0));
    Finding finding;
    message.findings += finding;
    QCOMPARE(message.failWith(), quint16(0));
    finding.failWith = 1007;
    message.findings += finding;
    finding.failWith = 1002;
    message.findings += finding;
    QCOMPARE(message.failWith(), quint16(1007));
}

void TestMessageAssembler::anyBytesAreAccountedFor()
{
    // Whatever comes, also after a fatal finding: nothing crashes, and every byte is in a message or left over.
    QRandomGenerator random(6455);
    for (int round = 0; round < 2000; ++round) {
        QByteArray wire;
        for (int i = 0; i < 30; ++i) {
            const int first = static_cast<int>(random.bounded(256U)) & (random.bounded(3) == 0 ? 0xff : 0x8f);
            const auto size = static_cast<qsizetype>(random.bounded(random.bounded(8) == 0 ? 140 : 6));
            wire += samples::raw({first, samples::pattern(size), random.bounded(4) == 0});
        }
        if (round % 2 == 0)
            wire[random.bounded(static_cast<int>(wire.size()))] = static_cast<char>(random.bounded(256));
        QByteArrayView input = wire;
        FrameDecoder decoder(1000);
        MessageAssembler assembler(Direction::In, {.maxMessage = 200, .maxFrames = 10});
        qint64 accounted = 0;
        for (Frame frame; decoder.next(input, frame);) {
            if (const std::optional<Message> message = assembler.add(std::move(frame)))
                accounted += message->wireSize;
        }
        if (const std::optional<Message> unfinished = assembler.takeUnfinished())
            accounted += unfinished->wireSize;
        QCOMPARE(accounted + decoder.partialBytes().size() + input.size(), wire.size());
    }
}

SOCKEYE_TEST(TestMessageAssembler, NoApplication)
#include "tst_messageassembler.moc"
