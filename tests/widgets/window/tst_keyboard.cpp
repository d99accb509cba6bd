#include "reading/Annotations.h"
#include "server/EchoServer.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/composer/Composer.h"
#include "widgets/dialogs/ExportDialog.h"
#include "widgets/dialogs/NoteDialog.h"
#include "widgets/hex/HexView.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/log/LogView.h"
#include "widgets/payload/NodeView.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

constexpr Qt::KeyboardModifiers Ctrl = Qt::ControlModifier;

} // namespace

/// The window without a mouse: keys go where the focus is, and nowhere else.
class KeyboardTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_window = std::make_unique<MainWindow>(m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        m_window->resize(1440, 900);
        const Result<> started = m_echo.start();
        QVERIFY2(started.ok(), qPrintable(started.message()));
    }

    void cleanup()
    {
        m_window.reset();
        m_echo.stop();
        m_sandbox.reset();
    }

    void aSession()
    {
        connectAndSend();
        if (!QTest::currentTestFailed())
            filter();
        if (!QTest::currentTestFailed())
            findInTheMessage();
        if (!QTest::currentTestFailed())
            copyAPath();
        if (!QTest::currentTestFailed())
            writeANote();
        if (!QTest::currentTestFailed())
            exportIt();
        if (!QTest::currentTestFailed())
            reconnect();
    }

