#include "wire/RawFrame.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

namespace {
QStringList rulesOf(const RawFrame &frame, bool deflate = false)
{
    QStringList rules;
    for (const Finding &finding : checkRawFrame(frame, deflate))
        rules += finding.rule;
    return rules;
}

RawFrame good()
{
    RawFrame frame;
    frame.maskKey = std::array<quint8, 4>{1, 2, 3, 4};
    frame.payload = "abcde";
    return frame;
}
} // namespace

class RawFrameTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headerBits_data();
    void headerBits();
    void masks();
    void lengthForms_data();
    void lengthForms();
    void claims_data();
    void claims();
    void checks_data();
    void checks();
    void checksDeflate();
};

void RawFrameTest::headerBits_data()
{
    QTest::addColumn<RawFrame>("frame");
    QTest::addColumn<QByteArray>("bytes");
    const auto row = [](const char *name, bool fin, int rsv, int opcode, const char *hex) {
        RawFrame frame;
        frame.fin = fin;
        frame.rsv = static_cast<quint8>(rsv);
        frame.opcode = static_cast<quint8>(opcode);
        QTest::newRow(name) << frame << QByteArray::fromHex(hex);
    };
    row("nothing set", false, 0, 0, "0000");
    row("FIN", true, 0, 0, "8000");
    row("RSV1", false, 4, 0, "4000");
    row("RSV2", false, 2, 0, "2000");
    row("RSV3", false, 1, 0, "1000");
    for (int opcode = 0; opcode < 16; ++opcode) {
        const QByteArray name = "opcode " + QByteArray::number(opcode);
        row(name.constData(), false, 0, opcode, ("0" + QByteArray::number(opcode, 16) + "00").constData());
    }
    row("all set", true, 7, 15, "ff00");
    row("more than fits", true, 0xf8 | 7, 0xf0 | 15, "ff00");
}

void RawFrameTest::headerBits()
{
    QFETCH(RawFrame, frame);
    QTEST(encodeRawFrame(frame), "bytes");
    QCOMPARE(rawHeaderSize(frame), 2);
}

void RawFrameTest::masks()
{
    const RawFrame frame = good();
    const QByteArray bytes = encodeRawFrame(frame);
    QCOMPARE(bytes, QByteArray::fromHex("818501020304") + QByteArray::fromHex("6060606064"));
    QCOMPARE(rawHeaderSize(frame), 6);
    RawFrame unmasked = frame;
    unmasked.maskKey.reset();
    QCOMPARE(encodeRawFrame(unmasked), QByteArray::fromHex("8105") + "abcde");
}

void RawFrameTest::lengthForms_data()
{
    QTest::addColumn<RawFrame::LengthForm>("form");
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("header");
    using Form = RawFrame::LengthForm;
    QTest::newRow("minimal, 125") << Form::Minimal << 125 << QByteArray::fromHex("817d");
    QTest::newRow("minimal, 126") << Form::Minimal << 126 << QByteArray::fromHex("817e007e");
    QTest::newRow("minimal, 65535") << Form::Minimal << 65'535 << QByteArray::fromHex("817effff");
    QTest::newRow("minimal, 65536") << Form::Minimal << 65'536 << QByteArray::fromHex("817f0000000000010000");
    QTest::newRow("7 bits, 5") << Form::SevenBits << 5 << QByteArray::fromHex("8105");
    QTest::newRow("16 bits, 5") << Form::SixteenBits << 5 << QByteArray::fromHex("817e0005");
    QTest::newRow("64 bits, 5") << Form::SixtyFourBits << 5 << QByteArray::fromHex("817f0000000000000005");
    // What a form cannot hold is cut to its largest, not wrapped round.
    QTest::newRow("7 bits, 300") << Form::SevenBits << 300 << QByteArray::fromHex("817d");
    QTest::newRow("16 bits, 65536") << Form::SixteenBits << 65'536 << QByteArray::fromHex("817effff");
}

void RawFrameTest::lengthForms()
{
    QFETCH(RawFrame::LengthForm, form);
    QFETCH(int, size);
    QFETCH(QByteArray, header);
    RawFrame frame;
    frame.lengthForm = form;
    frame.payload = QByteArray(size, 'x');
    QCOMPARE(encodeRawFrame(frame), header + frame.payload);
    QCOMPARE(rawHeaderSize(frame), int(header.size()));
}

