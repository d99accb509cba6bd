#include "widgets/hex/HexLayout.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using Area = HexLayout::Area;

namespace {
constexpr int CharWidth = 8;
constexpr int RowHeight = 18;

HexLayout layoutOf(qint64 size)
{
    return HexLayout(CharWidth, RowHeight, size);
}
} // namespace

class TestHexLayout final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsRows_data();
    void countsRows();
    void lastRowIsShort();
    void offsetAndRowAgree();
    void columnsFollowEachOther();
    void groupsStandApart();
    void takesEightWhereSixteenDoNotFit();
    void widensOffsetsBeyondFourGiB();
    void hitsEveryByteInItsMiddle_data();
    void hitsEveryByteInItsMiddle();
    void gapBelongsToTheNearerByte();
    void hitsNearestOutside();
    void dragStaysInItsColumn();
    void hitsNothingInNothing();
    void hitsFarBeyondTwoGiB();
    void rangesBetween();
};

void TestHexLayout::countsRows_data()
{
    QTest::addColumn<qint64>("size");
    QTest::addColumn<qint64>("rows");
    QTest::newRow("none") << qint64{0} << qint64{0};
    QTest::newRow("one byte") << qint64{1} << qint64{1};
    QTest::newRow("a row") << qint64{16} << qint64{1};
    QTest::newRow("a row and a byte") << qint64{17} << qint64{2};
    QTest::newRow("largest") << std::numeric_limits<qint64>::max() << (std::numeric_limits<qint64>::max() / 16 + 1);
}

void TestHexLayout::countsRows()
{
    QFETCH(qint64, size);
    QFETCH(qint64, rows);
    QCOMPARE(layoutOf(size).rowCount(), rows);
}

void TestHexLayout::lastRowIsShort()
{
    const HexLayout layout = layoutOf(20);
    QCOMPARE(layout.rowRange(0), (HexRange{ByteOffset(0), 16}));
    QCOMPARE(layout.rowRange(1), (HexRange{ByteOffset(16), 4}));
    QCOMPARE(layout.rowRange(2).length, 0);
}

void TestHexLayout::offsetAndRowAgree()
{
    HexLayout layout = layoutOf(1000);
    for (const int perRow : {8, 16}) {
        layout.setBytesPerRow(perRow);
        for (qint64 i = 0; i < 1000; ++i) {
            const ByteOffset offset(i);
            QCOMPARE(layout.offsetAt(layout.rowOf(offset), layout.columnOf(offset)), offset);
        }
    }
}

void TestHexLayout::columnsFollowEachOther()
{
    const HexLayout layout = layoutOf(100);
    QVERIFY(layout.offsetX() + layout.offsetDigits() * CharWidth < layout.hexX(0));
    for (int column = 1; column < 16; ++column) {
        QVERIFY(layout.hexX(column) >= layout.hexX(column - 1) + layout.hexWidth() + layout.byteGap());
        QCOMPARE(layout.textX(column), layout.textX(column - 1) + CharWidth);
    }
    QVERIFY(layout.hexX(15) + layout.hexWidth() < layout.textX(0));
    QVERIFY(layout.textX(15) + CharWidth < layout.contentWidth());
}

void TestHexLayout::groupsStandApart()
{
    const HexLayout layout = layoutOf(100);
    const int within = layout.hexX(7) - layout.hexX(6);
    QCOMPARE(layout.hexX(8) - layout.hexX(7), within + CharWidth);
    QCOMPARE(layout.hexX(15) - layout.hexX(14), within);
}

void TestHexLayout::takesEightWhereSixteenDoNotFit()
{
    HexLayout layout = layoutOf(100);
    const int needed = layout.contentWidth();
    layout.fitWidth(needed);
    QCOMPARE(layout.bytesPerRow(), 16);
    layout.fitWidth(needed - 1);
    QCOMPARE(layout.bytesPerRow(), 8);
    QVERIFY(layout.contentWidth() < needed);
    layout.fitWidth(needed);
    QCOMPARE(layout.bytesPerRow(), 16);
}

void TestHexLayout::widensOffsetsBeyondFourGiB()
{
    QCOMPARE(layoutOf(0).offsetDigits(), 8);
    QCOMPARE(layoutOf(qint64{1} << 32).offsetDigits(), 8); // its last byte is at ffffffff
    QCOMPARE(layoutOf((qint64{1} << 32) + 1).offsetDigits(), 9);
    QCOMPARE(layoutOf(std::numeric_limits<qint64>::max()).offsetDigits(), 16);
}

