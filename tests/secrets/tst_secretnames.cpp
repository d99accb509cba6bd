#include "secrets/SecretNames.h"

#include "secrets/SecretMasker.h"
#include "secrets/SecretSamples.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

class TestSecretNames final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { SecretNames::setCurrent(SecretNames::defaults()); }

    void knowsNamesOfRealApis_data();
    void knowsNamesOfRealApis();
    void knowsNamesThatOnlyLookSo_data();
    void knowsNamesThatOnlyLookSo();
    void matchesWords_data();
    void matchesWords();
    void normalizesPatterns();
    void theListInUseMasks();
};

void TestSecretNames::knowsNamesOfRealApis_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("value");
    QVERIFY(secretSamples().size() >= 80);
    for (const SecretSample &sample : secretSamples())
        QTest::newRow((sample.where + ' ' + sample.name).constData()) << sample.name << sample.value;
}

/// In a header, a query, a form, a JSON member, a close reason or sentence, and a URL in a header.
void TestSecretNames::knowsNamesOfRealApis()
{
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, value);
    QVERIFY(SecretNames::current()->isSecret(name));
    const QByteArray item = name + '=' + value;
    const QByteArray places[] = {maskSecrets("GET / HTTP/1.1\r\n" + name + ": " + value + "\r\n\r\n"),
                                 maskSecretsInUrl(QString::fromUtf8("ws://h/?a=1&" + item + "&b=2")).toUtf8(),
                                 maskSecretsInBody("a=1&" + item),
                                 maskSecretsInBody("{\"a\": 1, \"" + name + "\": \"" + value + "\"}"),
                                 maskSecretsInText(QString::fromUtf8("refused: " + item)).toUtf8(),
                                 maskSecrets("HTTP/1.1 302 X\r\nLocation: /x?" + item + "\r\n\r\n")};
    for (const QByteArray &place : places)
        QVERIFY2(!place.contains(value) && place.contains(name) && place.contains("***"), place.constData());
}

void TestSecretNames::knowsNamesThatOnlyLookSo_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"encode",
                             "keyboard",
                             "author",
                             "authority",
                             "design",
                             "assign",
                             "passenger",
                             "compass",
                             "monkey",
                             "sidebar",
                             "codec",
                             "barcode",
                             "unicode",
                             "inside",
                             "sign_in",
                             "status_code",
                             "errorCode",
                             "countryCode",
                             "token_type",
                             "max_tokens",
                             "Sec-WebSocket-Key",
                             "Sec-WebSocket-Accept",
                             "Sec-WebSocket-Protocol",
                             "Access-Control-Allow-Credentials",
                             "WWW-Authenticate",
                             "Content-Type",
                             "Host",
                             "User-Agent",
                             "id",
                             "name",
                             "channel",
                             "params",
                             "publicKey",
                             "opinion",
                             "mascot",
                             "signal",
                             "passive",
                             "",
                             "-",
                             "_"})
        QTest::newRow(name) << QByteArray(name);
}

void TestSecretNames::knowsNamesThatOnlyLookSo()
{
    QFETCH(QByteArray, name);
    QVERIFY(!SecretNames::current()->isSecret(name));
}

void TestSecretNames::matchesWords_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("matches");
    const auto row = [](const QString &pattern, const char *name, bool matches) {
        QTest::addRow("%s: %s", qPrintable(pattern), name) << pattern << QByteArray(name) << matches;
    };
    row(u"code"_s, "code", true);
    row(u"code"_s, "auth_code", true);
    row(u"code"_s, "authCode", true);
    row(u"code"_s, "CODE-2", true);
    row(u"code"_s, "code2", true);
    row(u"code"_s, "codes", true);
    row(u"code"_s, "encode", false);
    row(u"code"_s, "codebook", false);
    row(u"apikey"_s, "X-Api-Key", true);
    row(u"apikey"_s, "apiKey", true);
    row(u"apikey"_s, "API key", true);
    row(u"apikey"_s, "xapikey", false);
    row(u"*sid"_s, "PHPSSID", true);
    row(u"*sid"_s, "sidebar", false);
    row(u"sid*"_s, "sidebar", true);
    row(u"a*c*e"_s, "abcde", true);
    row(u"a*c*e"_s, "ace", true);
    row(u"a*c*e"_s, "aec", false);
    row(u"ab*ba"_s, "aba", false);
    row(u"*pass*"_s, "compassion", true);
    row(u"jsontoken"_s, "JSONToken", true);
    row(u"schlüssel"_s, "Schl\xc3\xbcssel", true);
}

void TestSecretNames::matchesWords()
{
    QFETCH(QString, pattern);
    QFETCH(QByteArray, name);
    QTEST(SecretNames({pattern}).isSecret(name), "matches");
    QVERIFY(!SecretNames({pattern, u"!*"_s + QString::fromUtf8(name) + u'*'}).isSecret(name));
}

void TestSecretNames::normalizesPatterns()
{
    QCOMPARE(SecretNames::normalized(u" X-Api_Key* "_s), u"xapikey*"_s);
    QCOMPARE(SecretNames::normalized(u"! Public-Key"_s), u"!publickey"_s);
    for (const QString &nothing : {QString(), u"*"_s, u"!"_s, u"!**"_s, u"-_"_s})
        QCOMPARE(SecretNames::normalized(nothing), QString());
    QCOMPARE(SecretNames({u"a-b"_s, u"AB"_s, u"*"_s}).patterns(), QStringList{u"ab"_s});
    for (const QString &pattern : SecretNames::defaults())
        QCOMPARE(SecretNames::normalized(pattern), pattern);
}

void TestSecretNames::theListInUseMasks()
{
    SecretNames::setCurrent({u"colour"_s});
    QCOMPARE(maskSecretsInUrl(u"ws://h/?token=1&colour=red"_s), u"ws://h/?token=1&colour=***"_s);
}

SOCKEYE_TEST(TestSecretNames, QCoreApplication)
#include "tst_secretnames.moc"
