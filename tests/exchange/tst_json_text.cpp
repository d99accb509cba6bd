#include "exchange/JsonText.h"

#include "support/TestProgram.h"

#include <QJsonArray>
#include <QJsonDocument>
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
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
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
