#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

#include "decode/NodePath.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Action Cable as Rails' client speaks it.
class ActionCableTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"actioncable.jsonl"_s)) {
            const QJsonObject &meaning = vector.meaning;
            DecodeInput input = vector.input;
            const NodeTree tree = treeOf(u"actioncable", input);
            QVERIFY(!tree.error);
            const JsonView root(tree, 0);
            for (const QString &name : {u"type"_s, u"command"_s, u"identifier"_s, u"message"_s, u"data"_s})
                QCOMPARE(jsonOf(tree, root.member(name)), meaning[name]);
            for (const QString &name : {u"identifier"_s, u"data"_s}) {
                const JsonView parsed = root.member(name).element(0);
                QCOMPARE(jsonOf(tree, parsed), meaning[name + u"_parsed"_s]);
                if (parsed.exists())
                    QCOMPARE(nodePath(tree, parsed.index()), u"$"_s);
            }
            const QString type = meaning[u"type"_s].toString();
            const bool isPlain = type == u"welcome" || type == u"ping";
            QCOMPARE(chooseFormat(input).format->id(), isPlain ? u"json"_s : u"actioncable"_s);
            input.subprotocol = u"actioncable-v1-json"_s;
            QCOMPARE(chooseFormat(input).format->id(), u"actioncable"_s);
        }
    }

    void summaries()
    {
        QStringList lines;
        for (const Vector &vector : read(u"actioncable.jsonl"_s))
            lines += treeOf(u"actioncable", vector.input).summary;
        const QStringList expected{
            u"welcome"_s,
            u"subscribe ChatChannel"_s,
            u"subscribe SecretChannel"_s,
            u"confirm_subscription ChatChannel"_s,
            u"ChatChannel · {sent_by=Paul body=hey}"_s,
            u"ChatChannel · \"plain string\""_s,
            u"reject_subscription SecretChannel"_s,
            u"ping · 1795869600"_s,
            u"message ChatChannel · {text=hi action=speak}"_s,
            u"message ChatChannel · {raw=1}"_s,
            u"ChatChannel · {text=hi action=speak}"_s,
            u"ChatChannel · {raw=1}"_s,
            u"subscribe X"_s,
            u"confirm_subscription X"_s,
            u"X · {sent_by=Paul body=hey}"_s,
        };
        QCOMPARE(lines, expected);
    }

    void bytesOfEachField()
    {
        const QByteArray bytes("{\"command\":\"message\",\"identifier\":\"{\\\"channel\\\":\\\"X\\\"}\","
                               "\"data\":\"{\\\"a\\\":[1,\\\"\\\\\\\"\\\"]}\"}");
        const NodeTree tree = treeOf(u"actioncable", {bytes, true, Direction::Out, {}});
        QCOMPARE(
            rangesOf(tree).join(u", "_s),
            u"- 0 86, command 11 9, identifier 34 21, - 0 15 in JSON string, channel 11 3 in JSON string, "
            "data 63 22, - 0 14 in JSON string, a 5 8 in JSON string, - 6 1 in JSON string, - 8 4 in JSON string"_s);
        QCOMPARE(tree.sources.size(), 3);
        QCOMPARE(tree.sources[1].bytes, QByteArray("{\"channel\":\"X\"}"));
    }

    void disconnect()
    {
        const DecodeInput input{
            "{\"type\":\"disconnect\",\"reason\":\"unauthorized\",\"reconnect\":false}", true, Direction::In, {}};
        QCOMPARE(chooseFormat(input).format->id(), u"actioncable"_s);
        QCOMPARE(treeOf(u"actioncable", input).summary, u"disconnect · unauthorized"_s);
    }

    void errors()
    {
        const auto error = [](const QByteArray &bytes) {
            const auto found = treeOf(u"actioncable", {bytes, true, Direction::In, {}}).error;
            return found ? u"%1 %2 %3"_s.arg(found->source).arg(found->offset).arg(found->rule) : QString();
        };
        QCOMPARE(error("{\"type\":\"welcome\""), u"0 17 The JSON text ends in the middle."_s);
        QCOMPARE(error("{\"type\" \"welcome\"}"), u"0 8 No JSON: a colon has to stand here."_s);
        // A string may say anything.
        QCOMPARE(error("{\"identifier\":\"{\"}"), QString());
    }

    void whatItIsTakenFor()
    {
        const auto certainty = [](const QByteArray &bytes) {
            return formatOf(u"actioncable")->probe({bytes, true, Direction::In, {}});
        };
        QVERIFY(certainty("{\"command\":\"subscribe\",\"identifier\":\"x\"}") == Certainty::None);
        QVERIFY(certainty("{\"command\":\"other\",\"identifier\":\"{\\\"channel\\\":\\\"X\\\"}\"}") == Certainty::None);
        QVERIFY(certainty("{\"type\":\"welcome\"}") == Certainty::Likely);
        QVERIFY(certainty("{\"type\":\"welcome\",\"a\":1}") == Certainty::None);
        QVERIFY(certainty("{\"type\":\"ping\",\"message\":1}") == Certainty::Likely);
    }
};

SOCKEYE_TEST(ActionCableTest, QCoreApplication)
#include "tst_actioncable.moc"
