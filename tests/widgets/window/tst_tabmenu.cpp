#include "document/Recording.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/composer/Composer.h"
#include "widgets/controls/DocumentTabs.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTabBar>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;
using State = DocumentTab::State;

/// The names on the tabs of the window, and what a tab's menu does.
class TabMenuTest final : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void takeUrl(const QUrl &url) { m_revealed += url; }

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_prompts = std::make_unique<ScriptedPrompts>();
        m_window = std::make_unique<MainWindow>(*m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
    }

    void tabsAreToldApart()
    {
        open(u"ws://127.0.0.1:9/v2/ticks"_s);
        QCOMPARE(bar()->tabText(0), u"127.0.0.1:9/v2/ticks"_s);
        open(u"ws://127.0.0.1:9/v2/bin"_s);
        QCOMPARE(names(), QStringList({u"…/ticks"_s, u"…/bin"_s}));
        // Whoever hears them hears them whole.
        QVERIFY2(bar()->accessibleTabName(0).contains(u"127.0.0.1:9/v2/ticks"),
                 qPrintable(bar()->accessibleTabName(0)));
        QVERIFY2(m_window->windowTitle().contains(u"127.0.0.1:9/v2/bin"), qPrintable(m_window->windowTitle()));
        m_window->documents().closeCurrent();
        QCOMPARE(names(), QStringList(u"127.0.0.1:9/v2/ticks"_s));
    }

    void aLongNameGivesWayInItsMiddle()
    {
        open(u"ws://127.0.0.1:9/"_s + QString(200, u'a') + u"/end"_s);
        const QString text = bar()->tabText(0);
        QVERIFY2(text.startsWith(u"127.0.0.1") && text.contains(u'…') && text.endsWith(u"/end"), qPrintable(text));
    }

    void aTabIsRenamed()
    {
        open(u"ws://127.0.0.1:9/ticks"_s);
        QVERIFY(choose(0, u"&Rename"_s));
        auto *line = named<QLineEdit>(bar(), u"Name of the tab"_s);
        QVERIFY(line && line->hasFocus());
        QCOMPARE(line->selectedText(), u"127.0.0.1:9/ticks"_s);
        QTest::keyClicks(line, u"my feed"_s);
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(names(), QStringList(u"my feed"_s));
        QVERIFY(m_window->windowTitle().startsWith(u"my feed"));
        QCOMPARE(tab(0)->tabState()->name, u"my feed"_s);

        QVERIFY(choose(0, u"&Rename"_s));
        QTest::keyClicks(QApplication::focusWidget(), u"not this"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(names(), QStringList(u"my feed"_s));

        // What nobody typed is no name.
        open(u"ws://127.0.0.1:9/other"_s);
        QVERIFY(choose(1, u"&Rename"_s));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QVERIFY(tab(1)->name().isEmpty());
        m_window->documents().closeThese({tab(1)});
        QCOMPARE(names(), QStringList(u"my feed"_s));

        // No name of its own: the URL again.
        QVERIFY(choose(0, u"&Rename"_s));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        QCOMPARE(names(), QStringList(u"127.0.0.1:9/ticks"_s));
    }

    void aTabWithANoticeHasAMark()
    {
        open(u"ws://127.0.0.1:9/a"_s);
        open(u"ws://127.0.0.1:9/b"_s);
        tab(0)->setHasNotice(true);
        QCOMPARE(names(), QStringList({u"● …/a"_s, u"…/b"_s}));
        QVERIFY2(bar()->accessibleTabName(0).contains(u"notification"), qPrintable(bar()->accessibleTabName(0)));
        QVERIFY2(bar()->tabToolTip(0).contains(u"notification"), qPrintable(bar()->tabToolTip(0)));
        // A look at it takes the mark away.
        QTest::mouseClick(bar(), Qt::LeftButton, {}, bar()->tabRect(0).center());
        QTRY_COMPARE(names(), QStringList({u"…/a"_s, u"…/b"_s}));
        QVERIFY(!bar()->accessibleTabName(0).contains(u"notification"));
    }

    void onlyATabThatNobodyLooksAtIsToldOf()
    {
        m_window->echo().toggle();
        ConnectionTab *opened = m_window->documents().openUrl(m_window->echo().url().toString());
        opened->setNotifyOptions({u"dir:in tick"_s, false, false});
        QTRY_COMPARE_WITH_TIMEOUT(opened->state(), State::Open, Patience);
        const auto say = [opened](const QString &text) {
            opened->composer()->editor()->setPlainText(text);
            opened->composer()->send();
        };
        const auto received = [opened] { return opened->recording()->session().status().messagesIn; };
        say(u"tick in front"_s);
        QTRY_VERIFY_WITH_TIMEOUT(opened->view()->model() && opened->view()->model()->rowCount() == 4, Patience);
        open(u"ws://127.0.0.1:9/b"_s);
        QVERIFY(!opened->hasNotice());
        say(u"something else"_s);
        QTRY_COMPARE_WITH_TIMEOUT(received(), 2, Patience);
        say(u"tick"_s);
        QTRY_VERIFY_WITH_TIMEOUT(opened->hasNotice(), Patience);
        QTRY_VERIFY_WITH_TIMEOUT(bar()->tabText(0).startsWith(u"● "), Patience);
        m_window->documents().setCurrent(opened);
        QTRY_VERIFY_WITH_TIMEOUT(!opened->hasNotice(), Patience);
    }

    void aNoticeLeadsToItsTabAndEntry()
    {
        m_window->echo().toggle();
        ConnectionTab *opened = m_window->documents().openUrl(m_window->echo().url().toString());
        QTRY_COMPARE_WITH_TIMEOUT(opened->state(), State::Open, Patience);
        QTRY_VERIFY_WITH_TIMEOUT(opened->view()->model() && opened->view()->model()->rowCount() >= 2, Patience);
        open(u"ws://127.0.0.1:9/b"_s);
        Q_EMIT m_window->notifier().wanted(opened, EntryId(1));
        QCOMPARE(m_window->documents().current(), opened);
        QCOMPARE(opened->view()->logView()->currentEntry(), EntryId(1));
        // An end is where the log ends.
        Q_EMIT m_window->notifier().wanted(opened, EntryId());
        QCOMPARE(opened->view()->logView()->currentEntry().value(), opened->view()->model()->rowCount());
    }

    void aTabIsDuplicated()
    {
        open(u"ws://127.0.0.1:9/ticks"_s);
        tab(0)->composer()->editor()->setPlainText(u"draft"_s);
        Endpoint endpoint = tab(0)->endpoint();
        endpoint.subprotocols = {u"mqtt"_s};
        tab(0)->setEndpoint(endpoint);
        tab(0)->setNotifyOptions({u"tick"_s, true, false});
        QVERIFY(choose(0, u"&Duplicate"_s));
        QCOMPARE(names(), QStringList({u"…/ticks"_s, u"…/ticks (2)"_s}));
        QCOMPARE(tab(1)->endpoint(), endpoint);
        QCOMPARE(tab(1)->notifyOptions(), tab(0)->notifyOptions());
        QCOMPARE(tab(1)->composer()->editor()->toPlainText(), u"draft"_s);
        QVERIFY(!tab(1)->isActive());
    }

    void tabsAreClosed()
    {
        for (const auto &path : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
            open(u"ws://127.0.0.1:9/"_s + path);
        QVERIFY(choose(2, u"Close to the ri&ght"_s));
        QTRY_COMPARE(names(), QStringList({u"…/a"_s, u"…/b"_s, u"…/c"_s}));
        QVERIFY(!isOffered(2, u"Close to the ri&ght"_s));
        QVERIFY(choose(1, u"Close &others"_s));
        QTRY_COMPARE(bar()->count(), 1);
        QCOMPARE(tab(0)->address()->url(), u"ws://127.0.0.1:9/b"_s);
        QVERIFY(!isOffered(0, u"Close &others"_s));
        QVERIFY(choose(0, u"C&lose"_s));
        QTRY_COMPARE(bar()->count(), 0);
    }

    void theMenuOfAnotherTabActsOnIt()
    {
        open(u"ws://127.0.0.1:9/a"_s);
        open(u"ws://127.0.0.1:9/b"_s);
        QVERIFY(choose(0, u"&Copy URL"_s));
        QCOMPARE(QGuiApplication::clipboard()->text(), u"ws://127.0.0.1:9/a"_s);
        QVERIFY(!isOffered(0, u"Show in &folder"_s));
    }

    void theKeyOpensTheMenuOfTheCurrentTab()
    {
        open(u"ws://127.0.0.1:9/a"_s);
        open(u"ws://127.0.0.1:9/b"_s);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, bar()->mapToGlobal(QPoint()));
        QCoreApplication::sendEvent(bar(), &event);
        QMenu *menu = shownMenu();
        QVERIFY(menu);
        find(menu, u"&Copy URL"_s)->trigger();
        menu->close();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"ws://127.0.0.1:9/b"_s);
    }

    void aTabReconnectsAndShowsItsCapture()
    {
        m_window->echo().toggle();
        QVERIFY(m_window->echo().isListening());
        ConnectionTab *opened = m_window->documents().openUrl(m_window->echo().url().toString());
        QTRY_COMPARE_WITH_TIMEOUT(opened->state(), State::Open, Patience);
        const QString path = opened->capturePath();
        QVERIFY(choose(0, u"R&econnect"_s));
        QTRY_COMPARE_WITH_TIMEOUT(opened->recording()->session().status().connection, ConnectionId(2), Patience);
        QTRY_COMPARE_WITH_TIMEOUT(opened->state(), State::Open, Patience);
        QCOMPARE(opened->capturePath(), path);

        QDesktopServices::setUrlHandler(u"file"_s, this, "takeUrl");
        QVERIFY(choose(0, u"Show in &folder"_s));
        QDesktopServices::unsetUrlHandler(u"file"_s);
        QCOMPARE(m_revealed, QList{QUrl::fromLocalFile(QFileInfo(path).absolutePath())});
    }

