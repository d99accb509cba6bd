#include "support/TestProgram.h"
#include "tests/structs/StructBench.h"

#include <QRandomGenerator>
#include <QtEndian>

#include <algorithm>
#include <array>

using namespace sockeye;
using namespace sockeye::structs;
using namespace Qt::StringLiterals;

namespace {

/// The example of the documentation.
const QString &sensor()
{
    static const QString text = u"enum Kind : u8 { ping = 1, data = 2, alarm = 0x10 }\n"
                                "struct Reading { u32 time; i16 celsius scale 0.01 unit \"°C\"; }\n"
                                "struct Message {\n"
                                "  u16 magic = 0xBEEF;\n"
                                "  Kind kind;\n"
                                "  u8 flags { ack: 1, urgent: 1, : 2, level: 4 };\n"
                                "  u8 count;\n"
                                "  if (kind == data) { Reading readings[count]; }\n"
                                "  else if (kind == alarm) { char text[16]; }\n"
                                "  u16 length; u8 body[length] as json;\n"
                                "  string name;\n"
                                "  u8 rest[];\n"
                                "}\n"_s;
    return text;
}

QByteArray sensorMessage()
{
    return QByteArray::fromHex("efbe 02 41 02 01000000 6608 02000000 9bff 0700") + "{\"a\":1}" +
           QByteArray("pump\0\1\2", 7);
}

/// Definitions of all kinds of things.
QStringList definitions()
{
    return {
        sensor(),
        sensor() + u"root Message[];"_s,
        u"struct A { u8 n; varint v[n]; string s[n]; pstring8 p; leb128 l; zigzag z; }"_s,
        u"struct Item { u8 type; u8 length; u8 value[length] as auto; } struct A { u8 size_; Item items[] size size_; u8 rest[]; }"_s,
        u"struct V { u8 t; switch (t & 3) { case 0: u8 a; case 1: u16 b; case 2: f32 c; default: char d[t]; } } root V[];"_s,
        u"aligned struct P { u8 a; u32 b; f64 c; u16 d[2]; } struct A { u16 n; P p[n]; u8 e; align 16; } root A[];"_s,
        u"big struct A { u16 w, h; u8 pixels[w][h]; u16 m[2][3]; pad remaining / 2; u8 e[remaining % 3]; u8 f[]; }"_s,
        u"struct A { u8 a : 3; u8 b : 5; i8 c; u8 d[c]; u8 e[a * b - c]; u8 f[10 / a]; u32 g[1 << b]; }"_s,
        u"struct A { u8 n; if (n) struct { u8 m; struct { u8 k; u16 x[k]; } y[m]; } z[n]; char16 t[n]; bool b; }"_s,
        u"struct E { if (remaining > 100) u8 a; } struct A { u8 n; E e[n]; E f[]; }"_s,
        u"struct A { u8 a; u16 b; ipv4 c; ipv6 d; mac e; guid f; f16 g; bf16 h; char i; char16 j; u64 k unix_ns; }"_s,
        u"struct A { u8 json[remaining > 4 ? 4 : remaining] as json; u8 cbor[] as cbor; }"_s,
    };
}

QByteArray noise(QRandomGenerator &random, qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    // Small numbers make more of counts.
    const int most = random.bounded(2) == 0 ? 256 : 6;
    for (char &byte : bytes)
        byte = char(random.bounded(most));
    return bytes;
}

} // namespace

class StructDecoderTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodesTheExample()
    {
        const QByteArray payload = sensorMessage();
        const auto definition = definitionOf(sensor());
        const NodeTree tree = treeOf(*definition, payload);
        QCOMPARE(linesOf(tree),
                 u"Message\n magic=48879 (0xBEEF)\n kind=2 (data)\n flags (0x41)\n  ack=1\n  urgent=0\n  level=4\n "
                 u"count=2\n "
                 u"readings\n"
                 "  -\n   time=1\n   celsius=2150 (21.5 °C)\n  -\n   time=2\n   celsius=-101 (-1.01 °C)\n length=7\n"
                 " body=7b 22 61 22 3a 31 7d\n  -\n   a=1\n name=pump\n rest=01 02"_s.replace(
                     u"body=7b 22 61 22 3a 31 7d"_s, u"body={\"a\":1}"_s));
        QVERIFY(!tree.error);
        QCOMPARE(tree.summary,
                 u"Message {magic=0xBEEF kind=data flags={ack=1 urgent=0 level=4} count=2 readings=[{time=1 "
                 "celsius=21.5 °C} {time=2 celsius=-1.01 …"_s);
        const auto rangeOf = [&tree](const QString &name) {
            for (qint32 i = 0; i < tree.size(); ++i) {
                if (tree.name(i) == name)
                    return tree.at(i).value;
            }
            return Node::Range{};
        };
        QCOMPARE(rangeOf(u"Message"_s), (Node::Range{0, quint32(payload.size())}));
        QCOMPARE(rangeOf(u"magic"_s), (Node::Range{0, 2}));
        QCOMPARE(rangeOf(u"kind"_s), (Node::Range{2, 1}));
        QCOMPARE(rangeOf(u"flags"_s), (Node::Range{3, 1}));
        QCOMPARE(rangeOf(u"level"_s), (Node::Range{3, 0}));
        QCOMPARE(rangeOf(u"count"_s), (Node::Range{4, 1}));
        QCOMPARE(rangeOf(u"readings"_s), (Node::Range{5, 12}));
        QCOMPARE(rangeOf(u"time"_s), (Node::Range{5, 4}));
        QCOMPARE(rangeOf(u"celsius"_s), (Node::Range{9, 2}));
        QCOMPARE(rangeOf(u"length"_s), (Node::Range{17, 2}));
        QCOMPARE(rangeOf(u"body"_s), (Node::Range{19, 7}));
        QCOMPARE(rangeOf(u"name"_s), (Node::Range{26, 5}));
        QCOMPARE(rangeOf(u"rest"_s), (Node::Range{31, 2}));
        const StructDecoder decoder(definition);
        QCOMPARE(decoder.id(), u"struct:Message"_s);
        QCOMPARE(decoder.name(), u"Message"_s);
    }

    void decodesSeveral()
    {
        QCOMPARE(decodedHex(u"struct A { u8 n; u8 b[n]; } root A[];"_s, "0001050200 00"),
                 u"A\n n=0\n b=\nA\n n=1\n b=05\nA\n n=2\n b=00 00"_s);
        QCOMPARE(decodedHex(u"struct A { u16 n; } root A[];"_s, "010002"),
                 u"A\n n=1\nA\nnot decoded=02 (“n” needs 2 bytes, 1 are left.)\n! 2 “n” needs 2 bytes, 1 are left."_s);
        QCOMPARE(decodedHex(u"struct A { u8 n; } root A[];"_s, ""), QString());
        QCOMPARE(decodedHex(u"struct A { if (remaining == 3) u8 n; } root A[];"_s, "0102 03"),
                 u"A\n n=1\nA\nnot decoded=02 03 (“A” takes no bytes here, so that there is no end of them.)\n"
                 "! 1 “A” takes no bytes here, so that there is no end of them."_s);
    }

    void tellsWhatIsLeft()
    {
        QCOMPARE(decodedHex(u"struct A { u8 a; }"_s, "010203"),
                 u" a=1\nleft over=02 03 (2 bytes that the struct does not describe)"_s);
        QCOMPARE(decodedHex(u"struct I { u8 a; } struct A { I i size 3; u8 b; }"_s, "01020304"),
                 u" i\n  a=1\n  left over=02 03 (2 bytes that the struct does not describe)\n b=4"_s);
        QCOMPARE(decodedHex(u"struct A { u8 n; u16 v[] size n; u8 b; }"_s, "040100020007"),
                 u" n=4\n v\n  -=1\n  -=2\n b=7"_s);
        QCOMPARE(
            decodedHex(u"struct A { u8 n; u16 v[] size n; u8 b; }"_s, "0301000207"),
            u" n=3\n v\n  -=1\nnot decoded=02 07 (“v[1]” needs 2 bytes, 1 are left.)\n! 3 “v[1]” needs 2 bytes, 1 are left."_s);
        QCOMPARE(decodedHex(u"struct A { u8 n; u8 v[] size n; u8 b; }"_s, "02010207"), u" n=2\n v=01 02\n b=7"_s);
    }

    void tellsWhatIsMissing()
    {
        const QString readings = u"struct R { u32 time; i16 c; } struct A { u8 n; R readings[n]; }"_s;
        QCOMPARE(decodedHex(readings, "02 010000000200 0300"),
                 u" n=2\n readings\n  -\n   time=1\n   c=2\n  -\nnot decoded=03 00 (“readings[1].time” needs 4 "
                 u"bytes, 2 are left.)\n"
                 "! 7 “readings[1].time” needs 4 bytes, 2 are left."_s);
        const auto error = [](const char *fields, const char *hex) {
            return decodedHex(u"struct A { %1 }"_s.arg(QString::fromUtf8(fields)), hex).section(u"! "_s, 1);
        };
        QCOMPARE(error("u8 a; u16 b;", "0102"), u"1 “b” needs 2 bytes, 1 are left."_s);
        QCOMPARE(error("u8 a; u8 b;", "01"), u"1 “b” needs 1 byte, 0 are left."_s);
        QCOMPARE(error("u8 a; u8 b[a];", "0501"), u"1 “b” needs 5 bytes, 1 are left."_s);
        QCOMPARE(error("u64 a; char16 b[a];", "ffffffffffffffff"),
                 u"8 “b” needs 18446744073709551615 bytes, 0 are left."_s);
        QCOMPARE(error("u64 a; u16 b[a];", "ffffffffffffffff01"), u"8 “b[0]” needs 2 bytes, 1 are left."_s);
        QCOMPARE(error("u32 a; pad a;", "ffffffff01"), u"4 The padding needs 4294967295 bytes, 1 are left."_s);
        QCOMPARE(error("u8 a; align 4; u8 b;", "0102"), u"1 The padding needs 3 bytes, 1 are left."_s);
        QCOMPARE(error("string a;", "4142"), u"0 “a” has no end: no zero byte follows."_s);
        QCOMPARE(error("pstring16 a;", "050041"), u"0 “a” needs 7 bytes, 3 are left."_s);
        QCOMPARE(error("varint a;", "8080"), u"0 “a” needs 3 bytes, 2 are left."_s);
        QCOMPARE(error("varint a;", "ffffffffffffffffff7f"), u"0 “a” has more than 64 bits."_s);
        QCOMPARE(error("varint a;", "80808080808080808080 01"), u"0 “a” has more than 64 bits."_s);
        QCOMPARE(error("i8 a; u8 b[a];", "ff01"), u"1 “b” would have -1 elements."_s);
        QCOMPARE(error("i8 a; u8 b[] size a;", "ff01"), u"1 “b” would have -1 bytes."_s);
        QCOMPARE(error("u8 a; u8 b[] size a;", "0901"), u"1 “b” needs 9 bytes, 1 are left."_s);
        QCOMPARE(error("u8 a; u8 b[10 / a];", "0001"), u"1 “b” cannot be calculated: there is a division by zero."_s);
        QCOMPARE(error("u8 a; u8 b[10 % a];", "0001"), u"1 “b” cannot be calculated: there is a division by zero."_s);
        QCOMPARE(error("u64 a; if (a * 2) u8 b;", "ffffffffffffffff01"),
                 u"8 The condition cannot be calculated: the result is too large."_s);
        QCOMPARE(error("u8 a; if (1 << (a - 5)) u8 b;", "0401"),
                 u"1 The condition cannot be calculated: it shifts by -1 bits."_s);
        QCOMPARE(error("u8 a; if (a) u8 b; u8 c[b];", "0001"),
                 u"1 “c” cannot be calculated: “b” is not in this message."_s);
        QCOMPARE(error("u8 a; pad a - 5;", "0101"), u"1 Padding has no negative number of bytes: -4."_s);
        QCOMPARE(error("u8 a; align a;", "0001"), u"1 What is aligned stands at a multiple of 1 or more, not of 0."_s);
        QCOMPARE(error("u16 a = 0xBEEF;", "afbe"), u"0 “a” is 0xBEAF, not 0xBEEF."_s);
        QCOMPARE(error("u8 a; u8 b = a + 1;", "0101"), u"1 “b” is 1, not 2."_s);
        QCOMPARE(error("char a[4] = \"RIFF\";", "52494658"), u"0 “a” is not “RIFF”."_s);
        QCOMPARE(error("u8 a[] = \"\\x89PN\";", "89504f"), u"0 “a” is not “89 50 4e”."_s);
        QCOMPARE(error("char a[6] = \"RIFF\";", "524946460001"), u"0 “a” is not “RIFF”."_s);
        QCOMPARE(error("char a[6] = \"RIFF\";", "524946460000"), QString());
        QCOMPARE(decodedHex(u"struct E { if (remaining > 9) u8 x; } struct A { u8 n; E e[n]; }"_s, "ff01")
                     .section(u"! "_s, 1),
                 u"1 The elements of “e[0]” take no bytes."_s);
    }

    void calculates_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<int>("value");
        const auto row = [](const char *expression, int value) {
            QTest::newRow(expression) << QString::fromLatin1(expression) << value;
        };
        row("1 + 2 * 3", 7);
        row("(1 + 2) * 3", 9);
        row("10 - 3 - 2", 5);
        row("17 / 5 % 2", 1);
        row("1 << 3 | 1", 9);
        row("6 & 3 == 3", 0);
        row("(6 & 3) == 2", 1);
        row("6 ^ 3", 5);
        row("~0 + 6", 5);
        row("!5 + !0", 1);
        row("- -3", 3);
        row("5 > 3 && 2 > 1", 1);
        row("5 < 3 || 0", 0);
        row("a && 10 / a", 0);
        row("a || b", 1);
        row("a == 0 || 10 / a", 1);
        row("b ? 4 : 10 / a", 4);
        row("a ? 10 / a : b == 2 ? 6 : 7", 7);
        row("'A' - 0x40", 1);
        row("0b101", 5);
        row("1'0u", 10);
        row("sizeof(u32) + sizeof(H)", 7);
        row("true + false", 1);
        row("b * 3 + h.x.y", 9);
        row("position", 4);
        row("remaining - 6", 4);
        row("LIMIT + K::two", 9);
        row("K.two", 2);
        row("two", 2);
        row("-7 / 2 + 10", 7);
        row("-7 % 3 + 10", 9);
        row("-8 >> 1 & 7", 4);
        row("s.z - 250", 5);
    }

    void calculates()
    {
        QFETCH(QString, expression);
        QFETCH(int, value);
        const QString text =
            u"#define LIMIT (3 + 4) // seven\n"
            "enum K { one = 1, two }; struct X { u8 y; } struct H { X x; u16 w; }\n"
            "struct A { u8 a; u8 b; struct { u8 z; } s; struct { struct { u8 y; } x; } h; u8 c[%1]; u8 d[]; }"_s;
        const QString lines = decodedHex(text.arg(expression), "0003ff00 01020304050607080910");
        const QString wanted = QString::fromLatin1(QByteArray::fromHex("01020304050607080910").first(value).toHex(' '));
        QVERIFY2(lines.contains(u" c=%1\n"_s.arg(wanted)), qPrintable(lines));
    }

    void choosesBranches()
    {
        const QString text =
            u"struct V { u8 t; switch (t) { case 1: u8 n; case 2: case 3: u16 n; break; default: } if (t < 4) u8 d[n]; }"_s;
        QCOMPARE(decodedHex(text, "01010a"), u" t=1\n n=1\n d=0a"_s);
        QCOMPARE(decodedHex(text, "0302000a0b"), u" t=3\n n=2\n d=0a 0b"_s);
        QCOMPARE(decodedHex(text, "04"), u" t=4"_s);
        const QString ifs =
            u"struct A { u8 a; if (a == 1) u8 b; else if (a == 2) { u16 b; } else { u8 c; u8 d; } u8 e; }"_s;
        QCOMPARE(decodedHex(ifs, "010203"), u" a=1\n b=2\n e=3"_s);
        QCOMPARE(decodedHex(ifs, "02020304"), u" a=2\n b=770\n e=4"_s);
        QCOMPARE(decodedHex(ifs, "03020304"), u" a=3\n c=2\n d=3\n e=4"_s);
        // What the last element had is not what this one has.
        QCOMPARE(decodedHex(u"struct E { u8 t; if (t) u8 n; u8 d[n]; } struct A { E e[]; }"_s, "010109 0001")
                     .section(u"! "_s, 1),
                 u"4 “e[1].d” cannot be calculated: “n” is not in this message."_s);
        // A struct in place sees what is around it.
        QCOMPARE(decodedHex(u"struct A { u8 n; struct { u8 d[n]; u8 m; } e[2]; }"_s, "01 0203 0405"),
                 u" n=1\n e\n  -\n   d=02\n   m=3\n  -\n   d=04\n   m=5"_s);
    }

    void decodesMessagesInside()
    {
        const QString text = u"struct A { u8 n; u8 body[n] as %1; u8 end; }"_s;
        QCOMPARE(decoded(text.arg(u"json"_s), "\7{\"a\":1}\5"), u" n=7\n body={\"a\":1}\n  -\n   a=1\n end=5"_s);
        QCOMPARE(decodedHex(text.arg(u"cbor"_s), "04a16161 0105"), u" n=4\n body=a1 61 61 01\n  -\n   a=1\n end=5"_s);
        QCOMPARE(decoded(text.arg(u"auto"_s), "\7{\"a\":1}\5"), u" n=7\n body={\"a\":1}\n  -\n   a=1\n end=5"_s);
        QCOMPARE(decodedHex(text.arg(u"auto"_s), "0401020304 05"), u" n=4\n body=01 02 03 04\n end=5"_s);
        // What is broken in there is no fault of the message around it.
        const QString broken = decodedHex(text.arg(u"cbor"_s), "03a1616105");
        QVERIFY2(broken.contains(u"not decoded") && broken.endsWith(u"\n end=5"), qPrintable(broken));
        QVERIFY2(!broken.contains(u'!'), qPrintable(broken));
        const QString text16 =
            decoded(u"struct A { char body[10] as json; u8 end; }"_s, QByteArray("{\"a\":1}\0\0\0\5", 11));
        QVERIFY2(text16.contains(u"a=1") && text16.endsWith(u"\n end=5"), qPrintable(text16));
        QCOMPARE(decoded(u"struct A { string body as json; u8 end; }"_s, QByteArray("[7]\0\5", 5)).section(u'\n', -1),
                 u" end=5"_s);
        QVERIFY(decoded(u"struct A { u8 body[] as \"graphql-ws\"; }"_s, "{\"type\":\"ping\"}").contains(u"ping"));
        QVERIFY(decoded(u"struct A { u8 body[] as graphql-ws; }"_s, "{\"type\":\"ping\"}").contains(u"ping"));
    }

    void recognisesItself()
    {
        const auto certainty = [](const QString &text, const QByteArray &payload) {
            return int(StructDecoder(definitionOf(text)).probe({payload, false}));
        };
        const QString magic = u"struct A { u32 magic = 0x04030201; u8 n; u8 d[n]; }"_s;
        QCOMPARE(certainty(magic, QByteArray::fromHex("01020304 02 0506")), int(Certainty::Likely));
        QCOMPARE(certainty(magic, QByteArray::fromHex("01020304 02 050607")), int(Certainty::None));
        QCOMPARE(certainty(magic, QByteArray::fromHex("01020304 02 05")), int(Certainty::None));
        QCOMPARE(certainty(magic, QByteArray::fromHex("01020305 02 0506")), int(Certainty::None));
        QCOMPARE(certainty(magic, {}), int(Certainty::None));
        QCOMPARE(certainty(u"struct A { char m[4] = \"RIFF\"; u8 d[]; }"_s, "RIFF123"), int(Certainty::Likely));
        QCOMPARE(certainty(u"struct A { u16 magic = 0x0201; u8 n; }"_s, QByteArray::fromHex("010203")),
                 int(Certainty::None));
        QCOMPARE(certainty(u"struct A { u16 magic = 0x0201; } root A[];"_s, QByteArray::fromHex("01020102")),
                 int(Certainty::Likely));
        QCOMPARE(certainty(u"struct A { u8 a; u8 b; }"_s, QByteArray::fromHex("0102")), int(Certainty::None));
        // What would take long is not looked at to its end.
        QCOMPARE(certainty(magic + u"struct B { A a; u8 i[] unit \"V\"; }"_s,
                           QByteArray::fromHex("01020304 00") + QByteArray(8'000'000, 'x')),
                 int(Certainty::None));
    }

    /// What takes no bytes has an end, too.
    void isBounded()
    {
        // Two to the power of 12 structs without bytes each, 6,000 times.
        QString text = u"struct S0 { if (remaining == 12345678) u8 a; }"_s;
        for (int n = 0; n < 12; ++n)
            text += u"struct S%1 { S%2 a, b; }"_s.arg(n + 1).arg(n);
        text += u"struct A { u8 x; S12 s; } struct B { A a[]; }"_s;
        const auto definition = definitionOf(text);
        const NodeTree tree = treeOf(*definition, QByteArray(6'000, 'x'));
        QVERIFY(tree.isCut);
        QCOMPARE(fault(tree), QString());
        const QString many =
            u"struct A { u8 a; "_s + u"if (a == 1) pad 0; "_s.repeated(5'000) + u"} struct B { A x[]; }"_s;
        const NodeTree slow = treeOf(*definitionOf(many), QByteArray(300'000, 'x'));
        QVERIFY(slow.error && slow.error->rule == u"This takes too many steps.");
    }

    void stopsWhenTold()
    {
        for (const QString &text : definitions()) {
            const StructDecoder decoder(definitionOf(text));
            int asked = 0;
            const QByteArray payload = sensorMessage();
            NodeBuilder builder(payload, [&asked](qsizetype) {
                ++asked;
                return false;
            });
            decoder.decode({payload, false}, builder);
            QVERIFY(builder.isStopped() && asked == 1);
        }
    }

    void brokenOffAnywhere()
    {
        const auto definition = definitionOf(sensor());
        QByteArray payload = sensorMessage();
        payload.chop(2);
        for (qsizetype size = 0; size <= payload.size(); ++size) {
            const NodeTree tree = treeOf(*definition, payload.first(size));
            QCOMPARE(fault(tree), QString());
            QCOMPARE(tree.error.has_value(), size < payload.size());
            if (tree.error)
                QVERIFY(tree.error->offset <= size && tree.error->rule.endsWith(u'.'));
        }
    }

    void holdsTogether_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text : definitions())
            QTest::newRow(qPrintable(text.simplified().right(60))) << text;
    }

    /// Whatever comes: random bytes, few nodes, little depth.
    void holdsTogether()
    {
        QFETCH(QString, text);
        const auto definition = definitionOf(text);
        QVERIFY(definition);
        const StructDecoder decoder(definition);
        QRandomGenerator random(11);
        for (int n = 0; n < 10'000; ++n) {
            QByteArray payload = noise(random, random.bounded(120));
            if (n % 3 == 0)
                payload.prepend(sensorMessage().first(random.bounded(sensorMessage().size())));
            static_cast<void>(decoder.probe({payload, false}));
            const NodeBuilder::Limits limits =
                n % 4 == 0 ? NodeBuilder::Limits{random.bounded(10), 3} : NodeBuilder::Limits();
            const auto message = decodeMessage({payload, false}, {}, &decoder, limits);
            QVERIFY(message);
            const NodeTree &tree = *message->tree;
            QVERIFY2(fault(tree).isEmpty(), qPrintable(fault(tree) + u' ' + QString::fromLatin1(payload.toHex())));
            QVERIFY(tree.size() <= limits.nodes);
            if (tree.error)
                QVERIFY(!tree.error->rule.isEmpty() && tree.error->offset <= payload.size());
        }
    }

    void noiseIsNothing()
    {
        QRandomGenerator random(13);
        for (const QString &text : definitions()) {
            const StructDecoder decoder(definitionOf(text));
            for (int n = 0; n < 2'000; ++n)
                QCOMPARE(int(decoder.probe({noise(random, 16 + random.bounded(64)), false})), int(Certainty::None));
        }
    }

    /// Structs made at random have the size that they say, and read what was written.
    void randomDefinitions()
    {
        QRandomGenerator random(17);
        const QStringList types{u"u8"_s, u"u16"_s, u"u24"_s, u"u32"_s, u"u40"_s, u"u48"_s, u"u56"_s, u"u64"_s};
        for (int n = 0; n < 1'000; ++n) {
            QString text = random.bounded(2) == 0 ? u"big "_s : u"little "_s;
            const bool isBig = text == u"big ";
            QString fields;
            QByteArray payload;
            QStringList wanted;
            QString open;
            const int count = random.bounded(1, 20);
            for (int field = 0; field < count; ++field) {
                const int type = random.bounded(int(types.size()));
                const int elements = random.bounded(4);
                const bool isOther = random.bounded(4) == 0;
                fields += (isOther ? isBig ? u"little "_s : u"big "_s : QString()) + types[type] + u" f%1"_s.arg(field);
                if (elements > 0)
                    fields += u"[%1] scale 1"_s.arg(elements);
                fields += u"; "_s;
                for (int element = 0; element < std::max(elements, 1); ++element) {
                    const quint64 number = random.generate64() >> (64 - 8 * (type + 1));
                    std::array<char, 8> bytes{};
                    qToBigEndian(number, bytes.data());
                    QByteArray written(bytes.data() + 7 - type, type + 1);
                    if (isBig == isOther)
                        std::reverse(written.begin(), written.end());
                    payload += written;
                    wanted += QString::number(number);
                }
            }
            text += u"struct A { %1}"_s.arg(fields);
            const auto definition = definitionOf(text);
            QVERIFY2(definition, qPrintable(text));
            QCOMPARE(*definition->layout().size, quint64(payload.size()));
            const NodeTree tree = treeOf(*definition, payload);
            QVERIFY(!tree.error);
            QCOMPARE(tree.at(0).value.size, quint32(payload.size()));
            QStringList found;
            for (qint32 i = 0; i < tree.size(); ++i) {
                if (!tree.at(i).isContainer())
                    found += tree.text(i);
            }
            QCOMPARE(found, wanted);
        }
    }
};

SOCKEYE_TEST(StructDecoderTest, QCoreApplication)
#include "tst_structdecoder.moc"