void TestHexLayout::hitsEveryByteInItsMiddle_data()
{
    QTest::addColumn<int>("perRow");
    QTest::newRow("16") << 16;
    QTest::newRow("8") << 8;
}

void TestHexLayout::hitsEveryByteInItsMiddle()
{
    QFETCH(int, perRow);
    HexLayout layout = layoutOf(100);
    layout.setBytesPerRow(perRow);
    constexpr qint64 TopRow = 1;
    for (ByteOffset offset(perRow); offset < ByteOffset(100); ++offset) {
        const int column = layout.columnOf(offset);
        const int y = static_cast<int>(layout.rowOf(offset) - TopRow) * RowHeight + RowHeight / 2;
        const HexLayout::Hit hex = layout.hitTest(layout.hexX(column) + layout.hexWidth() / 2, y, TopRow);
        QCOMPARE(hex.area, Area::Hex);
        QCOMPARE(hex.offset, offset);
        QVERIFY(hex.exact);
        const HexLayout::Hit text = layout.hitTest(layout.textX(column) + CharWidth / 2, y, TopRow);
        QCOMPARE(text.area, Area::Text);
        QCOMPARE(text.offset, offset);
        QVERIFY(text.exact);
    }
}

void TestHexLayout::gapBelongsToTheNearerByte()
{
    const HexLayout layout = layoutOf(100);
    const int gapLeft = layout.hexX(7) + layout.hexWidth();
    const int gap = layout.hexX(8) - gapLeft;
    const HexLayout::Hit left = layout.hitTest(gapLeft, 0, 0);
    QCOMPARE(left.offset, ByteOffset(7));
    QVERIFY(!left.exact);
    QCOMPARE(layout.hitTest(gapLeft + gap - 1, 0, 0).offset, ByteOffset(8));
}

void TestHexLayout::hitsNearestOutside()
{
    const HexLayout layout = layoutOf(20);
    QCOMPARE(layout.hitTest(layout.offsetX(), RowHeight + 1, 0).area, Area::Offset);
    QCOMPARE(layout.hitTest(layout.offsetX(), RowHeight + 1, 0).offset, ByteOffset(16));
    // Right of the last row's bytes, below all rows, above the first.
    QCOMPARE(layout.hitTest(layout.hexX(10), RowHeight + 1, 0).offset, ByteOffset(19));
    QVERIFY(!layout.hitTest(layout.hexX(10), RowHeight + 1, 0).exact);
    QCOMPARE(layout.hitTest(layout.hexX(2), 500, 0).offset, ByteOffset(19));
    QCOMPARE(layout.hitTest(layout.hexX(2), -1, 0).offset, ByteOffset(0));
    QCOMPARE(layout.hitTest(layout.hexX(2), -1, 1).offset, ByteOffset(2));
    QCOMPARE(layout.hitTest(100'000, 0, 0).offset, ByteOffset(15));
}

void TestHexLayout::dragStaysInItsColumn()
{
    const HexLayout layout = layoutOf(100);
    QCOMPARE(layout.hitTest(layout.textX(3), 0, 0, Area::Hex).offset, ByteOffset(15));
    QCOMPARE(layout.hitTest(layout.hexX(3), 0, 0, Area::Text).offset, ByteOffset(0));
}

void TestHexLayout::hitsNothingInNothing()
{
    const HexLayout::Hit hit = layoutOf(0).hitTest(200, 5, 0);
    QCOMPARE(hit.offset, ByteOffset(0));
    QVERIFY(!hit.exact);
}

void TestHexLayout::hitsFarBeyondTwoGiB()
{
    const HexLayout layout = layoutOf(qint64{1} << 40);
    const qint64 topRow = layout.rowCount() - 1;
    QCOMPARE(layout.hitTest(layout.hexX(5), 0, topRow).offset, ByteOffset((qint64{1} << 40) - 11));
}

void TestHexLayout::rangesBetween()
{
    QCOMPARE(HexRange::between(ByteOffset(5), ByteOffset(2)), (HexRange{ByteOffset(2), 4}));
    QCOMPARE(HexRange::between(ByteOffset(5), ByteOffset(5)), (HexRange{ByteOffset(5), 1}));
    QVERIFY((HexRange{ByteOffset(2), 4}.contains(ByteOffset(5))));
    QVERIFY(!(HexRange{ByteOffset(2), 4}.contains(ByteOffset(6))));
}

SOCKEYE_TEST(TestHexLayout, QCoreApplication)
#include "tst_hexlayout.moc"
