#include "base/CharacterNames.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestCharacterNames final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

SOCKEYE_TEST(TestCharacterNames, QCoreApplication)
#include "tst_characternames.moc"
