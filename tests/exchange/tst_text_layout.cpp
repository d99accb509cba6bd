#include "exchange/TextLayout.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestTextLayout final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void indentsAndEscapes_data();
    void indentsAndEscapes();
    void dumpsInAnyParts();
    void dumpsBeyondTheOffsetsWidth();
};

void TestTextLayout::indentsAndEscapes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("laidOut");
    QTest::newRow("plain") << QByteArray("a b\tc") << QByteArray("a b\tc");
    QTest::newRow("line feed") << QByteArray("a\nb\n") << QByteArray("a\n  b\n  ");
    QTest::newRow("CR LF") << QByteArray("a\r\nb") << QByteArray("a\n  b");
    QTest::newRow("CR") << QByteArray("a\rb\r") << QByteArray("a\\x0db\\x0d");
    QTest::newRow("two CR") << QByteArray("a\r\r\nb") << QByteArray("a\\x0d\n  b");
    QTest::newRow("escape") << QByteArray("\x1b[2J\x7f") << QByteArray("\\x1b[2J\\x7f");
    QTest::newRow("C1") << QByteArray("\xc2\x9b|\xc2\xa0|\xc2\x85") << QByteArray("\\x9b|\xc2\xa0|\\x85");
    QTest::newRow("bidi") << QByteArray("a\xe2\x80\xae\xe2\x81\xa6z\xd8\x9c") << QByteArray("a\\u202e\\u2066z\\u061c");
    QTest::newRow("euro") << QByteArray("\xe2\x82\xac") << QByteArray("\xe2\x82\xac");
}

void TestTextLayout::indentsAndEscapes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, laidOut);
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
        // Parts end with whole characters.
        if (cut < text.size() && (static_cast<quint8>(text[cut]) & 0xc0) == 0x80)
            continue;
        QByteArray out;
        IndentedText layout(out, 2);
        layout.append(QByteArrayView(text).first(cut));
        layout.append(QByteArrayView(text).sliced(cut));
        layout.end();
        QCOMPARE(out, laidOut);
    }
}

void TestTextLayout::dumpsInAnyParts()
{
    const QByteArray bytes = "0123456789abcdef0123456789ABCDEF\x7f";
    const QByteArray expected = "\n 00000000  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef|"
                                "\n 00000010  30 31 32 33 34 35 36 37  38 39 41 42 43 44 45 46  |0123456789ABCDEF|"
                                "\n 00000020  7f                                                |.|";
    for (qsizetype part = 1; part <= bytes.size(); ++part) {
        QByteArray out;
        HexDump dump(out, 1);
        for (qsizetype at = 0; at < bytes.size(); at += part)
            dump.append(QByteArrayView(bytes).sliced(at, std::min(part, bytes.size() - at)));
        dump.end();
        QCOMPARE(out, expected);
    }
}

void TestTextLayout::dumpsBeyondTheOffsetsWidth()
{
    QByteArray out;
    HexDump dump(out, 0);
    for (int i = 0; i < 5000; ++i)
        dump.append(QByteArray(16, 'x'));
    dump.end();
    QVERIFY(out.contains("\n00010000  78"));
    QVERIFY(out.endsWith("|xxxxxxxxxxxxxxxx|"));
}

SOCKEYE_TEST(TestTextLayout, QCoreApplication)
#include "tst_text_layout.moc"
