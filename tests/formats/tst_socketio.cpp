#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Socket.IO 5 as socket.io speaks it.
class SocketIoTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"socketio.jsonl"_s)) {
            const QJsonObject &meaning = vector.meaning;
            const NodeTree tree = treeOf(u"socketio", vector.input);
            QVERIFY(!tree.error);
            const JsonView packet(tree, 0);
            if (!vector.input.isText) {
                QCOMPARE(tree.at(0).value.size, quint32(meaning[u"attachment_bytes"_s].toInt()));
                QVERIFY(!chooseFormat(vector.input).format || chooseFormat(vector.input).certainty != Certainty::Sure);
                continue;
            }
            const JsonView data = packet.member(u"data");
            if (meaning.contains(u"open"_s)) {
                QCOMPARE(chooseFormat(vector.input).format->id(), u"engineio"_s);
                QCOMPARE(jsonOf(tree, data), meaning[u"open"_s]);
                continue;
            }
            QCOMPARE(tree.note(1), meaning[u"engine_io"_s].toString());
            QCOMPARE(tree.note(packet.member(u"type").index()), meaning[u"packet"_s].toString());
            const JsonView space = packet.member(u"namespace");
            QCOMPARE(space.exists() ? space.text() : u"/"_s, meaning[u"namespace"_s].toString());
            QCOMPARE(packet.member(u"attachments").exists(), meaning.contains(u"attachments"_s));
            QCOMPARE(qMax(0, packet.member(u"attachments").number()), meaning[u"attachments"_s].toInt());
            QCOMPARE(packet.member(u"ack id").exists(), meaning.contains(u"ack_id"_s));
            QCOMPARE(qMax(0, packet.member(u"ack id").number()), meaning[u"ack_id"_s].toInt());
            QCOMPARE(data.exists(), meaning.contains(u"data"_s));
            if (data.exists()) {
                QCOMPARE(jsonOf(tree, data), meaning[u"data"_s]);
                const FormatChoice choice = chooseFormat(vector.input);
                QVERIFY(choice.format && choice.format->id() == u"socketio" && choice.certainty == Certainty::Sure);
            }
        }
    }

    void summaries()
    {
        QStringList lines;
        for (const Vector &vector : read(u"socketio.jsonl"_s))
            lines += treeOf(u"socketio", vector.input).summary;
        const QStringList expected{
            u"open · m-mevVW3WNhPEXNJAAAA"_s,
            u"connect"_s,
            u"connect 7YTNrcYUMK9JDw_YAAAA"_s,
            u"emit \"plain\" hello world"_s,
            u"emit \"hello\" w · ack 0"_s,
            u"ack 0 ok"_s,
            u"emit \"file\" file <attachment 0> · ack 1"_s,
            u"binary, 3 B"_s,
            u"ack 1 <attachment 0>"_s,
            u"binary, 3 B"_s,
            u"emit \"two\" {z=<attachment 0> a=[<attachment 1>]} · ack 2"_s,
            u"binary, 1 B"_s,
            u"binary, 2 B"_s,
            u"ack 2 {first=<attachment 0> second=<attachment 1>}"_s,
            u"binary, 1 B"_s,
            u"binary, 2 B"_s,
            u"emit \"question\" 42 · ack 0"_s,
            u"ack 0 43 <attachment 0>"_s,
        };
        for (qsizetype i = 0; i < expected.size(); ++i)
            QCOMPARE(lines[i], expected[i]);
    }

    void trees_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("summary");
        const auto row = [](const QByteArray &bytes, const QString &lines, const QString &summary) {
            QTest::newRow(bytes.constData()) << bytes << u"-\n engine.io type=4 (message)\n "_s + lines << summary;
        };
        row("4212[\"price\",\"AAPL\",143.86]",
            u"type=2 (EVENT)\n ack id=12 (asks for an answer with this id)\n"
            " data\n  -=price (event)\n  -=AAPL\n  -=143.86"_s,
            u"emit \"price\" AAPL 143.86 · ack 12"_s);
        row("40/admin,{\"token\":\"t\"}", u"type=0 (CONNECT)\n namespace=/admin\n data\n  token=t"_s,
            u"connect · /admin"_s);
        row("41/admin,", u"type=1 (DISCONNECT)\n namespace=/admin"_s, u"disconnect · /admin"_s);
        row("44/admin,{\"message\":\"Not authorized\"}",
            u"type=4 (CONNECT_ERROR)\n namespace=/admin\n data\n  message=Not authorized"_s,
            u"connect error Not authorized · /admin"_s);
        row("451-/admin,17[\"f\",{\"_placeholder\":true,\"num\":0}]",
            u"type=5 (BINARY_EVENT)\n attachments=1 (binary messages that follow)\n namespace=/admin\n"
            " ack id=17 (asks for an answer with this id)\n data\n  -=f (event)\n"
            "  - (attachment 1 of 1, a binary message that follows)\n   _placeholder=true\n   num=0"_s,
            u"emit \"f\" <attachment 0> · ack 17 · /admin"_s);
        row("42{}", u"type=2 (EVENT)\n data (not allowed: an event is an array that begins with its name)"_s,
            u"emit"_s);
        row("437[]", u"type=3 (ACK)\n ack id=7 (answers the event of this id from the other side)\n data"_s,
            u"ack 7"_s);
    }
    void trees()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, lines);
        QFETCH(QString, summary);
        const NodeTree tree = treeOf(u"socketio", {bytes, true, Direction::Out, {}});
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), lines);
        QCOMPARE(tree.summary, summary);
    }

    void bytesOfEachField()
    {
        const auto ranges = [](const QByteArray &bytes) {
            return rangesOf(treeOf(u"socketio", {bytes, true, Direction::In, {}})).join(u", "_s);
        };
        QCOMPARE(ranges("452-/admin,17[\"f\",{\"_placeholder\":true,\"num\":0},1.5]"),
                 u"- 0 52, engine.io type 0 1, type 1 1, attachments 2 1, namespace 4 6, ack id 11 2, data 13 39, "
                 "- 14 3, - 18 29, _placeholder 34 4, num 45 1, - 48 3"_s);
        QCOMPARE(ranges("40/a,{\"sid\":\"x\"}"),
                 u"- 0 16, engine.io type 0 1, type 1 1, namespace 2 2, data 5 11, sid 12 3"_s);
        QCOMPARE(ranges("4312[true]"), u"- 0 10, engine.io type 0 1, type 1 1, ack id 2 2, data 4 6, - 5 4"_s);
        QCOMPARE(ranges("2"), u"- 0 1, type 0 1"_s);
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        QTest::newRow("type") << QByteArray("47") << qsizetype(1)
                              << u"A Socket.IO packet begins with its type, a digit from 0 to 6."_s;
        QTest::newRow("no type") << QByteArray("4") << qsizetype(1)
                                 << u"A Socket.IO packet begins with its type, a digit from 0 to 6."_s;
        QTest::newRow("attachments") << QByteArray("45[\"a\"]") << qsizetype(2)
                                     << u"The number of attachments and a hyphen have to stand here."_s;
        QTest::newRow("hyphen") << QByteArray("451[\"a\"]") << qsizetype(3)
                                << u"The number of attachments and a hyphen have to stand here."_s;
        QTest::newRow("json") << QByteArray("42[\"a\",]") << qsizetype(7)
                              << u"No JSON value: a value has to stand here."_s;
        QTest::newRow("engine.io") << QByteArray("9") << qsizetype(0)
                                   << u"An Engine.IO packet begins with its type, a digit from 0 to 6."_s;
    }
    void errors()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = treeOf(u"socketio", {bytes, true, Direction::In, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->rule, rule);
        QCOMPARE(tree.error->offset, offset);
    }

    void whatItIsTakenFor()
    {
        const auto certainty = [](const QByteArray &bytes, bool isText = true) {
            return formatOf(u"socketio")->probe({bytes, isText, Direction::In, {}});
        };
        QVERIFY(certainty("42[\"a\"]") == Certainty::Sure);
        QVERIFY(certainty("42[\"a\"]", false) == Certainty::None);
        QVERIFY(certainty("42[\"a\"") == Certainty::None);
        QVERIFY(certainty("42[]") == Certainty::None);
        QVERIFY(certainty("42") == Certainty::None);
        QVERIFY(certainty("40") == Certainty::None);
        QVERIFY(certainty("40/admin,") == Certainty::Likely);
        QVERIFY(certainty("43[1]") == Certainty::None);
        QVERIFY(certainty("44{\"message\":\"x\"}") == Certainty::Sure);
        QVERIFY(certainty("42[\"a\"," + QByteArray(200'000, '1') + ']') == Certainty::Sure);
    }
};

SOCKEYE_TEST(SocketIoTest, QCoreApplication)
#include "tst_socketio.moc"
