#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// SignalR in JSON as @microsoft/signalr speaks it.
class SignalRTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"signalr-json.jsonl"_s)) {
            const NodeTree tree = treeOf(u"signalr", vector.input);
            QVERIFY(!tree.error);
            const QJsonArray records = vector.meaning[u"records"_s].toArray();
            QCOMPARE(tree.rootCount, records.size());
            const std::vector<qint32> roots = tree.children(Node::None);
            for (qsizetype i = 0; i < records.size(); ++i) {
                const JsonView record(tree, roots[size_t(i)]);
                QJsonObject expected = records[i].toObject();
                const QString type = expected.take(u"type"_s).toString();
                const QJsonValue number = expected.take(u"type_number"_s);
                if (type == u"Handshake") {
                    QCOMPARE(jsonOf(tree, record), expected[u"value"_s]);
                    QVERIFY(tree.note(record.index()).startsWith(u"handshake"_s));
                    continue;
                }
                expected.insert(u"type"_s, number);
                QCOMPARE(jsonOf(tree, record).toObject(), expected);
                QCOMPARE(tree.note(record.member(u"type").index()), type);
            }
            const FormatChoice choice = chooseFormat(vector.input);
            QVERIFY(choice.format && choice.format->id() == u"signalr" && choice.certainty == Certainty::Sure);
        }
    }

    void summaries()
    {
        QStringList lines;
        for (const Vector &vector : read(u"signalr-json.jsonl"_s))
            lines += treeOf(u"signalr", vector.input).summary;
        lines.removeAt(5);
        const QStringList expected{
            u"Handshake json 1"_s,
            u"Handshake"_s,
            u"Invocation Welcome x + 1 more"_s,
            u"Invocation Send 1 2 3 · id 0"_s,
            u"Completion 0 · 1"_s,
            u"Invocation Void · id 1"_s,
            u"Completion 1"_s,
            u"Invocation Fail · id 2"_s,
            u"Completion 2 · error \"no such method\""_s,
            u"Invocation GetName · id s1 + 1 more"_s,
            u"Completion s1 · me"_s,
            u"StreamInvocation Counter 2 · id 4"_s,
            u"StreamItem 4 · 0 + 2 more"_s,
            u"Invocation Upload"_s,
        };
        QCOMPARE(lines, expected);
    }

    void bytesOfEachField()
    {
        const QList<Vector> vectors = read(u"signalr-json.jsonl"_s);
        const auto ranges = [&vectors](qsizetype i) {
            return rangesOf(treeOf(u"signalr", vectors[i].input)).join(u", "_s);
        };
        QCOMPARE(ranges(0), u"- 0 31, protocol 12 6, version 29 1"_s);
        QCOMPARE(ranges(1), u"- 0 2"_s);
        QCOMPARE(ranges(2), u"- 0 47, type 8 1, target 19 9, arguments 41 5, - 42 3, - 48 10, type 56 1"_s);
        QCOMPARE(ranges(4), u"- 0 40, type 8 1, invocationId 25 3, result 38 1"_s);
        QCOMPARE(ranges(13),
                 u"- 0 38, type 8 1, invocationId 25 3, item 36 1, "
                 "- 39 38, type 47 1, invocationId 64 3, item 75 1, - 78 29, type 86 1, invocationId 103 3"_s);
        const QByteArray invocation("{\"type\":1,\"target\":\"T\",\"arguments\":[null,-1.5,\"é\",{\"a\":false}]}\x1e");
        QCOMPARE(rangesOf(treeOf(u"signalr", {invocation, true, Direction::In, {}})).join(u", "_s),
                 u"- 0 64, type 8 1, target 19 3, arguments 35 28, - 36 4, - 41 4, - 46 4, - 51 11, a 56 5"_s);
    }

    void errors()
    {
        const auto error = [](const QByteArray &bytes) {
            const auto found = treeOf(u"signalr", {bytes, true, Direction::In, {}}).error;
            return found ? u"%1 %2"_s.arg(found->offset).arg(found->rule) : QString();
        };
        QCOMPARE(error("{\"type\":6}"), u"10 The byte 1e behind the record is missing."_s);
        QCOMPARE(error("{\"type\":6\x1e"), u"9 The JSON text ends in the middle."_s);
        QCOMPARE(error("{\"type\":6}\x1e,\x1e"), u"11 No JSON value: a value has to stand here."_s);
        QCOMPARE(error("{}x\x1e"), u"2 Something stands behind the end of the JSON value."_s);
    }

    void whatItIsTakenFor()
    {
        const auto certainty = [](const QByteArray &bytes, bool isText = true) {
            return formatOf(u"signalr")->probe({bytes, isText, Direction::In, {}});
        };
        QVERIFY(certainty("{}\x1e") == Certainty::Sure);
        QVERIFY(certainty("{}\x1e", false) == Certainty::Likely);
        QVERIFY(certainty("{\"type\":6}\x1e") == Certainty::Sure);
        QVERIFY(certainty("{\"type\":6}") == Certainty::None);
        QVERIFY(certainty("{\"type\":\"a\"}\x1e") == Certainty::None);
        QVERIFY(certainty("{\"error\":\"no\"}\x1e") == Certainty::Sure);
        QVERIFY(certainty("{\"a\":1}\x1e") == Certainty::None);
    }
};

SOCKEYE_TEST(SignalRTest, QCoreApplication)
#include "tst_signalr.moc"
