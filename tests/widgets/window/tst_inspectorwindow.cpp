#include "capture/CaptureWriter.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/dialogs/NoteDialog.h"
#include "widgets/hex/HexView.h"
#include "widgets/inspector/HexPage.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogCommands.h"
#include "widgets/log/LogView.h"
#include "widgets/payload/PayloadText.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/FileTab.h"
#include "widgets/tab/InspectorWindow.h"
#include "widgets/window/Actions.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPointer>
#include <QTabWidget>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using Key = Settings::Key;

namespace {

constexpr QSize LargeSize(1440, 900);
constexpr QSize SmallSize(1024, 700);

/// With the words in its two entries.
QString makeCapture(const Sandbox &sandbox, const QString &name)
{
    const QString path = sandbox.path(name + u".sockeye"_s);
    auto writer = CaptureWriter::create(path);
    if (!writer)
        qFatal("%s", qPrintable(writer.message()));
    ConnectionRecord record;
    record.id = writer.value()->newConnectionId();
    record.url = u"ws://127.0.0.1:8765/"_s + name;
    writer.value()->put(record);
    for (int i = 1; i <= 2; ++i) {
        NewEntry entry;
        entry.connection = record.id;
        entry.time = timestampFromNs(1'800'000'000'000'000'000 + i * qint64(1'000'000));
        entry.payload = name.toUtf8() + " says " + QByteArray::number(i);
        entry.wireSize = entry.payload.size() + 2;
        writer.value()->append(std::move(entry));
    }
    return writer.value()->finish() ? path : QString();
}

} // namespace

