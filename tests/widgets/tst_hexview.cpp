#include "tests/widgets/SampleCapture.h"
#include "widgets/inspector/HexView.h"
#include "widgets/inspector/ValueStrip.h"
#include "widgets/style/Theme.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <QScrollBar>

using namespace sockeye;
using Area = HexLayout::Area;

namespace {

/// Bytes that tell their place: the one at i is i.
QByteArray counting(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i);
    return bytes;
}

QString clipboard()
{
    return QGuiApplication::clipboard()->text();
}

/// A view of one entry of a real capture.
class Viewer final
{
public:
    explicit Viewer(NewEntry entry) { show(m_capture.add(std::move(entry))); }
    explicit Viewer(const QByteArray &payload) { show(m_capture.add(ConnectionId(1), EntryKind::Binary, payload)); }

    HexView view;
    HexBytes bytes;

    /// The middle of a byte in one of the columns.
    [[nodiscard]] QPoint pointOf(qint64 byte, Area area = Area::Hex) const
    {
        const HexLayout &layout = view.hexLayout();
        const ByteOffset offset(byte);
        const int column = layout.columnOf(offset);
        const int x = area == Area::Hex ? layout.hexX(column) + layout.hexWidth() / 2
                                        : layout.textX(column) + layout.charWidth() / 2;
        const auto row = static_cast<int>(layout.rowOf(offset) - view.topRow());
        return {x, 6 + row * layout.rowHeight() + layout.rowHeight() / 2};
    }
    void click(qint64 byte, Area area = Area::Hex, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, pointOf(byte, area));
    }
    void drag(qint64 from, qint64 to, Area area)
    {
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, pointOf(from, area));
        QTest::mouseMove(view.viewport(), pointOf(to, area));
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, pointOf(to, area));
    }

private:
    void show(EntryId id)
    {
        CaptureLoader &loader = m_capture.loader();
        bool read = false;
        loader.read(
            &view, [id](const CaptureReader &capture) { return std::pair(capture.entry(id), capture.frames(id)); },
            [this, &loader, &read](const std::pair<Result<Entry>, Result<FrameHeaders>> &answer) {
                bytes.show(&loader, answer.first.value(), answer.second.value());
                read = true;
            });
        view.resize(700, 300);
        view.setBytes(&bytes);
        view.show();
        view.setFocus();
        QVERIFY(QTest::qWaitForWindowActive(&view));
        QTRY_VERIFY(read);
    }

    test::SampleCapture m_capture;
};

HexRange range(qint64 first, qint64 length)
{
    return {ByteOffset(first), length};
}

} // namespace

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
    void copiesAsHexAndText();
    void copiesAsArrayAndBase64();
    void copiesAcrossHeaders();
    void refusesToCopyTooMuch();
    void menuOffersEveryForm();
    void bothColumnsShowTheSelection();
    void wireShowsHeadersBetweenFragments();
    void wireOfCompressedHasHeadersFirst();
    void wireOfCutMessageEndsWhereItEnds();
    void narrowHasEightARow();
    void hugePayloadOpensAtOnce();
    void latePagesOfAnOlderEntryAreDropped();
    void fieldsAreColored();
    void readsToAssistivePrograms();
    void emptyPayloadDoesNothing();
    void valuesAtAByte();
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

