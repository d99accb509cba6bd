#include "base/Bytes.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestBytes final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parseHexReads_data();
    void parseHexReads();
    void parseHexNamesTheFault_data();
    void parseHexNamesTheFault();
    void hexTextWritesLowerCasePairs();
    void hexTextIsReadBack();
    void validUtf8_data();
    void validUtf8();
    void textKeepsByteOrderMark();
    void textReplacesInvalidBytes_data();
    void textReplacesInvalidBytes();
};

void TestBytes::parseHexReads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QString() << QByteArray();
    QTest::newRow("white space only") << QStringLiteral(" \t\n\u00a0") << QByteArray();
    QTest::newRow("one run") << QStringLiteral("68656C6c6f") << QByteArray("hello");
    QTest::newRow("spaced") << QStringLiteral(" 68 65\n6c\t6c 6f ") << QByteArray("hello");
    QTest::newRow("commas") << QStringLiteral("68,65, 6c,,6c6f") << QByteArray("hello");
    QTest::newRow("prefixes") << QStringLiteral("0x68, 0X65 0x6c6c0x6f") << QByteArray("hello");
    QTest::newRow("all bits") << QStringLiteral("00 7f 80 fF") << QByteArray("\x00\x7f\x80\xff", 4);
    QTest::newRow("zeros are no prefix") << QStringLiteral("0000") << QByteArray("\0\0", 2);
}

void TestBytes::parseHexReads()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, bytes);
    const Result<QByteArray> parsed = parseHex(text);
    QVERIFY2(parsed.ok(), qPrintable(parsed.message()));
    QCOMPARE(parsed.value(), bytes);
}

void TestBytes::parseHexNamesTheFault_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("culprit");
    QTest::addColumn<QString>("place");
    QTest::newRow("first digit") << QStringLiteral("68 g5") << QStringLiteral("“g”") << QStringLiteral("character 4");
    QTest::newRow("second digit") << QStringLiteral("68 6g") << QStringLiteral("“g”") << QStringLiteral("character 5");
    QTest::newRow("emoji") << QStringLiteral("😀") << QStringLiteral("“😀”") << QStringLiteral("character 1");
    QTest::newRow("wide digit") << QStringLiteral("4１") << QStringLiteral("“１”") << QStringLiteral("character 2");
    QTest::newRow("after a prefix") << QStringLiteral("0xzz") << QStringLiteral("“z”") << QStringLiteral("character 3");
    QTest::newRow("half at the end") << QStringLiteral("68 6") << QStringLiteral("lacks")
                                     << QStringLiteral("character 4");
    QTest::newRow("half before a space") << QStringLiteral("6 8") << QStringLiteral("lacks")
                                         << QStringLiteral("character 1");
    QTest::newRow("prefix alone") << QStringLiteral("0x") << QStringLiteral("lacks") << QStringLiteral("character 1");
    QTest::newRow("prefix and space") << QStringLiteral("0x 41") << QStringLiteral("lacks")
                                      << QStringLiteral("character 1");
    QTest::newRow("placeholder") << QStringLiteral("4%") << QStringLiteral("“%”") << QStringLiteral("character 2");
}

void TestBytes::parseHexNamesTheFault()
{
    QFETCH(QString, text);
    QFETCH(QString, culprit);
    QFETCH(QString, place);
    const Result<QByteArray> parsed = parseHex(text);
    QVERIFY(!parsed.ok());
    QVERIFY2(parsed.message().contains(culprit), qPrintable(parsed.message()));
    QVERIFY2(parsed.message().contains(place + u' '), qPrintable(parsed.message()));
}

void TestBytes::hexTextWritesLowerCasePairs()
{
    QCOMPARE(hexText({}), QString());
    QCOMPARE(hexText("h"), QStringLiteral("68"));
    QCOMPARE(hexText(QByteArray("\x00\xab\xff", 3)), QStringLiteral("00 ab ff"));
}

void TestBytes::hexTextIsReadBack()
{
    QByteArray all;
    for (int byte = 0; byte < 256; ++byte)
        all.append(static_cast<char>(byte));
    QCOMPARE(parseHex(hexText(all)).value(), all);
}

void TestBytes::validUtf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("valid");
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("ascii") << QByteArray("hello") << true;
    QTest::newRow("NUL") << QByteArray("\0", 1) << true;
    QTest::newRow("each length") << QByteArray("aé€😀") << true;
    QTest::newRow("U+10FFFF") << QByteArray("\xf4\x8f\xbf\xbf") << true;
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf") << true;
    QTest::newRow("beyond U+10FFFF") << QByteArray("\xf4\x90\x80\x80") << false;
    QTest::newRow("overlong") << QByteArray("\xc0\xaf") << false;
    QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << false;
    QTest::newRow("cut off") << QByteArray("a\xe2\x82") << false;
    QTest::newRow("lone continuation") << QByteArray("\x80") << false;
}

void TestBytes::validUtf8()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, valid);
    QCOMPARE(isValidUtf8(bytes), valid);
}

void TestBytes::textKeepsByteOrderMark()
{
    QCOMPARE(textFromUtf8("\xef\xbb\xbf{}"), QStringLiteral("\ufeff{}"));
    QCOMPARE(textFromUtf8("aé€😀"), QStringLiteral("aé€😀"));
    QCOMPARE(textFromUtf8({}), QString());
}

void TestBytes::textReplacesInvalidBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("begin");
    QTest::addColumn<QString>("end");
    QTest::newRow("inside") << QByteArray("a\xff"
                                          "b")
                            << QStringLiteral("a\ufffd") << QStringLiteral("\ufffdb");
    QTest::newRow("cut off") << QByteArray("ab\xe2\x82") << QStringLiteral("ab\ufffd") << QStringLiteral("\ufffd");
    QTest::newRow("only a lead") << QByteArray("\xf0") << QStringLiteral("\ufffd") << QStringLiteral("\ufffd");
}

void TestBytes::textReplacesInvalidBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, begin);
    QFETCH(QString, end);
    const QString text = textFromUtf8(bytes);
    QVERIFY2(text.startsWith(begin), qPrintable(text));
    QVERIFY2(text.endsWith(end), qPrintable(text));
}

SOCKEYE_TEST(TestBytes, NoApplication)
#include "tst_bytes.moc"
