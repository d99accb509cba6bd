#include "widgets/controls/CharacterPictures.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestCharacterPictures final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPictureIsKnownAsOne()
    {
        for (char32_t c = 0; c <= 0xffff; ++c) {
            const QChar unit(static_cast<char16_t>(c));
            if (!needsPicture(unit))
                continue;
            QVERIFY2(isPicture(pictureOf(unit)), qPrintable(characterName(c)));
            QVERIFY2(!needsPicture(pictureOf(unit)), qPrintable(characterName(c)));
        }
    }

    void whatCanBeSeenIsLeftAlone()
    {
        for (const QChar c : u"a \t\n\r\u00a0é中\u200d\u200c\ufe0f\ufffd␍"_s)
            QVERIFY2(!needsPicture(c), qPrintable(characterName(c.unicode())));
    }

    void controlCharactersHaveUnicodesPictures()
    {
        QCOMPARE(pictureOf(QChar(0)), QChar(u'␀'));
        QCOMPARE(pictureOf(QChar(0x1b)), QChar(u'␛'));
        QCOMPARE(pictureOf(QChar(0x7f)), QChar(u'␡'));
    }

    void namesWhatHasAName()
    {
        QCOMPARE(characterName(0x2028), u"U+2028 line separator"_s);
        QCOMPARE(characterName(0), u"U+0000 null"_s);
        QCOMPARE(characterName(0xfdd0), u"U+FDD0, a noncharacter"_s);
        QCOMPARE(characterName(0xd83d), u"U+D83D, half of a surrogate pair"_s);
        QCOMPARE(characterName(0x1f600), u"U+1F600"_s);
    }

    void findsLoneSurrogates()
    {
        const QChar high(0xd83d);
        const QChar low(0xde00);
        QCOMPARE(findLoneSurrogate(QString()), -1);
        QCOMPARE(findLoneSurrogate(QString(high) + low), -1);
        QCOMPARE(findLoneSurrogate(u"ab"_s + high), 2);
        QCOMPARE(findLoneSurrogate(QString(low) + high), 0);
        QCOMPARE(findLoneSurrogate(QString(high) + high + low), 0);
        QCOMPARE(findLoneSurrogate(QString(high) + low + low), 2);
    }
};

SOCKEYE_TEST(TestCharacterPictures, QCoreApplication)
#include "tst_characterpictures.moc"