void TestHexView::copiesAsHexAndText()
{
    Viewer viewer(QByteArray("say “hello”"));
    viewer.view.select(range(4, 11));
    QTest::keyClick(&viewer.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard(), QStringLiteral("e2 80 9c 68 65 6c 6c 6f e2 80 9d"));
    QTest::keyClick(&viewer.view, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(clipboard(), QStringLiteral("“hello”"));
    viewer.view.clearSelection();
    QTest::keyClick(&viewer.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard(), QStringLiteral("“hello”"));
}

void TestHexView::copiesAsArrayAndBase64()
{
    QCOMPARE(copyText(QByteArrayView("\x00\xff\x10", 3), CopyForm::CArray),
             QStringLiteral("unsigned char data[3] = {\n    0x00, 0xff, 0x10\n};"));
    QCOMPARE(copyText(counting(13), CopyForm::CArray).count(u'\n'), 3);
    QCOMPARE(copyText(QByteArrayView("\x00\xff\x10", 3), CopyForm::Base64), QStringLiteral("AP8Q"));
}

NewEntry fragmented()
{
    NewEntry entry;
    entry.connection = ConnectionId(1);
    entry.payload = QByteArrayLiteral("hello");
    FrameSpec first;
    first.fin = false;
    FrameSpec last;
    last.opcode = Opcode::Continuation;
    entry.frames.append(makeHeader(first, 2));
    entry.frames.append(makeHeader(last, 3));
    return entry;
}

void TestHexView::copiesAcrossHeaders()
{
    Viewer viewer(fragmented());
    viewer.bytes.setMode(HexBytes::Mode::Wire);
    viewer.view.select(range(1, 7));
    viewer.view.copy(CopyForm::Hex);
    QCOMPARE(clipboard(), QStringLiteral("02 68 65 80 03 6c 6c"));
}

void TestHexView::refusesToCopyTooMuch()
{
    Viewer viewer(QByteArray(HexView::MaxCopy + 1, 'x'));
    QSignalSpy notice(&viewer.view, &HexView::notice);
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    QTest::keyClick(&viewer.view, Qt::Key_A, Qt::ControlModifier);
    viewer.view.copy(CopyForm::Hex);
    QCOMPARE(notice.size(), 1);
    QCOMPARE(clipboard(), QStringLiteral("before"));
}

void TestHexView::menuOffersEveryForm()
{
    Viewer viewer(QByteArrayLiteral("hello"));
    viewer.view.select(range(0, 5));
    QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(5, 5), viewer.view.mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(viewer.view.viewport(), &event);
    auto *menu = viewer.view.findChild<QMenu *>();
    QVERIFY(menu);
    QStringList copies;
    for (QAction *action : menu->actions().first(4)) {
        QVERIFY(action->isEnabled());
        action->trigger();
        copies += clipboard();
    }
    QCOMPARE(copies.value(0), QStringLiteral("68 65 6c 6c 6f"));
    QCOMPARE(copies.value(1), QStringLiteral("hello"));
    QVERIFY(copies.value(2).startsWith(QStringLiteral("unsigned char data[5]")));
    QCOMPARE(copies.value(3), QStringLiteral("aGVsbG8="));
    menu->close();
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

void TestHexView::wireShowsHeadersBetweenFragments()
{
    Viewer viewer(fragmented());
    QCOMPARE(viewer.view.visibleText(), QStringLiteral("00000000  68 65 6c 6c 6f  hello"));
    viewer.bytes.setMode(HexBytes::Mode::Wire);
    QCOMPARE(viewer.view.visibleText(), QStringLiteral("00000000  01 02 68 65 80 03 6c 6c 6f  ··he··llo"));
    QVERIFY(viewer.bytes.at(ByteOffset(0)).isHeader);
    QVERIFY(!viewer.bytes.at(ByteOffset(2)).isHeader);
    QVERIFY(viewer.bytes.at(ByteOffset(5)).isHeader);
    QCOMPARE(viewer.bytes.payloadOffset(ByteOffset(6)), ByteOffset(2));
    QVERIFY(!viewer.bytes.payloadOffset(ByteOffset(4)));
    QCOMPARE(viewer.bytes.offsetOfPayload(ByteOffset(4)), ByteOffset(8));
}

void TestHexView::wireOfCompressedHasHeadersFirst()
{
    NewEntry entry = fragmented();
    entry.compressed = true;
    Viewer viewer(std::move(entry));
    viewer.bytes.setMode(HexBytes::Mode::Wire);
    QCOMPARE(viewer.view.visibleText(), QStringLiteral("00000000  01 02 80 03 68 65 6c 6c 6f  ····hello"));
}

void TestHexView::wireOfCutMessageEndsWhereItEnds()
{
    NewEntry entry = fragmented();
    entry.payload = QByteArrayLiteral("hel");
    entry.complete = false;
    Viewer viewer(std::move(entry));
    viewer.bytes.setMode(HexBytes::Mode::Wire);
    QCOMPARE(viewer.bytes.size(), 7);
    QCOMPARE(viewer.view.visibleText(), QStringLiteral("00000000  01 02 68 65 80 03 6c  ··he··l"));
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

void TestHexView::hugePayloadOpensAtOnce()
{
    constexpr qint64 Size = 64 * 1024 * 1024;
    QByteArray payload(Size, 'a');
    payload.replace(Size - 4, 4, "tail");
    Viewer viewer(payload);
    QElapsedTimer timer;
    timer.start();
    viewer.view.repaint();
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    // Only what is looked at is read: the end is not here until it was shown.
    QVERIFY(!viewer.bytes.at(ByteOffset(Size / 2)).value);
    QTest::keyClick(&viewer.view, Qt::Key_End, Qt::ControlModifier);
    QTRY_VERIFY(viewer.view.visibleText().endsWith(QStringLiteral("tail")));
}

void TestHexView::latePagesOfAnOlderEntryAreDropped()
{
    test::SampleCapture capture;
    capture.add(ConnectionId(1), EntryKind::Binary, QByteArray(1000, 'a'));
    capture.add(ConnectionId(1), EntryKind::Binary, QByteArray(1000, 'b'));
    CaptureLoader &loader = capture.loader();
    QSignalSpy opened(&loader, &CaptureLoader::opened);
    QVERIFY(opened.wait());
    PagedBytes bytes;
    QSignalSpy arrived(&bytes, &PagedBytes::arrived);
    bytes.reset(&loader, EntryId(1), 1000, {});
    QVERIFY(!bytes.at(ByteOffset(5)));
    bytes.reset(&loader, EntryId(2), 1000, {});
    QVERIFY(!bytes.at(ByteOffset(5)));
    QVERIFY(arrived.wait());
    QCOMPARE(bytes.at(ByteOffset(5)), std::optional<quint8>('b'));
    // The questions are answered in order: when the newer one was, the older one had been.
    QCOMPARE(arrived.size(), 1);
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

void TestHexView::valuesAtAByte()
{
    const auto valueOf = [](const QByteArray &bytes, const QString &name) {
        for (const ValueStrip::Value &value : ValueStrip::valuesOf(bytes)) {
            if (value.name == name)
                return value.text;
        }
        return QString();
    };
    const QByteArray bytes = QByteArray::fromHex("fb406c6d1eb851eb85");
    QCOMPARE(valueOf(bytes, QStringLiteral("u8")), QStringLiteral("251"));
    QCOMPARE(valueOf(bytes, QStringLiteral("i8")), QStringLiteral("-5"));
    QCOMPARE(valueOf(bytes, QStringLiteral("u16 le")), QStringLiteral("16635"));
    QCOMPARE(valueOf(bytes, QStringLiteral("u16 be")), QStringLiteral("64320"));
    QCOMPARE(valueOf(bytes, QStringLiteral("u32 le")), QStringLiteral("1835811067"));
    QCOMPARE(valueOf(bytes, QStringLiteral("u32 be")), QStringLiteral("4215303277"));
    QCOMPARE(valueOf(bytes, QStringLiteral("bits")), QStringLiteral("11111011"));
    QCOMPARE(valueOf(bytes.mid(1), QStringLiteral("f64 be")), QStringLiteral("227.41"));
    QCOMPARE(valueOf(bytes.first(3), QStringLiteral("u32 be")), QStringLiteral("–"));
    QCOMPARE(valueOf({}, QStringLiteral("u8")), QStringLiteral("–"));
}

QTEST_MAIN(TestHexView)
#include "tst_hexview.moc"
