#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

/// What the messages of msgpack.jsonl say, in their order.
QList<VectorMeaning> msgpackMeanings()
{
    return {
        {Certainty::Likely, u"{a=1 b=2}"_s, u"-\n a=1\n b=2"_s},
        {Certainty::Likely, u"{a=1 b=2}"_s, u"-\n a=1\n b=2"_s},
        {Certainty::Likely, u"{a=undefined n=null}"_s, u"-\n a=undefined (extension 0)\n n=null"_s},
        {Certainty::Likely, u"{a=null n=null}"_s, u"-\n a=null\n n=null"_s},
        {Certainty::None, u"2023-11-14T22:13:20Z"_s, u"-=2023-11-14T22:13:20Z (timestamp 32: 2023-11-14 22:13:20)"_s},
        {Certainty::None, u"2023-11-14T22:13:20.123Z"_s,
         u"-=2023-11-14T22:13:20.123Z (timestamp 64: 2023-11-14 22:13:20.123)"_s},
        {Certainty::None, u"1969-12-31T23:59:59.999Z"_s,
         u"-=1969-12-31T23:59:59.999Z (timestamp 96: 1969-12-31 23:59:59.999)"_s},
        {Certainty::None, u"2514-05-30T01:53:04Z"_s, u"-=2514-05-30T01:53:04Z (timestamp 96)"_s},
        {Certainty::Likely, u"[5 -1 18446744073709551615]"_s, u"-\n -=5\n -=-1\n -=18446744073709551615"_s},
        {Certainty::Likely, u"[8589934592 -8589934592]"_s, u"-\n -=8589934592\n -=-8589934592"_s},
        {Certainty::Likely, u"[8589934592 -8589934592]"_s, u"-\n -=8589934592 (float64)\n -=-8589934592 (float64)"_s},
        {Certainty::None, u"h'010203'"_s, u"-=01 02 03"_s},
        {Certainty::Likely, u"[[1 2] [1.5] [\"a\" \"i\"] 18446744073709551616]"_s,
         u"-\n - (extension 115 of msgpackr: set)\n  -=1\n  -=2\n - (extension 116 of msgpackr: Float32Array)\n"
         "  -=1.5\n - (extension 120 of msgpackr: regular expression)\n  -=a\n  -=i\n"
         " -=18446744073709551616 (extension 66 of msgpackr: integer)"_s},
        {Certainty::None, u"\"\xfffd\xfffd\xfffd\""_s, u"-=ed a0 80 (text that is not UTF-8: \xfffd\xfffd\xfffd)"_s},
    };
}

DecodeInput msgpackInput(const char *hex)
{
    return {QByteArray::fromHex(hex), false, Direction::In, {}};
}

NodeTree msgpackTree(const char *hex)
{
    return treeOf(u"msgpack", msgpackInput(hex));
}

} // namespace

