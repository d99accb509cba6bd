#include "support/TestProgram.h"
#include "tests/formats/TreeFault.h"
#include "tests/formats/Vectors.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "formats/MessageFormats.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

using About = DecodeRule::About;

QByteArray publish(const QByteArray &topic, const QByteArray &payload)
{
    const QByteArray body = QByteArray(1, '\0') + char(topic.size()) + topic + payload;
    return QByteArray(1, char(0x30)) + char(body.size()) + body;
}

QString read(const FormatSet &formats, const DecodeInput &input)
{
    const auto decoded = decodeMessage(input, {}, nullptr, {}, formats);
    return decoded ? linesOf(*decoded->tree) : u"nothing"_s;
}

} // namespace

/// What a user says of messages: rules, chains, and what they apply to.
class FormatSetTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void topicsMatchAsMqttHasIt_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("topic");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char *pattern, const char *topic, bool fits) {
            QTest::addRow("%s %s", pattern, topic)
                << QString::fromLatin1(pattern) << QString::fromLatin1(topic) << fits;
        };
        row("a", "a", true);
        row("a", "a/b", false);
        row("a/+", "a/b", true);
        row("a/+", "a", false);
        row("a/+", "a/b/c", false);
        row("a/+/c", "a/b/c", true);
        row("+/b", "/b", true);
        row("#", "a/b/c", true);
        row("a/#", "a", true);
        row("a/#", "a/b/c", true);
        row("a/#", "ab", false);
        row("a/", "a/", true);
        row("a", "a/", false);
        row("*.price", "eu.price", true);
        row("*.price", "eu.prices", false);
        row("a*b*c", "a/x/b/y/c", true);
        row("a*b*c", "acb", false);
        row("*", "", true);
    }
    void topicsMatchAsMqttHasIt()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, topic);
        QTEST(isTopicMatched(pattern, topic), "fits");
    }

    void aRuleComesBeforeTheContent()
    {
        const auto set = FormatSet::make({{{About::Text, Direction::Out, {}, u"hex"_s}}, {}, {}});
        const DecodeInput sent{"7b 7d", true, Direction::Out, {}};
        const FormatChoice choice = set->choose(sent);
        QCOMPARE(choice.format->id(), u"hex"_s);
        QVERIFY(choice.isRule);
        // Not what is received, nor what is binary.
        QVERIFY(!set->choose({"7b 7d", true, Direction::In, {}}).format);
        QVERIFY(!set->choose({"7b 7d", false, Direction::Out, {}}).format);
        QCOMPARE(read(*set, sent), u"hex (2 B)\n -"_s);
    }

    void theFirstRuleCounts()
    {
        const auto set = FormatSet::make(
            {{{About::Any, Direction::None, {}, u"cbor"_s}, {About::Any, Direction::None, {}, u"msgpack"_s}}, {}, {}});
        QCOMPARE(set->choose({QByteArray(1, char(0xa0)), false, Direction::In, {}}).format->id(), u"cbor"_s);
    }

    void aTopicHasItsFormat()
    {
        const auto set = FormatSet::make({{{About::Any, Direction::None, u"raw/+"_s, u"slice 1 > msgpack"_s}}, {}, {}});
        const QByteArray packed = QByteArray::fromHex("ff82a16101a16202");
        const QString lines = read(*set, {publish("raw/x", packed), false, Direction::In, u"mqtt"_s});
        QVERIFY2(lines.contains(u"before=ff\n") && lines.endsWith(u"    a=1\n    b=2"), qPrintable(lines));
        QVERIFY(!read(*set, {publish("other", packed), false, Direction::In, u"mqtt"_s}).contains(u"before"));
    }

    /// What an MQTT packet in a message of another topic's format carries has no topic.
    void aTopicIsOfWhatIsCarriedAlone()
    {
        const auto set = FormatSet::make({{{About::Any, Direction::None, u"#"_s, u"mqtt"_s}}, {}, {}});
        const QByteArray inner = publish("b", "{\"a\":1}");
        const QString lines = read(*set, {publish("a", inner), false, Direction::In, u"mqtt"_s});
        QVERIFY2(lines.contains(u"topic=a") && lines.contains(u"topic=b"), qPrintable(lines));
    }

    void chainsReadWhatIsCarried_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("lines");
        QTest::newRow("hex of JSON") << u"hex > json"_s << QByteArray("5b315d") << u"hex (3 B)\n -\n  -=1"_s;
        QTest::newRow("from the end") << u"slice -2 > json"_s << QByteArray("xyz[]")
                                      << u"before=78 79 7a\ncontent=[]\n -"_s;
        QTest::newRow("a stretch") << u"slice 1 -1"_s << QByteArray("x[]y") << u"before=78\ncontent=[]\n -\nafter=79"_s;
        QTest::newRow("half a digit") << u"hex"_s << QByteArray("0")
                                      << u"hex (0 B)\nnot decoded= (The message ends with half a byte.)"_s;
        QTest::newRow("not there") << u"slice 9"_s << QByteArray("abc")
                                   << u"not decoded=61 62 63 (The part that was chosen is not in these 3 B.)"_s;
    }
    void chainsReadWhatIsCarried()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, payload);
        const Decoder *format = FormatSet::standard()->find(id);
        QVERIFY(format);
        QCOMPARE(format->id(), id);
        QCOMPARE(FormatSet::standard()->find(id), format);
        const auto decoded = decodeMessage({payload, false, Direction::In, {}}, {}, format);
        QVERIFY(decoded);
        QTEST(linesOf(*decoded->tree), "lines");
    }

    /// A value's bytes are in each step, and where they are written in what it is made of.
    void stepsKnowTheirDigits_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("written");
        const QByteArray json = R"({"k":"v","n":[10,"mark"]})";
        const QByteArray digits = QByteArray("mark").toHex();
        QTest::newRow("hex") << u"hex > json"_s << json.toHex(' ') << "22 " + QByteArray("mark").toHex(' ') + " 22";
        QTest::newRow("hex behind something")
            << u"slice 3 > hex > json"_s << "+ +" + json.toHex() << "22" + digits + "22";
        const QByteArray base64 = json.toBase64();
        // The string begins at byte 17, whose first digit is 22, and ends behind byte 22, whose last one is 30.
        QTest::newRow("Base64") << u"base64 > json"_s << base64 << base64.sliced(22, 9);
        QTest::newRow("Base64 in lines") << u"base64 > json"_s << base64.left(24) + "\r\n" + base64.sliced(24)
                                         << base64.sliced(22, 2) + "\r\n" + base64.sliced(24, 7);
        QTest::newRow("hex of Base64") << u"hex > base64 > json"_s << base64.toHex() << base64.sliced(22, 9).toHex();
        QTest::newRow("part of hex") << u"hex > slice 2 > json"_s << "0102" + json.toHex() << "22" + digits + "22";
    }
    void stepsKnowTheirDigits()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, payload);
        QFETCH(QByteArray, written);
        const auto decoded = decodeMessage({payload, false, Direction::In, {}}, {}, FormatSet::standard()->find(id));
        QVERIFY(decoded);
        const NodeTree &tree = *decoded->tree;
        QCOMPARE(fault(tree), QString());
        // The last value of the JSON, behind which nothing comes but what a slice leaves out.
        qint32 mark = tree.size() - 1;
        while (mark > 0 && tree.text(mark) != u"mark")
            --mark;
        QVERIFY(mark > 0);
        const auto range = tree.rangeIn(0, mark);
        QVERIFY(range);
        QCOMPARE(payload.sliced(range->begin, range->size), written);
        QCOMPARE(tree.ownRangeIn(0, mark), range);
        // What stands between two digits is none.
        qsizetype middle = range->begin + range->size / 2;
        middle += payload.at(middle) == ' ' ? 1 : 0;
        QCOMPARE(tree.nodeAt(0, middle), mark);
        QCOMPARE(tree.nodeAt(0, range->end() - 1), mark);
        // What is no digit belongs to the step as a whole.
        if (const qsizetype between = payload.indexOf("\r\n"); between > 0)
            QVERIFY(tree.at(tree.nodeAt(0, between)).source == 0);
    }

    /// What is unpacked is not written anywhere.
    void unpackedBytesHaveNoDigits()
    {
        const QByteArray packed = qCompress(R"({"k":[1,2,3]})").sliced(4);
        const auto decoded =
            decodeMessage({packed.toHex(), false, Direction::In, {}}, {}, FormatSet::standard()->find(u"hex > zlib"_s));
        QVERIFY(decoded);
        const NodeTree &tree = *decoded->tree;
        QCOMPARE(tree.sources.size(), size_t(3));
        const qint32 last = tree.nodeAt(2, tree.sources[2].bytes.indexOf('3'));
        QVERIFY(!tree.ownRangeIn(0, last));
        const auto whole = tree.rangeIn(0, last);
        QVERIFY(whole && whole->size > 4);
        QVERIFY(tree.nodeAt(0, whole->begin) != last);
    }

    /// In the log's line, too.
    void aChainThatDoesNotFitSaysSo()
    {
        const auto decoded =
            decodeMessage({"abcdefgh", true, Direction::In, {}}, {}, FormatSet::standard()->find(u"slice 4 > gzip"));
        QCOMPARE(decoded->tree->summary, u"is no gzip"_s);
    }

    void whatIsNoFormatIsNotFound()
    {
        for (const char *id : {"", ">", "json >", "nothing", "slice", "slice x", "slice 1 2 3", "json > nothing",
                               "json>json>json>json>json>json>json>json>json"})
            QVERIFY2(!FormatSet::standard()->find(QString::fromLatin1(id)), id);
        const auto set = FormatSet::make({{{About::Any, Direction::None, {}, u"nothing"_s}}, {}, {}});
        QCOMPARE(set->problems(), QStringList{u"There is no format “nothing”."_s});
        QCOMPARE(set->choose({"{\"a\":1}", true, Direction::In, {}}).format->id(), u"json"_s);
    }

    /// However a chain is put together, and whatever it meets: it ends, and its tree is sound.
    void anyChainIsSound()
    {
        const QByteArray payload = publish("a/b", "{\"t\":[1,2,{\"x\":null}]}");
        for (const Decoder *first : formats()) {
            for (const Decoder *second : formats()) {
                const Decoder *chain = FormatSet::standard()->find(first->id() + u" > "_s + second->id());
                QVERIFY(chain);
                const auto decoded = decodeMessage({payload, false, Direction::In, {}}, {}, chain);
                QVERIFY(decoded);
                const QString found = fault(*decoded->tree);
                QVERIFY2(found.isEmpty(), qPrintable(chain->id() + u": "_s + found));
            }
        }
    }

    void structsAreFormats()
    {
        const DecodeOptions options{{{About::Binary, Direction::None, {}, u"slice 1 > struct:Reading"_s}},
                                    {},
                                    {u"struct Reading { u16 time; u8 kind; }"_s, u"struct Broken { u99 x; }"_s,
                                     u"struct Reading { u8 other; }"_s}};
        const auto set = FormatSet::make(options);
        QCOMPARE(set->problems().size(), 2);
        QVERIFY2(set->problems().first().contains(u"line 1, column 17"), qPrintable(set->problems().first()));
        QVERIFY(set->problems().last().contains(u"Reading"));
        QCOMPARE(set->added().size(), size_t(1));
        QVERIFY(set->ids().contains(u"struct:Reading"_s));
        const QString lines = read(*set, {QByteArray::fromHex("ff020107"), false, Direction::In, {}});
        QVERIFY2(lines.contains(u"time=258") && lines.contains(u"kind=7"), qPrintable(lines));
    }

    void schemasAreReadInTheBackground()
    {
        const QTemporaryDir folder;
        QFile proto(folder.filePath(u"a.proto"_s));
        QVERIFY(proto.open(QIODevice::WriteOnly));
        proto.write("syntax = \"proto3\"; package t; message M { int32 size = 1; string name = 2; }");
        proto.close();
        MessageFormats chosen;
        QSignalSpy changed(&chosen, &MessageFormats::changed);
        chosen.setOptions({{{About::Any, Direction::None, u"m/#"_s, u"protobuf:t.M"_s}},
                           {folder.path(), folder.filePath(u"none"_s)},
                           {}});
        QVERIFY(changed.isEmpty());
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(chosen.set()->ids().contains(u"protobuf:t.M"_s));
        QCOMPARE(chosen.set()->problems().size(), 1);
        const QByteArray message = QByteArray::fromHex("0807120161");
        const QString lines = read(*chosen.set(), {publish("m/1", message), false, Direction::In, u"mqtt"_s});
        QVERIFY2(lines.contains(u"size=7") && lines.contains(u"name=a"), qPrintable(lines));
    }

    /// What is chosen for a message that is shown comes before the rules, and takes none of them away.
    void aChoiceLeavesTheRules()
    {
        const DecodeRule rule{About::Text, Direction::In, {}, u"hex > json"_s};
        MessageFormats chosen;
        chosen.setOptions({{rule}, {}, {}});
        QVERIFY(chosen.format(About::Text, Direction::In).isEmpty());
        chosen.setFormat(About::Text, Direction::In, u"base64"_s);
        const DecodeInput input{"{\"a\":1}", true, Direction::In, {}};
        QCOMPARE(chosen.set()->choose(input).format->id(), u"base64"_s);
        // By content, whatever the rules say.
        chosen.setFormat(About::Text, Direction::In, FormatSet::ByContent.toString());
        QVERIFY(chosen.set()->problems().isEmpty());
        QCOMPARE(chosen.set()->choose(input).format->id(), u"json"_s);
        chosen.setFormat(About::Text, Direction::In, {});
        QCOMPARE(chosen.options().rules, (QList<DecodeRule>{rule}));
        QCOMPARE(chosen.set()->choose(input).format->id(), u"hex > json"_s);
    }

    void schemasAreReadAgainOnlyWhenAsked()
    {
        const QTemporaryDir folder;
        const auto write = [&folder](const QByteArray &text) {
            QFile proto(folder.filePath(u"a.proto"_s));
            QVERIFY(proto.open(QIODevice::WriteOnly) && proto.write(text) == text.size());
        };
        write("syntax = \"proto3\"; message Old { int32 size = 1; }");
        MessageFormats chosen;
        chosen.setOptions({{}, {folder.path()}, {}});
        QTRY_VERIFY(!chosen.isReading());
        const auto schema = chosen.set()->schema();
        write("syntax = \"proto3\"; message New { int32 size = 1; }");
        chosen.setFormat(About::Text, Direction::In, u"hex"_s);
        QTRY_VERIFY(!chosen.isReading());
        QCOMPARE(chosen.set()->schema(), schema);
        chosen.readAgain();
        QTRY_VERIFY(!chosen.isReading());
        QVERIFY(chosen.set()->ids().contains(u"protobuf:New"_s));
    }

    void aChoiceReplacesTheOneBefore()
    {
        MessageFormats chosen;
        QSignalSpy changed(&chosen, &MessageFormats::changed);
        chosen.setFormat(About::Text, Direction::In, u"hex"_s);
        chosen.setFormat(About::Text, Direction::Out, u"base64"_s);
        chosen.setFormat(About::Text, Direction::In, u"json"_s);
        QCOMPARE(changed.size(), 3);
        QCOMPARE(chosen.format(About::Text, Direction::In), u"json"_s);
        QCOMPARE(chosen.options().rules.size(), 2);
        QCOMPARE(chosen.set()->choose({"1", true, Direction::In, {}}).format->id(), u"json"_s);
        chosen.setFormat(About::Text, Direction::In, {});
        QVERIFY(chosen.format(About::Text, Direction::In).isEmpty());
        QVERIFY(!chosen.set()->choose({"1", true, Direction::In, {}}).format);
        chosen.setOptions(chosen.options());
        QCOMPARE(changed.size(), 4);
    }
};

SOCKEYE_TEST(FormatSetTest, QCoreApplication)
#include "tst_formatset.moc"
