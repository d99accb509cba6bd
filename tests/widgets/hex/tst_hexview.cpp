#include "HexViewer.h"

#include "support/TestProgram.h"

#include <QAccessible>
#include <QApplication>
#include <QScrollBar>

using namespace sockeye;
using namespace sockeye::test;
using Area = HexLayout::Area;

class TestHexView final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void showsRowsAsText();
    void clickSelectsAByte();
    void dragSelectsInEitherColumn();
    void dragBackwardsSelects();
    void dragBeyondTheEdgeScrolls();
    void shiftClickExtends();
    void offsetSelectsARow();
    void doubleClickSelectsAWord();
    void doubleClickSelectsEqualBytes();
    void arrowsMove();
    void shiftArrowsExtend();
    void keysReachBothEnds();
    void pageKeysKeepTheColumn();
    void escapeClears();
    void bothColumnsShowTheSelection();
    void narrowHasEightARow();
    void fieldsAreColored();
    void readsToAssistivePrograms();
    void emptyPayloadDoesNothing();
};

void TestHexView::showsRowsAsText()
{
    Viewer viewer(QByteArray("hello, Sockeye\x00\xff"
                             "!",
                             17));
    QCOMPARE(viewer.view.visibleText(), QStringLiteral("00000000  68 65 6c 6c 6f 2c 20 53 6f 63 6b 65 79 65 00 ff  "
                                                       "hello, Sockeye··\n00000010  21  !"));
}

void TestHexView::clickSelectsAByte()
{
    Viewer viewer(counting(64));
    const QSignalSpy spy(&viewer.view, &HexView::selectionChanged);
    viewer.click(20);
    QCOMPARE(viewer.view.selection(), range(20, 1));
    QCOMPARE(spy.size(), 1);
    viewer.click(33, Area::Text);
    QCOMPARE(viewer.view.selection(), range(33, 1));
}

void TestHexView::dragSelectsInEitherColumn()
{
    Viewer viewer(counting(64));
    viewer.drag(5, 37, Area::Hex);
    QCOMPARE(viewer.view.selection(), range(5, 33));
    viewer.drag(18, 20, Area::Text);
    QCOMPARE(viewer.view.selection(), range(18, 3));
}

void TestHexView::dragBackwardsSelects()
{
    Viewer viewer(counting(64));
    viewer.drag(40, 3, Area::Hex);
    QCOMPARE(viewer.view.selection(), range(3, 38));
    QCOMPARE(viewer.view.caret(), ByteOffset(3));
}

void TestHexView::dragBeyondTheEdgeScrolls()
{
    Viewer viewer(counting(16 * 100));
    QTest::mousePress(viewer.view.viewport(), Qt::LeftButton, {}, viewer.pointOf(0));
    QTest::mouseMove(viewer.view.viewport(), QPoint(viewer.pointOf(0).x(), viewer.view.viewport()->height() + 20));
    QTRY_COMPARE(viewer.view.verticalScrollBar()->value(), viewer.view.verticalScrollBar()->maximum());
    QTRY_VERIFY(viewer.view.selection().length > 16 * 90);
    QTest::mouseRelease(viewer.view.viewport(), Qt::LeftButton, {}, QPoint(10, 10));
}

void TestHexView::shiftClickExtends()
{
    Viewer viewer(counting(64));
    viewer.click(10);
    viewer.click(30, Area::Hex, Qt::ShiftModifier);
    QCOMPARE(viewer.view.selection(), range(10, 21));
    viewer.click(4, Area::Text, Qt::ShiftModifier);
    QCOMPARE(viewer.view.selection(), range(4, 7));
}

void TestHexView::offsetSelectsARow()
{
    Viewer viewer(counting(40));
    const int rowHeight = viewer.view.hexLayout().rowHeight();
    QTest::mouseClick(viewer.view.viewport(), Qt::LeftButton, {}, QPoint(12, 6 + rowHeight + 3));
    QCOMPARE(viewer.view.selection(), range(16, 16));
    QTest::mouseClick(viewer.view.viewport(), Qt::LeftButton, {}, QPoint(12, 6 + 2 * rowHeight + 3));
    QCOMPARE(viewer.view.selection(), range(32, 8));
}

