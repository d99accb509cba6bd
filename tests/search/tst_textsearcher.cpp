#include "search/TextSearcher.h"

#include "support/TestProgram.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace sockeye;

class TextSearcherTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void finds_data();
    void finds();
    void agreesWithQt();
    void takesHostileTextInItsStride();
    void findsAcrossParts();
};

void TextSearcherTest::finds_data()
{
    QTest::addColumn<QByteArray>("needle");
    QTest::addColumn<QByteArray>("haystack");
    QTest::addColumn<int>("exact");
    QTest::addColumn<int>("folded");
    const auto row = [](const char *name, const QByteArray &needle, const QByteArray &haystack, int exact, int folded) {
        QTest::newRow(name) << needle << haystack << exact << folded;
    };
    row("empty", "", "", 0, 0);
    row("empty in some", "", "abc", 0, 0);
    row("in nothing", "a", "", -1, -1);
    row("at the start", "ab", "abc", 0, 0);
    row("at the end", "bc", "abc", 1, 1);
    row("case", "BC", "abcBC", 3, 1);
    row("not letters", "[", "{[", 1, 1);
    row("not @ and `", "@`", "`@@`", 2, 2);
    row("high bytes", "\xc3\x84", "\xc3\xa4\xc3\x84", 2, 2);
    row("repeated", "aab", "aaaab", 2, 2);
    row("too long", "abcd", "abc", -1, -1);
}

void TextSearcherTest::finds()
{
    QFETCH(QByteArray, needle);
    QFETCH(QByteArray, haystack);
    QFETCH(int, exact);
    QFETCH(int, folded);
    QCOMPARE(TextSearcher(needle, Qt::CaseSensitive).indexIn(haystack), exact);
    QCOMPARE(TextSearcher(needle, Qt::CaseInsensitive).indexIn(haystack), folded);
}

void TextSearcherTest::agreesWithQt()
{
    QRandomGenerator random(7);
    for (int round = 0; round < 20'000; ++round) {
        QByteArray haystack;
        for (quint32 i = random.bounded(60U); i > 0; --i)
            haystack += "aaaAabAB"[random.bounded(8)];
        QByteArray needle;
        for (quint32 i = random.bounded(12U); i > 0; --i)
            needle += "aaaAabAB"[random.bounded(8)];
        QCOMPARE(TextSearcher(needle, Qt::CaseSensitive).indexIn(haystack), haystack.indexOf(needle));
        QCOMPARE(TextSearcher(needle, Qt::CaseInsensitive).indexIn(haystack),
                 haystack.toLower().indexOf(needle.toLower()));
    }
}

/// Text and needle of one letter, where a simple search compares each place with the whole needle.
void TextSearcherTest::takesHostileTextInItsStride()
{
    constexpr qsizetype MiB = 1024 * 1024;
    for (const Qt::CaseSensitivity sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
        for (const QByteArray &needle : {'b' + QByteArray(MiB, 'a'), QByteArray(MiB, 'a') + 'b',
                                         QByteArray(MiB / 2, 'a') + 'b' + QByteArray(MiB / 2, 'a')}) {
            const TextSearcher searcher(needle, sensitivity);
            QCOMPARE(searcher.indexIn(QByteArray(4 * MiB, 'a')), -1);
            QCOMPARE(searcher.indexIn(QByteArray(2 * MiB, 'a') + needle), 2 * MiB);
        }
    }
}

void TextSearcherTest::findsAcrossParts()
{
    const QByteArray text = "the quick brown fox jumps over the lazy dog";
    for (const QByteArray &needle :
         {QByteArray("quick brown"), QByteArray("dog"), QByteArray("t"), QByteArray("cat"), text}) {
        const TextSearcher searcher(needle, Qt::CaseSensitive);
        for (qsizetype size = 1; size <= text.size(); ++size) {
            PartedSearch search(searcher);
            bool found = false;
            for (qsizetype at = 0; at < text.size() && !found; at += size)
                found = search.feed(QByteArrayView(text).sliced(at, std::min(size, text.size() - at)));
            QCOMPARE(found, text.contains(needle));
        }
    }
}

SOCKEYE_TEST(TextSearcherTest, QCoreApplication)
#include "tst_textsearcher.moc"
