#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

/// What the messages of cbor.jsonl say, in their order.
QList<VectorMeaning> cborMeanings()
{
    return {
        {Certainty::Likely, u"{a=1 b=2}"_s, u"-\n a=1\n b=2"_s},
        {Certainty::Likely, u"{a=1 b=2}"_s, u"-\n a=1\n b=2"_s},
        {Certainty::Likely, u"[undefined null true]"_s, u"-\n -=undefined\n -=null\n -=true"_s},
        {Certainty::None, u"1700000000.123"_s, u"-=1700000000.123 (tag 1 (epoch time): 2023-11-14 22:13:20.123)"_s},
        {Certainty::None, u"1700000000"_s, u"-=1700000000 (tag 1 (epoch time): 2023-11-14 22:13:20)"_s},
        {Certainty::Likely, u"[1 18446744073709551615 18446744073709551616 -18446744073709551617]"_s,
         u"-\n -=1\n -=18446744073709551615\n -=18446744073709551616 (tag 2 (bignum))\n"
         " -=-18446744073709551617 (tag 3 (negative bignum))"_s},
        {Certainty::None, u"1"_s, u"-=1 (tag 2 (bignum))"_s},
        {Certainty::None, u"-1"_s, u"-=-1 (tag 3 (negative bignum))"_s},
        {Certainty::None, u"-18446744073709551616"_s, u"-=-18446744073709551616 (tag 3 (negative bignum))"_s},
        {Certainty::Likely, u"{1=\"x\" 1=\"y\"}"_s,
         u"- (tag 259 (map with keys of any type))\n 1=x\n 1=y (the key is text)"_s},
        {Certainty::Likely, u"[1 2 3]"_s, u"- (tag 258 (set))\n -=1\n -=2\n -=3"_s},
        {Certainty::Likely, u"[h'010203' h'010203' [1.5]]"_s,
         u"-\n -=01 02 03 (tag 64 (uint8 array))\n -=01 02 03\n - (tag 85 (float32 array, little endian))\n  -=1.5"_s},
        {Certainty::Likely, u"[NaN -0 1.5 Infinity]"_s,
         u"-\n -=NaN (float16)\n -=-0 (float16)\n -=1.5 (float32)\n -=Infinity (float16)"_s},
        {Certainty::Likely, u"{a=[1 2]}"_s, u"-\n a\n  -=1\n  -=2"_s},
        {Certainty::Likely, u"1"_s, u"-=1 (tag 55799 (self-described CBOR))"_s},
        {Certainty::None, u"\"\xfffd\xfffd\xfffd\""_s, u"-=ed a0 80 (text that is not UTF-8: \xfffd\xfffd\xfffd)"_s},
    };
}

DecodeInput cborInput(const char *hex)
{
    return {QByteArray::fromHex(hex), false, Direction::In, {}};
}

NodeTree cborTree(const char *hex)
{
    return treeOf(u"cbor", cborInput(hex));
}

} // namespace