private:
    [[nodiscard]] QTabBar *bar() const { return m_window->tabs()->bar(); }
    [[nodiscard]] ConnectionTab *tab(int index) const
    {
        return qobject_cast<ConnectionTab *>(m_window->tabs()->page(index));
    }

    void open(const QString &url)
    {
        m_window->documents().openNew();
        tab(bar()->currentIndex())->address()->setUrl(url);
        Endpoint endpoint;
        endpoint.url = url;
        tab(bar()->currentIndex())->setEndpoint(endpoint);
    }

    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (int i = 0; i < bar()->count(); ++i)
            names += bar()->tabText(i);
        return names;
    }

    [[nodiscard]] static QMenu *shownMenu() { return qobject_cast<QMenu *>(QApplication::activePopupWidget()); }

    [[nodiscard]] static QAction *find(const QMenu *menu, const QString &text)
    {
        for (QAction *action : menu->actions()) {
            if (action->text() == text)
                return action;
        }
        return nullptr;
    }

    /// The menu of a tab, as a right click opens it.
    [[nodiscard]] QMenu *menuOf(int index) const
    {
        const QPoint at = bar()->tabRect(index).center();
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, bar()->mapToGlobal(at));
        QCoreApplication::sendEvent(bar(), &event);
        return shownMenu();
    }

    [[nodiscard]] bool isOffered(int index, const QString &text) const
    {
        QMenu *menu = menuOf(index);
        const QAction *action = menu ? find(menu, text) : nullptr;
        const bool isOffered = action && action->isEnabled();
        if (menu)
            menu->close();
        return isOffered;
    }

    [[nodiscard]] bool choose(int index, const QString &text) const
    {
        QMenu *menu = menuOf(index);
        QAction *action = menu ? find(menu, text) : nullptr;
        if (!action || !action->isEnabled())
            return false;
        menu->close();
        action->trigger();
        return true;
    }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ScriptedPrompts> m_prompts;
    std::unique_ptr<MainWindow> m_window;
    QList<QUrl> m_revealed;
};

SOCKEYE_TEST(TabMenuTest, QApplication)
#include "tst_tabmenu.moc"