void RawFrameTest::claims_data()
{
    QTest::addColumn<quint64>("claimed");
    QTest::addColumn<RawFrame::LengthForm>("form");
    QTest::addColumn<QByteArray>("header");
    using Form = RawFrame::LengthForm;
    QTest::newRow("less") << quint64(3) << Form::Minimal << QByteArray::fromHex("8103");
    QTest::newRow("more") << quint64(200) << Form::Minimal << QByteArray::fromHex("817e00c8");
    QTest::newRow("2^63-1") << ~(1ULL << 63) << Form::Minimal << QByteArray::fromHex("817f7fffffffffffffff");
    QTest::newRow("2^64-1") << ~0ULL << Form::Minimal << QByteArray::fromHex("817fffffffffffffffff");
    QTest::newRow("more than the form holds")
        << quint64(100'000) << Form::SixteenBits << QByteArray::fromHex("817effff");
}

void RawFrameTest::claims()
{
    QFETCH(quint64, claimed);
    QFETCH(RawFrame::LengthForm, form);
    QFETCH(QByteArray, header);
    RawFrame frame;
    frame.payload = "hello";
    frame.claimedSize = claimed;
    frame.lengthForm = form;
    QCOMPARE(encodeRawFrame(frame), header + "hello");
    frame.maskKey = std::array<quint8, 4>{1, 2, 3, 4};
    QVERIFY2(rulesOf(frame).contains(QStringLiteral("frame.false-length")), qPrintable(rulesOf(frame).join(u' ')));
}

void RawFrameTest::checks_data()
{
    QTest::addColumn<RawFrame>("frame");
    QTest::addColumn<QStringList>("rules");
    const auto row = [](const char *name, void (*change)(RawFrame &), const char *rule) {
        RawFrame frame = good();
        change(frame);
        QTest::newRow(name) << frame << (rule ? QStringList{QString::fromLatin1(rule)} : QStringList());
    };
    row(
        "good", [](RawFrame &) {}, nullptr);
    row(
        "continuation", [](RawFrame &f) { f.opcode = 0; }, nullptr);
    row(
        "not the last", [](RawFrame &f) { f.fin = false; }, nullptr);
    row(
        "ping", [](RawFrame &f) { f.opcode = 9; }, nullptr);
    row(
        "unmasked", [](RawFrame &f) { f.maskKey.reset(); }, "frame.unmasked");
    row(
        "RSV1", [](RawFrame &f) { f.rsv = 4; }, "frame.rsv");
    row(
        "reserved", [](RawFrame &f) { f.opcode = 5; }, "frame.reserved-opcode");
    row(
        "long form", [](RawFrame &f) { f.lengthForm = RawFrame::LengthForm::SixteenBits; }, "frame.length-form");
    row(
        "claims more", [](RawFrame &f) { f.claimedSize = 6; }, "frame.false-length");
    row(
        "fragmented ping",
        [](RawFrame &f) {
            f.opcode = 9;
            f.fin = false;
        },
        "frame.control-fragmented");
    row(
        "long ping",
        [](RawFrame &f) {
            f.opcode = 9;
            f.payload = QByteArray(126, 'x');
        },
        "frame.control-too-long");
    row(
        "no UTF-8", [](RawFrame &f) { f.payload = "\xff"; }, "message.utf8");
    row(
        "binary need not be",
        [](RawFrame &f) {
            f.opcode = 2;
            f.payload = "\xff";
        },
        nullptr);
    row(
        "close",
        [](RawFrame &f) {
            f.opcode = 8;
            f.payload = QByteArray::fromHex("03e8");
        },
        nullptr);
    row(
        "close of a byte",
        [](RawFrame &f) {
            f.opcode = 8;
            f.payload = "\x03";
        },
        "close.one-byte");
    row(
        "close 1006",
        [](RawFrame &f) {
            f.opcode = 8;
            f.payload = QByteArray::fromHex("03ee");
        },
        "close.code");
}

void RawFrameTest::checks()
{
    QFETCH(RawFrame, frame);
    QTEST(rulesOf(frame), "rules");
}

void RawFrameTest::checksDeflate()
{
    RawFrame frame = good();
    frame.rsv = 4;
    // Whether it inflates, and to what, hangs on what went before: it is not judged.
    frame.payload = "\xff\xff";
    QCOMPARE(rulesOf(frame, true), QStringList());
    frame.rsv = 6;
    QCOMPARE(rulesOf(frame, true), QStringList{QStringLiteral("frame.rsv")});
    frame.rsv = 4;
    frame.opcode = 9;
    QCOMPARE(rulesOf(frame, true), QStringList{QStringLiteral("frame.rsv")});
    frame.opcode = 0;
    QCOMPARE(rulesOf(frame, true), QStringList{QStringLiteral("frame.rsv")});
}

SOCKEYE_TEST(RawFrameTest, QCoreApplication)
#include "tst_rawframe.moc"