/// The inspector in a window of its own.
class InspectorWindowTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_first = makeCapture(*m_sandbox, u"first"_s);
        m_second = makeCapture(*m_sandbox, u"second"_s);
        makeWindow(LargeSize);
    }
    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
        theme::apply(*qApp, theme::Scheme::Light);
    }

    void itIsChosenInTheMenu()
    {
        openFirst();
        QVERIFY(action(u"inspectorRight"_s)->isChecked());
        QVERIFY(!apart()->isVisible());
        action(u"inspectorWindow"_s)->trigger();
        QVERIFY(apart()->isVisible());
        QVERIFY(apart()->isAncestorOf(inspector()) && inspector()->isVisible());
        QVERIFY2(apart()->windowTitle().startsWith(u"first"), qPrintable(apart()->windowTitle()));
        QVERIFY(action(u"inspectorWindow"_s)->isChecked());
        QVERIFY(!action(u"inspectorRight"_s)->isChecked());
        // The theme's choice is another.
        QVERIFY(action(u"themeLight"_s)->isChecked() || action(u"themeSystem"_s)->isChecked());
        for (const QString &id : {u"inspectorBelow"_s, u"inspectorWindow"_s, u"inspectorRight"_s})
            action(id)->trigger();
        QVERIFY(!apart()->isVisible());
        QVERIFY(m_window->isAncestorOf(inspector()) && inspector()->isVisible());
        QTRY_VERIFY(place(inspector()).x() > place(log()).x() + log()->width());
    }

    void nothingIsLostOnTheWay()
    {
        openFirst();
        choose(EntryId(2), u"first says 2"_s);
        QTextCursor cursor = text()->textCursor();
        cursor.movePosition(QTextCursor::NextWord, QTextCursor::KeepAnchor);
        text()->setTextCursor(cursor);
        const QString selected = text()->textCursor().selectedText();
        QVERIFY(!selected.isEmpty());
        const int width = log()->width();
        for (const QString &id : {u"inspectorWindow"_s, u"inspectorRight"_s, u"inspectorWindow"_s}) {
            action(id)->trigger();
            QVERIFY(text()->isVisible());
            QCOMPARE(text()->toPlainText(), u"first says 2"_s);
            QCOMPARE(text()->textCursor().selectedText(), selected);
        }
        QTRY_VERIFY(log()->width() > width);
        action(u"inspectorRight"_s)->trigger();
        QTRY_COMPARE(log()->width(), width);
    }

    void itFollowsTheTab()
    {
        openFirst();
        action(u"inspectorWindow"_s)->trigger();
        choose(EntryId(1), u"first says 1"_s);
        m_window->documents().openPath(m_second);
        QTRY_VERIFY_WITH_TIMEOUT(log()->logModel() && log()->logModel()->rowCount() == 2, Patience);
        QVERIFY(apart()->windowTitle().startsWith(u"second"));
        choose(EntryId(2), u"second says 2"_s);
        QVERIFY(text()->isVisible());
        m_window->documents().goToPrevious();
        QVERIFY(apart()->windowTitle().startsWith(u"first"));
        QCOMPARE(text()->toPlainText(), u"first says 1"_s);
        QVERIFY(text()->isVisible());
        tab()->setName(u"renamed"_s);
        QVERIFY(apart()->windowTitle().startsWith(u"renamed"));
        m_window->documents().closeCurrent();
        QVERIFY(apart()->windowTitle().startsWith(u"second"));
        QVERIFY(inspector()->isVisible());
        // Without a tab there is nothing to inspect.
        m_window->documents().closeCurrent();
        QVERIFY(!apart()->isVisible());
        openFirst();
        QVERIFY(apart()->isVisible());
        QVERIFY(inspector()->isVisible());
    }

    void closingHidesTheInspector()
    {
        openFirst();
        action(u"inspectorWindow"_s)->trigger();
        apart()->close();
        QTRY_VERIFY(!action(u"showInspector"_s)->isChecked());
        QVERIFY(!inspector()->isVisible());
        activate(m_window.get());
        key(Qt::Key_I, Qt::ControlModifier);
        QVERIFY(apart()->isVisible());
        QVERIFY(inspector()->isVisible());
        QVERIFY(action(u"showInspector"_s)->isChecked());
    }

    void keysGoThereAndBack()
    {
        openFirst();
        choose(EntryId(2), u"first says 2"_s);
        action(u"inspectorWindow"_s)->trigger();
        activate(m_window.get());
        log()->setFocus();
        key(Qt::Key_F6);
        QTRY_VERIFY(apart()->isActiveWindow());
        QVERIFY(isInside(inspector()));
        key(Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(inspector()->findChild<HexPage *>()->findChild<HexView *>()->hasFocus());
        key(Qt::Key_1, Qt::ControlModifier);
        QTRY_VERIFY(text()->hasFocus());
        key(Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(named(apart(), u"Find in message"_s)->hasFocus());
        key(Qt::Key_Escape);
        QTRY_VERIFY(text()->hasFocus());
        key(Qt::Key_F6, Qt::ShiftModifier);
        QTRY_VERIFY(m_window->isActiveWindow());
        QTRY_VERIFY(log()->hasFocus());
        key(Qt::Key_F6);
        QTRY_VERIFY(apart()->isActiveWindow());
        QTRY_VERIFY(text()->hasFocus());
        key(Qt::Key_Escape);
        QTRY_VERIFY(log()->hasFocus());
        QVERIFY(apart()->isVisible());
        // What belongs to the other window goes there.
        key(Qt::Key_F6);
        QTRY_VERIFY(apart()->isActiveWindow());
        key(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(named(m_window.get(), u"Filter"_s)->hasFocus());
    }

    /// The key that closes a tab closes this window alone; the palette comes up where its line can be typed into.
    void keysOfItsOwn()
    {
        openFirst();
        action(u"inspectorWindow"_s)->trigger();
        activate(apart());
        key(Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(m_window->isActiveWindow());
        QTRY_VERIFY(QApplication::focusWidget() && qobject_cast<QLineEdit *>(QApplication::focusWidget()));
        key(Qt::Key_Escape);
        activate(apart());
        key(Qt::Key_W, Qt::ControlModifier);
        QTRY_VERIFY(!apart()->isVisible());
        QCOMPARE(m_window->documents().all().size(), 1);
        QTRY_VERIFY(!action(u"showInspector"_s)->isChecked());
    }

    /// A dialog of the main window is not gone round by the other window's keys.
    void dialogsBlockItsKeys()
    {
        openFirst();
        action(u"inspectorWindow"_s)->trigger();
        log()->setCurrentEntry(EntryId(1));
        tab()->view()->logCommands()->editNote();
        QPointer<QDialog> dialog = m_window->findChild<NoteDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        activate(apart());
        key(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(m_window->documents().all().size(), 1);
        dialog->close();
        QTRY_VERIFY(!dialog);
        activate(apart());
        key(Qt::Key_T, Qt::ControlModifier);
        QTRY_COMPARE(m_window->documents().all().size(), 2);
    }

    void itComesUpAgainWhereItWas()
    {
        openFirst();
        action(u"inspectorWindow"_s)->trigger();
        const QSize size(432, 321);
        apart()->resize(size);
        QTRY_COMPARE(apart()->size(), size);
        m_window->close();
        QVERIFY(!apart()->isVisible());
        makeWindow(LargeSize);
        QVERIFY(!apart()->isVisible());
        openFirst();
        QTRY_VERIFY(apart()->isVisible());
        QCOMPARE(apart()->size(), size);
    }

    /// It is not asked for by what ends the program.
    void closingAllIsNoChoice()
    {
        openFirst();
        action(u"inspectorWindow"_s)->trigger();
        apart()->close();
        m_window->close();
        QCoreApplication::sendPostedEvents();
        makeWindow(LargeSize);
        openFirst();
        QTRY_VERIFY(apart()->isVisible());
    }

    void smallWindowsHaveAChoiceOfTheirOwn()
    {
        openFirst();
        action(u"inspectorWindow"_s)->trigger();
        m_window->resize(SmallSize);
        QTRY_VERIFY(!apart()->isVisible());
        QVERIFY(m_window->isAncestorOf(inspector()) && inspector()->isVisible());
        QCOMPARE(m_window->panels().inspectorPlace(), InspectorPlace::Right);
        action(u"inspectorBelow"_s)->trigger();
        m_window->resize(LargeSize);
        QTRY_VERIFY(apart()->isVisible());
        m_window->resize(SmallSize);
        QTRY_COMPARE(m_window->panels().inspectorPlace(), InspectorPlace::Below);
    }

    void whatAnEarlierVersionWroteHolds()
    {
        Settings().setValue(Key::InspectorBelow, true);
        makeWindow(LargeSize);
        openFirst();
        QCOMPARE(m_window->panels().inspectorPlace(), InspectorPlace::Below);
        QVERIFY(place(inspector()).y() >= place(log()).y() + log()->height());
        action(u"inspectorRight"_s)->trigger();
        makeWindow(LargeSize);
        QCOMPARE(m_window->panels().inspectorPlace(), InspectorPlace::Right);
        m_window->resize(SmallSize);
        QTRY_COMPARE(m_window->panels().inspectorPlace(), InspectorPlace::Right);
    }

    void aPlaceThatNobodyKnowsIsTheFirst()
    {
        Settings().setValue(Key::InspectorPlace, u"above"_s);
        makeWindow(LargeSize);
        QCOMPARE(m_window->panels().inspectorPlace(), InspectorPlace::Right);
    }

    void theThemeReachesIt()
    {
        openFirst();
        action(u"inspectorWindow"_s)->trigger();
        for (const theme::Scheme scheme : {theme::Scheme::Dark, theme::Scheme::Light}) {
            theme::apply(*qApp, scheme);
            QCOMPARE(theme::isDark(inspector()->palette()), scheme == theme::Scheme::Dark);
            const QImage shown = apart()->grab().toImage();
            const bool isDark = shown.pixelColor(2, shown.height() - 2).lightness() < 128;
            QCOMPARE(isDark, scheme == theme::Scheme::Dark);
        }
    }

    /// The window goes first, or the tab does: neither misses the other.
    void everyEndIsSafe()
    {
        openFirst();
        m_window->documents().openPath(m_second);
        action(u"inspectorWindow"_s)->trigger();
        m_window->documents().goToPrevious();
        m_window.reset();
        QVERIFY(!QApplication::activeModalWidget());
    }

private:
    void makeWindow(QSize size)
    {
        m_window.reset();
        m_window = std::make_unique<MainWindow>(m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->resize(size);
        QTRY_COMPARE(m_window->size(), size);
    }

    void openFirst()
    {
        m_window->documents().openPath(m_first);
        QTRY_VERIFY_WITH_TIMEOUT(log()->logModel() && log()->logModel()->rowCount() == 2, Patience);
    }

    void choose(EntryId entry, const QString &shown)
    {
        log()->setCurrentEntry(entry);
        QTRY_COMPARE_WITH_TIMEOUT(text()->toPlainText(), shown, Patience);
    }

    static void activate(QWidget *window)
    {
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window));
    }

    static void key(Qt::Key code, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget *focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : QApplication::activeWindow(), code, modifiers);
    }

    [[nodiscard]] static bool isInside(const QWidget *widget)
    {
        const QWidget *focused = QApplication::focusWidget();
        return focused && widget->isAncestorOf(focused);
    }

    [[nodiscard]] QAction *action(const QString &id) const { return m_window->menuActions()->get(id); }
    [[nodiscard]] InspectorWindow *apart() const { return m_window->panels().inspectorWindow(); }
    [[nodiscard]] DocumentTab *tab() const { return m_window->documents().current(); }
    [[nodiscard]] LogView *log() const { return tab()->view()->logView(); }
    [[nodiscard]] Inspector *inspector() const { return tab()->view()->inspector(); }
    [[nodiscard]] PayloadText *text() const { return inspector()->findChild<PayloadText *>(); }
    [[nodiscard]] QPoint place(const QWidget *widget) const { return widget->mapTo(m_window.get(), QPoint()); }

    std::unique_ptr<Sandbox> m_sandbox;
    QString m_first;
    QString m_second;
    ScriptedPrompts m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

SOCKEYE_TEST(InspectorWindowTest, QApplication)
#include "tst_inspectorwindow.moc"
