#include "widgets/controls/CharacterPictures.h"

#include "base/CharacterNames.h"
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
};

SOCKEYE_TEST(TestCharacterPictures, QCoreApplication)
#include "tst_characterpictures.moc"
