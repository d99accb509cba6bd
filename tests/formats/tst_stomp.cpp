#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// STOMP as @stomp/stompjs speaks it, and what breaks its rules.
class StompTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"stomp.jsonl"_s)) {
            const QJsonObject &meaning = vector.meaning;
            const NodeTree tree = treeOf(u"stomp", vector.input);
            QVERIFY(!tree.error);
            if (meaning.contains(u"heartbeat"_s)) {
                QCOMPARE(linesOf(tree), u"heart-beat=0a"_s);
                QCOMPARE(tree.summary, u"heart-beat"_s);
                QVERIFY(!chooseFormat(vector.input).format);
                continue;
            }
            const FormatChoice choice = chooseFormat(vector.input);
            QVERIFY(choice.format && choice.format->id() == u"stomp" && choice.certainty == Certainty::Sure);
            const JsonView frame(tree, 0);
            QCOMPARE(frame.member(u"command").text(), meaning[u"command"_s].toString());
            const QString headersName = meaning.contains(u"headers"_s) ? u"headers"_s : u"headers_on_the_wire"_s;
            const QJsonArray headers = meaning[headersName].toArray();
            const JsonView found = frame.member(u"headers");
            QCOMPARE(found.count(), headers.size());
            for (qint32 i = 0; i < headers.size(); ++i) {
                const JsonView header = found.element(i);
                QCOMPARE(tree.name(header.index()), headers[i].toArray()[0].toString());
                QCOMPARE(header.text(), headers[i].toArray()[1].toString());
            }
            const QByteArray body = QByteArray::fromHex(meaning[u"body_hex"_s].toString().toLatin1());
            const JsonView bodyView = frame.member(u"body");
            QCOMPARE(bodyView.exists(), !body.isEmpty());
            if (bodyView.exists())
                QCOMPARE(tree.textBytes(tree.at(bodyView.index())).toByteArray(), body);
            const QByteArray behind = QByteArray::fromHex(meaning[u"after_nul"_s].toString().toLatin1());
            QCOMPARE(tree.rootCount, behind.isEmpty() ? 1 : 2);
        }
    }

    void summaries()
    {
        QStringList lines;
        for (const Vector &vector : read(u"stomp.jsonl"_s))
            lines += treeOf(u"stomp", vector.input).summary;
        const QStringList expected{
            u"CONNECT 1.2,1.1,1.0"_s,
            u"CONNECTED 1.2"_s,
            u"SUBSCRIBE /topic/x sub-0"_s,
            u"MESSAGE /topic/x · hello"_s,
            u"MESSAGE /topic/x"_s,
            u"heart-beat"_s,
            u"SEND /topic/x · hello"_s,
            u"SEND /q/é:1 · żółć"_s,
            u"SEND /q/b"_s,
            u"SEND /q/nolen · nul-free"_s,
            u"ACK m:1"_s,
            u"BEGIN tx-1"_s,
            u"COMMIT tx-1"_s,
            u"heart-beat"_s,
            u"UNSUBSCRIBE sub-0"_s,
            u"DISCONNECT close-0"_s,
            u"RECEIPT close-0"_s,
            u"CONNECT 1.2,1.1,1.0"_s,
        };
        QCOMPARE(lines, expected);
    }

    void bytesOfEachField()
    {
        const QList<Vector> vectors = read(u"stomp.jsonl"_s);
        const QStringList connect{
            u"- 0 87"_s,        u"command 0 7"_s, u"headers 8 77"_s,         u"login 14 1"_s,
            u"passcode 25 3"_s, u"host 34 4"_s,   u"accept-version 54 11"_s, u"heart-beat 77 7"_s};
        QCOMPARE(rangesOf(treeOf(u"stomp", vectors[0].input)), connect);
        const QStringList message{
            u"- 0 129"_s,         u"command 0 7"_s,      u"headers 8 114"_s,      u"subscription 21 5"_s,
            u"message-id 38 4"_s, u"destination 55 8"_s, u"content-type 77 10"_s, u"k 90 5"_s,
            u"k 98 6"_s,          u"esc 109 12"_s,       u"body 123 5"_s};
        QCOMPARE(rangesOf(treeOf(u"stomp", vectors[3].input)), message);
        const QStringList zeroes{
            u"- 0 86"_s,          u"command 0 7"_s,      u"headers 8 71"_s,        u"subscription 21 5"_s,
            u"message-id 38 2"_s, u"destination 53 8"_s, u"content-length 77 1"_s, u"body 80 5"_s,
            u"heart-beat 86 2"_s};
        QCOMPARE(rangesOf(treeOf(u"stomp", vectors[4].input)), zeroes);
    }

    void framesInOneMessage()
    {
        const QByteArray bytes("\nSEND\ndestination:/a\n\n{\"t\":21.5}\0\r\nACK\r\nid:1\r\n\r\n\0", 49);
        const NodeTree tree = treeOf(u"stomp", {bytes, true, Direction::Out, {}});
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"heart-beat=0a\n"
                                "-\n command=SEND\n headers\n  destination=/a\n body={\"t\":21.5}\n  -\n   t=21.5\n"
                                "heart-beat=0d 0a (line ends behind a frame)\n"
                                "-\n command=ACK\n headers\n  id=1"_s);
        QCOMPARE(tree.summary, u"SEND /a · {\"t\":21.5} + 1 more"_s);
    }

    void notesOfHeaders()
    {
        const QList<Vector> vectors = read(u"stomp.jsonl"_s);
        const NodeTree connect = treeOf(u"stomp", vectors[0].input);
        QCOMPARE(connect.note(7), u"sends every 300 ms, wants every 300 ms"_s);
        QCOMPARE(treeOf(u"stomp", vectors[3].input).note(8), u"repeated: the first counts"_s);
    }

    void escapesByVersion_data()
    {
        QTest::addColumn<QString>("subprotocol");
        QTest::addColumn<QString>("value");
        QTest::newRow("1.2") << u"v12.stomp"_s << u"a:\r\n\\"_s;
        QTest::newRow("1.1") << u"v11.stomp"_s << u"a:\\r\n\\"_s;
        QTest::newRow("1.0") << u"v10.stomp"_s << u"a\\c\\r\\n\\\\"_s;
    }
    void escapesByVersion()
    {
        QFETCH(QString, subprotocol);
        QFETCH(QString, value);
        const QByteArray bytes("SEND\nx:a\\c\\r\\n\\\\\n\n\0", 20);
        QCOMPARE(treeOf(u"stomp", {bytes, true, Direction::Out, subprotocol}).text(3), value);
    }

    void errors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *name, const QByteArray &bytes, qsizetype offset, const QString &rule) {
            QTest::newRow(name) << bytes << offset << rule;
        };
        row("command", "HELLO\n\n", 0, u"A STOMP frame begins with a command in a line, which this is not."_s);
        row("in the command", "SEND", 4, u"The frame ends in its command."_s);
        row("no colon", "SEND\na:b\nc\n\n", 9, u"A header is a name and a value with a colon between them."_s);
        row("in the headers", "SEND\na:b\n", 9,
            u"The frame ends in its headers: the blank line behind them is missing."_s);
        row("no end", "SEND\n\nbody", 10, u"The frame does not end: the 0 behind its body is missing."_s);
        row("in the body", "SEND\ncontent-length:9\n\nbody", 27,
            u"The frame ends in its body: 4 of 9 bytes and the 0 behind them are here."_s);
        row("length", QByteArray("SEND\ncontent-length:2\n\nbody\0", 29), 25,
            u"A 0 has to stand behind the body, whose content-length is 2."_s);
    }
    void errors()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = treeOf(u"stomp", {bytes, true, Direction::In, {}});
        QVERIFY(tree.error);
        QCOMPARE(tree.error->rule, rule);
        QCOMPARE(tree.error->offset, offset);
    }

    void whatItIsTakenFor()
    {
        const auto certainty = [](const QByteArray &bytes, const QString &subprotocol = {}) {
            return formatOf(u"stomp")->probe({bytes, true, Direction::In, subprotocol});
        };
        QVERIFY(certainty("SENDING\na:b\n\n") == Certainty::None);
        QVERIFY(certainty("SEND\nno header\n") == Certainty::None);
        QVERIFY(certainty("SEND\ndestination:/a\ncontent-len") == Certainty::Likely);
        QVERIFY(certainty(QByteArray("ACK\n\n\0", 6)) == Certainty::Sure);
        QVERIFY(certainty("\n") == Certainty::None);
        QVERIFY(certainty("\n", u"v12.stomp"_s) == Certainty::Sure);
    }
};

SOCKEYE_TEST(StompTest, QCoreApplication)
#include "tst_stomp.moc"
