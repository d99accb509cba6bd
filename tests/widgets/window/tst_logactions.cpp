#include "reading/Annotations.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/composer/Composer.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/Actions.h"
#include "widgets/window/MainWindow.h"
#include "widgets/window/WindowStatusBar.h"

#include <QApplication>
#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

/// The log's keys, pressed in the window.
class TestLogActions final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_window = std::make_unique<MainWindow>(m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->echo().connectTo();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), ConnectionTab::State::Open, Patience);
        for (int n = 0; n < 3; ++n) {
            tab()->composer()->editor()->setPlainText(u"hello"_s);
            tab()->composer()->send();
        }
        // Connecting, connected, and three that went there and back.
        QTRY_COMPARE_WITH_TIMEOUT(tab()->view()->model() ? tab()->view()->model()->rowCount() : 0, 8, Patience);
        view()->setFocus();
    }

    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
    }

    void bookmarksAreSetAndFound()
    {
        view()->setCurrentEntry(EntryId(6));
        press(Qt::Key_F2, Qt::ControlModifier);
        QVERIFY(tab()->view()->annotations()->find(EntryId(6)));
        view()->setCurrentEntry(EntryId(2));
        press(Qt::Key_F2);
        QTRY_COMPARE_WITH_TIMEOUT(view()->currentEntry(), EntryId(6), Patience);
        view()->setCurrentEntry(EntryId(8));
        press(Qt::Key_F2, Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(view()->currentEntry(), EntryId(6), Patience);
    }

    void theLogsOwnKeysAreItsAlone()
    {
        // In the composer this brings back what was sent before.
        view()->setCurrentEntry(EntryId(3));
        tab()->composer()->focusEditor();
        QTest::keyClick(tab()->composer()->editor(), Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(tab()->composer()->editor()->toPlainText(), u"hello"_s);
        QCOMPARE(view()->currentEntry(), EntryId(3));
        view()->setFocus();
        press(Qt::Key_Down, Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(view()->currentEntry() > EntryId(3), Patience);
        const auto direction = [this](EntryId id) {
            return tab()->view()->model()->index(int(id.value()) - 1, 0).data(LogModel::DirectionRole).toInt();
        };
        QCOMPARE(direction(view()->currentEntry()), direction(EntryId(3)));
    }

    void controlGAsksWhere()
    {
        press(Qt::Key_G, Qt::ControlModifier);
        auto *dialog = view()->findChild<QDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        auto *edit = dialog->findChild<QLineEdit *>();
        QTest::keyClicks(edit, u"2"_s);
        QTest::keyClick(edit, Qt::Key_Return);
        QCOMPARE(view()->currentEntry(), EntryId(2));
    }

    void zoomIsThatOfAllTabs()
    {
        ConnectionTab *first = tab();
        m_window->documents().openNew();
        QVERIFY(tab() != first);
        press(Qt::Key_Plus, Qt::ControlModifier);
        press(Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(view()->zoom(), 2);
        QCOMPARE(first->view()->logView()->zoom(), 2);
        m_window->documents().openNew();
        QCOMPARE(view()->zoom(), 2);
        press(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(first->view()->logView()->zoom(), 0);
    }

    void theStatusBarSaysWhatIsSelected()
    {
        const auto *bar = m_window->findChild<WindowStatusBar *>();
        view()->setCurrentEntry(EntryId(3));
        QTest::keyClick(view(), Qt::Key_Down, Qt::ShiftModifier);
        QTRY_VERIFY2_WITH_TIMEOUT(bar->selection().startsWith(u"2 selected · 10 B · "), qPrintable(bar->selection()),
                                  Patience);
        ConnectionTab *first = tab();
        m_window->documents().openNew();
        QTRY_COMPARE_WITH_TIMEOUT(bar->selection(), QString(), Patience);
        QVERIFY(tab() != first);
    }

private:
    [[nodiscard]] ConnectionTab *tab() const { return qobject_cast<ConnectionTab *>(m_window->documents().current()); }
    [[nodiscard]] LogView *view() const { return tab()->view()->logView(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(QApplication::focusWidget(), key, modifiers);
    }

    std::unique_ptr<Sandbox> m_sandbox;
    ScriptedPrompts m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

SOCKEYE_TEST(TestLogActions, QApplication)
#include "tst_logactions.moc"
