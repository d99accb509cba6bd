#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Phoenix channels as Phoenix's JavaScript client speaks them.
class PhoenixTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"phoenix.jsonl"_s)) {
            const QJsonObject &meaning = vector.meaning;
            const NodeTree tree = treeOf(u"phoenix", vector.input);
            QVERIFY(!tree.error);
            const JsonView root(tree, 0);
            const FormatChoice choice = chooseFormat(vector.input);
            QVERIFY(choice.format && choice.format->id() == u"phoenix" && choice.certainty == Certainty::Sure);
            if (vector.input.isText) {
                QCOMPARE(root.count(), 5);
                for (qint32 i = 0; i < 5; ++i)
                    QCOMPARE(jsonOf(tree, root.element(i)), meaning[tree.name(root.element(i).index())]);
                continue;
            }
            const QString kind = u"%1 (%2)"_s.arg(tree.note(root.element(0).index()), root.element(0).text());
            QCOMPARE(kind, meaning[u"kind"_s].toString());
            const QJsonArray lengths = meaning[u"lengths"_s].toArray();
            for (qint32 i = 0; i < lengths.size(); ++i)
                QCOMPARE(root.element(1 + i).number(), lengths[i].toInt());
            for (const QString &name : {u"join_ref"_s, u"ref"_s, u"topic"_s, u"event"_s, u"status"_s}) {
                QCOMPARE(root.member(name).exists(), meaning.contains(name));
                QCOMPARE(root.member(name).text(), meaning[name].toString());
            }
            const Node &payload = tree.at(root.member(u"payload").index());
            QCOMPARE(tree.textBytes(payload).toByteArray().toHex(), meaning[u"payload_hex"_s].toString().toLatin1());
            QCOMPARE(root.count(), lengths.size() * 2 + 2);
        }
    }

    void summaries()
    {
        QStringList lines;
        for (const Vector &vector : read(u"phoenix.jsonl"_s))
            lines += treeOf(u"phoenix", vector.input).summary;
        const QStringList expected{
            u"room:lobby phx_join · {nick=a} · ref 3"_s,
            u"room:lobby phx_reply · ok · ref 3"_s,
            u"room:lobby presence_state"_s,
            u"room:lobby new_msg · {body=broadcast}"_s,
            u"room:lobby new_msg · {body=hi} · ref 4"_s,
            u"room:lobby phx_reply · ok {echo={body=hi}} · ref 4"_s,
            u"push room:lobby upload · 3 B · ref 5"_s,
            u"reply room:lobby ok · 3 B · ref 5"_s,
            u"broadcast room:lobby image · 3 B"_s,
            u"push room:lobby push · 3 B"_s,
            u"room:no phx_join · ref 8"_s,
            u"room:no phx_reply · error {reason=unauthorized} · ref 8"_s,
            u"room:no phx_leave · ref 9"_s,
            u"room:no phx_reply · ok · ref 9"_s,
            u"room:no phx_close · ref 8"_s,
            u"phoenix heartbeat · ref 10"_s,
            u"phoenix phx_reply · ok · ref 10"_s,
        };
        QCOMPARE(lines, expected);
    }

    void aPushByDirection()
    {
        QByteArray client("\0\1\1\12\6", 5);
        client += "35room:lobbyupload!";
        QByteArray server("\0\1\12\4", 4);
        server += "3room:lobbypush!";
        const auto fields = [](const QByteArray &bytes, Direction direction) {
            const NodeTree tree = treeOf(u"phoenix", {bytes, false, direction, {}});
            return tree.error ? u"error at %1"_s.arg(tree.error->offset) : tree.summary;
        };
        QCOMPARE(fields(client, Direction::Out), u"push room:lobby upload · 1 B · ref 5"_s);
        QCOMPARE(fields(client, Direction::None), u"push room:lobby upload · 1 B · ref 5"_s);
        QCOMPARE(fields(server, Direction::In), u"push room:lobby push · 1 B"_s);
        QCOMPARE(fields(server, Direction::None), u"push room:lobby push · 1 B"_s);
    }

    void firstVersion()
    {
        const DecodeInput input{"{\"topic\":\"room:1\",\"event\":\"phx_join\",\"payload\":{\"a\":1},\"ref\":\"1\"}",
                                true,
                                Direction::Out,
                                {}};
        QCOMPARE(chooseFormat(input).format->id(), u"phoenix"_s);
        const NodeTree tree = treeOf(u"phoenix", input);
        QCOMPARE(linesOf(tree), u"-\n topic=room:1\n event=phx_join (joins the topic)\n payload\n  a=1\n ref=1"_s);
        QCOMPARE(tree.summary, u"room:1 phx_join · {a=1} · ref 1"_s);
    }

    void bytesOfEachField()
    {
        const QList<Vector> vectors = read(u"phoenix.jsonl"_s);
        const auto ranges = [&vectors](qsizetype i) {
            return rangesOf(treeOf(u"phoenix", vectors[i].input)).join(u", "_s);
        };
        QCOMPARE(ranges(0), u"- 0 46, join_ref 1 3, ref 5 3, topic 9 12, event 22 10, payload 33 12, nick 41 3"_s);
        QCOMPARE(ranges(6),
                 u"- 0 26, kind 0 1, join_ref length 1 1, ref length 2 1, topic length 3 1, event length 4 1, "
                 "join_ref 5 1, ref 6 1, topic 7 10, event 17 6, payload 23 3"_s);
        QCOMPARE(ranges(8),
                 u"- 0 21, kind 0 1, topic length 1 1, event length 2 1, topic 3 10, event 13 5, payload 18 3"_s);
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isText");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        QTest::newRow("lengths") << QByteArray("\1\1\1", 3) << false << qsizetype(3)
                                 << u"The message ends in its lengths."_s;
        QTest::newRow("field") << QByteArray("\2\4\1ro", 5) << false << qsizetype(3)
                               << u"The message ends early: 2 of 4 bytes of this field are here."_s;
        QTest::newRow("json") << QByteArray("[null,") << true << qsizetype(6) << u"The JSON text ends in the middle."_s;
    }
    void errors()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isText);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = treeOf(u"phoenix", {bytes, isText, Direction::In, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->rule, rule);
        QCOMPARE(tree.error->offset, offset);
    }

    void whatItIsTakenFor()
    {
        const auto certainty = [](const QByteArray &bytes, bool isText = true) {
            return formatOf(u"phoenix")->probe({bytes, isText, Direction::In, {}});
        };
        QVERIFY(certainty("[null,null,\"a:b\",\"e\",{}]") == Certainty::Sure);
        QVERIFY(certainty("[null,null,\"a\",\"e\",{}]") == Certainty::Likely);
        QVERIFY(certainty("[null,null,\"a:b\",\"e\",1]") == Certainty::None);
        QVERIFY(certainty("[\"x\",null,\"a:b\",\"e\",{}]") == Certainty::None);
        QVERIFY(certainty("[null,null,\"a:b\",\"e\"]") == Certainty::None);
        QVERIFY(certainty("{\"topic\":\"a\",\"event\":\"e\",\"payload\":{}}") == Certainty::None);
        QVERIFY(certainty(QByteArray("\2\3\1a:be", 7), false) == Certainty::None);
        QVERIFY(certainty(QByteArray("\2\3\3a:bend", 9), false) == Certainty::Likely);
        QVERIFY(certainty(QByteArray("\3\3\3a:bend", 9), false) == Certainty::None);
    }
};

SOCKEYE_TEST(PhoenixTest, QCoreApplication)
#include "tst_phoenix.moc"
