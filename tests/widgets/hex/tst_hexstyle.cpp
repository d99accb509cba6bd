#include "HexViewer.h"

#include "library/Settings.h"
#include "support/Sandbox.h"
#include "support/TestProgram.h"
#include "widgets/hex/HexStyles.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QScrollBar>
#include <QSettings>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Notation = HexStyle::Notation;

class TestHexStyle final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }
    void cleanup() { HexStyles::shared().setStyle({}); }

    void writesBytes();
    void writesOffsets();
    void widthFollows();
    void groups();
    void settingsKeepIt();
    void settingsOfAnotherHand();
    void allViewsFollow();
    void readsToAssistivePrograms();
    void everyByteIsHit();
    void rowsBeyondTheWidthScroll();
    void theByteAtTheTopStays();
    void menuChooses();

private:
    const Sandbox m_sandbox;
};

void TestHexStyle::writesBytes()
{
    HexStyle style;
    QCOMPARE(style.byteText(0xfa), u"fa"_s);
    QCOMPARE(style.byteText(0x0a), u"0a"_s);
    style.isUpperCase = true;
    QCOMPARE(style.byteText(0xfa), u"FA"_s);
    style.notation = Notation::Decimal;
    QCOMPARE(style.byteText(10), u" 10"_s);
    QCOMPARE(style.byteText(255), u"255"_s);
    style.notation = Notation::Octal;
    QCOMPARE(style.byteText(10), u"012"_s);
    style.notation = Notation::Binary;
    QCOMPARE(style.byteText(10), u"00001010"_s);
    for (const Notation notation : {Notation::Hex, Notation::Decimal, Notation::Octal, Notation::Binary}) {
        style.notation = notation;
        for (int byte = 0; byte < 256; ++byte)
            QCOMPARE(style.byteText(static_cast<quint8>(byte)).size(), style.digitsPerByte());
    }
}

void TestHexStyle::writesOffsets()
{
    HexStyle style;
    QCOMPARE(style.offsetText(ByteOffset(254), 8), u"000000fe"_s);
    QCOMPARE(style.digitsOf(ByteOffset(0)), 1);
    QCOMPARE(style.digitsOf(ByteOffset(std::numeric_limits<qint64>::max())), 16);
    style.isUpperCase = true;
    QCOMPARE(style.offsetText(ByteOffset(254), 8), u"000000FE"_s);
    style.hasDecimalOffsets = true;
    QCOMPARE(style.offsetText(ByteOffset(254), 8), u"00000254"_s);
    QCOMPARE(style.digitsOf(ByteOffset(999)), 3);
    QCOMPARE(style.digitsOf(ByteOffset(1000)), 4);
    QCOMPARE(style.digitsOf(ByteOffset(std::numeric_limits<qint64>::max())), 19);
}

void TestHexStyle::widthFollows()
{
    HexLayout layout(8, 18, 1000);
    HexStyle style;
    style.notation = Notation::Binary;
    layout.setStyle(style);
    QCOMPARE(layout.hexWidth(), 64);
    QCOMPARE(layout.hexX(1) - layout.hexX(0), 64 + layout.byteGap());
    layout.fitWidth(2000);
    QCOMPARE(layout.bytesPerRow(), 16);
    for (const int length : HexStyle::rowLengths) {
        style.bytesPerRow = length;
        layout.setStyle(style);
        layout.fitWidth(100);
        QCOMPARE(layout.bytesPerRow(), length);
    }
}

void TestHexStyle::groups()
{
    HexLayout layout(8, 18, 1000);
    for (const int size : HexStyle::groupSizes) {
        HexStyle style;
        style.groupSize = size;
        layout.setStyle(style);
        const int within = layout.hexWidth() + layout.byteGap();
        for (int column = 1; column < 16; ++column) {
            const bool begins = size > 1 && column % size == 0;
            QCOMPARE(layout.hexX(column) - layout.hexX(column - 1), within + (begins ? 8 : 0));
        }
    }
}

void TestHexStyle::settingsKeepIt()
{
    HexStyle style;
    style.bytesPerRow = 24;
    style.groupSize = 4;
    style.notation = Notation::Octal;
    style.isUpperCase = true;
    style.hasDecimalOffsets = true;
    style.coloring = HexStyle::Coloring::Class;
    HexStyles::shared().setStyle(style);
    QCOMPARE(HexStyle::load(Settings()), style);
    HexStyles::shared().setStyle({});
    QCOMPARE(HexStyle::load(Settings()), HexStyle());
}

void TestHexStyle::settingsOfAnotherHand()
{
    using Key = Settings::Key;
    Settings settings;
    settings.setValue(Key::HexBytesPerRow, -7);
    settings.setValue(Key::HexGroupSize, 0);
    settings.setValue(Key::HexNotation, u"roman"_s);
    settings.setValue(Key::HexColoring, u"rainbow"_s);
    QCOMPARE(HexStyle::load(settings), HexStyle());
    HexStyle().save(settings);
}