/// MessagePack, by the traffic of its encoders and by its specification.
class MsgpackTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void vectors_data()
    {
        QTest::addColumn<qsizetype>("row");
        for (qsizetype row = 0; row < msgpackMeanings().size(); ++row)
            QTest::addRow("line %lld", qint64(row + 1)) << row;
    }
    void vectors()
    {
        QFETCH(qsizetype, row);
        const QList<Vector> vectors = read(u"msgpack.jsonl"_s);
        QCOMPARE(vectors.size(), msgpackMeanings().size());
        checkVector(u"msgpack", vectors.at(row).input, msgpackMeanings().at(row));
    }

    void values_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("lines");
        QTest::newRow("fixint") << "7f"_ba << u"-=127"_s;
        QTest::newRow("negative fixint") << "e0"_ba << u"-=-32"_s;
        QTest::newRow("uint 8") << "ccff"_ba << u"-=255"_s;
        QTest::newRow("uint 16") << "cdffff"_ba << u"-=65535"_s;
        QTest::newRow("uint 32") << "ceffffffff"_ba << u"-=4294967295"_s;
        QTest::newRow("int 8") << "d080"_ba << u"-=-128"_s;
        QTest::newRow("int 16") << "d1ff00"_ba << u"-=-256"_s;
        QTest::newRow("int 32") << "d280000000"_ba << u"-=-2147483648"_s;
        QTest::newRow("int 64") << "d38000000000000000"_ba << u"-=-9223372036854775808"_s;
        QTest::newRow("positive int 64") << "d37fffffffffffffff"_ba << u"-=9223372036854775807"_s;
        QTest::newRow("float 32") << "ca3dcccccd"_ba << u"-=0.1 (float32)"_s;
        QTest::newRow("float 64") << "cb3ff199999999999a"_ba << u"-=1.1"_s;
        QTest::newRow("NaN") << "cb7ff8000000000000"_ba << u"-=NaN"_s;
        QTest::newRow("nil, booleans") << "93c0c2c3"_ba << u"-\n -=null\n -=false\n -=true"_s;
        QTest::newRow("str 8, 16 and 32") << "93d90161da000162db0000000163"_ba << u"-\n -=a\n -=b\n -=c"_s;
        QTest::newRow("bin 8, 16 and 32") << "93c40101c5000102c60000000103"_ba << u"-\n -=01\n -=02\n -=03"_s;
        QTest::newRow("array 16 and 32") << "92dc000101dd0000000102"_ba << u"-\n -\n  -=1\n -\n  -=2"_s;
        QTest::newRow("map 16 and 32") << "92de0001a16101df00000001a16202"_ba << u"-\n -\n  a=1\n -\n  b=2"_s;
        QTest::newRow("empty") << "949080a0c400"_ba << u"-\n -\n -\n -=\n -="_s;
        QTest::newRow("fixext")
            << "95d40501d5050102d60501020304d7050102030405060708d80501020304050607080102030405060708"_ba
            << u"-\n -=01 (extension 5)\n -=01 02 (extension 5)\n -=01 02 03 04 (extension 5)\n"
               " -=01 02 03 04 05 06 07 08 (extension 5)\n"
               " -=01 02 03 04 05 06 07 08 01 02 03 04 05 06 07 08 (extension 5)"_s;
        QTest::newRow("ext 8, 16 and 32") << "93c70107aac8000107bbc900000001f9cc"_ba
                                          << u"-\n -=aa (extension 7)\n -=bb (extension 7)\n -=cc (extension -7)"_s;
        QTest::newRow("ext of nothing") << "c70007"_ba << u"-= (extension 7)"_s;
        QTest::newRow("ext 0 that is not undefined") << "d40001"_ba << u"-=01 (extension 0)"_s;
        QTest::newRow("timestamp in ext 8")
            << "c704ff00000001"_ba << u"-=1970-01-01T00:00:01Z (timestamp 32: 1970-01-01 00:00:01)"_s;
        QTest::newRow("no date") << "d4ffff"_ba << u"-=ff (timestamp of 1 bytes, which there is none of)"_s;
        QTest::newRow("too many ns") << "d7ffffffffff00000000"_ba
                                     << u"-=ff ff ff ff 00 00 00 00 (timestamp 64: 1073741823 ns are more than a "
                                        "second)"_s;
        QTest::newRow("beyond the years")
            << "c70cff000000017fffffffffffffff"_ba << u"-=9223372036854775807 s 1 ns (timestamp 96)"_s;
        QTest::newRow("negative big integer")
            << "c70942ff0000000000000000"_ba << u"-=-18446744073709551616 (extension 66 of msgpackr: integer)"_s;
        QTest::newRow("JSON in bytes") << "81a162c4077b2261223a317d"_ba << u"-\n b=7b 22 61 22 3a 31 7d\n  -\n   a=1"_s;
        QTest::newRow("several") << "9101a161c0"_ba << u"-\n -=1\n-=a\n-=null"_s;
        // msgpackr.
        QTest::newRow("records") << "92d4724092a161a1620102400304"_ba
                                 << u"-\n - (extension 114 of msgpackr: keys and values of record 64)\n  a=1\n  b=2\n"
                                    " - (record 64 of msgpackr)\n  a=3\n  b=4"_s;
        QTest::newRow("records with ids of two bytes")
            << "92d572610291a16101610202"_ba
            << u"-\n - (extension 114 of msgpackr: keys and values of record 97)\n  a=1\n"
               " - (record 97 of msgpackr)\n  a=2"_s;
        QTest::newRow("a record alone") << "4001a178"_ba
                                        << u"- (record 64 of msgpackr, whose keys an earlier message defines)\n -=1\n"
                                           " -=x"_s;
        QTest::newRow("a record of before") << "92d4724091a1610141"_ba
                                            << u"-\n - (extension 114 of msgpackr: keys and values of record 64)\n  "
                                               "a=1\n -=65 (may begin a record of msgpackr, whose keys an earlier "
                                               "message defines)"_s;
        QTest::newRow("a record without keys") << "92d472409040"_ba
                                               << u"-\n - (extension 114 of msgpackr: keys and values of record 64)\n"
                                                  " - (record 64 of msgpackr)"_s;
        QTest::newRow("no record") << "92d4724001"_ba << u"-\n -=40 (extension 114)\n -=1"_s;
        QTest::newRow("clones") << "92d66900000001de0001a473656c66d67000000001d4650093a54572726f72a178d40000"_ba
                                << u"-\n - (extension 105 of msgpackr: shared value 1)\n  self=1 (extension 112 of "
                                   "msgpackr: reference to a shared value)\n - (extension 101 of msgpackr: error)\n  "
                                   "-=Error\n  -=x\n  -=undefined (extension 0)"_s;
        QTest::newRow("typed arrays") << "93c7037401a1a2c7057403ffff0200c702741001"_ba
                                      << u"-\n -=a1 a2 (extension 116 of msgpackr: Uint8Array)\n - (extension 116 of "
                                         "msgpackr: Int16Array)\n  -=-1\n  -=2\n -=01 (extension 116 of msgpackr: "
                                         "ArrayBuffer)"_s;
        QTest::newRow("bundled strings")
            << "d4724092a3616161a162d66200000008c10bc10ba0b668656c6c6f20776f726c64666f6f206261722062617a"_ba
            << u"- (extension 114 of msgpackr: keys and values of record 64)\n"
               " aaa=hello world (extension 98 of msgpackr: bundled strings, from the strings at the end)\n"
               " b=foo bar baz (from the strings at the end)\nbundled strings\n -=\n -=hello worldfoo bar baz"_s;
        QTest::newRow("bundled keys of a record")
            << "91d4724091d66200000007c105c0a0a576616c7565"_ba
            << u"-\n - (extension 114 of msgpackr: keys and values of record 64)\n  value=null\nbundled strings\n -=\n"
               " -=value"_s;
        // Those beyond ASCII are in the first string, with a negative length.
        QTest::newRow("bundled keys of a map")
            << "de0002d6620000000ec105c105c1fb81c10701a66e616d65c3a9b176616c756568656c6c6f6c6f6e676b6579"_ba
            << u"-\n value=hello (from the strings at the end)\n name\xe9\n  longkey=1\nbundled strings\n -=name\xe9\n"
               " -=valuehellolongkey"_s;
        // The strings of the first bundle stand in the extension that tells of the second one.
        QTest::newRow("two bundles")
            << "92d6620000000ec101c8000762"
               "00000009a0a178c101a0a179"_ba
            << u"-\n -=x (extension 98 of msgpackr: bundled strings, from the strings at the "
               "end)\n -=y (extension 98 of msgpackr: bundled strings, from the strings at the "
               "end)\nbundled strings\n -=\n -=y"_s;
        // Keys that are no text.
        QTest::newRow("keys") << "850102a13103c00ac402ffff0bcb3ff80000000000000c"_ba
                              << u"-\n 1=2\n 1=3 (the key is text)\n null=10\n h'ffff'=11\n 1.5=12"_s;
        QTest::newRow("containers as keys")
            << "82920182a16101c3c203d4050904"_ba << u"-\n [1, {\"a\": 1, true: false}]=3\n ext(5, h'09')=4"_s;
        QTest::newRow("a key that is no UTF-8") << "81a2ff6101"_ba
                                                << u"-\n \"\xfffd"
                                                   "a\"=1"_s;
    }
    void values()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, lines);
        const NodeTree tree = msgpackTree(hex.constData());
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
        const QString end = u"The bytes end in the middle of a value."_s;
        const QString never = u"The byte c1 is never used in MessagePack."_s;
        QTest::newRow("c1") << "9301c102"_ba << qsizetype(2) << never
                            << u"-\n -=1\nnot decoded=c1 02 ("_s + never + u')';
        QTest::newRow("c1 as key") << "81c101"_ba << qsizetype(1) << never << QString();
        QTest::newRow("array goes on") << "9301"_ba << qsizetype(2) << end << u"-\n -=1\nnot decoded= ("_s + end + u')';
        QTest::newRow("head is cut") << "92c0cd01"_ba << qsizetype(2) << end
                                     << u"-\n -=null\nnot decoded=cd 01 ("_s + end + u')';
        QTest::newRow("ext without a type") << "c701"_ba << qsizetype(0) << end << QString();
        QTest::newRow("a set of nothing")
            << "91d47300"_ba << qsizetype(-1) << QString() << u"-\n -=00 (extension 115 of msgpackr: set)"_s;
        QTest::newRow("string is cut") << "81a161a568656c"_ba << qsizetype(3)
                                       << u"The value is 5 bytes long, but only 3 are left."_s << QString();
        QTest::newRow("huge bin") << "c6ffffffff00"_ba << qsizetype(0)
                                  << u"The value is 4294967295 bytes long, but only 1 are left."_s << QString();
        QTest::newRow("huge array") << "ddffffffff01"_ba << qsizetype(6) << end << QString();
        QTest::newRow("huge map") << "dfffffffffa16101"_ba << qsizetype(8) << end << QString();
        QTest::newRow("bundle too short") << "d66200000006c105a0a178"_ba << qsizetype(0)
                                          << u"The bundled strings of msgpackr are not that long."_s << QString();
        QTest::newRow("nothing") << ""_ba << qsizetype(0) << end << QString();
    }
    void errors()
    {
        QFETCH(QByteArray, hex);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        QFETCH(QString, lines);
        const NodeTree tree = msgpackTree(hex.constData());
        QCOMPARE(tree.error.has_value(), offset >= 0);
        if (tree.error) {
            QCOMPARE(tree.error->rule, rule);
            QCOMPARE(tree.error->offset, offset);
        }
        if (!lines.isEmpty())
            QCOMPARE(linesOf(tree), lines);
    }

    void deepKeysAreRefused()
    {
        const QByteArray payload = "\x81"_ba + QByteArray(2'000, char(0x91)) + '\x01';
        const NodeTree tree = treeOf(u"msgpack", {payload, false, Direction::In, {}});
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
        row(1, "a161", "01");
        row(2, "a162", "ccff");
        row(3, "a163", "cd03e8");
        row(4, "a164", "ce000f4240");
        row(5, "a165", "cf000000e8d4a51000");
        row(6, "a166", "d080");
        row(7, "a167", "d1ff00");
        row(8, "a168", "ca47c35000");
        row(9, "a169", "cb3ff199999999999a");
        row(10, "a16a", "c3");
        row(11, "a16b", "c0");
        row(12, "a16c", "e0");
        row(13, "a16d", "a3616263", "616263");
        row(14, "a16e", "c4020102", "0102");
        row(15, "a16f", "d9027861", "7861");
        row(16, "a170", "d6ff6553f100");
        row(17, "d90171", "d40000");
        row(18, "18", "9201c7057407000080bf");
        row(19, "", "01");
        row(20, "", "c7057407000080bf");
        row(21, "", "000080bf");
        row(22, "9101", "d4730091c2");
        row(23, "", "c2");
        row(24, "c401ff", "80");
        row(25, "a172", "da0003616263", "616263");
    }
    void ranges()
    {
        QFETCH(qint32, node);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, text);
        const NodeTree tree = msgpackTree("de0015"
                                          "a16101"
                                          "a162ccff"
                                          "a163cd03e8"
                                          "a164ce000f4240"
                                          "a165cf000000e8d4a51000"
                                          "a166d080"
                                          "a167d1ff00"
                                          "a168ca47c35000"
                                          "a169cb3ff199999999999a"
                                          "a16ac3"
                                          "a16bc0"
                                          "a16ce0"
                                          "a16da3616263"
                                          "a16ec4020102"
                                          "a16fd9027861"
                                          "a170d6ff6553f100"
                                          "d90171d40000"
                                          "189201c7057407000080bf"
                                          "9101d4730091c2"
                                          "c401ff80"
                                          "a172da0003616263");
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
        for (const Vector &vector : read(u"msgpack.jsonl"_s)) {
            const NodeTree tree = treeOf(u"msgpack", vector.input);
            for (qint32 i = 0; i < tree.size(); ++i) {
                const Node &node = tree.at(i);
                const bool isElement = node.parent != Node::None && tree.note(node.parent).endsWith(u"Array");
                if (node.isContainer() || isElement)
                    continue;
                const NodeTree alone =
                    treeOf(u"msgpack", {tree.valueBytes(node).toByteArray(), false, Direction::In, {}});
                QCOMPARE(alone.size(), 1);
                QCOMPARE(alone.text(0), tree.text(i));
                QCOMPARE(int(alone.at(0).kind), int(node.kind));
            }
        }
    }

    void certainty_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<int>("certainty");
        const QByteArray object = "83a56576656e74a47469636ba6707269636573ce000186a0a473696465a3627579"_ba;
        QTest::newRow("an object") << object << int(Certainty::Sure);
        QTest::newRow("cut") << object.chopped(2) << int(Certainty::None);
        QTest::newRow("more than a value") << object + "01" << int(Certainty::None);
        QTest::newRow("two objects") << object + object << int(Certainty::Sure);
        QTest::newRow("records") << "92d4724092a161a1620102400304"_ba << int(Certainty::Likely);
        QTest::newRow("a number") << "ce00000001"_ba << int(Certainty::None);
        QTest::newRow("a text") << "ad68656c6c6f20776f726c642121"_ba << int(Certainty::None);
        QTest::newRow("an empty array") << "90"_ba << int(Certainty::None);
        QTest::newRow("an empty map") << "80"_ba << int(Certainty::None);
        QTest::newRow("nothing") << ""_ba << int(Certainty::None);
    }
    void certainty()
    {
        QFETCH(QByteArray, hex);
        QFETCH(int, certainty);
        QCOMPARE(int(formatOf(u"msgpack")->probe(msgpackInput(hex.constData()))), certainty);
    }

    void longPayloadsAreProbedAtTheirBeginning()
    {
        QByteArray payload = QByteArray::fromHex("dc4e20");
        for (int i = 0; i < 20'000; ++i)
            payload += QByteArray::fromHex("82a16ecdffffa57072696365a56c6162656c");
        QCOMPARE(int(formatOf(u"msgpack")->probe({payload, false, Direction::In, {}})), int(Certainty::Sure));
    }

    /// What other formats send is not taken for MessagePack.
    void othersAreNone()
    {
        for (const auto &file : {u"cbor"_s, u"bson"_s, u"protobuf"_s, u"mqtt311"_s, u"mqtt5"_s, u"mqtt-split"_s,
                                 u"signalr-msgpack"_s, u"phoenix"_s, u"json"_s}) {
            for (const Vector &vector : read(file + u".jsonl"_s))
                QVERIFY2(formatOf(u"msgpack")->probe(vector.input) == Certainty::None,
                         vector.input.payload.toHex().constData());
        }
    }
};

SOCKEYE_TEST(MsgpackTest, QCoreApplication)
#include "tst_msgpack.moc"
