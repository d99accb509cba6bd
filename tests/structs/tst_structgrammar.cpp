#include "structs/StructParser.h"
#include "support/TestProgram.h"
#include "tests/structs/StructBench.h"

#include <QFile>
#include <QRandomGenerator>

#include <array>

using namespace sockeye;
using namespace sockeye::structs;
using namespace Qt::StringLiterals;

namespace {

/// The blocks of a page of the documentation.
QStringList blocksOf(const QString &file)
{
    QFile page(QStringLiteral(SOCKEYE_DOCS "/") + file);
    if (!page.open(QIODevice::ReadOnly))
        qFatal("Cannot read %s", qPrintable(page.fileName()));
    const QStringList parts = QString::fromUtf8(page.readAll()).split(u"```\n"_s);
    QStringList blocks;
    for (qsizetype n = 1; n < parts.size(); n += 2)
        blocks += parts[n];
    return blocks;
}

/// A calculation made up at random, as it is written with no more parentheses than it needs, and what C makes of it.
class RandomExpression final
{
public:
    struct Made
    {
        QString text;
        /// How strongly its outermost operator binds.
        int strength = 12;
        /// None for what cannot be calculated.
        std::optional<qint64> value;
    };

    explicit RandomExpression(quint32 seed)
        : m_random(seed)
    {
    }

    Made make(int depth)
    {
        const int kind = depth == 0 ? 0 : m_random.bounded(8);
        if (kind == 0) {
            const int number = m_random.bounded(12);
            return {QString::number(number), 12, number};
        }
        if (kind == 1)
            return unary(depth);
        if (kind == 2)
            return choice(depth);
        return binary(depth);
    }

private:
    static QString within(const Made &made, int strength)
    {
        return made.strength < strength ? u'(' + made.text + u')' : made.text;
    }

    Made unary(int depth)
    {
        const Made inner = make(depth - 1);
        const int sign = m_random.bounded(3);
        std::optional<qint64> value;
        if (inner.value)
            value = sign == 0 ? -*inner.value : sign == 1 ? ~*inner.value : *inner.value == 0 ? 1 : 0;
        return {u"-~!"_s.mid(sign, 1) + within(inner, 11), 11, value};
    }

    Made choice(int depth)
    {
        const Made a = make(depth - 1);
        const Made b = make(depth - 1);
        const Made c = make(depth - 1);
        const auto value = !a.value ? std::nullopt : *a.value != 0 ? b.value : c.value;
        return {within(a, 1) + u" ? "_s + b.text + u" : "_s + c.text, 0, value};
    }

    Made binary(int depth)
    {
        struct Operator
        {
            QStringView sign;
            int strength;
        };
        constexpr std::array operators{Operator{u"||", 1}, Operator{u"&&", 2}, Operator{u"|", 3},  Operator{u"^", 4},
                                       Operator{u"&", 5},  Operator{u"==", 6}, Operator{u"!=", 6}, Operator{u"<", 7},
                                       Operator{u"<=", 7}, Operator{u">", 7},  Operator{u">=", 7}, Operator{u"<<", 8},
                                       Operator{u">>", 8}, Operator{u"+", 9},  Operator{u"-", 9},  Operator{u"*", 10},
                                       Operator{u"/", 10}, Operator{u"%", 10}};
        const Operator &chosen = operators.at(size_t(m_random.bounded(int(operators.size()))));
        const Made a = make(depth - 1);
        const Made b = make(depth - 1);
        return {within(a, chosen.strength) + u' ' + chosen.sign.toString() + u' ' + within(b, chosen.strength + 1),
                chosen.strength, valueOf(chosen.sign, a.value, b.value)};
    }

