#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Engine.IO 4 as engine.io speaks it.
class EngineIoTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void vectorsSayWhatTheyMean()
    {
        for (const Vector &vector : read(u"engineio.jsonl"_s)) {
            const QJsonObject &meaning = vector.meaning;
            const NodeTree tree = treeOf(u"engineio", vector.input);
            QVERIFY(!tree.error);
            if (meaning.contains(u"binary"_s)) {
                QCOMPARE(tree.textBytes(tree.at(0)).toByteArray().toHex(), meaning[u"binary"_s].toString().toLatin1());
                continue;
            }
            QCOMPARE(tree.note(1), meaning[u"engine_io"_s].toString());
            const QString data = meaning[u"data"_s].toString();
            QCOMPARE(JsonView(tree, 0).member(u"data").text(), data);
        }
    }

    void trees_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isText");
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QString>("summary");
        const auto row = [](const QByteArray &bytes, bool isText, const QString &lines, const QString &summary) {
            QTest::newRow(bytes.constData()) << bytes << isText << lines << summary;
        };
        row("2probe", true, u"-\n type=2 (ping)\n data=probe"_s, u"ping · probe"_s);
        row("3probe", true, u"-\n type=3 (pong)\n data=probe"_s, u"pong · probe"_s);
        row("5", true, u"-\n type=5 (upgrade)"_s, u"upgrade"_s);
        row("6", true, u"-\n type=6 (noop)"_s, u"noop"_s);
        row("1", true, u"-\n type=1 (close)"_s, u"close"_s);
        row("44", true, u"-\n type=4 (message)\n data=4"_s, u"message · 4"_s);
        row("4", true, u"-\n type=4 (message)\n data="_s, u"message"_s);
        row("4{\"a\":1}", true, u"-\n type=4 (message)\n data={\"a\":1}\n  -\n   a=1"_s, u"message · {\"a\":1}"_s);
        row("0{\"sid\":\"x\"}", true, u"-\n type=0 (open)\n data\n  sid=x"_s, u"open · x"_s);
        row("b\x01", false, u"data=62 01 (a binary message: no packet type stands before it)"_s, u"binary, 2 B"_s);
    }
    void trees()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isText);
        QFETCH(QString, lines);
        QFETCH(QString, summary);
        const NodeTree tree = treeOf(u"engineio", {bytes, isText, Direction::Out, {}});
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), lines);
        QCOMPARE(tree.summary, summary);
    }

    void bytesOfEachField()
    {
        const auto ranges = [](const QByteArray &bytes, bool isText = true) {
            return rangesOf(treeOf(u"engineio", {bytes, isText, Direction::In, {}})).join(u", "_s);
        };
        QCOMPARE(ranges("2probe"), u"- 0 6, type 0 1, data 1 5"_s);
        QCOMPARE(ranges("5"), u"- 0 1, type 0 1"_s);
        QCOMPARE(ranges("4"), u"- 0 1, type 0 1, data 1 0"_s);
        QCOMPARE(ranges("44"), u"- 0 2, type 0 1, data 1 1"_s);
        QCOMPARE(ranges("4{\"a\":[1,22]}"), u"- 0 13, type 0 1, data 1 12, - 1 12, a 6 6, - 7 1, - 9 2"_s);
        QCOMPARE(ranges("0{\"sid\":\"x\",\"pingInterval\":25000}"),
                 u"- 0 33, type 0 1, data 1 32, sid 8 3, pingInterval 27 5"_s);
        QCOMPARE(
            ranges("0{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,"
                   "\"pingTimeout\":20000,\"maxPayload\":1000000}"),
            u"- 0 118, type 0 1, data 1 117, sid 8 22, upgrades 42 13, - 43 11, pingInterval 71 5, pingTimeout 91 5, maxPayload 110 7"_s);
        QCOMPARE(ranges("3probe"), u"- 0 6, type 0 1, data 1 5"_s);
        QCOMPARE(ranges("1"), u"- 0 1, type 0 1"_s);
        QCOMPARE(ranges("\x04\x34", false), u"data 0 2"_s);
    }

    void errors()
    {
        const auto error = [](const QByteArray &bytes) {
            return *treeOf(u"engineio", {bytes, true, Direction::In, {}}).error;
        };
        QCOMPARE(error("7").offset, 0);
        QCOMPARE(error("7").rule, u"An Engine.IO packet begins with its type, a digit from 0 to 6."_s);
        QCOMPARE(error("").offset, 0);
        QCOMPARE(error("0{\"sid\":").offset, 8);
        QCOMPARE(error("0{\"sid\":").rule, u"The JSON text ends in the middle."_s);
    }

    void whatItIsTakenFor()
    {
        const auto choice = [](const QByteArray &bytes, bool isText = true) {
            const FormatChoice found = chooseFormat({bytes, isText, Direction::In, {}});
            return found.format && found.certainty == Certainty::Sure ? found.format->id() : QString();
        };
        QCOMPARE(choice("2probe"), u"engineio"_s);
        QCOMPARE(choice("0{\"sid\":\"x\",\"upgrades\":[],\"pingInterval\":1}"), u"engineio"_s);
        QCOMPARE(choice("4{\"a\":1}"), u"engineio"_s);
        QCOMPARE(choice("2"), QString());
        QCOMPARE(choice("4text"), QString());
        QCOMPARE(choice("2probe", false), QString());
        QCOMPARE(choice("44"), QString());
    }
};

SOCKEYE_TEST(EngineIoTest, QCoreApplication)
#include "tst_engineio.moc"