private:
    void connectAndSend()
    {
        key(Qt::Key_T, Ctrl);
        type(m_echo.url().toString());
        key(Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), ConnectionTab::State::Open, Patience);
        QTRY_COMPARE(QApplication::focusWidget(), tab()->composer()->editor());
        type(QString::fromUtf8(R"({"trade":{"symbol":"AAPL","price":143.86}})"));
        key(Qt::Key_Return, Ctrl);
        QTRY_VERIFY_WITH_TIMEOUT(rows() == 4, Patience);
    }

    void filter()
    {
        key(Qt::Key_F, Ctrl | Qt::ShiftModifier);
        type(u"dir:in type:text"_s);
        key(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(rows() == 1, Patience);
        goToPane(log());
        key(Qt::Key_Home);
        QCOMPARE(log()->currentEntry(), EntryId(4));
    }

    void findInTheMessage()
    {
        // The chosen entry is read in the background.
        QTRY_VERIFY_WITH_TIMEOUT(inspector()->canFind(), Patience);
        goToPane(inspector());
        key(Qt::Key_F, Ctrl);
        type(u"AAPL"_s);
        QTRY_VERIFY_WITH_TIMEOUT(says(inspector(), u"1 of 1"_s), Patience);
        key(Qt::Key_Escape);
        QVERIFY(!says(inspector(), u"1 of 1"_s));
        // The focus goes along to the page that is chosen.
        key(Qt::Key_2, Ctrl);
        QVERIFY(qobject_cast<HexView *>(QApplication::focusWidget()));
        key(Qt::Key_1, Ctrl);
        QVERIFY(inspector()->isAncestorOf(QApplication::focusWidget()));
    }

    void copyAPath()
    {
        goToPane(inspector());
        // Through the page's controls to the tree.
        const auto isForms = [] {
            const auto *tabs = qobject_cast<QTabBar *>(QApplication::focusWidget());
            return tabs && tabs->tabText(tabs->count() - 1) == u"Tree";
        };
        tabUntil(isForms);
        key(Qt::Key_Right);
        key(Qt::Key_Right);
        auto *tree = inspector()->findChild<NodeView *>();
        QTRY_VERIFY_WITH_TIMEOUT(tree->isVisible() && tree->tree(), Patience);
        tabUntil([tree] { return QApplication::focusWidget() == tree; });
        // Into the trade, to its price.
        key(Qt::Key_Home);
        key(Qt::Key_Down);
        key(Qt::Key_Right);
        key(Qt::Key_Down);
        key(Qt::Key_Down);
        QContextMenuEvent menuKey(QContextMenuEvent::Keyboard, QPoint(), QPoint());
        QApplication::sendEvent(tree->viewport(), &menuKey);
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(QApplication::activePopupWidget(), Qt::Key_P);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"$.trade.price"_s);
        QTRY_VERIFY(!QApplication::activePopupWidget());
        backToTheWindow();
    }

    void writeANote()
    {
        goToPane(log());
        key(Qt::Key_F2, Ctrl);
        key(Qt::Key_N, Ctrl | Qt::ShiftModifier);
        QTRY_VERIFY(inside<NoteDialog>());
        type(u"the price jumped"_s);
        key(Qt::Key_Return, Ctrl);
        const Annotation *annotation = tab()->view()->annotations()->find(EntryId(4));
        QVERIFY(annotation);
        QVERIFY(annotation->bookmarked);
        QCOMPARE(annotation->note, u"the price jumped"_s);
        backToTheWindow();
        QCOMPARE(QApplication::focusWidget(), log());
    }

    void exportIt()
    {
        const QString file = m_sandbox->path(u"session.jsonl"_s);
        key(Qt::Key_E, Ctrl);
        QTRY_VERIFY(inside<ExportDialog>());
        auto *dialog = m_window->findChild<ExportDialog *>();
        auto *target = named<QLineEdit>(dialog, u"Export file"_s);
        tabUntil([target] { return QApplication::focusWidget() == target; });
        target->selectAll();
        type(file);
        key(Qt::Key_Return);
        QTRY_VERIFY_WITH_TIMEOUT(readFile(file).contains("\"note\":\"the price jumped\""), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->findChild<ExportDialog *>(), Patience);
        backToTheWindow();
    }

    void reconnect()
    {
        key(Qt::Key_F5, Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!tab()->isActive(), Patience);
        key(Qt::Key_F5);
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), ConnectionTab::State::Open, Patience);
    }

    [[nodiscard]] ConnectionTab *tab() const { return m_window->documents().currentConnection(); }
    [[nodiscard]] LogView *log() const { return tab()->view()->logView(); }
    [[nodiscard]] Inspector *inspector() const { return tab()->view()->inspector(); }
    [[nodiscard]] int rows() const { return tab()->view()->model() ? tab()->view()->model()->rowCount() : 0; }

    template<typename Dialog>
    [[nodiscard]] bool inside() const
    {
        const QWidget *focused = QApplication::focusWidget();
        return focused && qobject_cast<Dialog *>(focused->window());
    }

    [[nodiscard]] static bool says(const QWidget *widget, const QString &text)
    {
        for (const QLabel *label : widget->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text() == text)
                return true;
        }
        return false;
    }

    /// Where the focus is, as the window system sends it.
    void key(int key, Qt::KeyboardModifiers modifiers = {}) const
    {
        QWidget *focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : m_window.get(), static_cast<Qt::Key>(key), modifiers);
    }

    /// What a window manager does when a dialog or a menu has gone.
    void backToTheWindow() const
    {
        QApplication::processEvents();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    template<typename Condition>
    void tabUntil(const Condition &condition) const
    {
        constexpr int Most = 40;
        for (int i = 0; i < Most && !condition(); ++i)
            key(Qt::Key_Tab);
        QVERIFY(condition());
    }

    static void type(const QString &text) { QTest::keyClicks(QApplication::focusWidget(), text); }

    void goToPane(const QWidget *pane) const
    {
        const auto isThere = [pane] {
            const QWidget *focused = QApplication::focusWidget();
            return focused && (focused == pane || pane->isAncestorOf(focused));
        };
        for (int i = 0; i < 5 && !isThere(); ++i)
            key(Qt::Key_F6);
        QVERIFY(isThere());
    }

    EchoServer m_echo;
    std::unique_ptr<Sandbox> m_sandbox;
    ScriptedPrompts m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

SOCKEYE_TEST(KeyboardTest, QApplication)
#include "tst_keyboard.moc"