void TestHexStyle::allViewsFollow()
{
    Viewer viewer(counting(20));
    Viewer other(counting(9));
    HexStyle style;
    style.bytesPerRow = 8;
    style.notation = Notation::Decimal;
    style.hasDecimalOffsets = true;
    HexStyles::shared().setStyle(style);
    QCOMPARE(viewer.view.visibleText(), u"00000000    0   1   2   3   4   5   6   7  ········\n"
                                        "00000008    8   9  10  11  12  13  14  15  ········\n"
                                        "00000016   16  17  18  19  ····"_s);
    QCOMPARE(other.view.visibleText(), u"00000000    0   1   2   3   4   5   6   7  ········\n"
                                       "00000008    8  ·"_s);
    const Viewer later(QByteArray("\xfe"));
    QCOMPARE(later.view.visibleText(), u"00000000  254  ·"_s);
}

void TestHexStyle::readsToAssistivePrograms()
{
    HexStyle style;
    style.notation = Notation::Binary;
    style.isUpperCase = true;
    HexStyles::shared().setStyle(style);
    Viewer viewer(counting(40));
    QAccessibleTextInterface *text = QAccessible::queryAccessibleInterface(&viewer.view)->textInterface();
    QCOMPARE(text->text(0, text->characterCount()), viewer.view.visibleText());
    viewer.view.select(range(35, 1));
    QCOMPARE(text->text(text->cursorPosition(), text->cursorPosition() + 8), u"00100011"_s);
}

void TestHexStyle::everyByteIsHit()
{
    Viewer viewer(counting(64));
    viewer.view.resize(2400, 400);
    for (const Notation notation : {Notation::Hex, Notation::Decimal, Notation::Octal, Notation::Binary}) {
        HexStyle style;
        style.notation = notation;
        style.bytesPerRow = 24;
        style.groupSize = 2;
        HexStyles::shared().setStyle(style);
        for (const qint64 byte : {0, 1, 23, 24, 47, 63}) {
            viewer.click(byte);
            QCOMPARE(viewer.view.selection(), range(byte, 1));
            viewer.click(byte, HexLayout::Area::Text);
            QCOMPARE(viewer.view.selection(), range(byte, 1));
        }
    }
}

void TestHexStyle::rowsBeyondTheWidthScroll()
{
    Viewer viewer(counting(64));
    QCOMPARE(viewer.view.horizontalScrollBar()->maximum(), 0);
    HexStyle style;
    style.bytesPerRow = 32;
    HexStyles::shared().setStyle(style);
    QVERIFY(viewer.view.horizontalScrollBar()->maximum() > 0);
    QVERIFY(viewer.view.visibleText().startsWith(u"00000000  00 01"));
    QVERIFY(viewer.view.visibleText().contains(u"\n00000020  20 21"));
}

void TestHexStyle::theByteAtTheTopStays()
{
    Viewer viewer(counting(16 * 100));
    viewer.view.verticalScrollBar()->setValue(50);
    HexStyle style;
    style.bytesPerRow = 8;
    HexStyles::shared().setStyle(style);
    QCOMPARE(viewer.view.topRow(), 100);
}

void TestHexStyle::menuChooses()
{
    Viewer viewer(counting(40));
    const auto choose = [&viewer](const QString &text) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(5, 5), viewer.view.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(viewer.view.viewport(), &event);
        auto *menu = viewer.view.findChild<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
        bool wasChecked = true;
        for (QAction *action : menu->findChildren<QAction *>()) {
            if (action->text().remove(u'&') == text && action->isCheckable()) {
                wasChecked = action->isChecked();
                action->trigger();
            }
        }
        menu->close();
        delete menu;
        return !wasChecked;
    };
    QVERIFY(choose(u"24"_s));
    QVERIFY(!choose(u"24"_s));
    QCOMPARE(HexStyles::shared().style().bytesPerRow, 24);
    QVERIFY(choose(u"4 bytes"_s));
    QCOMPARE(HexStyles::shared().style().groupSize, 4);
    QVERIFY(choose(u"Octal"_s));
    QVERIFY(choose(u"Upper case"_s));
    QVERIFY(choose(u"Decimal offsets"_s));
    QVERIFY(viewer.view.visibleText().contains(u"\n00000024  030 031"));
    QVERIFY(!choose(u"Upper case"_s));
    QVERIFY(!HexStyles::shared().style().isUpperCase);
    QVERIFY(choose(u"By class of byte"_s));
    QCOMPARE(HexStyles::shared().style().coloring, HexStyle::Coloring::Class);
    QVERIFY(choose(u"As they fit"_s));
    QCOMPARE(viewer.view.hexLayout().bytesPerRow(), 16);
}

SOCKEYE_TEST(TestHexStyle, QApplication)
#include "tst_hexstyle.moc"
