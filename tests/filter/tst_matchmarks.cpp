#include "filter/MatchMarks.h"

#include "filter/CachedMarks.h"
#include "filter/Filter.h"
#include "support/TestProgram.h"

#include <QElapsedTimer>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

using Ranges = MatchMarks::Ranges;

/// Of a filter as a person types it.
MatchMarks marksOf(const QString &filter)
{
    const auto parsed = parseFilter(filter);
    if (!std::holds_alternative<EntryQuery>(parsed))
        qFatal("No filter: %s", qPrintable(filter));
    return MatchMarks(std::get<EntryQuery>(parsed).condition);
}

QString marked(const QString &text, const Ranges &ranges)
{
    QStringList all;
    for (const MatchMarks::Range &range : ranges)
        all += text.mid(range.begin, range.size);
    return all.join(u'|');
}

QByteArray marked(const QByteArray &bytes, const Ranges &ranges)
{
    QByteArrayList all;
    for (const MatchMarks::Range &range : ranges)
        all += bytes.mid(range.begin, range.size);
    return all.join('|');
}

} // namespace

/// What a filter looks for, where a payload is shown.
class MatchMarksTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marks_data()
    {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("marked");
        const QString trade = uR"({"symbol":"AAPL","note":"aapl"})"_s;
        QTest::newRow("words in any case") << u"aapl"_s << trade << u"AAPL|aapl"_s;
        QTest::newRow("all of several") << u"symbol AND note"_s << trade << u"symbol|note"_s;
        QTest::newRow("any of several") << u"symbol OR nothere"_s << trade << u"symbol"_s;
        QTest::newRow("what is not to be there") << u"NOT symbol"_s << trade << QString();
        QTest::newRow("an expression") << u"/A+P./"_s << trade << u"AAPL"_s;
        QTest::newRow("a member's value, as it is") << u"json:$.symbol=\"AAPL\""_s << trade << u"AAPL"_s;
        QTest::newRow("a direction") << u"dir:in"_s << trade << QString();
        QTest::newRow("overlapping") << u"abab OR baba"_s << u"xababax"_s << u"ababa"_s;
        QTest::newRow("next to one another") << u"ab"_s << u"ababx"_s << u"ab|ab"_s;
        QTest::newRow("beyond ASCII") << u"größe"_s << u"die Größe"_s << u"Größe"_s;
    }
    void marks()
    {
        QFETCH(QString, filter);
        QFETCH(QString, text);
        QFETCH(QString, marked);
        QCOMPARE(::marked(text, marksOf(filter).inText(text)), marked);
        // The same in its bytes.
        QCOMPARE(QString::fromUtf8(::marked(text.toUtf8(), marksOf(filter).inBytes(text.toUtf8()))), marked);
    }

    void marksBytes()
    {
        const QByteArray bytes = QByteArray::fromHex("00de01adbeef00deffad");
        const MatchMarks marks = marksOf(u"hex:\"de??ad\""_s);
        QCOMPARE(marks.inBytes(bytes), (Ranges{{1, 3}, {7, 3}}));
        QVERIFY(marks.inText(QString::fromLatin1(bytes)).isEmpty());
    }

    /// A page of a payload may begin or end within a character, and what is on the wire has frames' headers in it.
    void anExpressionIsMarkedAmongOtherBytes_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<MatchMarks::Ranges>("places");
        QTest::newRow("cut at the end") << QByteArray("aa bb\xe2\x82") << Ranges{{3, 2}};
        QTest::newRow("cut at the beginning") << QByteArray("\x82\xac bb") << Ranges{{3, 2}};
        QTest::newRow("byte order mark") << QByteArray("\xef\xbb\xbf bb") << Ranges{{4, 2}};
        QTest::newRow("frames") << QByteArray("\x81\x03"
                                              "bbx\x81\x85"
                                              "a\xc3\xa4"
                                              "bb")
                                << Ranges{{2, 2}, {10, 2}};
        QTest::newRow("a replacement character that was sent") << QByteArray("\xef\xbf\xbd"
                                                                             "bb\xff"
                                                                             "bb")
                                                               << Ranges{{3, 2}, {6, 2}};
        QTest::newRow("beyond the basic plane") << QByteArray("\xf0\x9f\x98\x80"
                                                              "bb\xf0\x9f")
                                                << Ranges{{4, 2}};
        QTest::newRow("nothing of it") << QByteArray("\xff\xfe") << Ranges();
    }
    void anExpressionIsMarkedAmongOtherBytes()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(MatchMarks::Ranges, places);
        QCOMPARE(marksOf(u"/b+/"_s).inBytes(bytes), places);
    }

    /// The filter finds it there, as it does not leave out a byte order mark.
    void anExpressionSeesWhatTheFilterSees()
    {
        QCOMPARE(marksOf(u"/^.b/"_s)
                     .inBytes("\xef\xbb\xbf"
                              "bb"),
                 (Ranges{{0, 4}}));
    }

    /// It would take longer than the universe is old.
    void anExpressionThatTakesTooLongIsGivenUp_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("a preview") << u"a"_s.repeated(200);
        QTest::newRow("a long text") << u"x"_s.repeated(500'000) + u"a"_s.repeated(200);
    }
    void anExpressionThatTakesTooLongIsGivenUp()
    {
        QFETCH(QString, text);
        const MatchMarks marks = marksOf(u"/(a|aa)+[bc]/"_s);
        MatchMarks::Search search;
        QElapsedTimer timer;
        timer.start();
        QVERIFY(marks.inText(text, 10, &search).isEmpty());
        QVERIFY(search.gaveUp);
        MatchMarks::Search inBytes;
        QVERIFY(marks.inBytes(text.toUtf8(), 10, &inBytes).isEmpty());
        QVERIFY(inBytes.gaveUp);
        QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
        MatchMarks::Search quick;
        QCOMPARE(marks.inText(u"aaab"_s, 10, &quick), (Ranges{{0, 4}}));
        QVERIFY(!quick.gaveUp);
    }

    void aPatternsOwnVerbsHold()
    {
        QCOMPARE(marksOf(u"/(*ANYCRLF)^b/"_s).inText(u"b\nb"_s), (Ranges{{0, 1}}));
        QCOMPARE(marksOf(u"/(*UCP)(?m)^é/"_s).inText(u"a\né"_s), (Ranges{{2, 1}}));
        MatchMarks::Search search;
        QVERIFY(marksOf(u"/(*LIMIT_MATCH=1)(a|aa)+[bc]/"_s).inText(u"aaaaaa"_s, 10, &search).isEmpty());
        QVERIFY(search.gaveUp);
    }

    /// Longer texts are searched piece by piece, with the same result.
    void piecesAreNotSeen_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<qsizetype>("begin");
        QTest::addColumn<qsizetype>("size");
        constexpr qsizetype Half = 64 * 1024 - 3;
        QTest::newRow("across") << u"needle"_s << Half << qsizetype(6);
        QTest::newRow("the beginning alone") << u"^x"_s << qsizetype(0) << qsizetype(1);
        QTest::newRow("the end alone") << u"z$"_s << qsizetype(200'005) << qsizetype(1);
        QTest::newRow("what is behind the piece") << u"n(?=eedle.*z$)"_s << Half << qsizetype(1);
        QTest::newRow("what is before the piece") << u"(?<=needl)ex"_s << Half + 5 << qsizetype(2);
        QTest::newRow("all of it") << u".*"_s << qsizetype(0) << qsizetype(200'006);
        QTest::newRow("one of two that begin") << u"xn?eedle|needle"_s << Half - 1 << qsizetype(7);
    }
    void piecesAreNotSeen()
    {
        QFETCH(QString, pattern);
        QFETCH(qsizetype, begin);
        QFETCH(qsizetype, size);
        QString text(200'005, u'x');
        text.replace(64 * 1024 - 3, 6, u"needle"_s);
        text += u'z';
        const Ranges ranges = marksOf(u'/' + pattern + u'/').inText(text);
        QCOMPARE(ranges, (Ranges{{begin, size}}));
    }

    void aPieceEndsBetweenCharacters()
    {
        // Each is two code units, and the pieces would end within one.
        const QString text = u"x"_s + u"\U0001F426"_s.repeated(100'000);
        QCOMPARE(marksOf(u"/\U0001F426x?/"_s).inText(text, 200'000).size(), 100'000);
        QVERIFY(marksOf(u"/[^\U0001F426x]/"_s).inText(text).isEmpty());
    }

    void aSearchCanBeCancelled()
    {
        MatchMarks::Search search;
        search.cancel.cancel();
        QVERIFY(marksOf(u"/a/"_s).inText(u"a"_s.repeated(100'000), 10, &search).isEmpty());
    }

    void eachTextIsSearchedOnce()
    {
        CachedMarks marks;
        QVERIFY(marks.inText(u"abc"_s).isEmpty());
        marks.setMarks(marksOf(u"/b/"_s));
        QCOMPARE(marks.inText(u"abc"_s), (Ranges{{1, 1}}));
        QCOMPARE(marks.inText(u"abc"_s), (Ranges{{1, 1}}));
        QCOMPARE(marks.inText(u"bb"_s), (Ranges{{0, 1}, {1, 1}}));
        QCOMPARE(marks.searches(), 2);
        marks.setMarks(marksOf(u"/c/"_s));
        QCOMPARE(marks.inText(u"abc"_s), (Ranges{{2, 1}}));
        QCOMPARE(marks.searches(), 3);
    }

    void marksSoManyAtMost()
    {
        const QString text = u"ab"_s.repeated(5000);
        QCOMPARE(marksOf(u"ab"_s).inText(text).size(), MatchMarks::MaxRanges);
        QCOMPARE(marksOf(u"ab"_s).inText(text, 7).size(), 7);
        QCOMPARE(marksOf(u"ab"_s).inBytes(text.toUtf8(), 7).size(), 7);
    }

    void noFilterMarksNothing()
    {
        QVERIFY(MatchMarks().isEmpty());
        QVERIFY(marksOf(QString()).isEmpty());
        QVERIFY(marksOf(u"size>10"_s).isEmpty());
        QVERIFY(!marksOf(u"x"_s).isEmpty());
    }
};

SOCKEYE_TEST(MatchMarksTest, QCoreApplication)
#include "tst_matchmarks.moc"
