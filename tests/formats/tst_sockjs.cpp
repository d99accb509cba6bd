#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// SockJS as sockjs-client and sockjs speak it.
class SockJsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"sockjs.jsonl"_s)) {
            const QJsonObject &meaning = vector.meaning;
            const NodeTree tree = treeOf(u"sockjs", vector.input);
            QVERIFY(!tree.error);
            const JsonView frame(tree, 0);
            const QString kind = meaning[u"kind"_s].toString();
            const QString type = frame.member(u"type").text();
            QCOMPARE(type.isEmpty(), kind.isEmpty());
            if (!kind.isEmpty())
                QCOMPARE(type.front(), kind.front());
            if (kind == u"close") {
                const JsonView data = frame.member(u"data");
                QCOMPARE(data.element(0).number(), meaning[u"code"_s].toInt());
                QCOMPARE(data.element(1).text(), meaning[u"reason"_s].toString());
                QCOMPARE(tree.name(data.element(0).index()), u"code"_s);
                QCOMPARE(tree.name(data.element(1).index()), u"reason"_s);
            }
            const QJsonArray messages = meaning[u"messages"_s].toArray();
            const JsonView found = type.isEmpty() ? frame : frame.member(u"messages");
            QCOMPARE(found.count(), messages.size());
            for (qint32 i = 0; i < messages.size(); ++i)
                QCOMPARE(found.element(i).text(), messages[i].toString());
            if (type == u"a" || type == u"c")
                QCOMPARE(chooseFormat(vector.input).format->id(), u"sockjs"_s);
        }
    }

    void trees_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("summary");
        const auto row = [](const QByteArray &bytes, const QString &lines, const QString &summary) {
            QTest::newRow(bytes.constData()) << bytes << lines << summary;
        };
        row("o", u"-\n type=o (open)"_s, u"open"_s);
        row("h", u"-\n type=h (heartbeat)"_s, u"heartbeat"_s);
        row("a[\"hi\"]", u"-\n type=a (messages)\n messages\n  -=hi"_s, u"hi"_s);
        row("a[\"b\",\"c\"]", u"-\n type=a (messages)\n messages\n  -=b\n  -=c"_s, u"b + 1 more"_s);
        row("c[3000,\"Go away!\"]", u"-\n type=c (close)\n data\n  code=3000\n  reason=Go away!"_s,
            u"close 3000 \"Go away!\""_s);
        row("m\"hi\"", u"-\n type=m (message)\n message=hi"_s, u"hi"_s);
        row("[\"{\\\"a\\\":1}\"]", u"-\n -={\"a\":1}\n  -\n   a=1"_s, u"{\"a\":1}"_s);
        row("[\"SEND\\ndestination:/a\\n\\n{\\\"t\\\":1}\\u0000\"]",
            u"-\n -=SEND\ndestination:/a\n\n{\"t\":1}\0\n  -\n   command=SEND\n   headers\n    destination=/a\n"
            "   body={\"t\":1}\n    -\n     t=1"_s,
            u"SEND /a · {\"t\":1}"_s);
    }
    void trees()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, lines);
        QFETCH(QString, summary);
        const NodeTree tree = treeOf(u"sockjs", {bytes, true, Direction::Out, {}});
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), lines);
        QCOMPARE(tree.summary, summary);
    }

    void bytesOfEachField()
    {
        const auto ranges = [](const QByteArray &bytes) {
            return rangesOf(treeOf(u"sockjs", {bytes, true, Direction::In, {}})).join(u", "_s);
        };
        QCOMPARE(ranges("o"), u"- 0 1, type 0 1"_s);
        QCOMPARE(ranges("a[\"b\", \"cd\"]"), u"- 0 12, type 0 1, messages 1 11, - 2 3, - 7 4"_s);
        QCOMPARE(ranges("c[4001,\"done\"]"), u"- 0 14, type 0 1, data 1 13, code 2 4, reason 7 6"_s);
        QCOMPARE(ranges("[\"{\\\"a\\\":12}\",\"\"]"),
                 u"- 0 17, - 1 12, - 0 8 in JSON string, a 5 2 in JSON string, - 14 2"_s);
        QCOMPARE(ranges("m\"hi\""), u"- 0 5, type 0 1, message 1 4"_s);
        QCOMPARE(ranges(" [\"x\"] "), u"not decoded 0 7"_s);
    }

    /// A text in a string begins anew, for a path and for a filter.
    void manyStringsTakeNoMoreSourcesThanThereAre()
    {
        QByteArray bytes = "a[";
        for (int i = 0; i < 100; ++i)
            bytes += QByteArray(i > 0 ? "," : "") + "\"{\\\"a\\\":1}\"";
        const NodeTree tree = treeOf(u"sockjs", {bytes + ']', true, Direction::In, {}});
        QVERIFY(!tree.error);
        QCOMPARE(JsonView(tree, 0).member(u"messages").count(), 100);
        QCOMPARE(tree.sources.size(), 64);
    }

    void errors()
    {
        const auto error = [](const QByteArray &bytes) {
            const auto found = treeOf(u"sockjs", {bytes, true, Direction::In, {}}).error;
            return found ? u"%1 %2"_s.arg(found->offset).arg(found->rule) : QString();
        };
        QCOMPARE(error(""), u"0 A SockJS frame begins with o, h, a, m or c, and what a client sends with an array."_s);
        QCOMPARE(error("x"), u"0 A SockJS frame begins with o, h, a, m or c, and what a client sends with an array."_s);
        QCOMPARE(error("o["), u"1 Nothing stands behind this frame's letter."_s);
        QCOMPARE(error("a[\"b\""), u"5 The JSON text ends in the middle."_s);
        QCOMPARE(error("a[\"\\q\"]"), u"4 No JSON value: a value has to stand here."_s);
        QCOMPARE(error("[\"b\"]x"), u"5 Something stands behind the end of the JSON value."_s);
    }

    void whatItIsTakenFor()
    {
        const auto certainty = [](const QByteArray &bytes, bool isText = true) {
            return formatOf(u"sockjs")->probe({bytes, isText, Direction::In, {}});
        };
        QVERIFY(certainty("a[\"\"]") == Certainty::Sure);
        QVERIFY(certainty("a[\"\"]", false) == Certainty::None);
        QVERIFY(certainty("a[1]") == Certainty::None);
        QVERIFY(certainty("a[]") == Certainty::None);
        QVERIFY(certainty("c[1000,\"\"]") == Certainty::Sure);
        QVERIFY(certainty("[\"hi\"]") == Certainty::None);
        QVERIFY(certainty("[\"SEND\\ndestination:/a\\n\\n\\u0000\"]") == Certainty::Sure);
        QVERIFY(certainty("[\"SEND\\nwhatever\"]") == Certainty::None);
        QVERIFY(certainty("o") == Certainty::None);
        QVERIFY(certainty("h") == Certainty::None);
    }
};

SOCKEYE_TEST(SockJsTest, QCoreApplication)
#include "tst_sockjs.moc"
