#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Messages as Chromium's DevTools send and get them.
class CdpTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messages_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("note");
        QTest::addColumn<QString>("summary");
        QTest::addColumn<bool>("isSure");
        const auto row = [](const QByteArray &bytes, const QString &note, const QString &summary, bool isSure = true) {
            QTest::newRow(bytes.constData()) << bytes << note << summary << isSure;
        };
        row("{\"id\":5,\"method\":\"Page.enable\"}", u"command"_s, u"Page.enable · id 5"_s);
        row("{\"id\":6,\"method\":\"Runtime.evaluate\",\"params\":{\"expression\":\"1+1\"}}", u"command"_s,
            u"Runtime.evaluate {expression=1+1} · id 6"_s);
        row("{\"method\":\"Network.dataReceived\",\"params\":{\"dataLength\":3}}", u"event"_s,
            u"Network.dataReceived {dataLength=3}"_s);
        row("{\"id\":6,\"result\":{\"result\":{\"type\":\"number\",\"value\":2}}}", u"result"_s,
            u"result {result={type=number value=2}} · id 6"_s, false);
        row("{\"id\":7,\"result\":{},\"sessionId\":\"0123456789ABCDEF0123456789ABCDEF\"}", u"result"_s,
            u"result {} · id 7"_s);
        row("{\"error\":{\"code\":-32601,\"message\":\"'Page.x' wasn't found\"},\"id\":8}", u"error"_s,
            u"error -32601 'Page.x' wasn't found · id 8"_s, false);
    }
    void messages()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, note);
        QFETCH(QString, summary);
        QFETCH(bool, isSure);
        const DecodeInput input{bytes, true, Direction::In, {}};
        const NodeTree tree = treeOf(u"cdp", input);
        QVERIFY(!tree.error);
        QCOMPARE(tree.note(0), note);
        QCOMPARE(tree.summary, summary);
        QCOMPARE(rangesOf(tree), rangesOf(treeOf(u"json", input)));
        QCOMPARE(chooseFormat(input).format->id(), isSure ? u"cdp"_s : u"json"_s);
    }

    void bytesOfEachField()
    {
        const auto ranges = [](const QByteArray &bytes) {
            return rangesOf(treeOf(u"cdp", {bytes, true, Direction::In, {}})).join(u", "_s);
        };
        QCOMPARE(ranges("{\"id\":5,\"method\":\"Page.enable\"}"), u"- 0 31, id 6 1, method 17 13"_s);
        QCOMPARE(ranges("{\"method\":\"DOM.x\",\"params\":{\"a\":[1,-2.5]}}"),
                 u"- 0 42, method 10 7, params 27 14, a 32 8, - 33 1, - 35 4"_s);
        QCOMPARE(
            ranges("{\"method\":\"Network.requestWillBeSent\",\"params\":{\"requestId\":\"A.1\",\"timestamp\":1234."
                   "567891,\"redirected\":false,\"request\":{\"url\":\"ws://h/"
                   "\",\"headers\":{\"A\":\"b\"},\"postData\":null}},\"sessionId\":\"S1\"}"),
            u"- 0 191, method 10 27, params 47 126, requestId 60 5, timestamp 78 11, redirected 103 5, request 119 53, url 126 9, headers 146 9, A 151 3, postData 167 4, sessionId 186 4"_s);
        QCOMPARE(
            ranges("{\"id\":12,\"result\":{\"nodes\":[{\"nodeId\":3,\"name\":\"é\"},{\"nodeId\":4,\"name\":\"\"}],"
                   "\"done\":true}}"),
            u"- 0 90, id 6 2, result 18 71, nodes 27 49, - 28 24, nodeId 38 1, name 47 4, - 53 22, nodeId 63 1, name 72 2, done 84 4"_s);
        QCOMPARE(ranges("{\"error\":{\"code\":-32601,\"message\":\"no\"},\"id\":8}"),
                 u"- 0 47, error 9 30, code 17 6, message 34 4, id 45 1"_s);
    }

    void whatItIsTakenFor()
    {
        const auto certainty = [](const QByteArray &bytes) {
            return formatOf(u"cdp")->probe({bytes, true, Direction::In, {}});
        };
        QVERIFY(certainty("{\"id\":5,\"method\":\"page.enable\"}") == Certainty::None);
        QVERIFY(certainty("{\"id\":5,\"method\":\"Pages.enable\"}") == Certainty::None);
        QVERIFY(certainty("{\"id\":\"5\",\"method\":\"Page.enable\"}") == Certainty::None);
        QVERIFY(certainty("{\"id\":5,\"method\":\"Page.enable\",\"x\":1}") == Certainty::None);
        QVERIFY(certainty("{\"method\":\"Page.enable\"}") == Certainty::None);
        QVERIFY(certainty("{\"id\":5,\"method\":\"Page.enable\"") == Certainty::None);
        QVERIFY(certainty("{\"id\":5,\"result\":1}") == Certainty::None);
    }

    /// A page's own endpoint has no sessions.
    void answersWhereItIsSpoken()
    {
        const QByteArray answer = "{\"id\":5,\"result\":{}}";
        const QByteArray other = "{\"id\":5,\"result\":{},\"x\":1}";
        QCOMPARE(chooseFormat({answer, true, Direction::In, u"cdp"_s}).format->id(), u"cdp"_s);
        QVERIFY(chooseFormat({answer, true, Direction::In, u"cdp"_s}).certainty == Certainty::Sure);
        QCOMPARE(chooseFormat({other, true, Direction::In, u"cdp"_s}).format->id(), u"json"_s);
        QCOMPARE(chooseFormat({answer, true, Direction::In, {}}).format->id(), u"json"_s);
        ConnectionFacts facts;
        facts.first = {{answer, true, Direction::In}};
        QVERIFY(!spokenFormat(facts));
        facts.first.append({"{\"id\":6,\"method\":\"Page.enable\"}", true, Direction::Out});
        QCOMPARE(spokenFormat(facts), formatOf(u"cdp"));
    }

    void errors()
    {
        const NodeTree tree = treeOf(u"cdp", {"{\"id\":5,\"method\":\"Page.enable\"", true, Direction::In, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->offset, 30);
        QCOMPARE(tree.error->rule, u"The JSON text ends in the middle."_s);
    }
};

SOCKEYE_TEST(CdpTest, QCoreApplication)
#include "tst_cdp.moc"
