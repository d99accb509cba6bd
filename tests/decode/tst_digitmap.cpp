#include "decode/DigitMap.h"

#include "support/TestProgram.h"

#include <QTest>

#include <random>

using namespace sockeye;
using namespace Qt::StringLiterals;

using Digits = DigitMap::Digits;

/// Which digits stand for which bytes.
class DigitMapTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hexHasTwoDigitsAByte()
    {
        const QByteArray text = "x 5b:31 5D";
        const DigitMap map(Digits::Hex, text, 2, text.size());
        QCOMPARE(map.inText(text, {0, 1}), (Node::Range{2, 2}));
        QCOMPARE(map.inText(text, {1, 2}), (Node::Range{5, 5}));
        QCOMPARE(map.inText(text, {1, 0}), (Node::Range{5, 0}));
        QCOMPARE(map.byteAt(text, 3), std::optional<qsizetype>(0));
        QCOMPARE(map.byteAt(text, 9), std::optional<qsizetype>(2));
        for (const qsizetype between : {0, 1, 4, 7})
            QVERIFY(!map.byteAt(text, between));
    }

    /// A digit of Base64 says something of two bytes as a rule.
    void base64HasFourDigitsForThreeBytes()
    {
        const QByteArray text = QByteArray("abc").toBase64() + "\r\n" + QByteArray("d").toBase64();
        const DigitMap map(Digits::Base64, text, 0, text.size());
        QCOMPARE(map.inText(text, {0, 1}), (Node::Range{0, 2}));
        QCOMPARE(map.inText(text, {1, 1}), (Node::Range{1, 2}));
        QCOMPARE(map.inText(text, {2, 1}), (Node::Range{2, 2}));
        QCOMPARE(map.inText(text, {2, 2}), (Node::Range{2, 6}));
        QCOMPARE(map.inText(text, {5, 1}).size, 0U);
        QCOMPARE(map.byteAt(text, 3), std::optional<qsizetype>(2));
        QCOMPARE(map.byteAt(text, 6), std::optional<qsizetype>(3));
        QVERIFY(!map.byteAt(text, 4));
        QVERIFY(!map.byteAt(text, text.size() - 1));
        QVERIFY(!map.byteAt(text, text.size()));
    }

    void whatIsEmptyMapsNothing()
    {
        const DigitMap map(Digits::Hex, "  ", 0, 2);
        QCOMPARE(map.inText("  ", {0, 1}).size, 0U);
        QVERIFY(!map.byteAt("  ", 0));
        QVERIFY(!map.byteAt("  ", -1));
    }

    /// Of long texts it keeps a few places only, and finds the others.
    void equalsAPlainCount_data()
    {
        QTest::addColumn<int>("digits");
        QTest::addColumn<int>("oneIn");
        QTest::newRow("hex in one run") << int(Digits::Hex) << 0;
        QTest::newRow("hex with blanks") << int(Digits::Hex) << 3;
        QTest::newRow("Base64 in one run") << int(Digits::Base64) << 0;
        QTest::newRow("Base64 in lines") << int(Digits::Base64) << 76;
        QTest::newRow("Base64 with few breaks") << int(Digits::Base64) << 1000;
    }
    void equalsAPlainCount()
    {
        QFETCH(int, digits);
        QFETCH(int, oneIn);
        std::mt19937 random(7);
        QByteArray text = "  ";
        QList<quint32> places;
        while (places.size() < 3000) {
            if (oneIn > 0 && random() % static_cast<unsigned>(oneIn) == 0)
                text += '\n';
            places.append(static_cast<quint32>(text.size()));
            text += "0123456789abcdef"[random() % 16];
        }
        DigitMap map(Digits(digits), QByteArrayView(text).sliced(2), 0, text.size() - 2);
        map.move(2);
        const qsizetype bits = Digits(digits) == Digits::Hex ? 4 : 6;
        for (quint32 byte = 0; byte < places.size() * bits / 8; ++byte) {
            const quint32 first = places[byte * 8 / bits];
            const quint32 end = places[(byte * 8 + 7) / bits] + 1;
            QCOMPARE(map.inText(text, {byte, 1}), (Node::Range{first, end - first}));
        }
        for (qsizetype digit = 0; digit < places.size(); ++digit)
            QCOMPARE(map.byteAt(text, places[digit]), std::optional(digit * bits / 8));
    }
};

SOCKEYE_TEST(DigitMapTest, QCoreApplication)
#include "tst_digitmap.moc"
