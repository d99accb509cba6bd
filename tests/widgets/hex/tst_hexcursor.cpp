#include "widgets/hex/HexCursor.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;
using Move = HexCursor::Move;

namespace {

/// 40 bytes in rows of 16: the last row has 8.
HexLayout rowsOf16(qint64 size = 40)
{
    HexLayout layout(8, 18, size);
    layout.setBytesPerRow(16);
    return layout;
}

HexCursor cursorAt(qint64 caret)
{
    HexCursor cursor;
    cursor.moveTo(ByteOffset(caret), false);
    return cursor;
}

qint64 target(qint64 caret, Move move, int pageRows = 2)
{
    return cursorAt(caret).target(move, rowsOf16(), pageRows).value();
}

} // namespace

class TestHexCursor final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithoutASelection()
    {
        const HexCursor cursor;
        QVERIFY(!cursor.hasSelection());
        QVERIFY(cursor.selection().isEmpty());
        QCOMPARE(cursor.caret(), ByteOffset(0));
    }

    void extendsFromTheAnchorEitherWay()
    {
        HexCursor cursor = cursorAt(10);
        QCOMPARE(cursor.selection(), (HexRange{ByteOffset(10), 1}));
        QVERIFY(cursor.moveTo(ByteOffset(13), true));
        QCOMPARE(cursor.selection(), (HexRange{ByteOffset(10), 4}));
        QVERIFY(cursor.moveTo(ByteOffset(7), true));
        QCOMPARE(cursor.selection(), (HexRange{ByteOffset(7), 4}));
        QCOMPARE(cursor.anchor(), ByteOffset(10));
        QVERIFY(cursor.moveTo(ByteOffset(20), false));
        QCOMPARE(cursor.selection(), (HexRange{ByteOffset(20), 1}));
    }

    void tellsWhetherTheSelectionHasChanged()
    {
        HexCursor cursor;
        QVERIFY(!cursor.clearSelection());
        QVERIFY(!cursor.reset());
        QVERIFY(cursor.select(ByteOffset(3), ByteOffset(5)));
        QVERIFY(!cursor.select(ByteOffset(3), ByteOffset(5)));
        QVERIFY(cursor.clearSelection());
        QVERIFY(!cursor.hasSelection());
        QCOMPARE(cursor.caret(), ByteOffset(5));
        QCOMPARE(cursor.anchor(), ByteOffset(5));
        QVERIFY(cursor.select(ByteOffset(3), ByteOffset(5)));
        QVERIFY(cursor.reset());
        QCOMPARE(cursor.caret(), ByteOffset(0));
    }

    void movesByBytes()
    {
        QCOMPARE(target(5, Move::Left), 4);
        QCOMPARE(target(5, Move::Right), 6);
        QCOMPARE(target(0, Move::Left), 0);
        QCOMPARE(target(39, Move::Right), 39);
    }

    void movesByRowsInTheSameColumn()
    {
        QCOMPARE(target(20, Move::Up), 4);
        QCOMPARE(target(4, Move::Down), 20);
        QCOMPARE(target(4, Move::PageDown), 36);
        QCOMPARE(target(36, Move::PageUp), 4);
        // Beyond the first and last row the caret stays in them.
        QCOMPARE(target(4, Move::Up), 4);
        QCOMPARE(target(20, Move::PageUp), 4);
        QCOMPARE(target(36, Move::Down), 36);
        QCOMPARE(target(4, Move::PageDown, 100), 36);
        // The last row is shorter.
        QCOMPARE(target(28, Move::Down), 39);
    }

    void movesToTheEnds()
    {
        QCOMPARE(target(20, Move::RowStart), 16);
        QCOMPARE(target(20, Move::RowEnd), 31);
        QCOMPARE(target(34, Move::RowEnd), 39);
        QCOMPARE(target(20, Move::Start), 0);
        QCOMPARE(target(20, Move::End), 39);
    }

    void staysAtTheOnlyByte()
    {
        const HexLayout layout = rowsOf16(1);
        for (const Move move : {Move::Left, Move::Right, Move::Up, Move::Down, Move::PageUp, Move::PageDown,
                                Move::RowStart, Move::RowEnd, Move::Start, Move::End})
            QCOMPARE(HexCursor().target(move, layout, 3), ByteOffset(0));
    }
};

SOCKEYE_TEST(TestHexCursor, QCoreApplication)
#include "tst_hexcursor.moc"
