#include "support/ExactTexts.h"
#include "support/TestProgram.h"
#include "widgets/composer/MessageEdit.h"
#include "widgets/payload/PayloadText.h"

#include <QApplication>
#include <QClipboard>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// Text on its way through a real clipboard, from and to another program (xclip): to the byte. Needs an X server; CTest
/// starts one.
class ClipboardTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pastedAndCopiedByTheComposer_data() { samples(); }
    void pastedAndCopiedByTheComposer();
    void copiedByTheInspector_data() { samples(); }
    void copiedByTheInspector();

private:
    static void samples();
    static void offer(const QByteArray &bytes);
    [[nodiscard]] static QByteArray taken();
    static void selectAll(QWidget &editor);
    static void selectBetweenTheEnds(QWidget &editor);
};

void ClipboardTest::initTestCase()
{
    if (QGuiApplication::platformName() != u"xcb")
        QSKIP("Only on X11.");
}

void ClipboardTest::samples()
{
    QTest::addColumn<QString>("sample");
    for (const test::ExactSample &sample : test::exactSamples())
        QTest::newRow(sample.name) << sample.text;
}

/// As another program puts it there.
void ClipboardTest::offer(const QByteArray &bytes)
{
    const QSignalSpy changed(QGuiApplication::clipboard(), &QClipboard::dataChanged);
    QProcess xclip;
    xclip.setStandardOutputFile(QProcess::nullDevice());
    xclip.setStandardErrorFile(QProcess::nullDevice());
    xclip.start(u"xclip"_s, {u"-selection"_s, u"clipboard"_s, u"-target"_s, u"UTF8_STRING"_s, u"-i"_s});
    QVERIFY(xclip.waitForStarted());
    xclip.write(bytes);
    xclip.closeWriteChannel();
    QTRY_COMPARE_WITH_TIMEOUT(xclip.state(), QProcess::NotRunning, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(!changed.isEmpty(), 20'000);
}

/// As another program finds it.
QByteArray ClipboardTest::taken()
{
    QProcess xclip;
    xclip.start(u"xclip"_s, {u"-selection"_s, u"clipboard"_s, u"-target"_s, u"UTF8_STRING"_s, u"-o"_s});
    // This program's event loop has to answer it.
    if (!QTest::qWaitFor([&xclip] { return xclip.state() == QProcess::NotRunning; }, 20'000))
        return "xclip got no answer";
    return xclip.readAllStandardOutput();
}

void ClipboardTest::selectAll(QWidget &editor)
{
    QTest::keyClick(&editor, Qt::Key_A, Qt::ControlModifier);
}

/// From the middle of a line, over the ends of blocks, to the middle of a line.
void ClipboardTest::selectBetweenTheEnds(QWidget &editor)
{
    QTest::keyClick(&editor, Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(&editor, Qt::Key_Right);
    QTest::keyClick(&editor, Qt::Key_End, Qt::ControlModifier | Qt::ShiftModifier);
    QTest::keyClick(&editor, Qt::Key_Left, Qt::ShiftModifier);
}

void ClipboardTest::pastedAndCopiedByTheComposer()
{
    QFETCH(QString, sample);
    // Qt itself cuts a byte order mark off at the start, and a NUL at the end (findings/qt-xcb-clipboard-ends.sh).
    const QString text = u'<' + sample + u'>';
    MessageEdit editor;
    editor.show();
    QVERIFY(QTest::qWaitForWindowExposed(&editor));
    offer(text.toUtf8());
    QTest::keyClick(&editor, Qt::Key_V, Qt::ControlModifier);
    QVERIFY(editor.text() == text);
    selectAll(editor);
    QTest::keyClick(&editor, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(taken() == text.toUtf8());
    selectBetweenTheEnds(editor);
    QTest::keyClick(&editor, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(taken() == sample.toUtf8());
}

void ClipboardTest::copiedByTheInspector()
{
    QFETCH(QString, sample);
    const QString text = u'<' + sample + u'>';
    PayloadText view;
    view.setText(PreparedText::from(text, false));
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    // Long text comes in slices.
    QTRY_VERIFY_WITH_TIMEOUT(view.toPlainText().endsWith(u'>'), 20'000);
    selectAll(view);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(taken() == text.toUtf8());
    selectBetweenTheEnds(view);
    QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
    QVERIFY(taken() == sample.toUtf8());
}

SOCKEYE_TEST(ClipboardTest, QApplication)
#include "tst_clipboard.moc"