void TestHexView::doubleClickSelectsAWord()
{
    Viewer viewer(QByteArray("{\"op\":\"subscribe\"}"));
    QTest::mouseDClick(viewer.view.viewport(), Qt::LeftButton, {}, viewer.pointOf(10, Area::Text));
    QCOMPARE(viewer.view.selection(), range(7, 9));
}

void TestHexView::doubleClickSelectsEqualBytes()
{
    Viewer viewer(QByteArray("\x01\x00\x00\x00\x00\x02", 6));
    QTest::mouseDClick(viewer.view.viewport(), Qt::LeftButton, {}, viewer.pointOf(3));
    QCOMPARE(viewer.view.selection(), range(1, 4));
}

void TestHexView::arrowsMove()
{
    Viewer viewer(counting(40));
    viewer.click(0);
    QTest::keyClick(&viewer.view, Qt::Key_Left);
    QCOMPARE(viewer.view.caret(), ByteOffset(0));
    QTest::keyClick(&viewer.view, Qt::Key_Right);
    QTest::keyClick(&viewer.view, Qt::Key_Down);
    QCOMPARE(viewer.view.selection(), range(17, 1));
    QTest::keyClick(&viewer.view, Qt::Key_Up);
    QTest::keyClick(&viewer.view, Qt::Key_Up);
    QCOMPARE(viewer.view.selection(), range(1, 1));
    QTest::keyClick(&viewer.view, Qt::Key_End);
    QCOMPARE(viewer.view.caret(), ByteOffset(15));
    QTest::keyClick(&viewer.view, Qt::Key_Down);
    // The last row ends before that column.
    QTest::keyClick(&viewer.view, Qt::Key_Down);
    QCOMPARE(viewer.view.caret(), ByteOffset(39));
    QTest::keyClick(&viewer.view, Qt::Key_Right);
    QCOMPARE(viewer.view.caret(), ByteOffset(39));
    QTest::keyClick(&viewer.view, Qt::Key_Home);
    QCOMPARE(viewer.view.caret(), ByteOffset(32));
}

