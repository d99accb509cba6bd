#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// SignalR in MessagePack as @microsoft/signalr-protocol-msgpack speaks it.
class SignalRPackTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"signalr-msgpack.jsonl"_s)) {
            const NodeTree tree = treeOf(u"signalr-msgpack", vector.input);
            QVERIFY(!tree.error);
            const QJsonArray records = vector.meaning[u"records"_s].toArray();
            QCOMPARE(tree.rootCount, records.size());
            const std::vector<qint32> roots = tree.children(Node::None);
            const FormatChoice choice = chooseFormat(vector.input);
            QVERIFY(choice.format);
            for (qsizetype i = 0; i < records.size(); ++i) {
                const QJsonObject expected = records[i].toObject();
                const JsonView record(tree, roots[size_t(i)]);
                if (expected[u"type"_s].toString().startsWith(u"Handshake"_s)) {
                    QCOMPARE(jsonOf(tree, record), expected[u"value"_s]);
                    QCOMPARE(choice.format->id(), u"signalr"_s);
                    continue;
                }
                QCOMPARE(choice.format->id(), u"signalr-msgpack"_s);
                QCOMPARE(tree.at(record.index()).value.begin, quint32(expected[u"at"_s].toInt()));
                const JsonView length = record.member(u"length");
                QCOMPARE(length.number(), expected[u"length"_s].toInt());
                QCOMPARE(tree.at(length.index()).value.size, quint32(expected[u"prefix_bytes"_s].toInt()));
                QCOMPARE(tree.note(record.member(u"type").index()), expected[u"type"_s].toString());
                const QJsonObject fields = expected[u"fields"_s].toObject();
                QCOMPARE(record.count(), fields.size() + 1);
                for (auto field = fields.begin(); field != fields.end(); ++field) {
                    const bool isResult = field.key() == u"result_or_error";
                    const bool isError = isResult && fields[u"resultKind"_s].toInt() == 1;
                    const JsonView found = record.member(isError ? u"error"_s : isResult ? u"result"_s : field.key());
                    QVERIFY2(found.exists(), qPrintable(field.key()));
                    const bool isList = field->isArray() || field->isObject();
                    if (!isList)
                        QCOMPARE(found.text(), field->isNull() ? u"null"_s : field->toVariant().toString());
                    else if (field->toArray().isEmpty() && field->toObject().isEmpty())
                        QVERIFY((found.isArray() || found.isObject()) && found.count() == 0);
                }
            }
        }
    }

    void certainties()
    {
        const auto certainty = [](const QByteArray &hex) {
            return formatOf(u"signalr-msgpack")->probe({QByteArray::fromHex(hex), false, Direction::In, {}});
        };
        QVERIFY(certainty("029106") == Certainty::Likely);
        QVERIFY(certainty("029106029106") == Certainty::Sure);
        QVERIFY(certainty("06940380a13102") == Certainty::Sure);
        QVERIFY(certainty("05940380a131") == Certainty::None);
        QVERIFY(certainty("06940380a131") == Certainty::None);
        QVERIFY(certainty("0694038001c002") == Certainty::None);
        QVERIFY(certainty("0392060102") == Certainty::None);
        QVERIFY(certainty("00") == Certainty::None);
        // Of a large one the beginning tells: 100,015 bytes are a record of 100,012.
        const QByteArray large = "ac8d0695" + QByteArray("0180c0a173") + "91c6000186a0" + QByteArray(200'000, '0');
        QVERIFY(certainty(large) == Certainty::Sure);
        QVERIFY(certainty(large + "029106") == Certainty::Likely);
        QVERIFY(certainty(large.chopped(2)) == Certainty::None);
    }

    /// A ping is too short to say by itself what it is.
    void theHandshakeSaysSo()
    {
        const auto spoken = [](const QByteArray &handshake) {
            ConnectionFacts facts;
            facts.first = {{handshake, true, Direction::Out}};
            return spokenFormat(facts);
        };
        QCOMPARE(spoken("{\"protocol\":\"messagepack\",\"version\":1}\x1e"), formatOf(u"signalr-msgpack"));
        QVERIFY(!spoken("{\"protocol\":\"messagepack\",\"version\":1}"));
        QVERIFY(!spoken("{\"protocol\":\"json\",\"version\":1}\x1e"));
        const auto certainty = [](const QByteArray &hex) {
            return chooseFormat({QByteArray::fromHex(hex), false, Direction::In, u"signalr-msgpack"_s}).certainty;
        };
        QVERIFY(certainty("029106") == Certainty::Sure);
        QVERIFY(formatOf(u"signalr-msgpack")->probe({"\2\x91", false, Direction::In, u"signalr-msgpack"_s}) ==
                Certainty::None);
    }

    void trees_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("summary");
        const auto row = [](const char *name, const QByteArray &hex, const QString &lines, const QString &summary) {
            QTest::newRow(name) << hex << lines << summary;
        };
        row("ping", "029106", u"-\n length=2\n type=6 (Ping)"_s, u"Ping"_s);
        row("void", "06940380a13102",
            u"-\n length=6\n type=3 (Completion)\n headers\n invocationId=1\n resultKind=2 (void: no result)"_s,
            u"Completion 1"_s);
        row("error", "0a950380a13201a36e6f21",
            u"-\n length=10\n type=3 (Completion)\n headers\n invocationId=2\n resultKind=1 (error)\n error=no!"_s,
            u"Completion 2 · error no!"_s);
        row("float", "0b950380a13203ca3dcccccd",
            u"-\n length=11\n type=3 (Completion)\n headers\n invocationId=2\n resultKind=3 (with a result)\n result=0.1"_s,
            u"Completion 2 · 0.1"_s);
        row("integer", "0f950380a13203cfffffffffffffffff",
            u"-\n length=15\n type=3 (Completion)\n headers\n invocationId=2\n resultKind=3 (with a result)\n"
            " result=18446744073709551615"_s,
            u"Completion 2 · 18446744073709551615"_s);
        row("close", "049307c0c3", u"-\n length=4\n type=7 (Close)\n error=null\n allowReconnect=true"_s, u"Close"_s);
        row("sequence", "059209d1fffe", u"-\n length=5\n type=9 (Sequence)\n sequenceId=-2"_s, u"Sequence -2"_s);
        row("two", "029106049307c0c2",
            u"-\n length=2\n type=6 (Ping)\n-\n length=4\n type=7 (Close)\n error=null\n allowReconnect=false"_s,
            u"Ping + 1 more"_s);
    }
    void trees()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, lines);
        QFETCH(QString, summary);
        const NodeTree tree = treeOf(u"signalr-msgpack", {QByteArray::fromHex(hex), false, Direction::In, {}});
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), lines);
        QCOMPARE(tree.summary, summary);
    }

    /// Arguments are decoded in place, as MessagePack, whatever it would take a few bytes for by itself.
    void valuesOfArguments()
    {
        if (!formatOf(u"msgpack"))
            QSKIP("MessagePack is not decoded.");
        const QList<Vector> vectors = read(u"signalr-msgpack.jsonl"_s);
        const NodeTree tree = treeOf(u"signalr-msgpack", vectors[4].input);
        QCOMPARE(linesOf(tree), u"-\n length=14\n type=1 (Invocation)\n headers\n invocationId=0\n target=Send\n"
                                " arguments\n  -=1\n  -=2\n  -=3\n"_s.trimmed());
        QCOMPARE(tree.summary, u"Invocation 0 Send 1 2 3"_s);
        QCOMPARE(rangesOf(tree).last(), u"- 14 1"_s);
        const NodeTree nested = treeOf(u"signalr-msgpack", vectors[6].input);
        QVERIFY(!nested.error);
        const JsonView arguments = JsonView(nested, 0).member(u"arguments");
        QCOMPARE(arguments.count(), 2);
        QCOMPARE(arguments.element(0).member(u"a").text(), u"null"_s);
        QCOMPARE(arguments.element(1).text().size(), 240);
    }

    void bytesOfEachField()
    {
        const QList<Vector> vectors = read(u"signalr-msgpack.jsonl"_s);
        const auto ranges = [&vectors](qsizetype i) {
            QStringList lines;
            const NodeTree tree = treeOf(u"signalr-msgpack", vectors[i].input);
            const QStringList all = rangesOf(tree);
            // What MessagePack makes of the values in it is tested there.
            for (qint32 node = 0; node < tree.size(); ++node) {
                if (tree.at(node).depth <= 1)
                    lines += all[node];
            }
            return lines.join(u", "_s);
        };
        QCOMPARE(ranges(2), u"- 0 17, length 0 1, type 2 1, headers 3 1, invocationId 4 1, target 5 8, arguments 13 3, "
                            "streamIds 16 1, - 17 3, length 17 1, type 19 1"_s);
        QCOMPARE(ranges(4),
                 u"- 0 15, length 0 1, type 2 1, headers 3 1, invocationId 4 2, target 6 5, arguments 11 4"_s);
        QCOMPARE(ranges(5),
                 u"- 0 8, length 0 1, type 2 1, headers 3 1, invocationId 4 2, resultKind 6 1, result 7 1"_s);
        QCOMPARE(ranges(6),
                 u"- 0 278, length 0 2, type 3 1, headers 4 1, invocationId 5 1, target 6 7, arguments 13 265"_s);
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        QTest::newRow("length")
            << QByteArray("ffffffffffff") << qsizetype(0)
            << u"A record begins with its length, in at most five bytes, of which the last is below 80."_s;
        QTest::newRow("array") << QByteArray("02a161") << qsizetype(1)
                               << u"A record is an array in MessagePack, which this is not."_s;
        QTest::newRow("field") << QByteArray("06940380a231") << qsizetype(4)
                               << u"The record's MessagePack breaks off in this field."_s;
        QTest::newRow("early") << QByteArray("0a9106") << qsizetype(3)
                               << u"The record ends early: 2 of 10 bytes are here."_s;
        QTest::newRow("rest") << QByteArray("03910600") << qsizetype(3)
                              << u"Something stands behind the record's array."_s;
        QTest::newRow("long") << QByteArray("05dd0fffffff") << qsizetype(6)
                              << u"The record's MessagePack breaks off in this field."_s;
    }
    void errors()
    {
        QFETCH(QByteArray, hex);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = treeOf(u"signalr-msgpack", {QByteArray::fromHex(hex), false, Direction::In, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->rule, rule);
        QCOMPARE(tree.error->offset, offset);
    }
};

SOCKEYE_TEST(SignalRPackTest, QCoreApplication)
#include "tst_signalrpack.moc"
