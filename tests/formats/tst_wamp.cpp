#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

#include "decode/NodePath.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// WAMP as autobahn speaks it.
class WampTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"wamp.jsonl"_s)) {
            DecodeInput input = vector.input;
            const NodeTree tree = treeOf(u"wamp", input);
            QVERIFY(!tree.error);
            const JsonView root(tree, 0);
            QJsonObject expected = vector.meaning;
            QCOMPARE(tree.note(root.element(0).index()), expected.take(u"message"_s).toString());
            QCOMPARE(root.element(0).number(), expected.take(u"code"_s).toInt());
            const QString requestType = expected.take(u"request_type_name"_s).toString();
            QCOMPARE(root.count(), expected.size() + 1);
            for (qint32 i = 1; i < root.count(); ++i) {
                const JsonView field = root.element(i);
                const QString name = tree.name(field.index());
                QVERIFY2(expected.contains(name), qPrintable(name));
                QCOMPARE(jsonOf(tree, field), expected[name]);
                if (name == u"request_type")
                    QCOMPARE(tree.note(field.index()), requestType);
                // A path goes by places all the same.
                QCOMPARE(nodePath(tree, field.index()), u"$[%1]"_s.arg(i));
            }
            input.subprotocol = u"wamp.2.json"_s;
            QCOMPARE(chooseFormat(input).format->id(), u"wamp"_s);
        }
    }

    void byContent()
    {
        QStringList sure;
        for (const Vector &vector : read(u"wamp.jsonl"_s)) {
            if (chooseFormat(vector.input).format->id() == u"wamp")
                sure += vector.meaning[u"message"_s].toString();
        }
        QCOMPARE(sure.join(u' '), u"HELLO WELCOME SUBSCRIBE PUBLISH PUBLISH CALL CALL ERROR CALL REGISTER"_s);
    }

    void summaries()
    {
        QStringList lines;
        for (const Vector &vector : read(u"wamp.jsonl"_s))
            lines += treeOf(u"wamp", vector.input).summary;
        const QStringList expected{
            u"HELLO realm1"_s,
            u"WELCOME 9129137332"_s,
            u"SUBSCRIBE com.topic · request 1"_s,
            u"SUBSCRIBED 5512315355 · request 1"_s,
            u"EVENT 5512315355 4429313566 x {k=1}"_s,
            u"EVENT 5512315355 4429313567"_s,
            u"PUBLISH com.topic hi {a=1} · request 2"_s,
            u"PUBLISH com.topic · request 3"_s,
            u"PUBLISHED 4429313568 · request 3"_s,
            u"CALL com.add 1 2 · request 4"_s,
            u"RESULT 3 {kw=true} · request 4"_s,
            u"CALL com.err · request 5"_s,
            u"ERROR com.myapp.error bad {code=1} · request 5"_s,
            u"CALL com.prog · request 6"_s,
            u"RESULT 1 · request 6"_s,
            u"RESULT 2 · request 6"_s,
            u"REGISTER com.mul · request 7"_s,
            u"REGISTERED 2103333224 · request 7"_s,
        };
        QCOMPARE(lines, expected);
    }

    void trees()
    {
        const auto lines = [](const QByteArray &bytes) {
            return linesOf(treeOf(u"wamp", {bytes, true, Direction::In, {}}));
        };
        QCOMPARE(lines("[50,6,{\"progress\":true},[1]]"),
                 u"-\n type=50 (RESULT)\n request=6\n details\n  progress=true (more results follow)\n args\n  -=1"_s);
        QCOMPARE(lines("[8,48,5,{},\"com.e\"]"),
                 u"-\n type=8 (ERROR)\n request_type=48 (CALL)\n request=5\n details\n error=com.e"_s);
        QCOMPARE(lines("[68,1,2,{},[],{}]"),
                 u"-\n type=68 (INVOCATION)\n request=1\n registration=2\n details\n args\n kwargs"_s);
        QCOMPARE(lines("[99,1]"), u"-\n -=99\n -=1"_s);
    }

    void batches()
    {
        const DecodeInput input{"[33,1,2]\x1e[65,7,3]\x1e", true, Direction::In, u"wamp.2.json.batched"_s};
        QCOMPARE(chooseFormat(input).format->id(), u"wamp"_s);
        const NodeTree tree = treeOf(u"wamp", input);
        QVERIFY(!tree.error);
        QCOMPARE(tree.rootCount, 2);
        QCOMPARE(tree.summary, u"SUBSCRIBED 2 · request 1 + 1 more"_s);
    }

    void otherEncodings_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("msgpack") << u"msgpack"_s << QByteArray("95300480a7636f6d2e616464920102");
        QTest::newRow("cbor") << u"cbor"_s << QByteArray("85183004a067636f6d2e616464820102");
    }
    void otherEncodings()
    {
        QFETCH(QString, format);
        QFETCH(QByteArray, hex);
        if (!formatOf(format))
            QSKIP("It is not decoded.");
        const DecodeInput input{QByteArray::fromHex(hex), false, Direction::Out, u"wamp.2."_s + format};
        QCOMPARE(chooseFormat(input).format->id(), u"wamp"_s);
        const NodeTree tree = treeOf(u"wamp", input);
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"-\n type=48 (CALL)\n request=4\n options\n procedure=com.add\n args\n  -=1\n  -=2"_s);
        QCOMPARE(tree.summary, u"CALL com.add 1 2 · request 4"_s);
    }

    void bytesOfEachField()
    {
        const QList<Vector> vectors = read(u"wamp.jsonl"_s);
        const auto ranges = [&vectors](qsizetype i) {
            return rangesOf(treeOf(u"wamp", vectors[i].input)).join(u", "_s);
        };
        QCOMPARE(ranges(2), u"- 0 21, type 1 2, request 4 1, options 6 2, topic 9 11"_s);
        QCOMPARE(ranges(4), u"- 0 57, type 1 2, subscription 4 10, publication 15 10, details 26 16, publisher 39 2, "
                            "args 43 5, - 44 3, kwargs 49 7, k 54 1"_s);
        QCOMPARE(ranges(12), u"- 0 48, type 1 1, request_type 3 2, request 6 1, details 8 2, error 11 17, args 29 7, "
                             "- 30 5, kwargs 37 10, code 45 1"_s);
    }

    void errors()
    {
        const NodeTree tree = treeOf(u"wamp", {"[33,1", true, Direction::In, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->offset, 5);
        QCOMPARE(tree.error->rule, u"The JSON text ends in the middle."_s);
    }

    void whatItIsTakenFor()
    {
        const auto certainty = [](const QByteArray &bytes) {
            return formatOf(u"wamp")->probe({bytes, true, Direction::In, {}});
        };
        QVERIFY(certainty("[32,1,{},\"topic\"]") == Certainty::Likely);
        QVERIFY(certainty("[32,1,{},\"com.topic\"]") == Certainty::Sure);
        QVERIFY(certainty("[32,1,[],\"com.topic\"]") == Certainty::None);
        QVERIFY(certainty("[32,1,{},\"com.topic\",1]") == Certainty::None);
        QVERIFY(certainty("[33,1,2]") == Certainty::None);
        QVERIFY(certainty("[36,1,2,{}]") == Certainty::Likely);
        QVERIFY(certainty("[1,\"r\",{\"roles\":{}}]") == Certainty::Sure);
        QVERIFY(certainty("[1,\"r\",{}]") == Certainty::Likely);
        QVERIFY(certainty("[1.5,\"r\",{}]") == Certainty::None);
    }
};

SOCKEYE_TEST(WampTest, QCoreApplication)
#include "tst_wamp.moc"
