#include "widgets/payload/FormattedJson.h"

#include "support/TestProgram.h"

#include <QJsonDocument>
#include <QTest>

using namespace sockeye;

class TestFormattedJson final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void indentsWithoutChangingTokens_data();
    void indentsWithoutChangingTokens();
    void refusesWhatIsNoJson();
    void limitsIndentation();
    void findsTokens();
};

void TestFormattedJson::indentsWithoutChangingTokens_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("indented");
    QTest::newRow("order and duplicates")
        << QByteArray(R"({"b":1,"a":2,"b":3})") << QStringLiteral("{\n  \"b\": 1,\n  \"a\": 2,\n  \"b\": 3\n}");
    QTest::newRow("numbers as written") << QByteArray("[18014398509481985,1.10,1E+2]")
                                        << QStringLiteral("[\n  18014398509481985,\n  1.10,\n  1E+2\n]");
    QTest::newRow("strings as written") << QByteArray(R"(["a\"],{\\","\u0041, ː"])")
                                        << QStringLiteral("[\n  \"a\\\"],{\\\\\",\n  \"\\u0041, ː\"\n]");
    QTest::newRow("empty") << QByteArray("[ {\n} , [ ] ]") << QStringLiteral("[\n  {},\n  []\n]");
    QTest::newRow("nothing in it") << QByteArray("{}") << QStringLiteral("{}");
}

void TestFormattedJson::indentsWithoutChangingTokens()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, indented);
    QCOMPARE(indentedJson(json, 10'000), indented);
    QCOMPARE(QJsonDocument::fromJson(indented.toUtf8()), QJsonDocument::fromJson(json));
}

void TestFormattedJson::refusesWhatIsNoJson()
{
    for (const char *text : {"", "hello", "{\"a\":", "[1,]", "{\"a\":1} x", "42"})
        QVERIFY2(!indentedJson(text, 10'000), text);
}

void TestFormattedJson::limitsIndentation()
{
    // 500 levels of brackets would grow to 500 lines of up to 1,000 spaces.
    const QByteArray deep = QByteArray(500, '[') + '1' + QByteArray(500, ']');
    QVERIFY(!indentedJson(deep, 10'000));
    QVERIFY(indentedJson(deep, 1'000'000));
}

void TestFormattedJson::findsTokens()
{
    using Kind = JsonToken::Kind;
    QCOMPARE(
        jsonTokens(u"  \"k\\\"\" : [\"v\", -1.5e3, true]"),
        (QList<JsonToken>{{Kind::Key, 2, 5}, {Kind::String, 11, 3}, {Kind::Number, 16, 6}, {Kind::Literal, 24, 4}}));
    QCOMPARE(jsonTokens(u"\"open"), (QList<JsonToken>{{Kind::String, 0, 5}}));
    QVERIFY(jsonTokens(u"").isEmpty());
}

SOCKEYE_TEST(TestFormattedJson, QCoreApplication)
#include "tst_formattedjson.moc"
