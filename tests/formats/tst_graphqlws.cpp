#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// GraphQL over WebSocket as the library graphql-ws speaks it, and the older protocol.
class GraphQlWsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        QStringList lines;
        for (const Vector &vector : read(u"graphql-ws.jsonl"_s)) {
            DecodeInput input = vector.input;
            const NodeTree tree = treeOf(u"graphql-ws", input);
            QVERIFY(!tree.error);
            QCOMPARE(rangesOf(tree), rangesOf(treeOf(u"json", input)));
            QJsonObject expected = vector.meaning;
            expected.remove(u"note"_s);
            QCOMPARE(jsonOf(tree, JsonView(tree, 0)).toObject(), expected);
            QVERIFY(!tree.note(JsonView(tree, 0).member(u"type").index()).isEmpty());
            lines += tree.summary;
            const bool isPlain = expected[u"type"_s].toString() == u"complete";
            QCOMPARE(chooseFormat(input).format->id(), isPlain ? u"json"_s : u"graphql-ws"_s);
            for (const QString &agreed : {u"graphql-transport-ws"_s, u"graphql-ws"_s}) {
                input.subprotocol = agreed;
                QCOMPARE(chooseFormat(input).format->id(), u"graphql-ws"_s);
            }
        }
        const QStringList expected{
            u"connection_init · {token=x}"_s,
            u"connection_ack · {build=7}"_s,
            u"subscribe op-1 · query Q($n:Int){hello(n:$n)}"_s,
            u"next op-1 · {hello=\"hi 3\"}"_s,
            u"complete op-1"_s,
            u"subscribe op-2 · {boom}"_s,
            u"next op-2 · {boom=null} · errors boom"_s,
            u"complete op-2"_s,
            u"subscribe op-3 · {nope}"_s,
            u"error op-3 · Cannot query field \"nope\" on type \"Query\"."_s,
            u"subscribe op-4 · subscription{count}"_s,
            u"next op-4 · {count=1}"_s,
            u"next op-4 · {count=2}"_s,
            u"complete op-4"_s,
            u"subscribe op-5 · subscription{forever}"_s,
            u"next op-5 · {forever=0}"_s,
        };
        QCOMPARE(lines, expected);
    }

    void notesByDirection()
    {
        const auto note = [](const QByteArray &bytes, Direction direction) {
            const NodeTree tree = treeOf(u"graphql-ws", {bytes, true, direction, {}});
            return tree.note(JsonView(tree, 0).member(u"type").index());
        };
        QCOMPARE(note("{\"id\":\"1\",\"type\":\"complete\"}", Direction::Out), u"the client ends the operation"_s);
        QCOMPARE(note("{\"id\":\"1\",\"type\":\"complete\"}", Direction::In), u"the operation ends"_s);
        QCOMPARE(note("{\"type\":\"ping\"}", Direction::In), QString());
        QCOMPARE(note("{\"type\":\"ka\"}", Direction::In), u"keeps the connection alive"_s);
    }

    void bytesOfEachField()
    {
        const QList<Vector> vectors = read(u"graphql-ws.jsonl"_s);
        QCOMPARE(
            rangesOf(treeOf(u"graphql-ws", vectors[2].input)).join(u", "_s),
            u"- 0 123, id 6 6, type 20 11, payload 42 80, query 51 30, variables 94 7, n 99 1, operationName 118 3"_s);
        QCOMPARE(rangesOf(treeOf(u"graphql-ws", vectors[6].input)).join(u", "_s),
                 u"- 0 142, id 6 6, type 20 6, payload 37 104, data 45 13, boom 53 4, errors 68 72, - 69 70, "
                 "message 80 6, locations 99 23, - 100 21, line 108 1, column 119 1, path 130 8, - 131 6"_s);
    }

    void olderProtocol()
    {
        const auto read = [](const QByteArray &bytes) {
            const DecodeInput input{bytes, true, Direction::In, {}};
            return chooseFormat(input).format->id() + u": "_s + treeOf(u"graphql-ws", input).summary;
        };
        QCOMPARE(read("{\"id\":\"1\",\"type\":\"start\",\"payload\":{\"query\":\"{a}\"}}"),
                 u"graphql-ws: start 1 · {a}"_s);
        QCOMPARE(read("{\"id\":\"1\",\"type\":\"data\",\"payload\":{\"data\":{\"a\":1}}}"),
                 u"graphql-ws: data 1 · {a=1}"_s);
        QCOMPARE(read("{\"id\":\"1\",\"type\":\"error\",\"payload\":{\"message\":\"no\"}}"),
                 u"graphql-ws: error 1 · no"_s);
        QCOMPARE(read("{\"type\":\"connection_error\",\"payload\":{\"message\":\"no\"}}"),
                 u"graphql-ws: connection_error · no"_s);
        QCOMPARE(read("{\"id\":\"1\",\"type\":\"stop\"}"), u"json: stop 1"_s);
        QCOMPARE(read("{\"type\":\"ka\"}"), u"json: ka"_s);
    }

    void whatItIsNotTakenFor()
    {
        for (const QByteArray bytes :
             {"{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"a\":1}}",
              "{\"id\":\"1\",\"type\":\"subscribe\",\"payload\":{}}",
              "{\"id\":\"1\",\"type\":\"data\",\"x\":1,\"payload\":{\"data\":1}}", "{\"type\":\"message\"}",
              "{\"type\":\"connection_init\"", "{\"id\":\"1\",\"type\":\"error\",\"payload\":[1]}"}) {
            QVERIFY2(formatOf(u"graphql-ws")->probe({bytes, true, Direction::In, {}}) == Certainty::None,
                     bytes.constData());
        }
    }

    void errors()
    {
        const NodeTree tree = treeOf(u"graphql-ws", {"{\"type\":\"ping\",}", true, Direction::In, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->offset, 15);
        QCOMPARE(tree.error->rule, u"No JSON: a name in quotes has to stand here."_s);
    }
};

SOCKEYE_TEST(GraphQlWsTest, QCoreApplication)
#include "tst_graphqlws.moc"
