#include "secrets/JsonMasker.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestJsonMasker final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void masks_data();
    void masks();
    void longValuesAreMaskedToo();
    void deepJsonIsRead();
};

void TestJsonMasker::masks_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("masked");
    QTest::addColumn<int>("count");
    const auto same = [](const char *name, const QByteArray &json) { QTest::newRow(name) << json << json << 0; };
    const auto row = [](const char *name, const QByteArray &json, const QByteArray &masked, int count) {
        QTest::newRow(name) << json << masked << count;
    };
    same("empty", "");
    same("nothing secret", R"( {"a" : 1, "b":["x",{}, null] ,"c":"\"token\":\"x\"" } )");
    same("text", R"(He said "token": "x", and left)");
    same("empty value", R"({"token":""})");
    same("words and small numbers", R"({"token":true,"key":null,"code":1008})");
    same("masked already", R"({"token":"***"})");
    row("member", R"({"a":"x","token":"t\"u","b":"y"})", R"({"a":"x","token":"***","b":"y"})", 1);
    row("blanks kept", "{ \"token\"\t: \n\"t\" }", "{ \"token\"\t: \n\"***\" }", 1);
    row("number", R"({"otp":123456,"a":123456})", R"({"otp":"***","a":123456})", 1);
    row("inside of a secret", R"({"auth":{"user":"u","n":[12345,"x"]},"b":"c"})",
        R"({"auth":{"user":"***","n":["***","***"]},"b":"c"})", 3);
    row("after a secret", R"([{"token":["a"]},"b",{"c":"d"}])", R"([{"token":["***"]},"b",{"c":"d"}])", 1);
    row("escaped name", R"({"\u0074oken":"t"})", R"({"\u0074oken":"***"})", 1);
    row("duplicates", R"({"token":"a","token":"b"})", R"({"token":"***","token":"***"})", 2);
    row("envelope", R"(42["login",{"token":"t"}])", R"(42["login",{"token":"***"}])", 1);
    row("lines", "{\"token\":\"a\"}\n{\"token\":\"b\"}", "{\"token\":\"***\"}\n{\"token\":\"***\"}", 2);
    row("by shape", R"({"data":"Bearer abcdef","x":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"})",
        R"({"data":"***","x":"***"})", 2);
    row("JSON in a string", R"({"data":"{\"token\":\"t\",\"a\":\"é\"}"})",
        R"({"data":"{\"token\":\"***\",\"a\":\"é\"}"})", 1);
    row("cut off", R"({"a":"x","token":"abc)", R"({"a":"x","token":"***)", 1);
    row("cut off in a number", R"({"otp":123456)", R"({"otp":"***")", 1);
    row("broken", R"(}]{"token":"t"]]"x",{"a" "u"})", R"(}]{"token":"***"]]"x",{"a" "u"})", 1);
}

void TestJsonMasker::masks()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, masked);
    QFETCH(int, count);
    qint64 counted = 0;
    QCOMPARE(JsonMasker::masked(json, SecretNames::current(), counted), masked);
    QCOMPARE(counted, count);
    // However it comes.
    JsonMasker bytewise;
    QByteArray fed;
    for (const char c : json)
        fed += bytewise.feed(QByteArrayView(&c, 1));
    QCOMPARE(fed + bytewise.finish(), masked);
    counted = 0;
    QCOMPARE(JsonMasker::masked(masked, SecretNames::current(), counted), masked);
    QCOMPARE(counted, 0);
}

void TestJsonMasker::longValuesAreMaskedToo()
{
    const QByteArray value(300'000, 'x');
    qint64 count = 0;
    QCOMPARE(JsonMasker::masked("{\"token\":\"" + value + "\",\"a\":\"" + value + "\"}", SecretNames::current(), count),
             "{\"token\":\"***\",\"a\":\"" + value + "\"}");
    QCOMPARE(count, 1);
}

void TestJsonMasker::deepJsonIsRead()
{
    const QByteArray deep = QByteArray(1'000'000, '[') + "{\"token\":\"t\"}";
    qint64 count = 0;
    QVERIFY(JsonMasker::masked(deep, SecretNames::current(), count).endsWith("{\"token\":\"***\"}"));
    QCOMPARE(count, 1);
}

SOCKEYE_TEST(TestJsonMasker, QCoreApplication)
#include "tst_jsonmasker.moc"
