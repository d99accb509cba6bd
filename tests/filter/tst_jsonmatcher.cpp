#include "filter/Filter.h"
#include "filter/JsonMatcher.h"
#include "support/TestProgram.h"

#include <QtTest>

using namespace sockeye;
using namespace sockeye::filter;
using namespace Qt::StringLiterals;

namespace {

/// Whether a payload matches a filter line that is one json: term.
bool matches(const QString &line, const QByteArray &payload)
{
    const auto parsed = parseFilter(line);
    if (const auto *error = std::get_if<FilterError>(&parsed))
        qFatal("%s", qPrintable(error->message));
    JsonReader reader;
    const auto &wanted = std::get<JsonValueIs>(std::get<EntryQuery>(parsed).condition.term);
    return JsonMatcher::of(wanted)->matches(payload, reader);
}

} // namespace

class JsonMatcherTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comparesNumbersExactly_data();
    void comparesNumbersExactly();
    void comparesByType_data();
    void comparesByType();
    void looksIntoEnvelopes_data();
    void looksIntoEnvelopes();
    void refusesWhatMakesNoSense();
};

void JsonMatcherTest::comparesNumbersExactly_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("order");
    const auto row = [](const char *value, const char *typed, int order) {
        QTest::addRow("%s and %s", value, typed) << QByteArray(value) << QString::fromLatin1(typed) << order;
    };
    row("1", "1", 0);
    row("1", "1.0", 0);
    row("100", "1e2", 0);
    row("-0", "0", 0);
    row("101.5", "101.50", 0);
    row("9007199254740993", "9007199254740992", 1);
    row("9223372036854775808", "9223372036854775807", 1);
    row("-9223372036854775809", "-9223372036854775808", -1);
    row("18446744073709551614", "18446744073709551615", -1);
    row("18446744073709551616", "18446744073709551617", -1);
    row("-18446744073709551617", "-18446744073709551616", -1);
    row("340282366920938463463374607431768211456", "340282366920938463463374607431768211455", 1);
    row("18446744073709551616.5", "18446744073709551616", 1);
    row("18446744073709551616", "18446744073709551616.0", 0);
    row("0.1", "0.1000000000000000055511151231257827", -1);
    row("1e400", "9e399", 1);
    row("-1e400", "-9223372036854775808", -1);
}

void JsonMatcherTest::comparesNumbersExactly()
{
    QFETCH(QByteArray, value);
    QFETCH(QString, typed);
    QFETCH(int, order);
    const auto is = [&](QLatin1StringView sign) {
        return matches(u"json:$.id"_s + sign + typed, "{\"id\":" + value + '}');
    };
    QCOMPARE(is("="_L1), order == 0);
    QCOMPARE(is("!="_L1), order != 0);
    QCOMPARE(is("<"_L1), order < 0);
    QCOMPARE(is("<="_L1), order <= 0);
    QCOMPARE(is(">"_L1), order > 0);
    QCOMPARE(is(">="_L1), order >= 0);
}

void JsonMatcherTest::comparesByType_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("found");
    const auto row = [](const char *line, const char *payload, bool found) {
        QTest::addRow("%s in %s", line, payload) << QString::fromUtf8(line) << QByteArray(payload) << found;
    };
    row("json:$.a", R"({"a":0})", true);
    row("json:$.a", R"({"a":null})", false);
    row("json:$.a", R"({"b":1})", false);
    row("json:$.a=1", R"({"a":true})", true);
    row("json:$.a=true", R"({"a":1.0})", true);
    row("json:$.a=false", R"({"a":true})", false);
    row("json:$.a>100", R"({"a":"101"})", false);
    row("json:$.a!=101", R"({"a":"101"})", true);
    row("json:$.a!=101", R"({"b":1})", false);
    row("json:$.a=\"101\"", R"({"a":101})", false);
    row("json:$.a!=x", R"({"a":101})", true);
    row("json:$.a<x", R"({"a":101})", false);
    row("json:$.a<x", R"({"a":"w"})", true);
    row("json:$.a>=x", R"({"a":"x"})", true);
    row("json:$.a=x", R"({"a":"X"})", false);
    row("json:$.a~x", R"({"a":["1X"]})", true);
    row("json:$.a~X", R"({"a":["1x"]})", false);
    row("json:$.a~true", R"({"a":"it is true"})", true);
    row("json:$.a~44073709551615", R"({"a":18446744073709551615})", true);
}

void JsonMatcherTest::comparesByType()
{
    QFETCH(QString, line);
    QFETCH(QByteArray, payload);
    QFETCH(bool, found);
    QCOMPARE(matches(line, payload), found);
}

void JsonMatcherTest::looksIntoEnvelopes_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("found");
    const auto row = [](const char *title, const char *line, const QByteArray &payload, bool found = true) {
        QTest::newRow(title) << QString::fromLatin1(line) << payload << found;
    };
    const QByteArray nul(1, '\0');
    const QByteArray two = "{\"type\":1}\x1e{\"type\":7}\x1e";
    row("SignalR, the first", "json:$.type=1", two);
    row("SignalR, the second", "json:$.type=7", two);
    row("SignalR, unequal to one", "json:$.type!=1", two);
    row("SignalR, neither", "json:$.type=6", two, false);
    row("Socket.IO", "json:$[1].p>100", "42/prices,9[\"price\",{\"p\":101.5}]");
    row("Socket.IO, exact", "json:$[1]=18446744073709551615", "451-[\"id\",18446744073709551615]");
    row("Engine.IO", "json:$.pingInterval>=25000", "0{\"sid\":\"x\",\"pingInterval\":25000}");
    row("SockJS", "json:$[0]", "a[\"{\\\"x\\\":1}\"]");
    row("SockJS, a message", "json:$.x=1", "a[\"text\",\"{\\\"x\\\":1}\"]");
    row("SockJS, STOMP", "json:$.x=1", "a[\"MESSAGE\\na:b\\n\\n{\\\"x\\\":1}\\u0000\"]");
    row("SockJS, no such message", "json:$.x=2", "a[\"{\\\"x\\\":1}\"]", false);
    row("strings elsewhere are strings", "json:$.x=1", "[\"{\\\"x\\\":1}\"]", false);
    row("STOMP", "json:$.x=1", "SEND\ndestination:/a\n\n{\"x\":1}" + nul);
    row("byte order mark", "json:$.x=1", "\xef\xbb\xbf{\"x\":1}");
    row("JSON Lines", "json:$.x=2", "{\"x\":1}\n{\"x\":2}\n");
    row("guard", "json:$.x=1", ")]}',\n{\"x\":1}");
    row("guard that loops", "json:$.x=1", "while(1);{\"x\":1}");
}

void JsonMatcherTest::looksIntoEnvelopes()
{
    QFETCH(QString, line);
    QFETCH(QByteArray, payload);
    QFETCH(bool, found);
    QCOMPARE(matches(line, payload), found);
}

void JsonMatcherTest::refusesWhatMakesNoSense()
{
    QVERIFY(!JsonMatcher::of({u"a"_s, JsonValueIs::Sign::Exists, {}}));
    QVERIFY(!JsonMatcher::of({u"$.a"_s, JsonValueIs::Sign::Less, JsonNumber{"1x"}}));
}

SOCKEYE_TEST(JsonMatcherTest, QCoreApplication)
#include "tst_jsonmatcher.moc"
