#include "endpoint/InvisibleCharacters.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

class TestInvisibleCharacters final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatCannotBeSeenIsFound_data()
    {
        QTest::addColumn<char32_t>("character");
        for (const char32_t c :
             {U'\u0000', U'\u0009', U'\u000a', U'\u007f', U'\u0085', U'\u00a0', U'\u00ad',     U'\u034f',
              U'\u061c', U'\u180e', U'\u2003', U'\u200b', U'\u200c', U'\u200d', U'\u200e',     U'\u200f',
              U'\u2028', U'\u2029', U'\u202a', U'\u202e', U'\u202f', U'\u2060', U'\u2064',     U'\u2066',
              U'\u2069', U'\u2800', U'\u3000', U'\u3164', U'\ufeff', U'\uffa0', U'\U000e0001', U'\U000e0041'})
            QTest::addRow("U+%04X", static_cast<uint>(c)) << c;
    }

    void whatCannotBeSeenIsFound()
    {
        QFETCH(char32_t, character);
        QString one; // QString::fromUcs4() drops a byte order mark
        one += QChar::fromUcs4(character);
        const QString text = u"a😀"_s + one + u"b"_s;
        QVERIFY(isInvisible(character));
        QVERIFY(findInvisible(text));
        QCOMPARE(findInvisible(text).value(), (InvisibleCharacter{character, 3}));
        QVERIFY(findInvisible(text)->name().startsWith(u"U+"));
        QCOMPARE(withoutInvisible(text), u"a😀b"_s);
    }

    void whatCanBeSeenIsLeftAlone()
    {
        const QString seen = u"az AZ09~é中😀\u0301\ufe0f“”«»\ufffd"_s;
        QVERIFY(!findInvisible(seen));
        QCOMPARE(withoutInvisible(seen), seen);
    }

    void halfACharacterIsFound()
    {
        const QString half = u"a"_s + QChar(0xd83d);
        QCOMPARE(findInvisible(half).value(), (InvisibleCharacter{0xd83d, 2}));
        QCOMPARE(withoutInvisible(half), u"a"_s);
    }

    void onlyAsciiBlanksAreCutOffUnasked()
    {
        QCOMPARE(withoutBlanks(u" \t\r\n a b \v\f"), u"a b");
        QCOMPARE(withoutBlanks(u"\u00a0a\u2029"), u"\u00a0a\u2029");
        QVERIFY(withoutBlanks(u"  ").isEmpty());
    }

    void quotesAroundAreFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("place");
        QTest::addColumn<QString>("cleaned");
        const auto row = [](const char *name, const QString &text, int place, const QString &clean) {
            QTest::newRow(name) << text << place << clean;
        };
        row("none", u"ws://h/x"_s, 0, u"ws://h/x"_s);
        row("straight", u"\"ws://h/x\""_s, 1, u"ws://h/x"_s);
        row("curly", u"“ws://h/x”"_s, 1, u"ws://h/x"_s);
        row("apostrophes", u"'ws://h/x'"_s, 1, u"ws://h/x"_s);
        row("ticks", u"`ws://h/x`"_s, 1, u"ws://h/x"_s);
        row("guillemets", u"«ws://h/x»"_s, 1, u"ws://h/x"_s);
        row("low", u"„ws://h/x“"_s, 1, u"ws://h/x"_s);
        row("twice", u"\"'ws://h/x'\""_s, 1, u"ws://h/x"_s);
        row("with a blank", u"“ ws://h/x ”"_s, 1, u"ws://h/x"_s);
        row("front alone", u"“ws://h/x"_s, 1, u"ws://h/x"_s);
        row("end alone", u"ws://h/x”"_s, 9, u"ws://h/x"_s);
        row("behind an emoji", u"ws://h/😀”"_s, 9, u"ws://h/😀"_s);
        row("apostrophe at the end", u"ws://h/x'"_s, 0, u"ws://h/x'"_s);
        row("in the query", u"ws://h/?q=\"a\""_s, 0, u"ws://h/?q=\"a\""_s);
        row("nothing else", u"”"_s, 1, u""_s);
        row("empty", u""_s, 0, u""_s);
    }

    void quotesAroundAreFound()
    {
        QFETCH(QString, text);
        QFETCH(int, place);
        const auto found = findQuote(text);
        QCOMPARE(found ? int(found->place) : 0, place);
        QTEST(cleaned(text), "cleaned");
    }

    void cleanedHasNeitherQuotesNorInvisibleCharacters()
    {
        QCOMPARE(cleaned(u"\ufeff“\u2066ws://h/x\u2069”\u2029\n"_s), u"ws://h/x"_s);
    }
};

SOCKEYE_TEST(TestInvisibleCharacters, QCoreApplication)
#include "tst_invisiblecharacters.moc"
