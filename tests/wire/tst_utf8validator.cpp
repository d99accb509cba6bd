#include "wire/Utf8Validator.h"

#include "base/Bytes.h"
#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestUtf8Validator final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void validText_data();
    void validText();
    void invalidText_data();
    void invalidText();
    void unfinishedText_data();
    void unfinishedText();
    void findsTheByteBehindLongAscii();
    void agreesWithQtOnEveryShortSequence();
    void staysInvalidUntilReset();
};

void TestUtf8Validator::validText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("ascii with NUL") << QByteArray("hello\0world, hello world", 24);
    QTest::newRow("first and last of 2 bytes") << QByteArray("\xc2\x80\xdf\xbf");
    QTest::newRow("first and last of 3 bytes") << QByteArray("\xe0\xa0\x80\xef\xbf\xbf");
    QTest::newRow("around the surrogates") << QByteArray("\xed\x9f\xbf\xee\x80\x80");
    QTest::newRow("first and last of 4 bytes") << QByteArray("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf");
    QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbfhello");
    QTest::newRow("mixed over words") << QByteArray("1234567é890123456€78901😀2345678901234567κόσμε");
}

void TestUtf8Validator::validText()
{
    QFETCH(QByteArray, text);
    for (qsizetype split = 0; split <= text.size(); ++split) {
        Utf8Validator validator;
        QVERIFY(validator.feed(text.first(split)));
        const bool betweenCharacters = split == text.size() || (static_cast<quint8>(text[split]) & 0xc0) != 0x80;
        QCOMPARE(validator.isComplete(), betweenCharacters);
        QVERIFY(validator.feed(text.sliced(split)));
        QVERIFY(validator.isComplete());
        QCOMPARE(validator.errorOffset(), -1);
        QCOMPARE(validator.unfinishedOffset(), -1);
    }
    Utf8Validator byByte;
    for (const char c : text)
        QVERIFY(byByte.feed(QByteArrayView(&c, 1)));
    QVERIFY(byByte.isComplete());
}

void TestUtf8Validator::invalidText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("offset");
    const auto row = [](const char *name, const char *text, qint64 offset) {
        QTest::newRow(name) << QByteArray(text) << offset;
    };
    row("lone continuation", "ab\x80", 2);
    row("last continuation", "\xbf", 0);
    row("overlong slash in 2", "a\xc0\xaf", 1);
    row("overlong in 2, last", "\xc1\xbf", 0);
    row("overlong in 3", "\xe0\x80\xaf", 1);
    row("overlong in 3, last", "\xe0\x9f\xbf", 1);
    row("overlong in 4", "\xf0\x80\x80\xaf", 1);
    row("overlong in 4, last", "\xf0\x8f\xbf\xbf", 1);
    row("first surrogate", "abc\xed\xa0\x80", 4);
    row("last surrogate", "\xed\xbf\xbf", 1);
    row("surrogate pair", "\xed\xa0\x80\xed\xb0\x80", 1);
    row("U+110000", "\xf4\x90\x80\x80", 1);
    row("lead F5", "\xf5\x80\x80\x80", 0);
    row("lead F8, five bytes", "\xf8\x88\x80\x80\x80", 0);
    row("FE", "\xfe", 0);
    row("FF", "12345678\xff", 8);
    row("ascii inside 2", "\xc3(", 1);
    row("ascii inside 3", "\xe2\x82(", 2);
    row("ascii inside 4", "\xf0\x9f\x98(", 3);
    row("lead inside", "\xe2\xe2\x82\xac", 1);
    row("Autobahn 6.3.1", "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80\x65\x64", 12);
}

void TestUtf8Validator::invalidText()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, offset);
    for (qsizetype split = 0; split <= text.size(); ++split) {
        Utf8Validator validator;
        // It fails as soon as the bad byte is there, not earlier and not later.
        QCOMPARE(validator.feed(text.first(split)), split <= offset);
        QVERIFY(!validator.feed(text.sliced(split)));
        QCOMPARE(validator.errorOffset(), offset);
        QVERIFY(!validator.isComplete());
    }
}

void TestUtf8Validator::unfinishedText_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("offset");
    QTest::newRow("1 of 2") << QByteArray("ab\xc3") << qint64(2);
    QTest::newRow("1 of 3") << QByteArray("é\xe2") << qint64(2);
    QTest::newRow("2 of 3") << QByteArray("\xe2\x82") << qint64(0);
    QTest::newRow("3 of 4") << QByteArray("123456789\xf0\x9f\x98") << qint64(9);
}

void TestUtf8Validator::unfinishedText()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, offset);
    for (qsizetype split = 0; split <= text.size(); ++split) {
        Utf8Validator validator;
        QVERIFY(validator.feed(text.first(split)));
        QVERIFY(validator.feed(text.sliced(split)));
        QVERIFY(!validator.isComplete());
        QCOMPARE(validator.errorOffset(), -1);
        QCOMPARE(validator.unfinishedOffset(), offset);
    }
}

void TestUtf8Validator::findsTheByteBehindLongAscii()
{
    for (qsizetype offset = 0; offset < 40; ++offset) {
        QByteArray text(40, 'a');
        text[offset] = '\xff';
        Utf8Validator validator;
        QVERIFY(!validator.feed(text));
        QCOMPARE(validator.errorOffset(), offset);
    }
}

void TestUtf8Validator::agreesWithQtOnEveryShortSequence()
{
    // Every lead and second byte, with third and fourth bytes from each class that RFC 3629 tells apart.
    const QByteArray classes("\x00\x7f\x80\x8f\x90\x9f\xa0\xbf\xc2\xf4", 10);
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            for (const char third : classes) {
                for (const char fourth : classes) {
                    const std::array text{static_cast<char>(first), static_cast<char>(second), third, fourth};
                    Utf8Validator validator;
                    validator.feed(text);
                    if (validator.isComplete() != isValidUtf8(text))
                        QFAIL(qPrintable(hexText(text)));
                }
            }
        }
    }
}

void TestUtf8Validator::staysInvalidUntilReset()
{
    Utf8Validator validator;
    QVERIFY(!validator.feed("ab\xff"));
    QVERIFY(!validator.feed("fine"));
    QCOMPARE(validator.errorOffset(), 2);
    validator.reset();
    QVERIFY(validator.feed("fine"));
    QVERIFY(validator.isComplete());
    QVERIFY(!validator.feed("\xff"));
    QCOMPARE(validator.errorOffset(), 4);
}

SOCKEYE_TEST(TestUtf8Validator, NoApplication)
#include "tst_utf8validator.moc"
