#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

#include <QtEndian>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

struct BsonVector
{
    QString summary;
    QString lines;
};

/// What the messages of bson.jsonl say, in their order.
QList<BsonVector> bsonMeanings()
{
    return {
        {u"{}"_s, u"-"_s},
        {u"{a=1 big=8589934592 d=1.5 neg0=-0}"_s, u"-\n a=1\n big=8589934592 (double)\n d=1.5\n neg0=-0 (double)"_s},
        {u"{l=9007199254740993 n=5}"_s, u"-\n l=9007199254740993 (int64)\n n=5 (int64)"_s},
        {u"{t=1969-12-31T23:59:59.999Z}"_s,
         u"-\n t=1969-12-31T23:59:59.999Z (UTC datetime: 1969-12-31 23:59:59.999)"_s},
        {u"{b=h'010203' u=<16 B>}"_s,
         u"-\n b=01 02 03\n u=00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff (binary 4 (UUID): "
         "00112233-4455-6677-8899-aabbccddeeff)"_s},
        {u"{o=656565656565656565656565}"_s, u"-\n o=656565656565656565656565 (ObjectId of 2023-11-28 03:58:29)"_s},
        {u"{d=0.1}"_s, u"-\n d=0.1 (decimal128)"_s},
        {u"{a=[1 \"x\" null {k=true}]}"_s, u"-\n a\n  -=1\n  -=x\n  -=null\n  -\n   k=true"_s},
        {u"{r=/a.b/is c={code=\"f()\" scope={x=1}} ts=1700000000:1}"_s,
         u"-\n r=/a.b/is (regular expression)\n c (JavaScript code with scope)\n  code=f()\n  scope\n   x=1\n"
         " ts (timestamp: 2023-11-14 22:13:20)\n  increment=1\n  seconds=1700000000"_s},
        {u"{mn=MinKey mx=MaxKey s=\"s\" dbp={$ref=\"c\" $id=000000000000000000000001}}"_s,
         u"-\n mn=MinKey (less than any other value)\n mx=MaxKey (greater than any other value)\n"
         " s=s (symbol)\n dbp\n  $ref=c\n  $id=000000000000000000000001 (ObjectId of 1970-01-01 00:00:00)"_s},
        {u"{s=\"a b\" k e y=\"\"}"_s, u"-\n s=a\0b\n k e y="_s},
        {u"{u=null n=null}"_s, u"-\n u=null\n n=null"_s},
    };
}

DecodeInput bsonInput(const QByteArray &bytes)
{
    return {bytes, false, Direction::In, {}};
}

/// A document of these elements.
QByteArray bsonDocument(const QByteArray &elements)
{
    QByteArray document(4, '\0');
    qToLittleEndian<qint32>(qint32(elements.size() + 5), document.data());
    return document + elements + '\0';
}

QByteArray bsonHex(const QByteArray &elements)
{
    return bsonDocument(QByteArray::fromHex(elements));
}

} // namespace

