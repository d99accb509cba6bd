#include "wire/Frame.h"

#include "Samples.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestFrame final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opcodes();
    void headerFields();
    void headerForms_data();
    void headerForms();
    void minimalLength_data();
    void minimalLength();
    void maskEqualsTheRfcsFormula();
    void maskGoesOnAcrossPieces();
};

void TestFrame::opcodes()
{
    const QMap<int, QString> known{{0, QStringLiteral("continuation")}, {1, QStringLiteral("text")},
                                   {2, QStringLiteral("binary")},       {8, QStringLiteral("close")},
                                   {9, QStringLiteral("ping")},         {10, QStringLiteral("pong")}};
    const QString digits = QStringLiteral("0123456789ABCDEF");
    for (int i = 0; i < 16; ++i) {
        const auto opcode = static_cast<Opcode>(i);
        QCOMPARE(isReserved(opcode), !known.contains(i));
        QCOMPARE(isControl(opcode), i >= 8);
        QCOMPARE(opcodeName(opcode), known.value(i, QStringLiteral("reserved 0x%1").arg(digits[i])));
    }
}

void TestFrame::headerFields()
{
    for (int first = 0; first < 256; ++first) {
        const std::array wire{static_cast<char>(first), '\x05'};
        FrameHeader header;
        QVERIFY(FrameHeader::parse(wire, header));
        QCOMPARE(header.fin, first >= 128);
        QCOMPARE(header.rsv, first / 16 % 8);
        QCOMPARE(static_cast<int>(header.opcode), first % 16);
        QCOMPARE(header.masked, false);
        QCOMPARE(header.payloadSize, 5U);
        QCOMPARE(header.view(), QByteArrayView(wire));
    }
    FrameHeader header;
    QVERIFY(FrameHeader::parse(samples::bytes("c100"), header));
    QCOMPARE(header.rsv, quint8(Rsv1));
    QVERIFY(FrameHeader::parse(samples::bytes("a100"), header));
    QCOMPARE(header.rsv, quint8(Rsv2));
    QVERIFY(FrameHeader::parse(samples::bytes("9100"), header));
    QCOMPARE(header.rsv, quint8(Rsv3));
}

void TestFrame::headerForms_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<int>("lengthSize");
    QTest::addColumn<quint64>("payloadSize");
    QTest::addColumn<bool>("masked");
    const auto row = [](const char *name, const char *hex, int lengthSize, quint64 payloadSize, bool masked) {
        QTest::newRow(name) << samples::bytes(hex) << lengthSize << payloadSize << masked;
    };
    row("7 bits", "827d", 1, 125, false);
    row("16 bits", "827effff", 3, 65535, false);
    row("64 bits", "827f0102030405060708", 9, 0x0102030405060708, false);
    row("64 bits, highest", "827fffffffffffffffff", 9, ~0ULL, false);
    row("7 bits masked", "828037fa213d", 1, 0, true);
    row("16 bits masked", "82fe007e37fa213d", 3, 126, true);
    row("64 bits masked", "82ff000000000001000037fa213d", 9, 65536, true);
}

void TestFrame::headerForms()
{
    QFETCH(QByteArray, wire);
    QFETCH(int, lengthSize);
    QFETCH(quint64, payloadSize);
    QFETCH(bool, masked);
    FrameHeader header;
    QVERIFY(FrameHeader::parse(samples::bytes("0901"), header));
    const FrameHeader untouched = header;
    for (qsizetype size = 0; size < wire.size(); ++size) {
        QVERIFY(!FrameHeader::parse(wire.first(size), header));
        QCOMPARE(header, untouched);
    }
    QVERIFY(FrameHeader::parse(wire, header));
    QCOMPARE(header.view(), QByteArrayView(wire));
    QCOMPARE(static_cast<int>(header.lengthSize), lengthSize);
    QCOMPARE(header.payloadSize, payloadSize);
    QCOMPARE(header.masked, masked);
    QCOMPARE(header.maskKey, masked ? samples::RfcKey : (std::array<quint8, 4>{}));

    FrameHeader fromMore;
    QVERIFY(FrameHeader::parse(wire + "payload that follows", fromMore));
    QCOMPARE(fromMore, header);
}

void TestFrame::minimalLength_data()
{
    QTest::addColumn<QByteArray>("wire");
    QTest::addColumn<bool>("minimal");
    const auto row = [](const char *hex, bool minimal) { QTest::newRow(hex) << samples::bytes(hex) << minimal; };
    row("8200", true);
    row("827d", true);
    row("827e0000", false);
    row("827e007d", false);
    row("827e007e", true);
    row("827effff", true);
    row("827f0000000000000000", false);
    row("827f000000000000ffff", false);
    row("827f0000000000010000", true);
    row("827fffffffffffffffff", true);
}

void TestFrame::minimalLength()
{
    QFETCH(QByteArray, wire);
    QFETCH(bool, minimal);
    FrameHeader header;
    QVERIFY(FrameHeader::parse(wire, header));
    QCOMPARE(header.hasMinimalLength(), minimal);
}

void TestFrame::maskEqualsTheRfcsFormula()
{
    constexpr qsizetype margin = 8;
    for (qsizetype size = 0; size <= 70; ++size) {
        for (qsizetype start = 0; start < margin; ++start) {
            for (quint64 phase = 0; phase < 9; ++phase) {
                const QByteArray plain = samples::pattern(margin + size + margin);
                QByteArray expected = plain;
                for (qsizetype i = 0; i < size; ++i) {
                    const quint8 key = samples::RfcKey[(phase + static_cast<quint64>(i)) % 4];
                    expected[start + i] = static_cast<char>(static_cast<quint8>(plain[start + i]) ^ key);
                }
                QByteArray masked = plain;
                applyMask(masked.data() + start, size, samples::RfcKey, phase);
                QCOMPARE(masked, expected);
            }
        }
    }
}

void TestFrame::maskGoesOnAcrossPieces()
{
    const QByteArray plain = samples::pattern(100);
    QByteArray whole = plain;
    applyMask(whole.data(), whole.size(), samples::RfcKey);
    QVERIFY(whole != plain);
    for (qsizetype split = 0; split <= plain.size(); ++split) {
        QByteArray pieces = plain;
        applyMask(pieces.data(), split, samples::RfcKey);
        applyMask(pieces.data() + split, pieces.size() - split, samples::RfcKey, static_cast<quint64>(split));
        QCOMPARE(pieces, whole);
    }
    applyMask(whole.data(), whole.size(), samples::RfcKey);
    QCOMPARE(whole, plain);
}

SOCKEYE_TEST(TestFrame, NoApplication)
#include "tst_frame.moc"
