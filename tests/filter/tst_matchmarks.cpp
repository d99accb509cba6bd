#include "filter/MatchMarks.h"

#include "filter/Filter.h"
#include "support/TestProgram.h"

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
