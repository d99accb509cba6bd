#include "widgets/log/LogGeometry.h"

#include "support/TestProgram.h"

#include <QTest>

using namespace sockeye;

class TestLogGeometry final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyLog();
    void shorterThanTheViewport();
    void rowsAndPixels();
    void endTouchesTheBottom();
    void scrollBarCountsRows();
    void scrollBarAndOffsetAgree();
    void showsARow();
    void offsetStaysInBounds();
    void manyRowsDoNotOverflow();
};

void TestLogGeometry::emptyLog()
{
    const LogGeometry geometry(0, 24, 240);
    QCOMPARE(geometry.maxOffset(), 0);
    QCOMPARE(geometry.scrollMaximum(), 0);
    QCOMPARE(geometry.rowAt(0), Row(-1));
    QCOMPARE(geometry.nearestRow(100), Row(-1));
    QVERIFY(geometry.lastVisible() < geometry.firstVisible());
    QVERIFY(geometry.isAtEnd());
}

void TestLogGeometry::shorterThanTheViewport()
{
    const LogGeometry geometry(3, 24, 240);
    QCOMPARE(geometry.maxOffset(), 0);
    QCOMPARE(geometry.firstVisible(), Row(0));
    QCOMPARE(geometry.lastVisible(), Row(2));
    QCOMPARE(geometry.rowAt(71), Row(2));
    QCOMPARE(geometry.rowAt(72), Row(-1));
    QCOMPARE(geometry.nearestRow(200), Row(2));
    QCOMPARE(geometry.nearestRow(-200), Row(0));
}

void TestLogGeometry::rowsAndPixels()
{
    LogGeometry geometry(100, 24, 100);
    geometry.setOffset(30);
    QCOMPARE(geometry.top(Row(0)), -30);
    QCOMPARE(geometry.top(Row(1)), -6);
    QCOMPARE(geometry.top(Row(2)), 18);
    QCOMPARE(geometry.rowAt(0), Row(1));
    QCOMPARE(geometry.rowAt(17), Row(1));
    QCOMPARE(geometry.rowAt(18), Row(2));
    QCOMPARE(geometry.firstVisible(), Row(1));
    QCOMPARE(geometry.lastVisible(), Row(5)); // Pixel 99 is 129 in the content.
    QCOMPARE(geometry.rowsPerPage(), 4);
}

void TestLogGeometry::endTouchesTheBottom()
{
    LogGeometry geometry(100, 24, 100);
    geometry.setOffset(geometry.maxOffset());
    QVERIFY(geometry.isAtEnd());
    QCOMPARE(geometry.top(Row(99)) + 24, 100);
    QCOMPARE(geometry.lastVisible(), Row(99));
    geometry.setOffset(geometry.maxOffset() - 1);
    QVERIFY(!geometry.isAtEnd());
}

void TestLogGeometry::scrollBarCountsRows()
{
    LogGeometry geometry(100, 24, 240);
    QCOMPARE(geometry.scrollMaximum(), 90);
    geometry.setViewportHeight(250); // Ten and a part: one more step reaches the end.
    QCOMPARE(geometry.scrollMaximum(), 90);
    geometry.setViewportHeight(239);
    QCOMPARE(geometry.scrollMaximum(), 91);
    geometry.setOffset(47);
    QCOMPARE(geometry.scrollValue(), 1);
    geometry.setOffset(geometry.maxOffset());
    QCOMPARE(geometry.scrollValue(), 91);
    geometry.setOffset(geometry.maxOffset() - 1);
    QCOMPARE(geometry.scrollValue(), 90);
}

void TestLogGeometry::scrollBarAndOffsetAgree()
{
    for (const int height : {1, 23, 24, 25, 240, 250, 2400, 2401}) {
        LogGeometry geometry(100, 24, height);
        for (int value = 0; value <= geometry.scrollMaximum(); ++value) {
            geometry.setScrollValue(value);
            QCOMPARE(geometry.scrollValue(), value);
        }
        QVERIFY(geometry.isAtEnd());
    }
}

void TestLogGeometry::showsARow()
{
    LogGeometry geometry(100, 24, 240);
    geometry.showRow(Row(50));
    QCOMPARE(geometry.top(Row(50)) + 24, 240);
    geometry.showRow(Row(45)); // In view: nothing moves.
    QCOMPARE(geometry.top(Row(50)) + 24, 240);
    geometry.showRow(Row(20));
    QCOMPARE(geometry.top(Row(20)), 0);
    geometry.showRowAtTop(Row(60));
    QCOMPARE(geometry.firstVisible(), Row(60));
    geometry.showRowAtBottom(Row(60));
    QCOMPARE(geometry.lastVisible(), Row(60));
    geometry.showRowInMiddle(Row(60));
    QCOMPARE(geometry.top(Row(60)), 108);
    geometry.showRowAtTop(Row(99)); // There is nothing to show below it.
    QVERIFY(geometry.isAtEnd());
}

void TestLogGeometry::offsetStaysInBounds()
{
    LogGeometry geometry(100, 24, 240);
    geometry.setOffset(-5);
    QCOMPARE(geometry.offset(), 0);
    geometry.setOffset(1'000'000);
    QCOMPARE(geometry.offset(), 2400 - 240);
    geometry.setRows(20);
    QCOMPARE(geometry.offset(), 480 - 240);
    geometry.setViewportHeight(1000);
    QCOMPARE(geometry.offset(), 0);
}

void TestLogGeometry::manyRowsDoNotOverflow()
{
    constexpr int Rows = 2'000'000'000;
    LogGeometry geometry(Rows, 24, 240);
    QCOMPARE(geometry.scrollMaximum(), Rows - 10);
    geometry.setScrollValue(geometry.scrollMaximum());
    QCOMPARE(geometry.lastVisible(), Row(Rows - 1));
    QCOMPARE(geometry.rowAt(239), Row(Rows - 1));
    QCOMPARE(geometry.top(Row(Rows - 1)), 216);
    geometry.showRowAtTop(Row(Rows / 2));
    QCOMPARE(geometry.firstVisible(), Row(Rows / 2));
}

SOCKEYE_TEST(TestLogGeometry, NoApplication)
#include "tst_loggeometry.moc"
