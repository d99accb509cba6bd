#include "support/TestProgram.h"
#include "tests/structs/StructBench.h"

#include <cstddef>
#include <cstring>
#include <limits>

using namespace sockeye;
using namespace sockeye::structs;
using namespace Qt::StringLiterals;

namespace {

// As a compiler lays them out, which is little endian wherever the tests run.

#pragma pack(push, 1)
struct PackedPoint
{
    qint16 x;
    qint16 y;
};

struct PackedMessage
{
    quint8 version;
    quint32 serial;
    PackedPoint points[3];
    float volts;
    double amperes;
    char name[10];
    qint64 least;
    quint64 most;
    bool isReady;
    qint8 matrix[2][3];
};
#pragma pack(pop)

struct AlignedPoint
{
    quint8 kind;
    quint32 x;
};

struct AlignedMessage
{
    quint8 version;
    quint64 serial;
    quint8 flag;
    AlignedPoint points[2];
    quint16 size;
    double value;
    quint8 last;
};

struct BitFields
{
    unsigned int low : 3;
    unsigned int middle : 13;
    unsigned int high : 16;
};

template<typename T>
QByteArray bytesOf(const T &value)
{
    QByteArray bytes(qsizetype(sizeof(T)), '\0');
    std::memcpy(bytes.data(), &value, sizeof(T));
    return bytes;
}

} // namespace

class StructValuesTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The struct of a header, as the compiler of this test has it.
    void readsWhatACompilerWrites()
    {
        PackedMessage message{};
        message.version = 3;
        message.serial = 0xDEADBEEF;
        message.points[0] = {1, -2};
        message.points[1] = {-32768, 32767};
        message.volts = 3.3F;
        message.amperes = -0.1;
        std::memcpy(message.name, "pump", 4);
        message.least = std::numeric_limits<qint64>::min();
        message.most = std::numeric_limits<quint64>::max();
        message.isReady = true;
        message.matrix[1][2] = -7;
        const QString text =
            u"#pragma pack(push, 1)\n"
            "struct PackedPoint { int16_t x; int16_t y; };\n"
            "struct PackedMessage {\n"
            "uint8_t version; uint32_t serial; struct PackedPoint points[3]; float volts; double amperes;\n"
            "char name[10]; int64_t least; uint64_t most; bool isReady; int8_t matrix[2][3];\n"
            "};\n"
            "#pragma pack(pop)\n"_s;
        QCOMPARE(*definitionOf(text)->layout().size, quint64(sizeof(PackedMessage)));
        QCOMPARE(
            decoded(text, bytesOf(message)),
            u" version=3\n serial=3735928559\n points\n  -\n   x=1\n   y=-2\n  -\n   x=-32768\n   y=32767\n  -\n   "
            u"x=0\n"
            "   y=0\n volts=3.3\n amperes=-0.1\n name=pump\n least=-9223372036854775808\n"
            " most=18446744073709551615\n isReady=true\n matrix\n  -\n   -=0\n   -=0\n   -=0\n  -\n   -=0\n   -=0\n   -=-7"_s);
    }

    /// Where nothing is packed, the padding is the compiler's.
    void alignsAsACompilerDoes()
    {
        AlignedMessage message{};
        std::memset(&message, 0, sizeof message);
        message.version = 1;
        message.serial = 2;
        message.flag = 3;
        message.points[0] = {4, 5};
        message.points[1] = {6, 7};
        message.size = 8;
        message.value = 9.5;
        message.last = 10;
        const QString text = u"aligned\n"
                             "struct Point { uint8_t kind; uint32_t x; };\n"
                             "struct Message { uint8_t version; uint64_t serial; uint8_t flag; Point points[2];\n"
                             "uint16_t size; double value; uint8_t last; };"_s;
        QCOMPARE(*definitionOf(text)->layout().size, quint64(sizeof(AlignedMessage)));
        const NodeTree tree = treeOf(*definitionOf(text), bytesOf(message));
        QVERIFY(!tree.error);
        QCOMPARE(fault(tree), QString());
        const auto begins = [&tree](const QString &name, size_t offset, const QString &value) {
            for (qint32 i = 0; i < tree.size(); ++i) {
                if (tree.name(i) == name && tree.text(i) == value)
                    return size_t(tree.at(i).value.begin) == offset;
            }
            return false;
        };
        QVERIFY(begins(u"serial"_s, offsetof(AlignedMessage, serial), u"2"_s));
        QVERIFY(begins(u"flag"_s, offsetof(AlignedMessage, flag), u"3"_s));
        QVERIFY(begins(u"x"_s, offsetof(AlignedMessage, points) + offsetof(AlignedPoint, x), u"5"_s));
        QVERIFY(begins(u"x"_s, offsetof(AlignedMessage, points) + sizeof(AlignedPoint) + offsetof(AlignedPoint, x),
                       u"7"_s));
        QVERIFY(begins(u"size"_s, offsetof(AlignedMessage, size), u"8"_s));
        QVERIFY(begins(u"value"_s, offsetof(AlignedMessage, value), u"9.5"_s));
        QVERIFY(begins(u"last"_s, offsetof(AlignedMessage, last), u"10"_s));
        // The last one is the padding behind it.
        QCOMPARE(tree.name(tree.size() - 1), u"padding"_s);
        QCOMPARE(tree.at(tree.size() - 1).value.end(), quint32(sizeof(AlignedMessage)));
        // A struct that says so is packed all the same, and so is what is no array in it.
        QCOMPARE(*definitionOf(u"aligned struct A { u8 a; u32 b; } __attribute__((packed));"_s)->layout().size,
                 quint64(5));
        QCOMPARE(*definitionOf(u"aligned struct A { u8 a; struct { u8 b; u32 c; }; u16 d; }"_s)->layout().size,
                 quint64(16));
    }

    void readsBitsAsACompilerWritesThem()
    {
        BitFields fields{};
        fields.low = 5;
        fields.middle = 4242;
        fields.high = 54321;
        const QString text = u"struct A { unsigned int low : 3; unsigned int middle : 13; unsigned int high : 16; };"_s;
        const QByteArray bytes = bytesOf(fields);
        QCOMPARE(bytes.size(), 4);
        QCOMPARE(decoded(text, bytes), u" bits (0x%1)\n  low=5\n  middle=4242\n  high=54321"_s.arg(
                                           QString::number(54321U << 16 | 4242U << 3 | 5U, 16).toUpper()));
    }

    /// What Python's struct.pack() makes of the values.
    void readsWhatPythonPacks()
    {
        const QString fields = u"struct A { i8 a; u16 b; i32 c; u64 d; f16 e; f32 f; f64 g; bool h; }"_s;
        const QString lines =
            u" a=-5\n b=513\n c=-123456789\n d=1234567890123456789\n e=1.5\n f=0.1\n g=1e+100\n h=true"_s;
        // struct.pack('<bHiQefd?', -5, 513, -123456789, 1234567890123456789, 1.5, 0.1, 1e100, True)
        QCOMPARE(decodedHex(u"little "_s + fields, "fb0102eb32a4f81581e97df4102211003ecdcccc3d7dc39425ad49b25401"),
                 lines);
        // The same with '>'.
        QCOMPARE(decodedHex(u"big "_s + fields, "fb0201f8a432eb112210f47de981153e003dcccccd54b249ad2594c37d01"), lines);
    }

    void integers_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *type, const char *hex, const char *value) {
            QTest::addRow("%s %s", type, hex)
                << QString::fromLatin1(type) << QByteArray(hex) << QString::fromLatin1(value);
        };
        row("u8", "ff", "255");
        row("i8", "80", "-128");
        row("u16", "0102", "513");
        row("big u16", "0102", "258");
        row("u16be", "0102", "258");
        row("big u16le", "0102", "258");
        row("__be16", "0102", "258");
        row("u24", "010203", "197121");
        row("big u24", "010203", "66051");
        row("i24", "ffffff", "-1");
        row("big i24", "800000", "-8388608");
        row("u32", "ffffffff", "4294967295");
        row("i32", "ffffffff", "-1");
        row("u40", "0000000001", "4294967296");
        row("i40", "ffffffffff", "-1");
        row("u48", "000000000001", "1099511627776");
        row("big i56", "ff000000000000", "-281474976710656");
        row("u64", "ffffffffffffffff", "18446744073709551615");
        row("i64", "0000000000000080", "-9223372036854775808");
        row("varint", "00", "0");
        row("varint", "ac02", "300");
        row("varint", "ffffffffffffffffff01", "18446744073709551615");
        row("leb128", "7f", "-1");
        row("leb128", "c0bb78", "-123456");
        row("leb128", "80808080808080808 07f", "-9223372036854775808");
        row("zigzag", "01", "-1");
        row("zigzag", "02", "1");
        row("zigzag", "ffffffffffffffffff01", "-9223372036854775808");
        row("f16", "003c", "1");
        row("bf16", "803f", "1");
        row("big f32", "7f800000", "Infinity");
        row("f64", "000000000000f87f", "NaN");
        row("ipv4", "c0a80101", "192.168.1.1");
        row("ipv6", "00000000000000000000000000000001", "::1");
        row("mac", "001122aabbcc", "00:11:22:aa:bb:cc");
        row("uuid", "00112233445566778899aabbccddeeff", "00112233-4455-6677-8899-aabbccddeeff");
        row("guid", "33221100554477668899aabbccddeeff", "00112233-4455-6677-8899-aabbccddeeff");
        row("char", "41", "A");
    }

    void integers()
    {
        QFETCH(QString, type);
        QFETCH(QByteArray, hex);
        QFETCH(QString, value);
        const QString lines = decoded(u"struct A { %1 a; u8 end; }"_s.arg(type), QByteArray::fromHex(hex + "2a"));
        const QString expected = u" a=%1"_s.arg(value);
        QVERIFY2(lines.startsWith(expected) && lines.endsWith(u"\n end=42"), qPrintable(lines));
    }

    void texts()
    {
        QCOMPARE(decoded(u"struct A { char a[6]; u8 b; }"_s, QByteArray("abc\0\0\0\1", 7)), u" a=abc\n b=1"_s);
        QCOMPARE(decoded(u"struct A { char a[3]; u8 b; }"_s, "abc\1"), u" a=abc\n b=1"_s);
        QCOMPARE(decoded(u"struct A { char a[]; }"_s, "gr\xc3\xbcn"), u" a=grün"_s);
        QCOMPARE(decodedHex(u"struct A { char a[2]; }"_s, "ff41"), u" a=ff 41 (text that is not UTF-8: \uFFFDA)"_s);
        QCOMPARE(decodedHex(u"struct A { char16 a[4]; u8 b; }"_s, "6100fc000000070001"), u" a=aü (UTF-16)\n b=1"_s);
        QCOMPARE(decodedHex(u"struct A { big char16 a[2]; }"_s, "d83dde00"), u" a=😀 (UTF-16)"_s);
        QCOMPARE(decoded(u"struct A { string a, b; }"_s, QByteArray("x\0\0", 3)), u" a=x\n b="_s);
        QCOMPARE(decoded(u"struct A { string a[2]; }"_s, QByteArray("x\0yz\0", 5)), u" a\n  -=x\n  -=yz"_s);
        QCOMPARE(decoded(u"struct A { pstring8 a; big pstring16 b; }"_s, QByteArray("\2xy\0\1z", 6)), u" a=xy\n b=z"_s);
        QCOMPARE(decodedHex(u"struct A { u8 a[3]; u8 b[0]; u8 c[]; }"_s, "0102030405"),
                 u" a=01 02 03\n b=\n c=04 05"_s);
        // The place of a text, without what ends it, and of the value, with it.
        const NodeTree tree = treeOf(*definitionOf(u"struct A { char a[6]; string b; pstring8 c; }"_s),
                                     QByteArray("abc\0\0\0de\0\1f", 11));
        QCOMPARE(tree.at(1).value, (Node::Range{0, 6}));
        QCOMPARE(tree.at(1).text, (Node::Range{0, 3}));
        QCOMPARE(tree.at(2).value, (Node::Range{6, 3}));
        QCOMPARE(tree.at(2).text, (Node::Range{6, 2}));
        QCOMPARE(tree.at(3).value, (Node::Range{9, 2}));
        QCOMPARE(tree.at(3).text, (Node::Range{10, 1}));
    }

    void meanings()
    {
        const auto shown = [](const char *field, const char *hex) {
            return decodedHex(u"enum K : u8 { idle, run = 5 } struct A { %1; }"_s.arg(QString::fromUtf8(field)), hex);
        };
        QCOMPARE(shown("i16 a scale 0.01 unit \"°C\"", "6608"), u" a=2150 (21.5 °C)"_s);
        QCOMPARE(shown("i16 a scale 0.01", "3900"), u" a=57 (0.57)"_s);
        QCOMPARE(shown("i16 a scale 0.01", "9bff"), u" a=-101 (-1.01)"_s);
        QCOMPARE(shown("u8 a offset -40 unit \"°C\"", "28"), u" a=40 (0 °C)"_s);
        QCOMPARE(shown("u8 a scale 0.5 offset -273.15", "02"), u" a=2 (-272.15)"_s);
        QCOMPARE(shown("u16 a scale 1/8 unit \"rpm\"", "0900"), u" a=9 (1.125 rpm)"_s);
        QCOMPARE(shown("u8 a scale 1e3", "02"), u" a=2 (2000)"_s);
        QCOMPARE(shown("u8 a scale 2.5e-1", "02"), u" a=2 (0.5)"_s);
        QCOMPARE(shown("u64 a scale 0.1", "ffffffffffffffff"), u" a=18446744073709551615 (1844674407370955300)"_s);
        QCOMPARE(shown("u8 a unit \"%\"", "07"), u" a=7 (%)"_s);
        QCOMPARE(shown("f32 a scale 2 unit \"V\"", "0000c03f"), u" a=1.5 (3 V)"_s);
        QCOMPARE(shown("K a", "05"), u" a=5 (run)"_s);
        QCOMPARE(shown("K a", "06"), u" a=6 (no value of K)"_s);
        QCOMPARE(shown("u16 a as K", "0000"), u" a=0 (idle)"_s);
        QCOMPARE(shown("K a[2]", "0500"), u" a\n  -=5 (run)\n  -=0 (idle)"_s);
        QCOMPARE(shown("u8 a[2] unit \"V\"", "0500"), u" a\n  -=5 (V)\n  -=0 (V)"_s);
        QCOMPARE(shown("u16 a hex", "efbe"), u" a=48879 (0xBEEF)"_s);
        QCOMPARE(shown("i8 a hex", "ff"), u" a=-1 (-0x1)"_s);
        QCOMPARE(shown("bool a", "02"), u" a=true (2)"_s);
        QCOMPARE(shown("bool a", "00"), u" a=false"_s);
    }

    void moments()
    {
        qputenv("TZ", "UTC");
        tzset();
        const auto shown = [](const char *type, const char *hex) {
            return decodedHex(u"struct A { %1; }"_s.arg(QString::fromUtf8(type)), hex);
        };
        QCOMPARE(shown("u32 a unix", "00f15365"), u" a=1700000000 (2023-11-14 22:13:20)"_s);
        QCOMPARE(shown("i32 a unix", "ffffffff"), u" a=-1 (1969-12-31 23:59:59)"_s);
        QCOMPARE(shown("u64 a unix_ms", "4c68e5cf8b010000"), u" a=1700000000076 (2023-11-14 22:13:20.076)"_s);
        QCOMPARE(shown("i64 a unix_us", "ffffffffffffffff"), u" a=-1 (1969-12-31 23:59:59.999999)"_s);
        // To the microsecond, as all moments.
        QCOMPARE(shown("u64 a unix_ns", "e903000000000000"), u" a=1001 (1970-01-01 00:00:00.000001)"_s);
        QCOMPARE(shown("u64 a filetime", "0080 3ed5deb19d01"), u" a=116444736000000000 (1970-01-01 00:00:00)"_s);
        QCOMPARE(shown("u64 a filetime", "0000000000000000"), u" a=0"_s);
        QCOMPARE(shown("u64 a unix", "ffffffffffffffff"), u" a=18446744073709551615"_s);
        QCOMPARE(shown("big f64 a unix", "41d954fc40200000"),
                 u" a=1700000000.5 (2023-11-14 22:13:20.5)"_s.replace(u"20.5)"_s, u"20.500)"_s));
    }

    void bits()
    {
        QCOMPARE(decodedHex(u"struct A { u8 f { ack: 1, urgent: 1, : 2, level: 4 }; }"_s, "51"),
                 u" f (0x51)\n  ack=1\n  urgent=0\n  level=5"_s);
        QCOMPARE(decodedHex(u"struct A { u8 f msb { version: 4, words: 4 } }"_s, "45"),
                 u" f (0x45)\n  version=4\n  words=5"_s);
        QCOMPARE(decodedHex(u"struct A { big u16 f { low: 4; all: 12 } }"_s, "1234"),
                 u" f (0x1234)\n  low=4\n  all=291"_s);
        QCOMPARE(decodedHex(u"struct A { u16 f { low: 4; all: 12 } }"_s, "3412"), u" f (0x1234)\n  low=4\n  all=291"_s);
        QCOMPARE(decodedHex(u"struct A { u64 f { all: 64 } }"_s, "ffffffffffffffff"),
                 u" f (0xFFFFFFFFFFFFFFFF)\n  all=18446744073709551615"_s);
        QCOMPARE(decodedHex(u"enum M : u8 { off, on } struct A { u8 f { M mode: 2, M other: 6 } }"_s, "09"),
                 u" f (0x09)\n  mode=1 (on)\n  other=2 (no value of M)"_s);
        QCOMPARE(decodedHex(u"struct A { u8 a : 3; u8 : 1; u8 b : 4; u8 c : 1; u8 : 0; u8 d : 2; }"_s, "f50103"),
                 u" bits (0xF5)\n  a=5\n  b=15\n bits (0x01)\n  c=1\n bits (0x03)\n  d=3"_s);
        QCOMPARE(decodedHex(u"big struct A { u8 version : 4; u8 words : 4; }"_s, "45"),
                 u" bits (0x45)\n  version=4\n  words=5"_s);
        // In conditions.
        QCOMPARE(
            decodedHex(u"struct A { u8 f { a: 1, b: 1 } if (f.a) u8 c; if (f.b) u8 d; if (f == 1) u8 e; }"_s, "010203"),
            u" f (0x01)\n  a=1\n  b=0\n c=2\n e=3"_s);
        QCOMPARE(decodedHex(u"struct A { u8 a : 1; u8 b : 7; u8 c[b]; }"_s, "050102"),
                 u" bits (0x05)\n  a=1\n  b=2\n c=01 02"_s);
        QCOMPARE(decodedHex(u"struct A { u8 f { version: 4 = 4, : 4 } }"_s, "05"),
                 u" f (0x05)\n  version=5\nnot decoded=05 (“f.version” is 5, not 4.)\n! 0 “f.version” is 5, not 4."_s);
    }
};

SOCKEYE_TEST(StructValuesTest, QCoreApplication)
#include "tst_structvalues.moc"