/// CBOR, by the traffic of its encoders and by RFC 8949.
class CborTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void vectors_data()
    {
        QTest::addColumn<qsizetype>("row");
        for (qsizetype row = 0; row < cborMeanings().size(); ++row)
            QTest::addRow("line %lld", qint64(row + 1)) << row;
    }
    void vectors()
    {
        QFETCH(qsizetype, row);
        const QList<Vector> vectors = read(u"cbor.jsonl"_s);
        QCOMPARE(vectors.size(), cborMeanings().size());
        checkVector(u"cbor", vectors.at(row).input, cborMeanings().at(row));
    }

    void items_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("lines");
        // RFC 8949, appendix A.
        QTest::newRow("uint64") << "1b000000e8d4a51000"_ba << u"-=1000000000000"_s;
        QTest::newRow("least integer") << "3bffffffffffffffff"_ba << u"-=-18446744073709551616"_s;
        QTest::newRow("1.1") << "fb3ff199999999999a"_ba << u"-=1.1"_s;
        QTest::newRow("3.4028234663852886e+38") << "fa7f7fffff"_ba << u"-=3.4028235e+38 (float32)"_s;
        QTest::newRow("half") << "f9c400"_ba << u"-=-4 (float16)"_s;
        QTest::newRow("least half") << "f90001"_ba << u"-=5.960464477539063e-08 (float16)"_s;
        QTest::newRow("whole float64") << "fb4014000000000000"_ba << u"-=5 (float64)"_s;
        QTest::newRow("-Infinity") << "fbfff0000000000000"_ba << u"-=-Infinity"_s;
        QTest::newRow("simple") << "82f0f8ff"_ba << u"-\n -=simple(16)\n -=simple(255)"_s;
        QTest::newRow("chunks of bytes") << "5f42010243030405ff"_ba << u"-=01 02 03 04 05 (chunks: 2)"_s;
        QTest::newRow("chunks of text") << "7f657374726561646d696e67ff"_ba << u"-=streaming (chunks: 2)"_s;
        QTest::newRow("a character over chunks") << "7f61c361a9ff"_ba << u"-=\xe9 (chunks: 2)"_s;
        QTest::newRow("indefinite map") << "bf61610161629f0203ffff"_ba << u"-\n a=1\n b\n  -=2\n  -=3"_s;
        QTest::newRow("empty") << "83809fffa0"_ba << u"-\n -\n -\n -"_s;
        QTest::newRow("text date") << "c074323031332d30332d32315432303a30343a30305a"_ba
                                   << u"-=2013-03-21T20:04:00Z (tag 0 (date and time))"_s;
        QTest::newRow("before 1970") << "c1f9b800"_ba << u"-=-0.5 (tag 1 (epoch time), float16)"_s;
        QTest::newRow("just before 1970")
            << "c1fbbfe0000000000000"_ba << u"-=-0.5 (tag 1 (epoch time): 1969-12-31 23:59:59.500)"_s;
        QTest::newRow("days") << "d8643940ff"_ba << u"-=-16640 (tag 100 (days since 1970-01-01): 1924-06-11)"_s;
        QTest::newRow("decimal fraction")
            << "c48221196ab3"_ba << u"- (tag 4 (decimal fraction): 273.15)\n exponent=-2\n mantissa=27315"_s;
        QTest::newRow("bignum in a fraction")
            << "c48220c3420100"_ba
            << u"- (tag 4 (decimal fraction): -25.7)\n exponent=-1\n mantissa=-257 (tag 3 (negative bignum))"_s;
        QTest::newRow("bigfloat") << "c5822003"_ba << u"- (tag 5 (bigfloat): 3 \xd7 2^-1)\n exponent=-1\n mantissa=3"_s;
        QTest::newRow("rational") << "d81e820103"_ba
                                  << u"- (tag 30 (rational number): 1/3)\n numerator=1\n denominator=3"_s;
        QTest::newRow("URI") << "d82063613a62"_ba << u"-=a:b (tag 32 (URI))"_s;
        QTest::newRow("UUID") << "d8255000112233445566778899aabbccddeeff"_ba
                              << u"-=00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff (tag 37 (UUID): "
                                 "00112233-4455-6677-8899-aabbccddeeff)"_s;
        QTest::newRow("IPv4") << "d83444c0a80001"_ba << u"-=c0 a8 00 01 (tag 52 (IPv4): 192.168.0.1)"_s;
        QTest::newRow("int32 array") << "d84a48ffff000100000007"_ba
                                     << u"- (tag 74 (int32 array, big endian))\n -=-65535\n -=7"_s;
        QTest::newRow("float64 array") << "d85648000000000000f83f"_ba
                                       << u"- (tag 86 (float64 array, little endian))\n -=1.5"_s;
        QTest::newRow("half an element") << "d84a43ffff00"_ba << u"-=ff ff 00 (tag 74 (int32 array, big endian))"_s;
        QTest::newRow("several tags") << "d9d9f7d90102c1820102"_ba
                                      << u"- (tag 55799 (self-described CBOR), tag 258 (set), tag 1 (epoch time))\n "
                                         "-=1\n -=2"_s;
        QTest::newRow("unknown tag") << "d9ffff01"_ba << u"-=1 (tag 65535)"_s;
        QTest::newRow("encoded item") << "d8184101"_ba << u"-=01 (tag 24 (encoded CBOR): 1)"_s;
        // So few bytes are not looked into as a message of their own: the note has them.
        QTest::newRow("encoded map") << "d81847a2616101616202"_ba
                                     << u"-=a2 61 61 01 61 62 02 (tag 24 (encoded CBOR): {\"a\": 1, \"b\": 2})"_s;
        QTest::newRow("longer encoded map")
            << "d81857a26473656e73a16474656d7015646e616d65646b697463"_ba
            << u"-=a2 64 73 65 6e 73 a1 64 74 65 6d 70 15 64 6e 61 6d 65 64 6b 69 74 63 (tag 24 (encoded CBOR))\n -\n"
               "  sens\n   temp=21\n  name=kitc"_s;
        QTest::newRow("encoded nothing") << "d818413f"_ba << u"-=3f (tag 24 (encoded CBOR): not one data item)"_s;
        QTest::newRow("JSON in bytes") << "a16162477b2261223a317d"_ba.replace("62477b", "61477b")
                                       << u"-\n a=7b 22 61 22 3a 31 7d\n  -\n   a=1"_s;
        QTest::newRow("embedded JSON") << "d90106477b2261223a317d"_ba
                                       << u"-={\"a\":1} (tag 262 (embedded JSON))\n -\n  a=1"_s;
        QTest::newRow("a sequence") << "0182020363616263"_ba << u"-=1\n-\n -=2\n -=3\n-=abc"_s;
        // cbor-x: the keys stand once, at the first record.
        QTest::newRow("records") << "82d9dfff8419e00082616161620102d9e000820304"_ba
                                 << u"-\n - (tag 57343 (record definition of cbor-x): keys and values)\n  a=1\n  b=2\n"
                                    " - (tag 57344: a record of cbor-x)\n  a=3\n  b=4"_s;
        QTest::newRow("a record alone") << "d9e000820304"_ba
                                        << u"- (tag 57344: a record of cbor-x, whose keys an earlier message defines)\n"
                                           " -=3\n -=4"_s;
        QTest::newRow("no definition") << "d9dfff820102"_ba
                                       << u"- (tag 57343 (record definition of cbor-x))\n -=1\n -=2"_s;
        // cbor-x with bundleStrings: pieces of two strings at the end.
        QTest::newRow("bundled strings")
            << "b9000263616161d9dff9821a0000000bcf0b6162cf0b607668656c6c6f20776f726c64666f6f206261722062617a"_ba
            << u"-\n aaa=hello world (tag 57337 (bundled strings of cbor-x), from the strings at the end)\n"
               " b=foo bar baz (from the strings at the end)\nbundled strings\n -=\n -=hello worldfoo bar baz"_s;
        QTest::newRow("two bundles")
            << "82d9dff982180acf01d9dff984180760"
               "6178cf01606179"_ba
            << u"-\n -=x (tag 57337 (bundled strings of cbor-x), from the strings at the end)\n"
               " -=y (tag 57337 (bundled strings of cbor-x), from the strings at the end)\n"
               "bundled strings\n -=\n -=y"_s;
        QTest::newRow("bundled keys of a record")
            << "81d9dfff8319e00181d9dff9821805cf05f660"
               "6576616c7565"_ba
            << u"-\n - (tag 57343 (record definition of cbor-x): keys and values)\n  value=null\nbundled strings\n -=\n"
               " -=value"_s;
        // Keys that are no text.
        QTest::newRow("numbers") << "a4012a20021bffffffffffffffff03f97e0004"_ba
                                 << u"-\n 1=-11\n -1=2\n 18446744073709551615=3\n NaN=4"_s;
        QTest::newRow("words") << "a2f505f606"_ba << u"-\n true=5\n null=6"_s;
        QTest::newRow("bytes") << "a141ff06"_ba << u"-\n h'ff'=6"_s;
        QTest::newRow("containers") << "a28201a16161f93c00032080"_ba.replace("2080", "2004")
                                    << u"-\n [1, {\"a\": 1.0}]=3\n -1=4"_s;
        QTest::newRow("a tag") << "a1c11a6553f10001"_ba << u"-\n 1(1700000000)=1"_s;
        QTest::newRow("indefinite") << "a19f0102ff03"_ba << u"-\n [_ 1, 2]=3"_s;
        QTest::newRow("text that is none") << "a162ff6101"_ba
                                           << u"-\n \"\xfffd"
                                              "a\"=1"_s;
        QTest::newRow("digits") << "a26131010102"_ba << u"-\n 1=1 (the key is text)\n 1=2"_s;
    }
    void items()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, lines);
        const NodeTree tree = cborTree(hex.constData());
        QCOMPARE(linesOf(tree), lines);
        QVERIFY(!tree.error);
        QVERIFY2(fault(tree).isEmpty(), qPrintable(fault(tree)));
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        QTest::addColumn<QString>("lines");
        const QString end = u"The bytes end in the middle of a data item."_s;
        const QString stop = u"A break stands where nothing of indefinite length can end."_s;
        const QString rest = u"not decoded=%1 (%2)"_s;
        QTest::newRow("reserved") << "83011c02"_ba << qsizetype(2) << u"The lengths 28, 29 and 30 are reserved."_s
                                  << u"-\n -=1\nnot decoded=1c 02 (The lengths 28, 29 and 30 are reserved.)"_s;
        QTest::newRow("indefinite integer")
            << "1f"_ba << qsizetype(0) << u"Only strings, arrays and maps can be of indefinite length."_s << QString();
        QTest::newRow("simple in two") << "81f818"_ba << qsizetype(1)
                                       << u"Simple values below 32 must not be written in two bytes."_s << QString();
        QTest::newRow("break alone") << "ff"_ba << qsizetype(0) << stop << rest.arg(u"ff"_s, stop);
        QTest::newRow("break in a definite array") << "8201ff"_ba << qsizetype(2) << stop << QString();
        QTest::newRow("break after a key") << "bf01ff"_ba << qsizetype(2) << stop << QString();
        QTest::newRow("break after a tag") << "9fc1ff"_ba << qsizetype(2) << stop << QString();
        QTest::newRow("array goes on") << "8301"_ba << qsizetype(2) << end << u"-\n -=1\n"_s + rest.arg(QString(), end);
        QTest::newRow("head is cut") << "82011a0000"_ba << qsizetype(2) << end
                                     << u"-\n -=1\n"_s + rest.arg(u"1a 00 00"_s, end);
        QTest::newRow("tagged and cut") << "8201c11a00"_ba << qsizetype(2) << end << QString();
        QTest::newRow("string is cut") << "a161616568656c"_ba << qsizetype(3)
                                       << u"The string is 5 bytes long, but only 3 are left."_s << QString();
        QTest::newRow("huge string") << "5bffffffffffffffff00"_ba << qsizetype(0)
                                     << u"The string is 18446744073709551615 bytes long, but only 1 are left."_s
                                     << QString();
        QTest::newRow("huge array") << "9bffffffffffffffff00"_ba << qsizetype(10) << end << QString();
        QTest::newRow("huge map as key") << "a1bbffffffffffffffff0001"_ba << qsizetype(12) << end << QString();
        QTest::newRow("chunk of another type")
            << "5f41016161ff"_ba << qsizetype(3)
            << u"A string of indefinite length consists of strings of the same type that have a length."_s << QString();
        QTest::newRow("nothing") << ""_ba << qsizetype(0) << end << QString();
    }
    void errors()
    {
        QFETCH(QByteArray, hex);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        QFETCH(QString, lines);
        const NodeTree tree = cborTree(hex.constData());
        QVERIFY(tree.error);
        QCOMPARE(tree.error->rule, rule);
        QCOMPARE(tree.error->offset, offset);
        if (!lines.isEmpty())
            QCOMPARE(linesOf(tree), lines);
    }

    void deepKeysAreRefused()
    {
        const QByteArray payload = "\xa1"_ba + QByteArray(2'000, char(0x81)) + '\x01';
        const NodeTree tree = treeOf(u"cbor", {payload, false, Direction::In, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->rule, u"The key is nested deeper than 1000 levels."_s);
    }

    void ranges_data()
    {
        QTest::addColumn<qint32>("node");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](qint32 node, const char *name, const char *value, const char *text = "") {
            QTest::addRow("node %d", node) << node << QByteArray(name) << QByteArray(value) << QByteArray(text);
        };
        row(1, "6161", "01");
        row(2, "6162", "181e");
        row(3, "6163", "1903e8");
        row(4, "6164", "1a000f4240");
        row(5, "6165", "1b000000e8d4a51000");
        row(6, "6166", "3863");
        row(7, "6167", "f93c00");
        row(8, "6168", "fa47c35000");
        row(9, "6169", "fb3ff199999999999a");
        row(10, "616a", "f5");
        row(11, "616b", "f7");
        row(12, "616c", "f8ff");
        row(13, "616d", "63616263", "616263");
        row(14, "616e", "420102", "0102");
        row(15, "616f", "7f61786179ff");
        row(16, "6170", "c11a6553f100");
        row(17, "6171", "c249010000000000000000");
        row(18, "1819", "8201d85544000080bf");
        row(19, "", "01");
        row(20, "", "d85544000080bf");
        row(21, "", "000080bf");
        row(22, "820102", "d9010281f4");
        row(23, "", "f4");
        row(24, "41ff", "a0");
        row(25, "6172", "7803616263", "616263");
    }
    void ranges()
    {
        QFETCH(qint32, node);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, text);
        const NodeTree tree = cborTree("b5"
                                       "616101"
                                       "6162181e"
                                       "61631903e8"
                                       "61641a000f4240"
                                       "61651b000000e8d4a51000"
                                       "61663863"
                                       "6167f93c00"
                                       "6168fa47c35000"
                                       "6169fb3ff199999999999a"
                                       "616af5"
                                       "616bf7"
                                       "616cf8ff"
                                       "616d63616263"
                                       "616e420102"
                                       "616f7f61786179ff"
                                       "6170c11a6553f100"
                                       "6171c249010000000000000000"
                                       "18198201d85544000080bf"
                                       "820102d9010281f4"
                                       "41ffa0"
                                       "61727803616263");
        QVERIFY(!tree.error);
        QCOMPARE(tree.size(), 26);
        QCOMPARE(tree.nameBytes(tree.at(node)).toByteArray().toHex(), name);
        QCOMPARE(tree.valueBytes(tree.at(node)).toByteArray().toHex(), value);
        if (!text.isEmpty())
            QCOMPARE(tree.textBytes(tree.at(node)).toByteArray().toHex(), text);
    }

    /// A leaf's bytes alone say its value again.
    void leavesStandAlone()
    {
        for (const Vector &vector : read(u"cbor.jsonl"_s)) {
            const NodeTree tree = treeOf(u"cbor", vector.input);
            for (qint32 i = 0; i < tree.size(); ++i) {
                const Node &node = tree.at(i);
                const bool isElement = node.parent != Node::None && tree.note(node.parent).contains(u"array, ");
                if (node.isContainer() || isElement)
                    continue;
                const NodeTree alone = treeOf(u"cbor", {tree.valueBytes(node).toByteArray(), false, Direction::In, {}});
                QCOMPARE(alone.size(), 1);
                QCOMPARE(alone.text(0), tree.text(i));
                QCOMPARE(int(alone.at(0).kind), int(node.kind));
            }
        }
    }

    void keysOfRecordsStandInTheDefinition()
    {
        const NodeTree tree = cborTree("82d9dfff8419e00082616161620102d9e000820304");
        QCOMPARE(tree.nameBytes(tree.at(2)).toByteArray(), "\x61"
                                                           "a"_ba);
        QCOMPARE(tree.nameBytes(tree.at(3)).toByteArray(), "\x61"
                                                           "b"_ba);
        QCOMPARE(tree.at(5).name.size, 0U);
        QCOMPARE(tree.valueBytes(tree.at(4)).toByteArray().toHex(), "d9e000820304"_ba);
    }

    void certainty_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<int>("certainty");
        const QByteArray object = "a3656576656e74647469636b667072696365731a000186a065736964656363627579"_ba;
        QTest::newRow("an object") << object << int(Certainty::Sure);
        QTest::newRow("cut") << object.chopped(2) << int(Certainty::None);
        QTest::newRow("with its mark") << "d9d9f7"_ba + object << int(Certainty::Sure);
        QTest::newRow("a mark and a map") << "d9d9f7a1616101"_ba << int(Certainty::Likely);
        QTest::newRow("a number") << "1a00000001"_ba << int(Certainty::None);
        QTest::newRow("a text") << "6c68656c6c6f20776f726c6421"_ba.append("21") << int(Certainty::None);
        QTest::newRow("an empty array") << "80"_ba << int(Certainty::None);
        QTest::newRow("an empty map") << "a0"_ba << int(Certainty::None);
        QTest::newRow("two objects") << object + object << int(Certainty::Sure);
        QTest::newRow("nothing") << ""_ba << int(Certainty::None);
    }
    void certainty()
    {
        QFETCH(QByteArray, hex);
        QFETCH(int, certainty);
        QCOMPARE(int(formatOf(u"cbor")->probe(cborInput(hex.constData()))), certainty);
    }

    void longPayloadsAreProbedAtTheirBeginning()
    {
        QByteArray payload = QByteArray::fromHex("9f");
        while (payload.size() < 200'000)
            payload += QByteArray::fromHex("a2616e19ffff65706963653a656c6162656c");
        QCOMPARE(int(formatOf(u"cbor")->probe({payload, false, Direction::In, {}})), int(Certainty::Sure));
    }

    /// What other formats send is not taken for CBOR.
    void othersAreNone()
    {
        for (const auto &file : {u"msgpack"_s, u"bson"_s, u"protobuf"_s, u"mqtt311"_s, u"mqtt5"_s, u"mqtt-split"_s,
                                 u"signalr-msgpack"_s, u"phoenix"_s, u"compressed-chains"_s}) {
            for (const Vector &vector : read(file + u".jsonl"_s)) {
                QCOMPARE(int(formatOf(u"cbor")->probe(vector.input)), int(Certainty::None));
            }
        }
    }
};

SOCKEYE_TEST(CborTest, QCoreApplication)
#include "tst_cbor.moc"
