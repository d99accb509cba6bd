#include "widgets/commands/FuzzyMatch.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// What is found by typing letters of a name, and what is found first.
class FuzzyMatchTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lettersAreFoundInOrder_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QList<qsizetype>>("positions");
        using At = QList<qsizetype>;
        QTest::newRow("nothing typed") << QString() << u"Open"_s << At();
        QTest::newRow("blanks typed") << u"  "_s << u"Open"_s << At();
        QTest::newRow("whole") << u"open"_s << u"Open"_s << At{0, 1, 2, 3};
        QTest::newRow("case") << u"OPEN"_s << u"open"_s << At{0, 1, 2, 3};
        QTest::newRow("beginnings of words") << u"oc"_s << u"Open capture"_s << At{0, 5};
        QTest::newRow("beginnings rather than the first place") << u"cp"_s << u"Copy cut paste"_s << At{0, 9};
        QTest::newRow("a row rather than single letters") << u"cap"_s << u"Copy a capture"_s << At{7, 8, 9};
        QTest::newRow("camel case") << u"dc"_s << u"abdabcDataCodec"_s << At{6, 10};
        QTest::newRow("after a sign") << u"e"_s << u"feed/echo"_s << At{5};
        QTest::newRow("blanks do not count") << u"open cap"_s << u"Open capture"_s << At{0, 1, 2, 3, 5, 6, 7};
        QTest::newRow("not only latin") << u"öf"_s << u"Öffnen"_s << At{0, 1};
    }

    void lettersAreFoundInOrder()
    {
        QFETCH(QString, typed);
        QFETCH(QString, name);
        QFETCH(QList<qsizetype>, positions);
        const auto match = fuzzyMatch(typed, name);
        QVERIFY(match);
        QCOMPARE(match->positions, positions);
    }

    void whatIsMissingDoesNotMatch_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name");
        QTest::newRow("another letter") << u"opx"_s << u"Open"_s;
        QTest::newRow("another order") << u"po"_s << u"Open"_s;
        QTest::newRow("twice") << u"oo"_s << u"Open"_s;
        QTest::newRow("longer") << u"openn"_s << u"Open"_s;
        QTest::newRow("no name") << u"o"_s << QString();
    }

    void whatIsMissingDoesNotMatch()
    {
        QFETCH(QString, typed);
        QFETCH(QString, name);
        QVERIFY(!fuzzyMatch(typed, name));
    }

    void whatWasMeantComesFirst_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("better");
        QTest::addColumn<QString>("worse");
        QTest::newRow("beginnings") << u"nc"_s << u"New connection"_s << u"Connect"_s;
        QTest::newRow("the whole word") << u"copy"_s << u"Copy"_s << u"Choose the options, please, why"_s;
        QTest::newRow("the beginning") << u"co"_s << u"Connect"_s << u"Bad connection"_s;
        QTest::newRow("the shorter") << u"copy"_s << u"Copy"_s << u"Copy entries as text"_s;
        QTest::newRow("nearer to each other") << u"ab"_s << u"xaxb"_s << u"xaxxxxxxb"_s;
    }

    void whatWasMeantComesFirst()
    {
        QFETCH(QString, typed);
        QFETCH(QString, better);
        QFETCH(QString, worse);
        const auto good = fuzzyMatch(typed, better);
        QVERIFY(good);
        const auto bad = fuzzyMatch(typed, worse);
        QVERIFY2(!bad || good->score > bad->score, qPrintable(QString::number(good->score)));
    }

    /// Found positions are in the name, ascending, and hold what was typed, whatever both are.
    void positionsHoldWhatWasTyped()
    {
        const QString letters = u"aab bAB/-"_s;
        quint32 state = 1;
        const auto next = [&state](quint32 most) {
            state = state * 1'664'525 + 1'013'904'223;
            return (state >> 16) % most;
        };
        int found = 0;
        for (int round = 0; round < 2'000; ++round) {
            QString name;
            for (quint32 n = next(12); n > 0; --n)
                name += letters[next(static_cast<quint32>(letters.size()))];
            QString typed;
            for (quint32 n = 1 + next(4); n > 0; --n)
                typed += letters[next(3)];
            const auto match = fuzzyMatch(typed, name);
            // The plain way to see whether there is one.
            qsizetype at = 0;
            qsizetype matched = 0;
            for (; at < name.size() && matched < typed.size(); ++at)
                matched += name[at].toCaseFolded() == typed[matched] ? 1 : 0;
            QCOMPARE(match.has_value(), matched == typed.size());
            if (!match)
                continue;
            ++found;
            QCOMPARE(match->positions.size(), typed.size());
            qsizetype before = -1;
            for (qsizetype n = 0; n < typed.size(); ++n) {
                QVERIFY(match->positions[n] > before);
                before = match->positions[n];
                QCOMPARE(name[before].toCaseFolded(), typed[n]);
            }
        }
        QVERIFY(found > 100);
    }

    void longNamesAreLookedAtInPart()
    {
        const QString name = QString(10'000, u'a') + u'b';
        QVERIFY(fuzzyMatch(QString(64, u'a'), name));
        QVERIFY(!fuzzyMatch(u"b"_s, name));
        QVERIFY(fuzzyMatch(QString(10'000, u'a'), name));
    }
};

SOCKEYE_TEST(FuzzyMatchTest, NoApplication)
#include "tst_fuzzymatch.moc"
