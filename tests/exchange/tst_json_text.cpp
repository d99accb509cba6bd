#include "exchange/JsonText.h"

#include "support/TestProgram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <limits>

using namespace sockeye;

class TestJsonText final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCharacterComesBack();
    void partsMakeTheSameText();
    void escapesWhatItMust();
    void escapesInAWholeText();
    void numbers();
    void hex();
};

void TestJsonText::everyCharacterComesBack()
{
    QString text;
    for (char32_t c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 61) {
        if (c < 0xd800 || c > 0xdfff)
            text += QString::fromUcs4(&c, 1);
    }
    QByteArray json = "[";
    appendJsonString(json, text);
    json += ']';
    QJsonParseError error;
    const QJsonArray list = QJsonDocument::fromJson(json, &error).array();
    QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    QVERIFY(list.at(0).toString() == text);
}

void TestJsonText::partsMakeTheSameText()
{
    const QByteArray text = "a\"\\\n\xe2\x82\xac\x01z";
    QByteArray whole;
    appendJsonEscaped(whole, text);
    for (const qsizetype cut : {0, 1, 2, 3, 4, 7, 8, 9}) {
        QByteArray parts;
        appendJsonEscaped(parts, QByteArrayView(text).first(cut));
        appendJsonEscaped(parts, QByteArrayView(text).sliced(cut));
        QCOMPARE(parts, whole);
    }
}

void TestJsonText::escapesWhatItMust()
{
    QByteArray out;
    appendJsonEscaped(out, QByteArray("\x00\x1b\x7f\"\\/\b\n\r\t", 10));
    QCOMPARE(out, QByteArray(R"(\u0000\u001b\u007f\"\\/\u0008\n\r\t)"));
    out.clear();
    appendJsonEscaped(out, "\xc2\x9b\xc2\xa0\xe2\x80\xae\xe2\x82\xac\xe2\x81\xa9\xd8\x9c\xef\xbb\xbf");
    QCOMPARE(out, QByteArray("\\u009b\xc2\xa0\\u202e\xe2\x82\xac\\u2069\\u061c\\ufeff"));
}

void TestJsonText::escapesInAWholeText()
{
    const QJsonObject object{{QStringLiteral("a\u202e"), QStringLiteral("\u009b\u007f\u2066\u00e4\n\"\\")}};
    for (const auto format : {QJsonDocument::Compact, QJsonDocument::Indented}) {
        const QByteArray escaped = withEscapedControls(QJsonDocument(object).toJson(format));
        QCOMPARE(QJsonDocument::fromJson(escaped).object(), object);
        for (const char *acting : {"\xc2\x9b", "\x7f", "\xe2\x80\xae", "\xe2\x81\xa6"})
            QVERIFY(!escaped.contains(acting));
    }
}

void TestJsonText::numbers()
{
    QByteArray out;
    appendNumber(out, 0);
    out += ' ';
    appendNumber(out, std::numeric_limits<qint64>::min());
    out += ' ';
    appendNumber(out, std::numeric_limits<qint64>::max());
    QCOMPARE(out, QByteArray("0 -9223372036854775808 9223372036854775807"));
}

void TestJsonText::hex()
{
    QByteArray out;
    appendHex(out, QByteArray("\x00\x0f\xf0\xff", 4));
    QCOMPARE(out, QByteArray("000ff0ff"));
}

SOCKEYE_TEST(TestJsonText, QCoreApplication)
#include "tst_json_text.moc"