void TestHexView::shiftArrowsExtend()
{
    Viewer viewer(counting(64));
    viewer.click(20);
    QTest::keyClick(&viewer.view, Qt::Key_Right, Qt::ShiftModifier);
    QTest::keyClick(&viewer.view, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(viewer.view.selection(), range(20, 18));
    QTest::keyClick(&viewer.view, Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyClick(&viewer.view, Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(viewer.view.selection(), range(5, 16));
    QTest::keyClick(&viewer.view, Qt::Key_Left);
    QCOMPARE(viewer.view.selection(), range(4, 1));
}

void TestHexView::keysReachBothEnds()
{
    Viewer viewer(counting(16 * 100 + 3));
    viewer.click(0);
    QTest::keyClick(&viewer.view, Qt::Key_End, Qt::ControlModifier);
    QCOMPARE(viewer.view.caret(), ByteOffset(16 * 100 + 2));
    QCOMPARE(viewer.view.verticalScrollBar()->value(), viewer.view.verticalScrollBar()->maximum());
    QTest::keyClick(&viewer.view, Qt::Key_Home, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(viewer.view.selection(), range(0, 16 * 100 + 3));
    QCOMPARE(viewer.view.topRow(), 0);
    viewer.click(7);
    QTest::keyClick(&viewer.view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(viewer.view.selection(), range(0, 16 * 100 + 3));
}

void TestHexView::pageKeysKeepTheColumn()
{
    Viewer viewer(counting(16 * 100));
    viewer.click(5);
    QTest::keyClick(&viewer.view, Qt::Key_PageDown);
    const qint64 page = viewer.view.caret().value() / 16;
    QVERIFY(page > 5);
    QCOMPARE(viewer.view.caret().value() % 16, 5);
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(&viewer.view, Qt::Key_PageDown);
    QCOMPARE(viewer.view.caret(), ByteOffset(16 * 99 + 5));
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(&viewer.view, Qt::Key_PageUp);
    QCOMPARE(viewer.view.caret(), ByteOffset(5));
}

void TestHexView::escapeClears()
{
    Viewer viewer(counting(64));
    viewer.drag(5, 9, Area::Hex);
    QTest::keyClick(&viewer.view, Qt::Key_Escape);
    QVERIFY(viewer.view.selection().isEmpty());
}

void TestHexView::bothColumnsShowTheSelection()
{
    Viewer viewer(QByteArray(64, '\0'));
    viewer.click(20);
    viewer.view.clearFocus();
    const QImage image = viewer.view.viewport()->grab().toImage();
    const ThemeColors &colors = theme::colors(viewer.view.palette());
    const HexLayout &layout = viewer.view.hexLayout();
    const int top = viewer.pointOf(20).y() - layout.rowHeight() / 2 + 1;
    QCOMPARE(image.pixelColor(layout.hexX(4) + layout.hexWidth() / 2, top), colors.selectedText);
    QCOMPARE(image.pixelColor(layout.textX(4) + 1, top), colors.selectedRow);
    QCOMPARE(image.pixelColor(layout.hexX(6) + layout.hexWidth() / 2, top), colors.base);
}

void TestHexView::narrowHasEightARow()
{
    Viewer viewer(counting(64));
    QCOMPARE(viewer.view.hexLayout().bytesPerRow(), 16);
    viewer.view.resize(400, 300);
    QCOMPARE(viewer.view.hexLayout().bytesPerRow(), 8);
    viewer.click(63);
    QCOMPARE(viewer.view.selection(), range(63, 1));
}

void TestHexView::fieldsAreColored()
{
    Viewer viewer(QByteArray(64, '\0'));
    viewer.view.setFields({{ByteOffset(2), 3, 0}, {ByteOffset(18), 1, 2}});
    const QImage image = viewer.view.viewport()->grab().toImage();
    const ThemeColors &colors = theme::colors(viewer.view.palette());
    const auto at = [&](qint64 byte) {
        const HexLayout &layout = viewer.view.hexLayout();
        return image.pixelColor(viewer.pointOf(byte).x(), viewer.pointOf(byte).y() - layout.rowHeight() / 2 + 1);
    };
    QCOMPARE(at(1), colors.base);
    QCOMPARE(at(2), colors.fields[0]);
    QCOMPARE(at(4), colors.fields[0]);
    QCOMPARE(at(5), colors.base);
    QCOMPARE(at(18), colors.fields[2]);
}

void TestHexView::readsToAssistivePrograms()
{
    Viewer viewer(QByteArrayLiteral("hello"));
    QAccessibleInterface *accessible = QAccessible::queryAccessibleInterface(&viewer.view);
    QVERIFY(accessible);
    QCOMPARE(accessible->text(QAccessible::Name), QStringLiteral("Hex"));
    QAccessibleTextInterface *text = accessible->textInterface();
    QVERIFY(text);
    QCOMPARE(text->text(0, text->characterCount()), viewer.view.visibleText());
    QVERIFY(accessible->state().readOnly);
    viewer.click(2);
    QCOMPARE(text->text(text->cursorPosition(), text->cursorPosition() + 2), QStringLiteral("6c"));
}

void TestHexView::emptyPayloadDoesNothing()
{
    Viewer viewer{QByteArray()};
    for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_PageDown, Qt::Key_End, Qt::Key_Home})
        QTest::keyClick(&viewer.view, key);
    QTest::keyClick(&viewer.view, Qt::Key_A, Qt::ControlModifier);
    QTest::mouseClick(viewer.view.viewport(), Qt::LeftButton, {}, QPoint(200, 10));
    QTest::mouseDClick(viewer.view.viewport(), Qt::LeftButton, {}, QPoint(200, 10));
    QVERIFY(viewer.view.selection().isEmpty());
    QCOMPARE(viewer.view.visibleText(), QString());
}

SOCKEYE_TEST(TestHexView, QApplication)
#include "tst_hexview.moc"
