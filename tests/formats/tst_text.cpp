#include "support/TestProgram.h"
#include "tests/formats/Ranges.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

/// Text in the encoding that somebody chose, line by line.
class TextTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachEncoding_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("lines");
        QTest::addColumn<QStringList>("ranges");
        QTest::newRow("UTF-8") << u"text-utf8"_s << QByteArray("c3a9 0d0a 0a 62") << u"-=é\n-=\n-=b"_s
                               << QStringList{u"- 0 2"_s, u"- 4 0"_s, u"- 5 1"_s};
        QTest::newRow("UTF-16LE") << u"text-utf16le"_s << QByteArray("e900 0d00 0a00 0a0a 6200") << u"-=é\n-=\u0a0ab"_s
                                  << QStringList{u"- 0 2"_s, u"- 6 4"_s};
        QTest::newRow("UTF-16BE") << u"text-utf16be"_s << QByteArray("00e9 000a d83dde00 000a") << u"-=é\n-=😀"_s
                                  << QStringList{u"- 0 2"_s, u"- 4 4"_s};
        QTest::newRow("UTF-32LE") << u"text-utf32le"_s << QByteArray("e9000000 0a000000 00f60100") << u"-=é\n-=😀"_s
                                  << QStringList{u"- 0 4"_s, u"- 8 4"_s};
        QTest::newRow("UTF-32BE") << u"text-utf32be"_s << QByteArray("000000e9 0000000a 0001f600") << u"-=é\n-=😀"_s
                                  << QStringList{u"- 0 4"_s, u"- 8 4"_s};
        QTest::newRow("Latin-1") << u"text-latin1"_s << QByteArray("e9 0a 80") << u"-=é\n-=\u0080"_s
                                 << QStringList{u"- 0 1"_s, u"- 2 1"_s};
        // With ICU only.
        QTest::newRow("Windows-1252") << u"text-windows1252"_s << QByteArray("e9 0d0a 80") << u"-=é\n-=€"_s
                                      << QStringList{u"- 0 1"_s, u"- 3 1"_s};
        QTest::newRow("Shift_JIS") << u"text-shiftjis"_s << QByteArray("93fa967b 0a 835c") << u"-=日本\n-=ソ"_s
                                   << QStringList{u"- 0 4"_s, u"- 5 2"_s};
        QTest::newRow("GB18030") << u"text-gb18030"_s << QByteArray("d6d0cec4 0a 81308130") << u"-=中文\n-=\u0080"_s
                                 << QStringList{u"- 0 4"_s, u"- 5 4"_s};
        QTest::newRow("EUC-KR") << u"text-euckr"_s << QByteArray("c7d1b1db 0a 61") << u"-=한글\n-=a"_s
                                << QStringList{u"- 0 4"_s, u"- 5 1"_s};
        QTest::newRow("KOI8-R") << u"text-koi8r"_s << QByteArray("f2d5d3 0a 61") << u"-=Рус\n-=a"_s
                                << QStringList{u"- 0 3"_s, u"- 4 1"_s};
        QTest::newRow("EBCDIC") << u"text-ebcdic"_s << QByteArray("c1c2 15 c3") << u"-=AB\n-=C"_s
                                << QStringList{u"- 0 2"_s, u"- 3 1"_s};
    }
    void eachEncoding()
    {
        QFETCH(QString, id);
        QFETCH(QByteArray, hex);
        QFETCH(QString, lines);
        QFETCH(QStringList, ranges);
        if (!formatOf(id))
            QSKIP("Qt without ICU");
        const NodeTree tree = treeOf(id, {QByteArray::fromHex(hex), false, Direction::In, {}});
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), lines);
        QCOMPARE(rangesOf(tree), ranges);
        QCOMPARE(tree.summary, lines.section(u'\n', 0, 0).mid(2));
        QVERIFY(formatOf(id)->probe({QByteArray::fromHex(hex), true, Direction::In, {}}) == Certainty::None);
    }

    void faultsAreNoted()
    {
        const auto notes = [](QStringView id, const QByteArray &hex) {
            return linesOf(treeOf(id, {QByteArray::fromHex(hex), false, Direction::In, {}}));
        };
        QCOMPARE(notes(u"text-utf8", "61 0a ff"), u"-=a\n-=\ufffd (has bytes that are no character in UTF-8)"_s);
        QVERIFY(notes(u"text-utf16le", "6100 00").contains(u"no character in UTF-16LE"));
        QVERIFY(notes(u"text-utf16be", "d800 0061").contains(u"no character in UTF-16BE"));
    }

    void aMarkStays()
    {
        const NodeTree tree = treeOf(u"text-utf16le", {QByteArray::fromHex("fffe6100"), false, Direction::In, {}});
        QCOMPARE(tree.text(0), u"\ufeffa"_s);
    }
};

SOCKEYE_TEST(TextTest, QCoreApplication)
#include "tst_text.moc"