/// BSON, by the traffic of its encoder and by bsonspec.org.
class BsonTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void vectors_data()
    {
        QTest::addColumn<qsizetype>("row");
        for (qsizetype row = 0; row < bsonMeanings().size(); ++row)
            QTest::addRow("line %lld", qint64(row + 1)) << row;
    }
    void vectors()
    {
        QFETCH(qsizetype, row);
        const QList<Vector> vectors = read(u"bson.jsonl"_s);
        QCOMPARE(vectors.size(), bsonMeanings().size());
        const NodeTree tree = treeOf(u"bson", vectors.at(row).input);
        QCOMPARE(linesOf(tree), bsonMeanings().at(row).lines);
        QCOMPARE(tree.summary, bsonMeanings().at(row).summary);
        QVERIFY(!tree.error);
        const FormatChoice choice = chooseFormat(vectors.at(row).input);
        QVERIFY(choice.format);
        QCOMPARE(choice.format->id(), u"bson"_s);
        // A document of nothing is five bytes that another protocol may begin with.
        QCOMPARE(int(choice.certainty), int(row == 0 ? Certainty::Likely : Certainty::Sure));
    }

    void elements_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("line");
        QTest::newRow("undefined") << "067800"_ba << u"x=undefined"_s;
        QTest::newRow("false") << "08780000"_ba << u"x=false"_s;
        QTest::newRow("int32") << "10780000000080"_ba << u"x=-2147483648"_s;
        QTest::newRow("int64") << "12780000000000000000"
                                  "80"_ba
                               << u"x=-9223372036854775808 (int64)"_s;
        QTest::newRow("NaN") << "017800000000000000f87f"_ba << u"x=NaN"_s;
        QTest::newRow("code") << "0d780002000000"
                                 "6600"_ba
                              << u"x=f (JavaScript code)"_s;
        QTest::newRow("symbol") << "0e780002000000"
                                   "6600"_ba
                                << u"x=f (symbol)"_s;
        QTest::newRow("no UTF-8") << "02780003000000ff6100"_ba
                                  << u"x=ff 61 (text that is not UTF-8: \xfffd"
                                     "a)"_s;
        QTest::newRow("a key that is no UTF-8") << "0aff00"_ba << u"\xfffd=null"_s;
        QTest::newRow("an empty key") << "0a00"_ba << u"=null"_s;
        QTest::newRow("DBPointer") << "0c7800020000006300655365536565656565656565"_ba
                                   << u"x (DBPointer)\n  ref=c\n  id=655365536565656565656565 (ObjectId of 2023-11-14 "
                                      "12:17:23)"_s;
        QTest::newRow("a date beyond the years")
            << "097800ffffffffffffff7f"_ba << u"x=9223372036854775807 (UTC datetime, milliseconds since 1970)"_s;
        QTest::newRow("old binary") << "057800060000000202000000"
                                       "0102"_ba
                                    << u"x=01 02 (binary 2 (old))"_s;
        QTest::newRow("MD5") << "05780002000000050102"_ba << u"x=01 02 (binary 5 (MD5))"_s;
        QTest::newRow("vector") << "0578000600000009"
                                   "27000000c03f"_ba
                                << u"x=27 00 00 00 c0 3f (binary 9 (vector of float32))"_s;
        QTest::newRow("user's binary") << "057800010000008009"_ba << u"x=09 (binary 128 (defined by the user))"_s;
        QTest::newRow("JSON in bytes") << "05780007000000007b2261223a317d"_ba
                                       << u"x=7b 22 61 22 3a 31 7d\n  -\n   a=1"_s;
        QTest::newRow("BSON in bytes") << "0578000800000000080000000a610000"_ba
                                       << u"x=08 00 00 00 0a 61 00 00\n  -\n   a=null"_s;
        QTest::newRow("other names in an array") << "047800"
                                                    "0b0000000a30000a350000"_ba
                                                 << u"x\n  -=null\n  5=null"_s;
        QTest::newRow("members of the same name") << "1078000100000010780002000000"_ba << u"x=1\n x=2"_s;
        const auto decimal = [](const char *hex) { return "137800"_ba + hex; };
        QTest::newRow("-1.5E+6100") << decimal("0f00000000000000000000000000e6df") << u"x=-1.5E+6100 (decimal128)"_s;
        QTest::newRow("decimal NaN") << decimal("0000000000000000000000000000007c") << u"x=NaN (decimal128)"_s;
        QTest::newRow("-Infinity") << decimal("000000000000000000000000000000f8") << u"x=-Infinity (decimal128)"_s;
        QTest::newRow("34 digits") << decimal("f2af967ed05c82de3297ff6fde3c4030")
                                   << u"x=1234567890123456789012345678901234 (decimal128)"_s;
        QTest::newRow("1E+3") << decimal("01000000000000000000000000004630") << u"x=1E+3 (decimal128)"_s;
        QTest::newRow("1E-8") << decimal("01000000000000000000000000003030") << u"x=1E-8 (decimal128)"_s;
        QTest::newRow("decimal -0") << decimal("000000000000000000000000000040b0") << u"x=-0 (decimal128)"_s;
        QTest::newRow("0E-10") << decimal("00000000000000000000000000002c30") << u"x=0E-10 (decimal128)"_s;
        QTest::newRow("-0.015") << decimal("0f000000000000000000000000003ab0") << u"x=-0.015 (decimal128)"_s;
        QTest::newRow("too large a coefficient")
            << decimal("ffffffffffffffffffffffffffff4130") << u"x=0 (decimal128)"_s;
    }
    void elements()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, line);
        const NodeTree tree = treeOf(u"bson", bsonInput(bsonHex(hex)));
        QCOMPARE(linesOf(tree), u"-\n "_s + line);
        QVERIFY(!tree.error);
        QVERIFY2(fault(tree).isEmpty(), qPrintable(fault(tree)));
    }

    void severalDocuments()
    {
        const NodeTree tree = treeOf(u"bson", bsonInput(bsonHex("0a6100") + bsonHex("0a6200")));
        QCOMPARE(linesOf(tree), u"-\n a=null\n-\n b=null"_s);
        QCOMPARE(tree.summary, u"{a=null} {b=null}"_s);
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("lines");
        const QString end = u"The bytes end in the middle of a document."_s;
        const QString behind = u"The value goes on behind the end of its document."_s;
        const QByteArray number = bsonHex("1061000100000010620002000000");
        QTest::newRow("cut in a value") << number.first(16) << qsizetype(11) << end
                                        << u"-\n a=1\nnot decoded=10 62 00 02 00 (%1)"_s.arg(end);
        QTest::newRow("cut in a name") << number.first(13) << qsizetype(11) << end << QString();
        QTest::newRow("cut before the zero") << number.chopped(1) << qsizetype(18) << end << QString();
        QTest::newRow("nothing") << QByteArray() << qsizetype(0) << end << QString();
        QTest::newRow("too short") << QByteArray::fromHex("0400000000") << qsizetype(0)
                                   << u"A document is at least five bytes long, this one says 4."_s << QString();
        QTest::newRow("unknown type") << bsonHex("0a6100206200") << qsizetype(7) << u"BSON has no type 20."_s
                                      << u"-\n a=null\nnot decoded=20 62 00 00 (BSON has no type 20.)"_s;
        QTest::newRow("boolean") << bsonHex("08610002") << qsizetype(4) << u"A boolean is 0 or 1, this one is 2."_s
                                 << QString();
        QTest::newRow("zero too early") << bsonHex("0a61000000") << qsizetype(7)
                                        << u"The document ends 2 bytes before its length says so."_s << QString();
        QTest::newRow("no zero at the end") << QByteArray::fromHex("080000000a61000a") << qsizetype(7)
                                            << u"A document has to end with a zero."_s << QString();
        QTest::newRow("value too long") << bsonHex("10610001") << qsizetype(4) << behind << QString();
        QTest::newRow("string too long") << bsonHex("026100050000006100") << qsizetype(4) << behind << QString();
        QTest::newRow("string of nothing") << bsonHex("02610000000000") << qsizetype(4)
                                           << u"A string is at least one byte long, this one says 0."_s << QString();
        QTest::newRow("string without a zero")
            << bsonHex("0261000100000061") << qsizetype(4) << u"A string has to end with a zero."_s << QString();
        QTest::newRow("name without an end")
            << bsonHex("0a616263").chopped(1) + '\1' << qsizetype(4) << behind << QString();
        QTest::newRow("document too long") << bsonHex("036100ff000000"
                                                      "00")
                                           << qsizetype(4) << behind << QString();
        QTest::newRow("negative binary") << bsonHex("056100ffffffff00") << qsizetype(4)
                                         << u"The length of the binary value is negative: -1."_s << QString();
        QTest::newRow("old binary") << bsonHex("0561000500000002"
                                               "0200000001")
                                    << qsizetype(4) << u"The two lengths of the old binary value do not fit."_s
                                    << QString();
        QTest::newRow("code too short") << bsonHex("0f61000d000000"
                                                   "0100000000"
                                                   "05000000")
                                        << qsizetype(4)
                                        << u"Code with a scope is at least 14 bytes long, this one says 13."_s
                                        << QString();
        QTest::newRow("code ends early") << bsonHex("0f61000f000000"
                                                    "0100000000"
                                                    "0500000000"
                                                    "00")
                                         << qsizetype(21)
                                         << u"The code with its scope ends before its length says so."_s << QString();
    }
    void errors()
    {
        QFETCH(QByteArray, payload);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        QFETCH(QString, lines);
        const NodeTree tree = treeOf(u"bson", bsonInput(payload));
        QVERIFY(tree.error);
        QCOMPARE(tree.error->rule, rule);
        QCOMPARE(tree.error->offset, offset);
        if (!lines.isEmpty())
            QCOMPARE(linesOf(tree), lines);
        QCOMPARE(int(formatOf(u"bson")->probe(bsonInput(payload))), int(Certainty::None));
    }

    void nestsDeeply()
    {
        QByteArray document = bsonHex("0a6100");
        for (int i = 0; i < 1'100; ++i)
            document = bsonDocument("\x03"
                                    "a"_ba +
                                    '\0' + document);
        const NodeTree tree = treeOf(u"bson", bsonInput(document));
        QVERIFY(tree.error);
        QCOMPARE(tree.error->rule, u"Values are nested deeper than 1000 levels."_s);
    }

    /// A value is its whole element: its type, its name and its bytes.
    void ranges_data()
    {
        QTest::addColumn<qint32>("node");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](qint32 node, const char *name, const char *value, const char *text = "") {
            QTest::addRow("node %d", node) << node << QByteArray(name) << QByteArray(value) << QByteArray(text);
        };
        row(1, "61", "106100e8030000");
        row(2, "62", "016200000000000000f83f");
        row(3, "63", "1263000500000000000000");
        row(4, "64",
            "086400"
            "01");
        row(5, "65", "0a6500");
        row(6, "66", "0266000400000061626300", "616263");
        row(7, "67", "0967000068e5cf8b010000");
        row(8, "68", "076800655365536565656565656565");
        row(9, "69", "056900030000000001ff03", "01ff03");
        row(10, "6a", "0b6a00612e6200697300");
        row(11, "6b", "0d6b00020000006600", "66");
        row(12, "6c", "0e6c00020000007300", "73");
        row(13, "6d",
            "0f6d00180000000400000066282900"
            "0c0000001078000100000000");
        row(14, "", "0400000066282900", "662829");
        row(15, "", "0c0000001078000100000000");
        row(16, "78", "10780001000000");
        row(17, "6e", "116e000100000000f15365");
        row(18, "", "01000000");
        row(19, "", "00f15365");
        row(20, "6f", "136f0001000000000000000000000000003e30");
        row(21, "70", "ff7000");
        row(22, "71", "7f7100");
        row(23, "72", "067200");
        row(24, "73",
            "047300"
            "0f00000010300007000000"
            "0a310000");
        row(25, "", "10300007000000");
        row(26, "", "0a3100");
    }
    void ranges()
    {
        QFETCH(qint32, node);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, text);
        const NodeTree tree = treeOf(u"bson", bsonInput(bsonHex("106100e8030000"
                                                                "016200000000000000f83f"
                                                                "1263000500000000000000"
                                                                "08640001"
                                                                "0a6500"
                                                                "0266000400000061626300"
                                                                "0967000068e5cf8b010000"
                                                                "076800655365536565656565656565"
                                                                "056900030000000001ff03"
                                                                "0b6a00612e6200697300"
                                                                "0d6b00020000006600"
                                                                "0e6c00020000007300"
                                                                "0f6d001800000004000000662829000c0000001078000100000000"
                                                                "116e000100000000f15365"
                                                                "136f0001000000000000000000000000003e30"
                                                                "ff7000"
                                                                "7f7100"
                                                                "067200"
                                                                "0473000f000000103000070000000a310000")));
        QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
        QCOMPARE(tree.size(), 27);
        QCOMPARE(tree.nameBytes(tree.at(node)).toByteArray().toHex(), name);
        QCOMPARE(tree.valueBytes(tree.at(node)).toByteArray().toHex(), value);
        if (!text.isEmpty())
            QCOMPARE(tree.textBytes(tree.at(node)).toByteArray().toHex(), text);
    }

    /// An element's bytes alone, in a document, say its value again.
    void leavesStandAlone()
    {
        for (const Vector &vector : read(u"bson.jsonl"_s)) {
            const NodeTree tree = treeOf(u"bson", vector.input);
            for (qint32 i = 0; i < tree.size(); ++i) {
                const Node &node = tree.at(i);
                const bool isPart = node.parent != Node::None && !tree.note(node.parent).isEmpty();
                if (node.isContainer() || isPart)
                    continue;
                const NodeTree alone = treeOf(u"bson", bsonInput(bsonDocument(tree.valueBytes(node).toByteArray())));
                QCOMPARE(alone.size(), 2);
                QCOMPARE(alone.text(1), tree.text(i));
                QCOMPARE(int(alone.at(1).kind), int(node.kind));
            }
        }
    }

    void longPayloadsAreProbedAtTheirBeginning()
    {
        QByteArray elements;
        while (elements.size() < 200'000)
            elements += QByteArray::fromHex("106100e8030000");
        const QByteArray payload = bsonDocument(elements);
        QCOMPARE(int(formatOf(u"bson")->probe(bsonInput(payload))), int(Certainty::Sure));
        QCOMPARE(int(formatOf(u"bson")->probe(bsonInput(payload.chopped(1)))), int(Certainty::None));
    }

    void othersAreNone()
    {
        for (const auto &file : {u"cbor"_s, u"msgpack"_s, u"protobuf"_s, u"mqtt311"_s, u"mqtt5"_s, u"mqtt-split"_s,
                                 u"signalr-msgpack"_s, u"phoenix"_s, u"json"_s, u"compressed-chains"_s}) {
            for (const Vector &vector : read(file + u".jsonl"_s))
                QCOMPARE(int(formatOf(u"bson")->probe(vector.input)), int(Certainty::None));
        }
    }
};

SOCKEYE_TEST(BsonTest, QCoreApplication)
#include "tst_bson.moc"
