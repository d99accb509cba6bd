#include "base/CombiningMarks.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestCombiningMarks final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesWhatPeopleWrite_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("ASCII") << u"{\"a\": [1, 2]}"_s;
        QTest::newRow("Vietnamese, decomposed") << u"Tie\u0302\u0301ng Vie\u0323\u0302t"_s;
        QTest::newRow("Devanagari") << u"क्षत्रिय हिन्दी"_s;
        QTest::newRow("Thai") << u"ที่นี่"_s;
        QTest::newRow("Hebrew with points") << u"בְּרֵאשִׁ֖ית"_s;
        QTest::newRow("Tibetan") << u"ཧཀྵྨླྺྼྻྂ"_s;
        QTest::newRow("emoji") << u"\U0001f468\u200d\U0001f469\u200d\U0001f467 ❤\ufe0f \U0001f44d\U0001f3fd"_s;
        QTest::newRow("as many as may be") << u"a"_s + QString(MaxMarksInARow, QChar(0x301)) + u'b';
        QTest::newRow("rows with letters between") << (u"a"_s + QString(20, QChar(0x301))).repeated(1000);
        QTest::newRow("lone surrogates") << QString(100, QChar(0xd834));
    }

    void leavesWhatPeopleWrite()
    {
        QFETCH(QString, text);
        QCOMPARE(withFewMarks(text), text);
        QCOMPARE(surplusMarks(text), (MarkRange{text.size(), 0}));
    }

    void showsThirtyOfARow_data()
    {
        QTest::addColumn<QString>("mark");
        QTest::addColumn<int>("inARow");
        QTest::newRow("acute") << u"\u0301"_s << 1;
        QTest::newRow("enclosing circle") << u"\u20dd"_s << 1;
        QTest::newRow("two of them") << u"\u0301\u0316"_s << 2;
        QTest::newRow("beyond the BMP") << u"\U0001d165"_s << 1;
        QTest::newRow("variation selectors") << u"\U000e0101"_s << 1;
        QTest::newRow("with joiners between") << u"\u0301\u200d"_s << 2;
    }

    void showsThirtyOfARow()
    {
        QFETCH(QString, mark);
        QFETCH(int, inARow);
        const QString thirty = mark.repeated(MaxMarksInARow / inARow);
        const QString row = u"a"_s + mark.repeated(100'000);
        QCOMPARE(withFewMarks(row), u"a"_s + thirty + SurplusMarksSign);
        QCOMPARE(withFewMarks(row + u"b and "_s + row + u'c'),
                 u"a"_s + thirty + SurplusMarksSign + u"b and a"_s + thirty + SurplusMarksSign + u'c');
        QCOMPARE(withFewMarks(mark.repeated(100'000)), thirty + SurplusMarksSign);
    }
};

SOCKEYE_TEST(TestCombiningMarks, QCoreApplication)
#include "tst_combiningmarks.moc"
