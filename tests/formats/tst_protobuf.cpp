#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

#include <QRandomGenerator>

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

NodeTree protoTree(const QByteArray &hex)
{
    return treeOf(u"protobuf", {QByteArray::fromHex(hex), false, Direction::In, {}});
}

Certainty protoProbe(const QByteArray &payload, bool isText = false)
{
    return formatOf(u"protobuf")->probe({payload, isText, Direction::In, {}});
}

} // namespace

class ProtobufTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyVector_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("summary");
        QTest::addColumn<bool>("isChosen");
        int index = 0;
        const auto row = [&index](const QString &lines, const QString &summary, bool isChosen = false) {
            QTest::addRow("%d", index) << index << (lines.isEmpty() ? u"-"_s : u"-\n"_s + lines) << summary << isChosen;
            ++index;
        };
        const QString minusOne = u"18446744073709551615 (int64 -1, sint -9223372036854775808)"_s;
        row(u" 1=150 (sint 75)\n 2=testing"_s, u"{1=150 2=\"testing\"}"_s, true);
        row(u" 3=01 02 ac 02 (or packed 1, 2, 300)"_s, u"{3=4 B}"_s);
        row(u" 3 (or packed 8, 1)\n  1=1 (sint -1, true)"_s, u"{3={…}}"_s);
        row(u" 2=(0 (or a message, or packed 40, 48)"_s, u"{2=\"(0\"}"_s);
        row(u" 7=08 01 96"_s, u"{7=3 B}"_s);
        row(u" 20= (nothing: an empty text, message or list)"_s, u"{20=\"\"}"_s);
        row(u" 1=%1\n 10=1 (sint -1, true)\n 12=%1"_s.arg(minusOne),
            u"{1=18446744073709551615 10=1 12=18446744073709551615}"_s, true);
        row(u" 4 (or packed 10, 2, 49, 48, 16, 2)\n  1=10\n  2=2 (sint 1)\n 4 (or packed 10, 1, 98, 16, 1)\n  1=b\n"
            "  2=1 (sint -1, true)\n 4 (or packed 10, 1, 97, 16, 0)\n  1=a\n  2=0 (false)"_s,
            u"{4={…} 4={…} 4={…}}"_s, true);
        row(u" 6=0 (false)"_s, u"{6=0}"_s);
        row(QString(), u"{}"_s);
        row(u" 8=-0 (fixed64 9223372036854775808, sfixed64 -9223372036854775808)\n 9=0.1 (fixed32 1036831949)\n"
            " 17=1 (double 5e-324)"_s,
            u"{8=-0 9=0.1 17=1}"_s, true);
        row(u" 11=9007199254740993 (sint -4503599627370497)\n 21=%1"_s.arg(minusOne),
            u"{11=9007199254740993 21=18446744073709551615}"_s);
    }
    void everyVector()
    {
        QFETCH(int, index);
        QFETCH(QString, lines);
        QFETCH(QString, summary);
        QFETCH(bool, isChosen);
        const QList<Vector> vectors = read(u"protobuf.jsonl"_s);
        QCOMPARE(vectors.size(), 12);
        const NodeTree tree = treeOf(u"protobuf", vectors[index].input);
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), lines);
        QCOMPARE(tree.summary, summary);
        QCOMPARE(protoProbe(vectors[index].input.payload), isChosen ? Certainty::Likely : Certainty::None);
    }

    /// Of each leaf: its bytes are a message of one field.
    void aLeafIsAMessageOfItsOwn()
    {
        int leaves = 0;
        for (const Vector &vector : read(u"protobuf.jsonl"_s)) {
            const NodeTree tree = treeOf(u"protobuf", vector.input);
            for (qint32 i = 0; i < tree.size(); ++i) {
                if (tree.at(i).isContainer())
                    continue;
                const NodeTree leaf =
                    treeOf(u"protobuf", {tree.valueBytes(tree.at(i)).toByteArray(), false, Direction::In, {}});
                QCOMPARE(leaf.size(), 2);
                QCOMPARE(leaf.name(1), tree.name(i));
                QCOMPARE(leaf.text(1), tree.text(i));
                QCOMPARE(leaf.note(1), tree.note(i));
                ++leaves;
            }
        }
        QVERIFY(leaves >= 20);
    }

    void fieldsAreTheirBytes()
    {
        // 1: 150; 2: "testing"; 3 {1: 7, 2 {}}; 4: group {5: 1}; 6: 1.5f; 300: 2.5.
        const NodeTree tree = protoTree("089601 120774657374696e67 1a0408071200 23 2801 24 35 0000c03f "
                                        "e112 0000000000000440");
        QVERIFY(!tree.error);
        QStringList ranges;
        for (qint32 i = 0; i < tree.size(); ++i) {
            const Node &node = tree.at(i);
            ranges += u"%1 [%2,%3) name [%4,%5)"_s.arg(tree.name(i))
                          .arg(node.value.begin)
                          .arg(node.value.end())
                          .arg(node.name.begin)
                          .arg(node.name.end());
        }
        QCOMPARE(ranges,
                 (QStringList{u" [0,37) name [0,0)"_s, u"1 [0,3) name [0,1)"_s, u"2 [3,12) name [3,4)"_s,
                              u"3 [12,18) name [12,13)"_s, u"1 [14,16) name [14,15)"_s, u"2 [16,18) name [16,17)"_s,
                              u"4 [18,22) name [18,19)"_s, u"5 [19,21) name [19,20)"_s, u"6 [22,27) name [22,23)"_s,
                              u"300 [27,37) name [27,29)"_s}));
        QCOMPARE(tree.note(6), u"group"_s);
        QCOMPARE(tree.summary, u"{1=150 2=\"testing\" 3={…} 4={…} 6=1.5 300=2.5}"_s);
    }

    void numbersMayBeOthers_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *hex, const QString &line) { QTest::newRow(hex) << QByteArray(hex) << line; };
        row("0800", u"0 (false)"_s);
        row("0803", u"3 (sint -2)"_s);
        row("08ffffffffffffffff7f", u"9223372036854775807 (sint -4611686018427387904)"_s);
        row("0880808080808080808001", u"9223372036854775808 (int64 -9223372036854775808, sint 4611686018427387904)"_s);
        // A count, a time in nanoseconds, a price, the largest, no number.
        row("0907000000000000 00", u"7 (double 3.5e-323)"_s);
        row("090000a05e6bf0b717", u"1709098927550103552 (double 2.0496104375014607e-194)"_s);
        row("09ae47e17a14ee5140", u"71.72 (fixed64 4634747263269291950)"_s);
        row("09ffffffffffffffff", u"18446744073709551615 (double -nan, sfixed64 -1)"_s);
        row("0d ffffffff", u"4294967295 (float -nan, sfixed32 -1)"_s);
        row("0d cdcccc3d", u"0.1 (fixed32 1036831949)"_s);
        row("0d 00f15365", u"1700000000 (float 6.255406e+22)"_s);
    }
    void numbersMayBeOthers()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, line);
        const NodeTree tree = protoTree(hex);
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"-\n 1="_s + line);
    }

    void partsAreWhatTheyLookLike_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("lines");
        QTest::newRow("JSON") << QByteArray("0a07 7b2261223a317d") << u" 1={\"a\":1}\n  -\n   a=1"_s;
        QTest::newRow("doubles") << QByteArray("0a10 000000000000f83f 0000000000000440")
                                 << u" 1=00 00 00 00 00 00 f8 3f 00 00 00 00 00 00 04 40 (or packed 1.5, 2.5)"_s;
        QTest::newRow("floats") << QByteArray("0a08 0000c03f 00002040")
                                << u" 1=00 00 c0 3f 00 00 20 40 (or packed 1.5, 2.5)"_s;
        QTest::newRow("a long list") << QByteArray("0a0a 00010203040506070809")
                                     << u" 1=00 01 02 03 04 05 06 07 08 09 (or packed 0, 1, 2, 3, 4, 5, 6, 7, …)"_s;
        QTest::newRow("lines of text") << QByteArray("0a08 610a620a630a640a") << u" 1=a\nb\nc\nd\n"_s;
        QTest::newRow("a message in messages") << QByteArray("0a0e 0a0c 0a04 6e616d65 1204 08011002")
                                               << u" 1\n  1\n   1=name\n   2 (or packed 8, 1, 16, 2)\n"
                                                  "    1=1 (sint -1, true)\n    2=2 (sint 1)"_s;
    }
    void partsAreWhatTheyLookLike()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, lines);
        const NodeTree tree = protoTree(hex);
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"-\n"_s + lines);
    }

    void whatIsBrokenIsTold_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *name, const char *hex, qsizetype offset, const QString &rule) {
            QTest::newRow(name) << QByteArray(hex) << offset << rule;
        };
        row("number 0", "0801 0001", 2, u"number is 0"_s);
        row("wire type 6", "0801 0e", 2, u"wire types"_s);
        row("wire type 7", "0f", 0, u"wire types"_s);
        row("tag of 33 bits", "888080808001", 0, u"larger than 32 bits"_s);
        row("varint of 65 bits", "0801 10ffffffffffffffffff02", 2, u"field 2 is larger than 64 bits"_s);
        row("varint goes on", "0801 1096", 2, u"inside of a field"_s);
        row("length beyond", "0801 120568", 2, u"Field 2 is longer"_s);
        row("fixed goes on", "0d000000", 0, u"inside of a field"_s);
        row("no end", "1b 0801", 3, u"group 3 has no end"_s);
        row("no begin", "0801 1c", 2, u"group 3, which has not begun"_s);
        row("other end", "1b 0801 24", 3, u"group 4, which has not begun"_s);
    }
    void whatIsBrokenIsTold()
    {
        QFETCH(QByteArray, hex);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = protoTree(hex);
        QVERIFY(tree.error);
        QVERIFY2(tree.error->rule.contains(rule), qPrintable(tree.error->rule));
        QCOMPARE(tree.error->offset, offset);
        // What stands before it is there.
        if (offset > 1)
            QVERIFY(linesOf(tree).contains(u"1=1"));
    }

    void othersAreNoProtobuf()
    {
        const QStringList files{u"bson"_s,    u"cbor"_s,    u"compressed-chains"_s, u"mqtt311"_s,  u"mqtt5"_s,
                                u"msgpack"_s, u"phoenix"_s, u"signalr-msgpack"_s,   u"socketio"_s, u"stomp"_s};
        for (const QString &file : files) {
            for (const Vector &vector : read(file + u".jsonl"_s))
                QCOMPARE(protoProbe(vector.input.payload, vector.input.isText), Certainty::None);
        }
        QCOMPARE(protoProbe("0a1b2c3d4e5f"), Certainty::None);
        QCOMPARE(protoProbe(QByteArray::fromHex("089601120774657374696e67"), true), Certainty::None);
    }

    void noiseIsRarelyLikely()
    {
        QRandomGenerator random(3);
        for (const int size : {16, 32, 200}) {
            int likely = 0;
            for (int n = 0; n < 20'000; ++n) {
                QByteArray bytes(size, '\0');
                for (char &byte : bytes)
                    byte = char(random.bounded(256));
                likely += protoProbe(bytes) != Certainty::None;
            }
            QVERIFY2(likely <= 20, qPrintable(QString::number(likely)));
        }
    }

    /// Each level is looked at once, not once for each around it.
    void deepMessagesTakeNoLonger()
    {
        QByteArray message("\x0a\x04name", 6);
        while (message.size() < 20'000) {
            QByteArray around("\x0a");
            for (qsizetype rest = message.size(); rest > 0; rest >>= 7)
                around += char((rest & 127) | (rest > 127 ? 128 : 0));
            message = around + message;
        }
        const NodeTree tree = treeOf(u"protobuf", {message, false, Direction::In, {}});
        QVERIFY(tree.error && tree.error->rule.contains(u"deeper"));
        QVERIFY(fault(tree).isEmpty());
    }
};

SOCKEYE_TEST(ProtobufTest, QCoreApplication)
#include "tst_protobuf.moc"
