#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

QByteArray fromHex(const char *hex)
{
    return QByteArray::fromHex(hex);
}

NodeTree packedTree(QStringView format, const QByteArray &payload)
{
    return treeOf(format, {payload, false, Direction::In, {}});
}

QString format(const DecodeInput &input)
{
    const FormatChoice choice = chooseFormat(input);
    return choice.format ? choice.format->id() : QString();
}

/// "CM [2,3)" for each leaf of the payload that has bytes.
QStringList payloadRanges(const NodeTree &tree)
{
    QStringList ranges;
    for (qint32 i = 0; i < tree.size(); ++i) {
        const Node &node = tree.at(i);
        if (!node.isContainer() && node.source == 0 && node.value.size > 0)
            ranges += u"%1 [%2,%3)"_s.arg(tree.name(i)).arg(node.value.begin).arg(node.value.end());
    }
    return ranges;
}

constexpr auto Tick = "{\"event\":\"tick\",\"n\":1}";
const QString TickSummary = u" · {\"event\":\"tick\",\"n\":1}"_s;
const QString TickLines = u"  -\n   event=tick\n   n=1"_s;
/// With an extra field, a file name, a comment, a checksum of the header.
constexpr auto FullGzip =
    "1f8b081e00f153650203040041500000612e6a736f6e00636166e900ff2fab564a2d4bcd2b51b2522ac94cce56d251ca53"
    "b232ac0500669db61d16000000";
constexpr auto PlainZlib = "789cab564a2d4bcd2b51b2522ac94cce56d251ca53b232ac0500538306d1";
constexpr auto SummedZstd = "28b52ffd2416b100007b226576656e74223a227469636b222c226e223a317da5e4a78f";

} // namespace

class CompressionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyChain_data()
    {
        QTest::addColumn<int>("index");
        QTest::addColumn<QString>("chosen");
        QTest::addColumn<QString>("byHand");
        const QStringList chosen{u"gzip"_s,   u"zlib"_s,  u"zlib"_s, QString(), QString(),
                                 u"base64"_s, u"other"_s, u"gzip"_s, QString(), u"zlib"_s};
        const QStringList byHand{QString(), QString(), QString(), u"deflate"_s, u"brotli"_s,
                                 QString(), QString(), QString(), u"deflate"_s, QString()};
        for (int i = 0; i < chosen.size(); ++i)
            QTest::addRow("%d", i) << i << chosen[i] << byHand[i];
    }
    void everyChain()
    {
        QFETCH(int, index);
        QFETCH(QString, chosen);
        QFETCH(QString, byHand);
        const Vector vector = read(u"compressed-chains.jsonl"_s)[index];
        // MessagePack around zlib has a test of its own.
        if (chosen == u"other")
            return;
        QCOMPARE(format(vector.input), chosen);
        const QString id = byHand.isEmpty() ? chosen : byHand;
        const NodeTree tree = treeOf(id, vector.input);
        QVERIFY(!tree.error);
        QVERIFY2(tree.summary.startsWith(id + u" · "_s), qPrintable(tree.summary));
        const NodeSource &last = tree.sources.back();
        QCOMPARE(last.name, id == u"base64" ? u"gzip"_s : id);
        QCOMPARE(QJsonDocument::fromJson(last.bytes).object(), vector.meaning.value(u"value").toObject());
        const bool hasTick = last.bytes == Tick;
        QCOMPARE(tree.summary.endsWith(TickSummary), hasTick);
    }

    void gzipTellsItsHeader()
    {
        const NodeTree tree = packedTree(u"gzip", fromHex(FullGzip));
        QVERIFY(!tree.error);
        QCOMPARE(
            linesOf(tree),
            u"gzip\n magic=1f 8b\n CM=8 (deflate)\n FLG\n  FTEXT=0\n  FHCRC=1\n  FEXTRA=1\n  FNAME=1\n  FCOMMENT=1\n"
            " MTIME=1700000000 (2023-11-14T22:13:20Z)\n XFL=2 (the slowest, smallest)\n OS=3 (Unix)\n"
            " extra field=41 50 00 00\n file name=a.json\n comment=café\n CRC16=12287 (right)\n"
            " content (22 B made of 24 B)\n"_s +
                TickLines + u"\n CRC32=498507110 (0x1db69d66, right)\n ISIZE=22"_s);
        QCOMPARE(payloadRanges(tree),
                 (QStringList{u"magic [0,2)"_s, u"CM [2,3)"_s, u"MTIME [4,8)"_s, u"XFL [8,9)"_s, u"OS [9,10)"_s,
                              u"extra field [10,16)"_s, u"file name [16,23)"_s, u"comment [23,28)"_s,
                              u"CRC16 [28,30)"_s, u"CRC32 [54,58)"_s, u"ISIZE [58,62)"_s}));
        QCOMPARE(tree.sources.size(), size_t(2));
    }

    void membersMakeOneContent()
    {
        const Vector vector = read(u"compressed-chains.jsonl"_s)[7];
        const NodeTree tree = treeOf(u"gzip", vector.input);
        QStringList tops;
        for (const qint32 child : tree.children(0))
            tops += tree.name(child);
        QCOMPARE(tops, (QStringList{u"member"_s, u"member"_s, u"content"_s}));
        QVERIFY(linesOf(tree).endsWith(u"\n content (7 B made of 47 B)\n  -\n   a=1"));
        QVERIFY(payloadRanges(tree).contains(u"compressed data [36,39)"));
    }

    void zlibTellsItsHeader()
    {
        const NodeTree tree = packedTree(u"zlib", fromHex(PlainZlib));
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"zlib\n CMF\n  CM=8 (deflate)\n  CINFO=7 (a window of 32768 B)\n FLG\n  FCHECK=28\n"
                                "  FDICT=0\n  FLEVEL=2 (the default)\n content (22 B made of 24 B)\n"_s +
                                    TickLines + u"\n ADLER32=1401095889 (0x538306d1, right)"_s);
        QCOMPARE(payloadRanges(tree), QStringList{u"ADLER32 [26,30)"_s});
    }

    void zstdTellsItsHeader()
    {
        const NodeTree tree = packedTree(u"zstd", fromHex(SummedZstd));
        QVERIFY(!tree.error);
        QCOMPARE(linesOf(tree), u"zstd\n magic=28 b5 2f fd\n frame header descriptor\n  frame content size flag=0\n"
                                "  single segment flag=1\n  content checksum flag=1\n  dictionary id flag=0\n"
                                " frame content size=22\n content (22 B made of 25 B)\n"_s +
                                    TickLines + u"\n content checksum=2410144933 (right)"_s);
        QCOMPARE(payloadRanges(tree),
                 (QStringList{u"magic [0,4)"_s, u"frame content size [5,6)"_s, u"content checksum [31,35)"_s}));
        QCOMPARE(format({fromHex(SummedZstd), false, Direction::In, {}}), u"zstd"_s);
        // Two bytes of size begin at 256: 401.
        const NodeTree large = packedTree(u"zstd", fromHex("28b52ffd6491005d0000205b312c5d01008aa96e086f8879b7"));
        QVERIFY(!large.error);
        QVERIFY(linesOf(large).contains(u"frame content size=401\n content (401 B made of"));
        const NodeTree window = packedTree(
            u"zstd",
            fromHex("28b52ffd0400fd0000c061617b226576656e74223a227469636b222c226e223a317d0100272ac002f0b53582"));
        QVERIFY(linesOf(window).contains(u"\n window descriptor=0 (a window of 1024 B)\n content (322 B"));
        QVERIFY(!window.error);
    }

    void framesMakeOneContent()
    {
        const QByteArray skipped = fromHex("512a4d1803000000616263");
        const QByteArray one = fromHex("28b52ffd2016b100007b226576656e74223a227469636b222c226e223a317d");
        const NodeTree tree = packedTree(u"zstd", skipped + one + one);
        QVERIFY(!tree.error);
        QCOMPARE(tree.sources.back().bytes, QByteArray(Tick) + Tick);
        QVERIFY(payloadRanges(tree).contains(u"skippable frame [0,11)"));
    }

    void whatComesOutIsDecodedByItsContent()
    {
        const QByteArray twice = fromHex(
            "1f8b0800000000000203ab98b33acc4bd7fbac76e0a620ad933ee7c22e059e0ade64b4869521b899ed2200ac8497c31e000000");
        const NodeTree tree = packedTree(u"gzip", twice);
        QVERIFY(!tree.error);
        QCOMPARE(tree.summary, u"gzip · zlib"_s + TickSummary);
        QCOMPARE(tree.sources.size(), size_t(3));
        const NodeTree text = packedTree(u"zlib", fromHex("789ccb48cdc9c957c800910019910449"));
        QVERIFY(linesOf(text).contains(u"\n  -=hello hello\n"));
        QCOMPARE(text.summary, u"zlib · hello hello"_s);
    }

    void whatIsTooMuchIsCut()
    {
        // qCompress writes the size before the stream.
        const QByteArray bomb = qCompress(QByteArray(20'000'000, 'a'), 9).mid(4);
        const NodeTree tree = packedTree(u"zlib", bomb);
        QVERIFY(!tree.error);
        QCOMPARE(tree.sources.back().bytes.size(), qsizetype(16 * 1024 * 1024));
        QVERIFY(linesOf(tree).left(300).contains(u"only the first 16.8 MB"));
        QCOMPARE(formatOf(u"zlib")->probe({bomb, false, Direction::In, {}}), Certainty::Likely);
    }

    void bombsOfBombsAreCut()
    {
        QByteArray bomb = qCompress(QByteArray(16'000'000, '\0'), 9).mid(4);
        QByteArray message;
        // Topic "t", and a bomb as the payload of each packet.
        for (int i = 0; i < 6; ++i) {
            const qsizetype size = bomb.size() + 3;
            message += '0';
            for (qsizetype rest = size; rest > 0; rest >>= 7)
                message += char((rest & 127) | (rest > 127 ? 128 : 0));
            message += QByteArray("\0\1t", 3) + bomb;
        }
        const NodeTree tree = packedTree(u"mqtt", message);
        qsizetype made = 0;
        for (size_t i = 1; i < tree.sources.size(); ++i)
            made += tree.sources[i].bytes.size();
        QVERIFY(made > 48'000'000 && made <= 64 * 1024 * 1024);
        QVERIFY2(fault(tree).isEmpty(), qPrintable(fault(tree)));
    }

    void whatIsBrokenIsTold_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        const QByteArray gzip = fromHex(FullGzip);
        const QByteArray zlib = fromHex(PlainZlib);
        const QByteArray zstd = fromHex(SummedZstd);
        const auto changed = [](QByteArray bytes, qsizetype at, char c) {
            bytes[at] = c;
            return bytes;
        };
        const auto row = [](const char *name, const QString &id, const QByteArray &payload, qsizetype at,
                            const QString &rule) { QTest::newRow(name) << id << payload << at << rule; };
        row("no gzip", u"gzip"_s, changed(gzip, 1, 'x'), 0, u"begins with 1f 8b"_s);
        row("method", u"gzip"_s, changed(gzip, 2, 7), 2, u"method 7"_s);
        row("flags", u"gzip"_s, changed(gzip, 3, char(0x80)), 3, u"reserved"_s);
        row("header", u"gzip"_s, gzip.left(20), 20, u"header of gzip"_s);
        row("data", u"gzip"_s, gzip.left(40), 40, u"inside of the compressed data"_s);
        row("trailer", u"gzip"_s, gzip.left(57), 57, u"before the checksum"_s);
        row("CRC-32", u"gzip"_s, changed(gzip, 54, 0), 54, u"checksum is not"_s);
        row("size", u"gzip"_s, changed(gzip, 58, 0), 58, u"size is not"_s);
        row("more", u"gzip"_s, gzip + 'x', 62, u"behind the end"_s);
        row("check bits", u"zlib"_s, changed(zlib, 1, 0), 0, u"check bits"_s);
        row("Adler-32", u"zlib"_s, changed(zlib, 29, 0), 26, u"checksum is not"_s);
        row("no Adler-32", u"zlib"_s, zlib.left(28), 28, u"before the checksum"_s);
        row("middle", u"zlib"_s, zlib.left(14), 14, u"inside of the compressed data"_s);
        row("dictionary", u"zlib"_s, fromHex("78f906550223ab564a05514a564a2599c9d94a3a4a794a5686b500538306d1"), 6,
            u"dictionary"_s);
        row("no zstd", u"zstd"_s, changed(zstd, 0, 0), 0, u"begins with 28 b5 2f fd"_s);
        row("zstd's checksum", u"zstd"_s, changed(zstd, 31, 0), 31, u"broken"_s);
        row("zstd in the middle", u"zstd"_s, zstd.left(20), 20, u"inside of the compressed data"_s);
        row("more zstd", u"zstd"_s, zstd + "abcd", 35, u"No frame"_s);
        row("brotli in the middle", u"brotli"_s, fromHex("8b0a807b226576656e74"), 10, u"inside of"_s);
        row("no character", u"base64"_s, "eyJldmVu*CI6InRpY2siLCJuIjoxfQ==", 8, u"No character"_s);
        row("group", u"base64"_s, "eyJldmVudCI6InRpY2siLCJuIjoxfQ=", 31, u"group of four"_s);
    }
    void whatIsBrokenIsTold()
    {
        QFETCH(QString, format);
        QFETCH(QByteArray, payload);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = packedTree(format, payload);
        QVERIFY(tree.error);
        QVERIFY2(tree.error->rule.contains(rule), qPrintable(tree.error->rule));
        QCOMPARE(tree.error->offset, offset);
        QCOMPARE(tree.error->source, quint8(0));
    }

    void base64HoldsWhatIsKnown()
    {
        const auto probe = [](const QByteArray &text) {
            return formatOf(u"base64")->probe({text, true, Direction::In, {}});
        };
        QCOMPARE(probe("eyJldmVudCI6InRpY2siLCJuIjoxfQ=="), Certainty::Likely);
        QCOMPARE(probe("eyJldmVudCI6InRpY2si\r\nLCJuIjoxfQ==\n"), Certainty::Likely);
        QCOMPARE(probe("eJyrVkotS80rUbJSKslMzlbSUcpTsjKsBQBTgwbR"), Certainty::Likely);
        // What it holds is no more than bytes, text or Base64 again.
        QCOMPARE(probe("0123456789abcdef0123456789abcdef"), Certainty::None);
        QCOMPARE(probe(QByteArray("just words, and words, and words").toBase64()), Certainty::None);
        QCOMPARE(probe(QByteArray("eyJldmVudCI6InRpY2siLCJuIjoxfQ==").toBase64()), Certainty::None);
        QCOMPARE(probe("eyJhIjoxfQ=="), Certainty::None);
        QCOMPARE(packedTree(u"base64", "eyJldmVudCI6InRpY2siLCJuIjoxfQ").summary, u"base64"_s + TickSummary);
    }

    void howSure()
    {
        const auto probe = [](QStringView id, const QByteArray &payload) {
            return formatOf(id)->probe({payload, false, Direction::In, {}});
        };
        const QByteArray gzip = fromHex(FullGzip);
        const QByteArray zlib = fromHex(PlainZlib);
        const QByteArray zstd = fromHex(SummedZstd);
        QCOMPARE(probe(u"gzip", gzip), Certainty::Sure);
        QCOMPARE(probe(u"gzip", gzip.left(40)), Certainty::Likely);
        QCOMPARE(probe(u"zlib", zlib), Certainty::Sure);
        QCOMPARE(probe(u"zlib", zlib.left(29)), Certainty::None);
        QCOMPARE(probe(u"zlib", zlib + 'x'), Certainty::None);
        QCOMPARE(probe(u"zstd", zstd), Certainty::Sure);
        QCOMPARE(probe(u"zstd", zstd.left(20)), Certainty::Likely);
        QCOMPARE(probe(u"brotli", fromHex("8b0a807b226576656e74223a227469636b222c226e223a317d03")), Certainty::None);
    }
};

SOCKEYE_TEST(CompressionTest, QCoreApplication)
#include "tst_compression.moc"
