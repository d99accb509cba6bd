#include "HexViewer.h"
#include "support/TestProgram.h"
#include "widgets/hex/ValueStrip.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>

using namespace sockeye;
using namespace sockeye::test;

class TestHexCopy final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { theme::apply(*qApp, theme::Scheme::Light); }

    void copiesAsHexAndText();
    void copiesAsArrayAndBase64();
    void copiesForLanguages_data();
    void copiesForLanguages();
    void copiesAsHexdump();
    void copiesAcrossHeaders();
    void refusesToCopyTooMuch();
    void menuOffersEveryForm();
    void valuesAtAByte();
};

void TestHexCopy::copiesAsHexAndText()
{
    Viewer viewer(QByteArray("say “hello”"));
    viewer.view.select(range(4, 11));
    QTest::keyClick(&viewer.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard(), QStringLiteral("e2 80 9c 68 65 6c 6c 6f e2 80 9d"));
    QTest::keyClick(&viewer.view, Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
    QCOMPARE(clipboard(), QStringLiteral("“hello”"));
    viewer.view.clearSelection();
    QTest::keyClick(&viewer.view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(clipboard(), QStringLiteral("“hello”"));
}

void TestHexCopy::copiesAsArrayAndBase64()
{
    QCOMPARE(copyText(QByteArrayView("\x00\xff\x10", 3), CopyForm::CArray),
             QStringLiteral("unsigned char data[3] = {\n    0x00, 0xff, 0x10\n};"));
    QCOMPARE(copyText(counting(13), CopyForm::CArray).count(u'\n'), 3);
    QCOMPARE(copyText(QByteArrayView("\x00\xff\x10", 3), CopyForm::Base64), QStringLiteral("AP8Q"));
}

void TestHexCopy::copiesForLanguages_data()
{
    QTest::addColumn<CopyForm>("form");
    QTest::addColumn<QString>("text");
    QTest::newRow("C++") << CopyForm::CppArray
                         << QStringLiteral("constexpr std::array<std::uint8_t, 3> data{\n    0x00, 0xff, 0x10\n};");
    QTest::newRow("Rust") << CopyForm::Rust << QStringLiteral("let data: [u8; 3] = [\n    0x00, 0xff, 0x10,\n];");
    QTest::newRow("Go") << CopyForm::Go << QStringLiteral("data := []byte{\n\t0x00, 0xff, 0x10,\n}");
    QTest::newRow("Python") << CopyForm::Python << QStringLiteral("data = bytes([\n    0x00, 0xff, 0x10,\n])");
    QTest::newRow("Java") << CopyForm::Java << QStringLiteral("byte[] data = {\n    0x00, (byte) 0xff, 0x10\n};");
    QTest::newRow("JavaScript") << CopyForm::JavaScript
                                << QStringLiteral("const data = new Uint8Array([\n    0x00, 0xff, 0x10\n]);");
    QTest::newRow("data URL") << CopyForm::DataUrl << QStringLiteral("data:application/octet-stream;base64,AP8Q");
}

void TestHexCopy::copiesForLanguages()
{
    QFETCH(CopyForm, form);
    QTEST(copyText(QByteArrayView("\x00\xff\x10", 3), form), "text");
}

void TestHexCopy::copiesAsHexdump()
{
    QCOMPARE(copyText("hello, Sockeye\n!~\x7f\xff", CopyForm::Hexdump, ByteOffset(0x20)),
             QStringLiteral("00000020  68 65 6c 6c 6f 2c 20 53  6f 63 6b 65 79 65 0a 21  |hello, Sockeye.!|\n"
                            "00000030  7e 7f ff                                          |~..|\n00000033"));
    Viewer viewer(counting(40));
    viewer.view.select(range(33, 2));
    viewer.view.copy(CopyForm::Hexdump);
    QCOMPARE(clipboard(),
             QStringLiteral("00000021  21 22                                             |!\"|\n00000023"));
}

void TestHexCopy::copiesAcrossHeaders()
{
    Viewer viewer(fragmented());
    viewer.showWire();
    viewer.view.select(range(1, 7));
    viewer.view.copy(CopyForm::Hex);
    QCOMPARE(clipboard(), QStringLiteral("02 68 65 80 03 6c 6c"));
}

void TestHexCopy::refusesToCopyTooMuch()
{
    Viewer viewer(QByteArray(HexView::MaxCopy + 1, 'x'));
    QSignalSpy notice(&viewer.view, &HexView::notice);
    QGuiApplication::clipboard()->setText(QStringLiteral("before"));
    QTest::keyClick(&viewer.view, Qt::Key_A, Qt::ControlModifier);
    viewer.view.copy(CopyForm::Hex);
    QCOMPARE(notice.size(), 1);
    QCOMPARE(clipboard(), QStringLiteral("before"));
}

void TestHexCopy::menuOffersEveryForm()
{
    Viewer viewer(QByteArrayLiteral("hello"));
    viewer.view.select(range(0, 5));
    QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(5, 5), viewer.view.mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(viewer.view.viewport(), &event);
    auto *menu = viewer.view.findChild<QMenu *>();
    QVERIFY(menu);
    QStringList copies;
    const QMenu *others = menu->actions().at(2)->menu();
    QVERIFY(others && others->isEnabled());
    for (QAction *action : menu->actions().first(2) + others->actions()) {
        QVERIFY(action->isEnabled());
        action->trigger();
        copies += clipboard();
    }
    QCOMPARE(copies.value(0), QStringLiteral("68 65 6c 6c 6f"));
    QCOMPARE(copies.value(1), QStringLiteral("hello"));
    QCOMPARE(copies.size(), static_cast<qsizetype>(2 + otherCopyForms.size()));
    for (size_t i = 0; i < otherCopyForms.size(); ++i)
        QCOMPARE(copies.at(static_cast<qsizetype>(2 + i)), copyText("hello", otherCopyForms.at(i)));
    menu->close();
}

void TestHexCopy::valuesAtAByte()
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

SOCKEYE_TEST(TestHexCopy, QApplication)
#include "tst_hexcopy.moc"
