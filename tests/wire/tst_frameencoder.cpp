#include "wire/FrameEncoder.h"

#include "Samples.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestFrameEncoder final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rfcExamples();
    void lengths_data();
    void lengths();
    void firstByte();
    void hugeHeader();
    void closeBody_data();
    void closeBody();
};

void TestFrameEncoder::rfcExamples()
{
    QCOMPARE(encodeFrame({}, "Hello"), samples::bytes("810548656c6c6f"));
    QCOMPARE(encodeFrame({.maskKey = samples::RfcKey}, "Hello"), samples::bytes("818537fa213d7f9f4d5158"));
    QCOMPARE(encodeFrame({.fin = false, .maskKey = {}}, "Hel"), samples::bytes("010348656c"));
    QCOMPARE(encodeFrame({.opcode = Opcode::Continuation, .maskKey = {}}, "lo"), samples::bytes("80026c6f"));
    QCOMPARE(encodeFrame({.opcode = Opcode::Ping, .maskKey = {}}, "Hello"), samples::bytes("890548656c6c6f"));
    QCOMPARE(encodeFrame({.opcode = Opcode::Pong, .maskKey = samples::RfcKey}, "Hello"),
             samples::bytes("8a8537fa213d7f9f4d5158"));
    const FrameSpec binary{.opcode = Opcode::Binary, .maskKey = {}};
    QCOMPARE(encodeFrame(binary, samples::pattern(256)), samples::bytes("827e0100") + samples::pattern(256));
    QCOMPARE(encodeFrame(binary, samples::pattern(65536)),
             samples::bytes("827f0000000000010000") + samples::pattern(65536));
}

void TestFrameEncoder::lengths_data()
{
    QTest::addColumn<qsizetype>("size");
    QTest::addColumn<bool>("masked");
    for (const qsizetype size : {0, 1, 7, 8, 124, 125, 126, 127, 65534, 65535, 65536, 65537, 1048576}) {
        for (const bool masked : {false, true})
            QTest::addRow("%lld %s", static_cast<long long>(size), masked ? "masked" : "plain") << size << masked;
    }
}

void TestFrameEncoder::lengths()
{
    QFETCH(qsizetype, size);
    QFETCH(bool, masked);
    const QByteArray payload = samples::pattern(size);
    const FrameSpec spec{.opcode = Opcode::Binary, .maskKey = masked ? std::optional(samples::RfcKey) : std::nullopt};
    const QByteArray expected = samples::raw({.firstByte = 0x82, .payload = payload, .masked = masked});
    QCOMPARE(encodeFrame(spec, payload), expected);

    const FrameHeader header = makeHeader(spec, static_cast<quint64>(size));
    FrameHeader parsed;
    QVERIFY(FrameHeader::parse(expected, parsed));
    QCOMPARE(header, parsed);
    QVERIFY(header.hasMinimalLength());
}

void TestFrameEncoder::firstByte()
{
    for (int first = 0; first < 256; ++first) {
        const FrameSpec spec{.fin = first >= 128,
                             .rsv = static_cast<quint8>(first / 16 % 8),
                             .opcode = static_cast<Opcode>(first % 16),
                             .maskKey = {}};
        QCOMPARE(encodeFrame(spec, "x"), samples::raw({.firstByte = first, .payload = "x"}));
    }
    // What does not fit its bits must not spill into others.
    const FrameSpec spilling{.fin = false, .rsv = 0xf9, .opcode = static_cast<Opcode>(0xf2), .maskKey = {}};
    QCOMPARE(encodeFrame(spilling, {}), samples::bytes("1200"));
}

void TestFrameEncoder::hugeHeader()
{
    const FrameHeader header = makeHeader({.opcode = Opcode::Binary, .maskKey = samples::RfcKey}, 0x7fffffffffffffff);
    QCOMPARE(header.view().toByteArray(), samples::bytes("82ff7fffffffffffffff37fa213d"));
}

void TestFrameEncoder::closeBody_data()
{
    QTest::addColumn<quint16>("code");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QByteArray>("body");
    const QByteArray normal("\x03\xe8");
    const auto repeated = [](const QString &text, int times) { return text.repeated(times); };
    QTest::newRow("none") << quint16(0) << QStringLiteral("ignored") << QByteArray();
    QTest::newRow("code only") << quint16(1000) << QString() << normal;
    QTest::newRow("with reason") << quint16(4999) << QStringLiteral("bye")
                                 << QByteArray("\x13\x87"
                                               "bye");
    QTest::newRow("forbidden codes are written all the same") << quint16(1005) << QString() << QByteArray("\x03\xed");
    QTest::newRow("123 bytes") << quint16(1000) << repeated(QStringLiteral("a"), 123) << normal + QByteArray(123, 'a');
    QTest::newRow("124 bytes") << quint16(1000) << repeated(QStringLiteral("a"), 124) << normal + QByteArray(123, 'a');
    QTest::newRow("2-byte characters") << quint16(1000) << repeated(QStringLiteral("é"), 62)
                                       << normal + QByteArray("é").repeated(61);
    QTest::newRow("3-byte characters that fit")
        << quint16(1000) << repeated(QStringLiteral("€"), 41) << normal + QByteArray("€").repeated(41);
    QTest::newRow("3-byte characters") << quint16(1000) << repeated(QStringLiteral("€"), 42)
                                       << normal + QByteArray("€").repeated(41);
    QTest::newRow("4-byte characters") << quint16(1000) << repeated(QStringLiteral("😀"), 31)
                                       << normal + QByteArray("😀").repeated(30);
}

void TestFrameEncoder::closeBody()
{
    QFETCH(quint16, code);
    QFETCH(QString, reason);
    QFETCH(QByteArray, body);
    QCOMPARE(encodeCloseBody(code, reason), body);
}

SOCKEYE_TEST(TestFrameEncoder, NoApplication)
#include "tst_frameencoder.moc"
