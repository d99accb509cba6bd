#include "search/JsonSummary.h"
#include "support/TestProgram.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

/// Members as "name=value", other values as they are, everything else in "<>".
QString written(const QList<SummaryPart> &parts)
{
    QString text;
    SummaryPart::Role before = SummaryPart::Role::Plain;
    for (const SummaryPart &part : parts) {
        if (!text.isEmpty() && before != SummaryPart::Role::Name)
            text += u' ';
        before = part.role;
        switch (part.role) {
        case SummaryPart::Role::Plain:
            text += u'<' + part.text + u'>';
            break;
        case SummaryPart::Role::Name:
            text += part.text + u'=';
            break;
        case SummaryPart::Role::Value:
            text += part.text;
            break;
        }
    }
    return text;
}

} // namespace

class TestJsonSummary final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatJsonHolds_data();
    void saysWhatJsonHolds();
    void leavesTheRestToTheText_data();
    void leavesTheRestToTheText();
    void cutsWhatIsLong();
    void looksIntoLongMessages();
    void survivesAnyBytes();
};

void TestJsonSummary::saysWhatJsonHolds_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("summary");
    const auto row = [](const char *title, const QByteArray &payload, const QString &summary) {
        QTest::newRow(title) << payload << summary;
    };
    row("members", R"({"type":"trade","symbol":"AAPL","price":143.860,"size":100})",
        u"type=trade symbol=AAPL price=143.860 size=100"_s);
    row("white space", "{ \"a\" :\n1 , \"b\":\ttrue }\n", u"a=1 b=true"_s);
    row("numbers as written", R"({"a":1e3,"b":-0,"c":12345678901234567890123,"d":0.10})",
        u"a=1e3 b=-0 c=12345678901234567890123 d=0.10"_s);
    row("words", R"({"a":null,"b":false})", u"a=null b=false"_s);
    row("strings that look like something else", R"({"a":"1","b":"true","c":"","d":"x y","e":"null","f":"-"})",
        uR"(a="1" b="true" c="" d="x y" e="null" f=-)"_s);
    row("escapes", R"({"a":"caf\u00e9","b":"\ud83d\ude00","a\nb":1})", u"a=café b=😀 \"a\nb\"=1"_s);
    row("nested", R"({"data":{"bid":131.06,"ask":131.09},"ids":[1,2,3],"none":{},"no":[]})",
        u"data={bid=131.06 ask=131.09} ids=[1, 2, 3] none={} no=[]"_s);
    row("the same name twice", R"({"a":1,"a":2})", u"a=1 a=2"_s);
    row("an array", R"(["trade",{"price":1},[2,3],null])", u"trade price=1 [2, 3] null"_s);
    row("empty", "{}", u"<{}>"_s);
    row("empty array", "[]", u"<[]>"_s);
    row("Socket.IO", R"(42["chat",{"text":"hello"}])", u"<42> chat text=hello"_s);
    row("Socket.IO with a namespace", R"(42/admin,["x"])", u"<42/admin,> x"_s);
    row("SignalR", "{\"type\":6}\x1e", u"type=6"_s);
    row("a byte order mark", "\xef\xbb\xbf{\"a\":1}", u"a=1"_s);
    row("JSON Lines", "{\"a\":1}\n{\"b\":2}\n", u"a=1 b=2"_s);
}

void TestJsonSummary::saysWhatJsonHolds()
{
    QFETCH(QByteArray, payload);
    JsonSummary summary;
    QTEST(written(summary.read(payload)), "summary");
    // Its memory is kept from text to text.
    QTEST(written(summary.read(payload)), "summary");
}

void TestJsonSummary::leavesTheRestToTheText_data()
{
    QTest::addColumn<QByteArray>("payload");
    const auto row = [](const char *title, const QByteArray &payload) { QTest::newRow(title) << payload; };
    row("nothing", "");
    row("text", "hello {world}");
    row("a number", "42");
    row("a string", "\"{}\"");
    row("cut off", R"({"a":1,"b":"x)");
    row("a fault at the end", R"({"a":1,"b":2)");
    row("a fault inside of what is cut", "{\"a\":[" + QByteArray(300, '1') + ",,2]}");
    row("a comma too many", R"({"a":1,})");
    row("a word that is none", R"({"a":nul})");
    row("leading zeros", R"({"a":01})");
    row("no UTF-8", "{\"a\":\"\xff\"}");
    row("something behind it", R"({"a":1} x)");
    row("nested too deep", QByteArray(2000, '[') + QByteArray(2000, ']'));
    row("too long", "{\"a\":\"" + QByteArray(JsonSummary::MaxExamined, 'x') + "\"}");
}

void TestJsonSummary::leavesTheRestToTheText()
{
    QFETCH(QByteArray, payload);
    JsonSummary summary;
    QCOMPARE(written(summary.read(payload)), QString());
}

void TestJsonSummary::cutsWhatIsLong()
{
    JsonSummary summary;
    const QString nested = written(summary.read("{\"a\":[" + QByteArray("1000000,").repeated(50) + "1],\"b\":2}"));
    QVERIFY2(nested.startsWith(u"a=[1000000, 1000000"_s) && nested.endsWith(u"…] b=2"_s), qPrintable(nested));
    QVERIFY(nested.size() < 100);

    const QString string = written(summary.read("{\"a\":\"" + QByteArray("é").repeated(500) + "\",\"b\":2}"));
    QVERIFY2(string.endsWith(u"é… b=2"_s), qPrintable(string));
    // A pair of surrogates stays whole.
    for (const QByteArray &before : {QByteArray(), QByteArray("x")}) {
        const auto parts = summary.read("{\"a\":\"" + before + QByteArray("😀").repeated(500) + "\"}");
        QVERIFY(parts.at(1).text.chopped(1).isValidUtf16());
    }

    QByteArray many = "{";
    for (int n = 0; n < 200; ++n)
        many += (n > 0 ? ",\"member" : "\"member") + QByteArray::number(n) + "\":" + QByteArray::number(n);
    const QList<SummaryPart> parts = summary.read(many + '}');
    QCOMPARE(parts.constLast(), (SummaryPart{SummaryPart::Role::Plain, u"…"_s}));
    QVERIFY(written(parts).size() < 2 * JsonSummary::MaxLength);
}

/// What stands behind 64 KiB of other things is said all the same.
void TestJsonSummary::looksIntoLongMessages()
{
    const QByteArray blob(64 * 1024, 'x');
    JsonSummary summary;
    const QString text = written(summary.read("{\"blob\":\"" + blob + "\",\"depth\":{\"bid\":1},\"symbol\":\"AAPL\"}"));
    QVERIFY2(text.endsWith(u"… depth={bid=1} symbol=AAPL"_s), qPrintable(text));
}

void TestJsonSummary::survivesAnyBytes()
{
    QRandomGenerator random(7);
    const QByteArray alphabet = "{}[]\":,0123456789.eE+-truefalsnl\\u \xc3\xa9\xff\x1e";
    JsonSummary summary;
    for (int round = 0; round < 20'000; ++round) {
        QByteArray payload = "{";
        for (int left = int(random.bounded(40)); left > 0; --left)
            payload += alphabet.at(qsizetype(random.bounded(quint32(alphabet.size()))));
        QVERIFY(written(summary.read(payload)).size() <= 2000);
    }
}

SOCKEYE_TEST(TestJsonSummary, QCoreApplication)
#include "tst_jsonsummary.moc"
