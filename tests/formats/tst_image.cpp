#include "support/TestProgram.h"
#include "tests/formats/Vectors.h"

using namespace sockeye;
using namespace sockeye::vectors;
using namespace Qt::StringLiterals;

namespace {

// As Qt 6.4, libwebp 1.2 and Python's IDLE write them.
constexpr auto SmallPng =
    "89504e470d0a1a0a0000000d49484452000000040000000208060000007fa87d63000000097048597300000f610000"
    "0f6101a83fa7690000001474455874436f6d6d656e74006d6164652062792068616e642ca8fa2900000013494441"
    "54089963fccfc0d0c080049818d0000030450183f47ba66d0000000049454e44ae426082";
constexpr auto SmallJpeg =
    "ffd8ffe000104a46494600010101006400640000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e1d1a"
    "1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc2000b080002000401011100ffc400140001000000000000"
    "00000000000000000001ffda00080101000000017fffc40014100100000000000000000000000000000000ffda00080101000105027fffd9";
constexpr auto SmallBmp =
    "424d4e0000000000000036000000280000000400000002000000010018000000000018000000610f0000610f000000"
    "000000000000000000ff0000ff0000ff0000ff0000ff0000ff0000ff0000ff";
constexpr auto SmallGif =
    "4749463839610b000b00f10300ffffff7f7f7f000000c0c0c021f90405000003002c000000000b000b0000021f9c8f"
    "16cbac0023080f8a48478817e62d84e154011da97158297d4d93c44301003b";
constexpr auto LosslessWebP = "524946461c000000574542505650384c0f0000002f034000100710fd8f020622a2ff0100";
constexpr auto LossyWebP =
    "524946465c00000057454250565038580a00000010000000030000010000414c50480900000000808080808080808000"
    "565038202c0000009001009d012a0400020002c04c25a00274ba00039800feee431fee6c738b7057ff6d0fff5a1f"
    "feb43fe94000";

DecodeInput imageInput(const QByteArray &payload)
{
    return {payload, false, Direction::In, {}};
}

NodeTree imageTree(const QByteArray &payload)
{
    return treeOf(u"image", imageInput(payload));
}

/// "IHDR/width=4 [16,20)" for each leaf with bytes whose line is asked for.
QString lineOfNode(const NodeTree &tree, const QString &path)
{
    const QStringList names = path.split(u'/');
    qint32 node = 0;
    for (const QString &name : names) {
        const std::vector<qint32> children = tree.children(node);
        const auto found = std::ranges::find_if(children, [&](qint32 child) { return tree.name(child) == name; });
        if (found == children.end())
            return u"none"_s;
        node = *found;
    }
    const Node &value = tree.at(node);
    return u"%1 [%2,%3)"_s.arg(tree.text(node)).arg(value.value.begin).arg(value.value.end());
}

/// A chunk of a PNG without its checksum being right.
QByteArray pngWith(const QByteArray &type, const QByteArray &data)
{
    QByteArray png = QByteArray::fromHex(SmallPng);
    const auto size = static_cast<char>(data.size());
    return png.insert(33, QByteArray("\0\0\0", 3) + size + type + data + "abcd");
}

} // namespace

class ImageTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachKindTellsItsSize_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("summary");
        QTest::newRow("PNG") << QByteArray(SmallPng) << u"PNG 4 × 2, RGBA 8 bit · 129 B"_s;
        QTest::newRow("JPEG") << QByteArray(SmallJpeg) << u"JPEG 4 × 2, greyscale 8 bit, progressive · 170 B"_s;
        QTest::newRow("BMP") << QByteArray(SmallBmp) << u"BMP 4 × 2, 24 bit · 78 B"_s;
        QTest::newRow("GIF") << QByteArray(SmallGif) << u"GIF 11 × 11 · 78 B"_s;
        QTest::newRow("WebP, lossless") << QByteArray(LosslessWebP) << u"WebP 4 × 2, lossless · 36 B"_s;
        QTest::newRow("WebP, extended") << QByteArray(LossyWebP) << u"WebP 4 × 2 · 100 B"_s;
    }
    void eachKindTellsItsSize()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, summary);
        const QByteArray payload = QByteArray::fromHex(hex);
        const FormatChoice choice = chooseFormat(imageInput(payload));
        QVERIFY(choice.format && choice.certainty == Certainty::Sure);
        QCOMPARE(choice.format->id(), u"image"_s);
        const NodeTree tree = imageTree(payload);
        QVERIFY2(!tree.error, tree.error ? qPrintable(tree.error->rule) : "");
        QCOMPARE(tree.summary, summary);
        QCOMPARE(tree.rootCount, 1);
        QCOMPARE(tree.valueBytes(tree.at(0)).size(), payload.size());
        // A text message holds no image; one that is broken off says so.
        QVERIFY(formatOf(u"image")->probe({payload, true, Direction::In, {}}) == Certainty::None);
        if (hex != SmallBmp) {
            const NodeTree cut = imageTree(payload.chopped(1));
            QVERIFY(cut.error);
            QCOMPARE(cut.error->offset, payload.size() - 1);
        }
    }

    void fieldsAreTheirBytes_data()
    {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("line");
        const auto row = [](const char *hex, const QString &path, const QString &line) {
            QTest::addRow("%s", qPrintable(path)) << QByteArray(hex) << path << line;
        };
        row(SmallPng, u"IHDR/length"_s, u"13 [8,12)"_s);
        row(SmallPng, u"IHDR/type"_s, u"IHDR [12,16)"_s);
        row(SmallPng, u"IHDR/width"_s, u"4 [16,20)"_s);
        row(SmallPng, u"IHDR/height"_s, u"2 [20,24)"_s);
        row(SmallPng, u"IHDR/bit depth"_s, u"8 [24,25)"_s);
        row(SmallPng, u"IHDR/colour type"_s, u"6 [25,26)"_s);
        row(SmallPng, u"pHYs/pixels per unit, X axis"_s, u"3937 [41,45)"_s);
        row(SmallPng, u"tEXt/keyword"_s, u"Comment [62,70)"_s);
        row(SmallPng, u"tEXt/text"_s, u"made by hand [70,82)"_s);
        row(SmallPng, u"tEXt/CRC"_s, u"749271593 [82,86)"_s);
        row(SmallJpeg, u"SOI"_s, u"ff d8 [0,2)"_s);
        row(SmallJpeg, u"APP0/length"_s, u"16 [4,6)"_s);
        row(SmallJpeg, u"APP0/identifier"_s, u"JFIF [6,10)"_s);
        row(SmallJpeg, u"APP0/X density"_s, u"100 [14,16)"_s);
        row(SmallJpeg, u"SOF2/height"_s, u"2 [94,96)"_s);
        row(SmallJpeg, u"SOF2/width"_s, u"4 [96,98)"_s);
        row(SmallJpeg, u"entropy-coded data"_s, u"7f [134,135)"_s);
        row(SmallBmp, u"offset of the pixels"_s, u"54 [10,14)"_s);
        row(SmallBmp, u"width"_s, u"4 [18,22)"_s);
        row(SmallBmp, u"bits per pixel"_s, u"24 [28,30)"_s);
        row(SmallGif, u"logical screen width"_s, u"11 [6,8)"_s);
        row(SmallGif, u"background colour index"_s, u"3 [11,12)"_s);
        row(SmallGif, u"global colour table"_s, u"ff ff ff 7f 7f 7f 00 00 00 c0 c0 c0 [13,25)"_s);
        row(SmallGif, u"graphic control extension/transparent colour index"_s, u"3 [31,32)"_s);
        row(SmallGif, u"image/width"_s, u"11 [38,40)"_s);
        row(SmallGif, u"trailer"_s, u"3b [77,78)"_s);
        row(LosslessWebP, u"VP8L/size"_s, u"15 [16,20)"_s);
        row(LosslessWebP, u"VP8L/signature"_s, u"2f [20,21)"_s);
        row(LosslessWebP, u"VP8L/padding"_s, u"00 [35,36)"_s);
        row(LossyWebP, u"VP8X/canvas width minus one"_s, u"3 [24,27)"_s);
        row(LossyWebP, u"VP8/width"_s, u"4 [62,64)"_s);
    }
    void fieldsAreTheirBytes()
    {
        QFETCH(QByteArray, hex);
        QFETCH(QString, path);
        QFETCH(QString, line);
        QCOMPARE(lineOfNode(imageTree(QByteArray::fromHex(hex)), path), line);
    }

    void textsOfAPngAreDecoded()
    {
        const NodeTree utf8 = imageTree(pngWith("iTXt", QByteArray("Title\0\0\0de\0Titel\0caf\xc3\xa9", 22)));
        QVERIFY2(!utf8.error, utf8.error ? qPrintable(utf8.error->rule) : "");
        QCOMPARE(lineOfNode(utf8, u"iTXt/language tag"_s), u"de [49,52)"_s);
        QCOMPARE(lineOfNode(utf8, u"iTXt/text"_s), u"café [58,63)"_s);
        QVERIFY(linesOf(utf8).contains(u"(wrong: the chunk was changed)"));
        const QByteArray packed = qCompress(QByteArray("hello, hello, hello")).mid(4);
        const NodeTree text = imageTree(pngWith("zTXt", QByteArray("Title\0\0", 7) + packed));
        QVERIFY(!text.error);
        QCOMPARE(text.sources.size(), size_t(2));
        QCOMPARE(text.sources[1].bytes, QByteArray("hello, hello, hello"));
    }

    void whatIsBrokenIsTold_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<qsizetype>("offset");
        QTest::addColumn<QString>("rule");
        const auto row = [](const char *name, const QByteArray &payload, qsizetype at, const QString &rule) {
            QTest::newRow(name) << payload << at << rule;
        };
        const QByteArray png = QByteArray::fromHex(SmallPng);
        const QByteArray jpeg = QByteArray::fromHex(SmallJpeg);
        const QByteArray gif = QByteArray::fromHex(SmallGif);
        const QByteArray webp = QByteArray::fromHex(LosslessWebP);
        const auto changed = [](QByteArray bytes, qsizetype at, char c) {
            bytes[at] = c;
            return bytes;
        };
        row("no image", "hello", 0, u"No image"_s);
        row("more", png + 'x', 129, u"behind the end"_s);
        row("chunk's type", changed(png, 12, '1'), 12, u"four letters"_s);
        row("short chunk", pngWith("pHYs", "12345"), 45, u"too short"_s);
        row("text without an end", pngWith("tEXt", "words"), 41, u"no end"_s);
        row("no marker", changed(jpeg, 20, 0), 20, u"begins with ff"_s);
        row("segment of no bytes", changed(jpeg, 5, 1), 4, u"counts its own"_s);
        row("no block", changed(gif, 77, 'x'), 77, u"No block"_s);
        row("no lossless", changed(webp, 20, 0), 20, u"begins with 2f"_s);
        row("BMP's header", changed(QByteArray::fromHex(SmallBmp), 14, 41), 14, u"no header of 41"_s);
        row("BMP's pixels", changed(QByteArray::fromHex(SmallBmp), 10, 20), 54, u"inside of the header"_s);
    }
    void whatIsBrokenIsTold()
    {
        QFETCH(QByteArray, payload);
        QFETCH(qsizetype, offset);
        QFETCH(QString, rule);
        const NodeTree tree = imageTree(payload);
        QVERIFY(tree.error);
        QVERIFY2(tree.error->rule.contains(rule), qPrintable(tree.error->rule));
        QCOMPARE(tree.error->offset, offset);
    }
};

SOCKEYE_TEST(ImageTest, QCoreApplication)
#include "tst_image.moc"
