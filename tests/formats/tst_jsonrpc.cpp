#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// JSON-RPC 2.0.
class JsonRpcTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The nodes are those of the plain JSON; what they mean is told by notes.
    void vectorsSayWhatTheyMean()
    {
        const QList<Vector> vectors = read(u"jsonrpc.jsonl"_s);
        const QList<std::pair<QString, QString>> expected{
            {u"request"_s, u"sum 1 2 · id 1"_s},
            {u"notification: no answer is wanted"_s, u"log {t=x}"_s},
            {u"result"_s, u"result 3 · id 1"_s},
            {u"result"_s, u"result null · id \"1\""_s},
            {u"error"_s, u"error -32601 Method not found · id 7"_s},
            {u"error"_s, u"error -32700 Parse error · id null"_s},
            {u"batch"_s, u"batch of 3: a · id 2"_s},
            {u"batch"_s, u"batch of 2: result 1 · id 3"_s},
            {u"request"_s, u"Page.enable · id 5"_s},
            {u"notification: no answer is wanted"_s, u"Page.loaded"_s},
            {u"request"_s, u"x · id null"_s},
            {u"request"_s, u"x · id 1.5"_s},
        };
        QCOMPARE(vectors.size(), expected.size());
        for (qsizetype i = 0; i < vectors.size(); ++i) {
            const NodeTree tree = treeOf(u"jsonrpc", vectors[i].input);
            QVERIFY(!tree.error);
            QCOMPARE(tree.note(0), expected[i].first);
            QCOMPARE(tree.summary, expected[i].second);
            QCOMPARE(rangesOf(tree), rangesOf(treeOf(u"json", vectors[i].input)));
            const FormatChoice choice = chooseFormat(vectors[i].input);
            QVERIFY(choice.format && choice.certainty == Certainty::Sure);
            QCOMPARE(choice.format->id(), i == 8 || i == 9 ? u"cdp"_s : u"jsonrpc"_s);
            const QJsonValue id = vectors[i].meaning[u"id"_s];
            if (!id.isUndefined())
                QCOMPARE(jsonOf(tree, JsonView(tree, 0).member(u"id")), id);
        }
        const NodeTree batch = treeOf(u"jsonrpc", vectors[6].input);
        QCOMPARE(batch.note(JsonView(batch, 0).element(0).index()), u"request"_s);
        QCOMPARE(batch.note(JsonView(batch, 0).element(1).index()), u"notification: no answer is wanted"_s);
    }

    void notesOfErrors()
    {
        const QByteArray bytes(
            "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32700,\"message\":\"Parse error\"},\"id\":null}");
        QCOMPARE(linesOf(treeOf(u"jsonrpc", {bytes, true, Direction::In, {}})),
                 u"- (error)\n jsonrpc=2.0\n error\n  code=-32700 (Parse error)\n  message=Parse error\n"
                 " id=null (the request's id could not be read)"_s);
        const QByteArray own("{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32001,\"message\":\"\"},\"id\":1}");
        QVERIFY(
            linesOf(treeOf(u"jsonrpc", {own, true, Direction::In, {}})).contains(u"(an error of the server's own)"_s));
    }

    void bytesOfEachField()
    {
        const QList<Vector> vectors = read(u"jsonrpc.jsonl"_s);
        QCOMPARE(rangesOf(treeOf(u"jsonrpc", vectors[0].input)).join(u", "_s),
                 u"- 0 54, jsonrpc 11 5, method 26 5, params 41 5, - 42 1, - 44 1, id 52 1"_s);
        QCOMPARE(rangesOf(treeOf(u"jsonrpc", vectors[4].input)).join(u", "_s),
                 u"- 0 77, jsonrpc 11 5, error 25 44, code 33 6, message 50 18, id 75 1"_s);
    }

    void errors()
    {
        const NodeTree tree = treeOf(u"jsonrpc", {"{\"jsonrpc\":\"2.0\",\"method\":}", true, Direction::In, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->offset, 26);
        QCOMPARE(tree.error->rule, u"No JSON value: a value has to stand here."_s);
    }

    void whatItIsTakenFor()
    {
        const auto certainty = [](const QByteArray &bytes) {
            return formatOf(u"jsonrpc")->probe({bytes, true, Direction::In, {}});
        };
        QVERIFY(certainty("{\"jsonrpc\":\"2.0\",\"id\":1}") == Certainty::None);
        QVERIFY(certainty("{\"jsonrpc\":\"1.0\",\"method\":\"a\"}") == Certainty::None);
        QVERIFY(certainty("{\"a\":{\"jsonrpc\":\"2.0\",\"method\":\"a\"}}") == Certainty::None);
        QVERIFY(certainty("{\"jsonrpc\":\"2.0\",\"method\":\"a\"") == Certainty::None);
        QVERIFY(certainty(" {\"method\":\"a\", \"jsonrpc\" : \"2.0\"} ") == Certainty::Sure);
        QVERIFY(certainty("[]") == Certainty::None);
        QVERIFY(certainty("[1,{\"jsonrpc\":\"2.0\",\"method\":\"a\"}]") == Certainty::None);
        // What is larger is known by its beginning.
        QVERIFY(certainty("{\"jsonrpc\":\"2.0\",\"method\":\"a\",\"params\":[\"" + QByteArray(100'000, 'x') + "\"]}") ==
                Certainty::Sure);
    }
};

SOCKEYE_TEST(JsonRpcTest, QCoreApplication)
#include "tst_jsonrpc.moc"