    static std::optional<qint64> valueOf(QStringView sign, std::optional<qint64> a, std::optional<qint64> b)
    {
        if (sign == u"||" && a && *a != 0)
            return 1;
        if (sign == u"&&" && a && *a == 0)
            return 0;
        // Beyond, C itself would overflow.
        constexpr qint64 MostTaken = 1'000'000'000;
        if (!a || !b || qAbs(*a) > MostTaken || qAbs(*b) > MostTaken)
            return {};
        const bool isShift = sign == u"<<" || sign == u">>";
        if ((isShift && (*b < 0 || *b > 30)) || ((sign == u"/" || sign == u"%") && *b == 0))
            return {};
        return sign == u"||" || sign == u"&&" ? *b != 0
               : sign == u"|"                 ? *a | *b
               : sign == u"^"                 ? *a ^ *b
               : sign == u"&"                 ? *a & *b
               : sign == u"=="                ? *a == *b
               : sign == u"!="                ? *a != *b
               : sign == u"<"                 ? *a < *b
               : sign == u"<="                ? *a <= *b
               : sign == u">"                 ? *a > *b
               : sign == u">="                ? *a >= *b
               : sign == u"<<"                ? *a * (qint64{1} << *b)
               : sign == u">>"                ? *a >> *b
               : sign == u"+"                 ? *a + *b
               : sign == u"-"                 ? *a - *b
               : sign == u"*"                 ? *a * *b
               : sign == u"/"                 ? *a / *b
                                              : *a % *b;
    }

    QRandomGenerator m_random;
};

std::optional<quint64> sizeOf(const QString &text)
{
    const auto definition = definitionOf(text);
    return definition ? definition->layout().size : std::nullopt;
}

} // namespace

class StructGrammarTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void documentationIsRight()
    {
        const QStringList blocks = blocksOf(u"structs.md"_s);
        QVERIFY(blocks.size() >= 8);
        for (const QString &block : blocks)
            QCOMPARE(faultOf(block) + (faultOf(block).isEmpty() ? QString() : u'\n' + block), QString());
    }

    void takesTheLastStructOrTheRoot()
    {
        QCOMPARE(definitionOf(u"struct A { u8 a; } struct B { A a; }"_s)->name(), u"B"_s);
        const auto root = definitionOf(u"struct A { u8 a; }; struct B { u8 b; }; root A[];"_s);
        QCOMPARE(root->name(), u"A"_s);
        QVERIFY(root->repeats());
        QVERIFY(!definitionOf(u"struct A { u8 a; }; root A;"_s)->repeats());
        // A struct inside of another one is not what a message is.
        QCOMPARE(definitionOf(u"struct A { struct B { u8 b; } b; }"_s)->name(), u"A"_s);
        QCOMPARE(definitionOf(u"typedef struct { u8 a; } Status;"_s)->name(), u"Status"_s);
        QCOMPARE(definitionOf(u"typedef struct status { u8 a; } Status;"_s)->name(), u"status"_s);
        QCOMPARE(definitionOf(u"struct A;\ntypedef struct A A; struct A { u8 a; };"_s)->name(), u"A"_s);
    }

    void sizes_data()
    {
        QTest::addColumn<QString>("fields");
        QTest::addColumn<int>("size");
        QTest::newRow("one") << u"u8 a;"_s << 1;
        QTest::newRow("all integers") << u"u8 a; u16 b; u24 c; u32 d; u40 e; u48 f; u56 g; u64 h;"_s << 36;
        QTest::newRow("C") << u"uint8_t a; int16_t b; unsigned c; unsigned long long d; short e; signed char f;"_s
                           << 18;
        QTest::newRow("of others") << u"quint32 a; s16 b; WORD c; DWORD d; __le16 e; __be64 f; u24be g; f32le h;"_s
                                   << 29;
        QTest::newRow("floats") << u"f16 a; bf16 b; float c; double d;"_s << 16;
        QTest::newRow("addresses") << u"ipv4 a; ipv6 b; mac c; uuid d; guid e;"_s << 58;
        QTest::newRow("two in a line") << u"u16 a, b[3];"_s << 8;
        QTest::newRow("array of arrays") << u"u16 a[2][3];"_s << 12;
        QTest::newRow("calculated") << u"u8 a[sizeof(u32) * 3 - 1];"_s << 11;
        QTest::newRow("characters") << u"char a[16]; char16 b[4]; char c;"_s << 25;
        QTest::newRow("bits of C") << u"u8 a : 3; u8 b : 5; u8 c : 1;"_s << 2;
        QTest::newRow("bits that do not fit") << u"u8 a : 5; u8 b : 5;"_s << 2;
        QTest::newRow("bits of other types") << u"u8 a : 1; u16 b : 1; u16 : 0; u16 c : 1;"_s << 5;
        QTest::newRow("pad") << u"u8 a; pad 3; u8 b;"_s << 5;
        QTest::newRow("struct inside") << u"struct { u8 a; u16 b; } c[2]; u8 d;"_s << 7;
        QTest::newRow("without a name") << u"struct { u8 a; u16 b; }; u8 c;"_s << 4;
        QTest::newRow("sized") << u"struct { u8 a; } b size 7;"_s << 7;
        QTest::newRow("by its text") << u"char magic[] = \"RIFF\"; u8 a;"_s << 5;
        QTest::newRow("attributes") << u"uint8_t a __attribute__((packed)); const volatile u8 b;"_s << 2;
    }

    void sizes()
    {
        QFETCH(QString, fields);
        QFETCH(int, size);
        const auto found = sizeOf(u"struct A { %1 }"_s.arg(fields));
        QVERIFY(found);
        QCOMPARE(*found, quint64(size));
    }

    void sizesThatDepend_data()
    {
        QTest::addColumn<QString>("fields");
        for (const char *fields :
             {"u8 n; u8 a[n];", "u8 a[];", "string a;", "varint a;", "pstring8 a;", "if (remaining) u8 a;",
              "u8 a; align 4;", "u8 n; pad n;", "u8 a[0xFFFFFFFFFFFFFFFF][0xFFFFFFFFFFFFFFFF];", "u64 a[1 << 62];"})
            QTest::newRow(fields) << QString::fromLatin1(fields);
    }

    void sizesThatDepend()
    {
        QFETCH(QString, fields);
        QVERIFY(definitionOf(u"struct A { %1 }"_s.arg(fields)));
        QVERIFY(!sizeOf(u"struct A { %1 }"_s.arg(fields)));
    }

    void faults_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("wanted");
        const auto row = [](const char *text, const char *wanted) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(wanted);
        };
        row("", "1:1 There is no struct yet: write “struct Message { u8 kind; }”, say.");
        row("// nothing\n", "2:1 There is no struct yet: write “struct Message { u8 kind; }”, say.");
        row("hello", "1:1 Here stands a struct, an enum, “little”, “big” or “root”, not “hello”.");
        row("struct A {", "1:11 Here stands “}”, not the end of the text.");
        row("struct A { }", "1:1 This struct has no fields.");
        row("struct A { u8 }", "1:15 Here stands the name of a field, not “}”.");
        row("struct A { u8 a }", "1:17 Here stands “;”, not “}”.");
        row("struct A {\n  u8 a\n  u8 b;\n}", "3:3 Here stands “;”, not “u8”.");
        row("struct A { u8 a a; }",
            "1:17 “a” says nothing about a field: unit, scale, offset, unix, hex, as and size do.");
        row("struct A { u8 a; u8 a; }", "1:21 There is a field “a” already.");
        row("struct A { u8 a; } struct A { u8 b; }", "1:27 There is a type “A” already.");
        row("struct A { what a; }", "1:12 There is no type “what” before this.");
        row("struct A { A a; }", "1:12 “A” cannot hold itself: it would have no end.");
        row("struct A { B a; } struct B { u8 b; }", "1:12 There is no type “B” before this.");
        row("struct if { u8 a; }", "1:8 “if” is a word of the language and names nothing else.");
        row("struct A { u8 if; }", "1:15 “if” is a word of the language and names nothing else.");
        row("struct A { long a; }", "1:12 “long” has a size that depends on the compiler: write u32 or u64, say.");
        row("struct A { unsigned double a; }",
            "1:12 “unsigned double” is no type that is known: write u16 or f64, say.");
        row("struct A { u8 *a; }", "1:15 A pointer says nothing outside of the memory that it points into.");
        row("union A { u8 a; }",
            "1:1 A union does not say which of its fields is meant: write “if” or “switch” with each.");
        row("struct A { union { u8 a; u16 b; } c; }",
            "1:12 A union does not say which of its fields is meant: write “if” or “switch” with each.");
        row("struct A { u8 a[b]; }", "1:17 “b” is not known: a field stands before what asks for it.");
        row("struct A { f32 b; u8 a[b]; }", "1:24 “b” is no whole number: nothing can be calculated with it.");
        row("struct A { u8 b[2]; u8 a[b]; }", "1:26 “b” is an array: nothing can be calculated with it.");
        row("struct A { u16 b[2]; u8 a[b[0]]; }", "1:27 “b” is an array, of which no element can be asked for.");
        row("struct H { u8 n; } struct A { H h; u8 a[h.m]; }", "1:43 “h” has no field “m”.");
        row("struct A { u8 h; u8 a[h.m]; }", "1:23 “h” has no fields.");
        row("struct A { u8 a[-1]; }", "1:17 An array has no negative number of elements.");
        row("struct A { u8 a[2][]; }", "1:20 Only the first dimension goes on to the end.");
        row("struct A { u8 a[1 / 0]; }", "1:17 This cannot be calculated: there is a division by zero.");
        row("struct A { u8 a[1 << 64]; }", "1:17 This cannot be calculated: the result is too large.");
        row("struct A { u8 a[0x1FFFFFFFFFFFFFFFF]; }", "1:17 This number is too large: 64 bits are the most.");
        row("struct A { u8 a[1.5]; }", "1:17 Here stands a whole number, not “1.5”.");
        row("struct A { u8 a[(1]; }", "1:19 Here stands “)”, not “]”.");
        row("struct A { u8 a[1 +]; }", "1:20 Here stands a number or the name of a field, not “]”.");
        row("struct A { u8 a[012]; }",
            "1:17 A number that begins with 0 is octal in C: write it as 10, 0x0A or 0b1010.");
        row("struct A { u8 a[12abc]; }", "1:17 “12abc” is no number: write it as 10, 0x0A or 0b1010.");
        row("struct A { u8 a = 256; }", "1:19 256 does not fit into the 8 bits of “a”.");
        row("struct A { i8 a = -129; }", "1:20 -129 does not fit into the 8 bits of “a”.");
        row("struct A { f32 a = 1; }", "1:20 Only a whole number must be one.");
        row("struct A { u8 a = \"A\"; }", "1:19 Only an array of bytes or characters must be a text.");
        row("struct A { char a[2] = \"ABC\"; }", "1:24 This is longer than the array.");
        row("struct A { char a[2] = \"ABC; }", "1:24 This text has no end: a quotation mark is missing.");
        row("struct A { char a[2] = \"\\q\"; }",
            "1:25 Behind “\\” stands n, r, t, 0, x and two hex digits, a quotation mark or another “\\”.");
        row("struct A { u8 a[\\'ab\\']; }", "1:17 “\\” has no meaning here.");
        row("struct A { u8 a[\'ab\']; }", "1:17 Between “'” stands one character of ASCII.");
        row("struct A { u8 a; /* }", "1:18 This comment has no end: “*/” is missing.");
        row("struct A { u8 a; } €", "1:20 “€” has no meaning here.");
        row("struct A { u8 a { b: 4, c: 5 } }", "1:28 There is room for 1 to 4 bits here.");
        row("struct A { u8 a { b: 8, c: 1 } }", "1:28 All 8 bits are told already.");
        row("struct A { u8 a { b: 1, b: 1 } }", "1:15 Two of its bits are called “b”.");
        row("struct A { f32 a { b: 1 } }", "1:18 Only an integer such as u8 or u16 has bits with names.");
        row("struct A { u8 a { } }", "1:17 There are no bits in these braces.");
        row("struct A { u8 a : 9; }", "1:19 There is room for 1 to 8 bits here.");
        row("struct A { u8 a { b 4 } }", "1:21 Here stands “:”, not “4”.");
        row("struct A { u8 a unit V; }", "1:22 Here stands a unit in quotation marks, “\"°C\"”, not “V”.");
        row("struct A { u8 a scale x; }", "1:23 Here stands a number such as 0.5, not “x”.");
        row("struct A { u8 a scale 1/0; }", "1:25 There is a division by zero.");
        row("struct A { string a unix; }", "1:21 Only a number is a time.");
        row("struct A { string a unit \"V\"; }", "1:21 Only a number has a unit.");
        row("struct A { f32 a hex; }", "1:18 Only an integer is shown in hex.");
        row("struct A { u8 a[2] as nothing; }", "1:23 There is no format and no enum “nothing”.");
        row("struct A { u16 a as json; }",
            "1:21 Only an array of bytes, or a string, holds a message: u8 name[length].");
        row("enum E { a } struct A { f32 b as E; }", "1:34 Only an integer is a value of an enum.");
        row("struct A { u8 a size 3; }",
            "1:17 A size in bytes is said of a struct, or of an array that goes on to the end.");
        row("enum E { }", "1:10 This enum has no values.");
        row("enum E { a, a } struct A { E a; }", "1:13 There is a value “a” already.");
        row("enum E : f32 { a }", "1:10 The values of an enum are integers: u8, say.");
        row("enum E { a } enum F { a = 2 } struct A { u8 b[a]; }",
            "1:47 Several enums have a value “a”: write “Name::a”.");
        row("enum E { a } struct A { u8 b[E::c]; }", "1:33 “E” has no value of this name.");
        row("const X = 1; const X = 2;", "1:20 There is a constant “X” already.");
        row("struct A { u8 a; const B = a; }", "1:24 There is no type “B” before this.");
        row("root B;", "1:6 There is no struct “B” before this.");
        row("struct A { u8 a; } root A[;", "1:27 Here stands “]”, not “;”.");
        row("#if X\nstruct A { u8 a; }\n#endif",
            "1:1 “#if” is not understood: leave the fields that count, without it.");
        row("static_assert(sizeof(u8) == 2);", "1:14 This does not hold.");
        row("struct A { string s; } static_assert(sizeof(A) == 2);", "1:45 “A” has no size that is always the same.");
        row("struct A { u8 a; switch (a) { u8 b; } }", "1:31 Here stands “case”, “default” or “}”, not “u8”.");
        row("struct A { u8 a; switch (a) { default: u8 b; case 1: u8 c; } }", "1:46 “default” is the last case.");
        row("struct A { u8 a; switch (a) { case a: u8 b; } }",
            "1:36 Here stands a number that does not depend on fields.");
        row("struct A { u8 a; if a { u8 b; } }", "1:21 Here stands “(”, not “a”.");
        row("struct A { align 0; u8 a; }", "1:18 What is aligned stands at a multiple of 1 or more.");
        row("struct A { u8 a[2] b[2]; }",
            "1:20 “b” says nothing about a field: unit, scale, offset, unix, hex, as and size do.");
        row("struct H { u8 n; } struct A { big H h; }", "1:31 The byte order is said at the fields of “H”.");
        row("typedef u8 a[3];", "1:13 An array has no name of its own here: write the number at the field.");
        row("struct A { u8 a; u8 b[x ? 1 : 2]; }", "1:23 “x” is not known: a field stands before what asks for it.");
        row("struct A { struct { u8 x; } b; u8 c[b]; }",
            "1:37 “b” is no whole number: nothing can be calculated with it.");
    }

    void faults()
    {
        QFETCH(QString, text);
        QFETCH(QString, wanted);
        QCOMPARE(faultOf(text), wanted);
        const StructFault fault = *parsed(text).fault;
        QVERIFY(fault.offset >= 0 && fault.length >= 0 && fault.offset + fault.length <= text.size());
    }

    /// The same precedence, the same results.
    void calculatesAsC()
    {
        RandomExpression random(23);
        int calculated = 0;
        for (int n = 0; n < 20'000; ++n) {
            const RandomExpression::Made made = random.make(n % 5 + 1);
            if (!made.value)
                continue;
            ++calculated;
            const QString text = u"static_assert((%1) == %2); struct A { u8 a; }"_s.arg(made.text).arg(*made.value);
            QVERIFY2(faultOf(text).isEmpty(), qPrintable(text + u'\n' + faultOf(text)));
        }
        QVERIFY(calculated > 10'000);
    }

    void linesEndInAnyWay()
    {
        QCOMPARE(faultOf(u"// one\r\n// two\r\nstruct A {\r\n  u8 a\r\n}"_s), u"5:1 Here stands “;”, not “}”."_s);
        QCOMPARE(faultOf(u"// one\r// two\rstruct A {\r  u8 a\r}"_s), u"5:1 Here stands “;”, not “}”."_s);
        QCOMPARE(faultOf(u"#define A 1\r\nstruct B { u8 a[A]; }"_s), QString());
    }

    /// What is too much of anything is refused, and costs no stack.
    void isBounded()
    {
        const auto nested = [](const QString &open, const QString &inside, const QString &close, int times) {
            return u"struct A { u8 b; "_s + open.repeated(times) + inside + close.repeated(times) + u" }"_s;
        };
        const QString tooDeep = u"This is nested too deep: 64 levels are the most."_s;
        QCOMPARE(faultOf(nested(u"if (b) { "_s, u"u8 c;"_s, u"}"_s, 60)), QString());
        QVERIFY(faultOf(nested(u"if (b) { "_s, u"u8 c;"_s, u"}"_s, 1000)).endsWith(tooDeep));
        QVERIFY(faultOf(nested(u"struct { u8 c; "_s, QString(), u"} d;"_s, 1000)).endsWith(tooDeep));
        QVERIFY(faultOf(nested(u"struct { u8 c; "_s, QString(), u"};"_s, 1000)).endsWith(tooDeep) ||
                !faultOf(nested(u"struct { u8 c; "_s, QString(), u"};"_s, 1000)).isEmpty());
        const auto counted = [](const QString &count) { return u"struct A { u8 a["_s + count + u"]; }"_s; };
        QCOMPARE(faultOf(counted(u"("_s.repeated(50) + u'1' + u")"_s.repeated(50))), QString());
        QVERIFY(faultOf(counted(u"("_s.repeated(50'000) + u'1' + u")"_s.repeated(50'000))).endsWith(tooDeep));
        QVERIFY(faultOf(counted(u"1?"_s.repeated(50'000))).endsWith(tooDeep));
        QVERIFY(faultOf(counted(u"1?2:"_s.repeated(50'000) + u'1')).endsWith(tooDeep));
        // Signs and operators in a row are no nesting.
        QCOMPARE(faultOf(counted(u"!"_s.repeated(50'000) + u'1')), QString());
        QCOMPARE(faultOf(counted(u"1+"_s.repeated(50'000) + u'1')), QString());
        QCOMPARE(faultOf(u"struct A { u8 a; if (a) u8 b; "_s + u"else if (a == 2) u8 b; "_s.repeated(5'000) + u'}'),
                 QString());
        QVERIFY(faultOf(u"// "_s + QString(300'000, u'x')).endsWith(u"256 Ki characters are the most."));
        QString many = u"struct A { "_s;
        for (int n = 0; n < 11'000; ++n)
            many += u"u8 a%1; "_s.arg(n);
        QVERIFY(faultOf(many + u'}').endsWith(u"There are too many fields: 10000 are the most."));
        // Structs of structs of structs: 2 to the power of 40 fields.
        QString doubled = u"struct A0 { u8 a; }"_s;
        for (int n = 0; n < 40; ++n)
            doubled += u"struct A%1 { A%2 a, b; }"_s.arg(n + 1).arg(n);
        QVERIFY(faultOf(doubled).endsWith(u"There are too many fields in all: 20000 are the most."));
        // One in the other, each described by itself: nothing that walks them recurses far.
        QString chain = u"struct A0 { u8 a; }"_s;
        for (int n = 0; n < 9'000; ++n)
            chain += u"struct A%1 { A%2 a; }"_s.arg(n + 1).arg(n);
        QVERIFY(faultOf(chain).endsWith(tooDeep));
        QString wide = u"struct A0 { "_s;
        for (int n = 0; n < 1'000; ++n)
            wide += u"u8 a%1; "_s.arg(n);
        wide += u'}';
        for (int n = 0; n < 300; ++n)
            wide += u"struct B%1 { A0 a; }"_s.arg(n);
        QVERIFY(faultOf(wide).endsWith(u"There are too many fields in all: 200000 are the most."));
    }

    /// Whatever is typed has a definition or a fault inside of the text.
    void takesAnything()
    {
        QStringList words{u"struct"_s,
                          u"{"_s,
                          u"}"_s,
                          u"u8"_s,
                          u"a"_s,
                          u"b"_s,
                          u";"_s,
                          u"["_s,
                          u"]"_s,
                          u"("_s,
                          u")"_s,
                          u"if"_s,
                          u"else"_s,
                          u"switch"_s,
                          u"case"_s,
                          u"1"_s,
                          u"0.5"_s,
                          u"\"x\""_s,
                          u"="_s,
                          u":"_s,
                          u","_s,
                          u"enum"_s,
                          u"as"_s,
                          u"json"_s,
                          u"size"_s,
                          u"root"_s,
                          u"\n"_s,
                          u"#define"_s,
                          u"+"_s,
                          u"?"_s,
                          u"big"_s,
                          u"typedef"_s,
                          u"pad"_s,
                          u"string"_s,
                          u"."_s,
                          u"::"_s,
                          u"'"_s,
                          u"/*"_s,
                          u"*/"_s,
                          u"//"_s,
                          u"sizeof"_s,
                          u"A"_s,
                          u"scale"_s,
                          u"-"_s,
                          u"const"_s,
                          u"unsigned"_s,
                          u"long"_s,
                          u"__attribute__"_s,
                          u"msb"_s,
                          u"static_assert"_s,
                          u"#pragma pack("_s};
        QRandomGenerator random(5);
        for (int n = 0; n < 20'000; ++n) {
            QString text = n % 2 == 0 ? u"enum K : u8 { x, y } struct A { u8 a; u16 b; "_s : QString();
            const int count = random.bounded(1, 30);
            for (int word = 0; word < count; ++word)
                text += words[random.bounded(words.size())] + (random.bounded(4) == 0 ? QString() : u" "_s);
            check(text);
        }
        for (int n = 0; n < 5'000; ++n) {
            QString text;
            const int count = random.bounded(1, 60);
            for (int c = 0; c < count; ++c)
                text += QChar(char16_t(random.bounded(10) == 0 ? random.bounded(0x10000) : random.bounded(32, 127)));
            check(text);
        }
        // The documentation, broken off and damaged.
        for (const QString &block : blocksOf(u"structs.md"_s)) {
            for (qsizetype size = 0; size <= block.size(); ++size)
                check(block.first(size));
            for (int n = 0; n < 1'000; ++n) {
                QString damaged = block;
                damaged.remove(random.bounded(damaged.size()), random.bounded(1, 6));
                damaged.insert(random.bounded(damaged.size() + 1), words[random.bounded(words.size())]);
                check(damaged);
            }
        }
    }

private:
    static void check(const QString &text)
    {
        const ParsedDefinition result = parsed(text);
        QVERIFY(bool(result.definition) != bool(result.fault));
        if (!result.fault)
            return;
        const StructFault &fault = *result.fault;
        QVERIFY2(!fault.message.isEmpty() && fault.offset >= 0 && fault.length >= 0 &&
                     fault.offset + fault.length <= text.size() && fault.line >= 1 && fault.column >= 1,
                 qPrintable(text));
        if (!text.contains(u'\r'))
            QCOMPARE(fault.line, int(text.first(fault.offset).count(u'\n')) + 1);
    }
};

SOCKEYE_TEST(StructGrammarTest, QCoreApplication)
#include "tst_structgrammar.moc"
