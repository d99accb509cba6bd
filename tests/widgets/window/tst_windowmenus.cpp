#include "library/Settings.h"
#include "profiles/ProfileStore.h"
#include "support/Patience.h"
#include "support/TestProgram.h"
#include "tests/support/Sandbox.h"
#include "tests/support/ScriptedPrompts.h"
#include "widgets/commands/CommandModel.h"
#include "widgets/commands/CommandPalette.h"
#include "widgets/composer/Composer.h"
#include "widgets/filter/FilterBar.h"
#include "widgets/filter/FilterStore.h"
#include "widgets/hex/HexView.h"
#include "widgets/inspector/HexPage.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/inspector/InspectorPages.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/AddressBar.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/tab/FileTab.h"
#include "widgets/window/Actions.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTest>

using namespace sockeye;
using namespace sockeye::test;
using namespace Qt::StringLiterals;

namespace {

QString plain(QString text)
{
    return text.remove(u'&').remove(u'…');
}

QString mnemonicOf(const QString &text)
{
    const qsizetype at = QString(text).replace(u"&&"_s, u"  "_s).indexOf(u'&');
    return at < 0 ? QString() : text.mid(at + 1, 1).toLower();
}

} // namespace

/// The window's menus as they are: their keys, their words, and what Edit does where the focus is.
class WindowMenusTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>();
        m_window = std::make_unique<MainWindow>(m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QGuiApplication::clipboard()->setText(u"pasted"_s);
    }

    void cleanup()
    {
        m_window.reset();
        m_sandbox.reset();
    }

    void noTwoActionsShareAKey()
    {
        QHash<QKeySequence, QString> owners;
        for (const QAction *action : m_window->menuActions()->all()) {
            for (const QKeySequence &keys : action->shortcuts()) {
                QVERIFY2(!owners.contains(keys),
                         qPrintable(u"%1: %2 and %3"_s.arg(keys.toString(), owners.value(keys), action->text())));
                owners.insert(keys, action->text());
            }
        }
        QVERIFY(owners.size() > 40);
    }

    void noTwoLinesOfAMenuShareALetter()
    {
        int menus = 0;
        QStringList shared;
        for (const QAction *top : m_window->menuBar()->actions()) {
            ++menus;
            QHash<QString, QString> owners;
            Q_EMIT top->menu()->aboutToShow();
            for (const QAction *action : top->menu()->actions()) {
                const QString letter = mnemonicOf(action->text());
                if (letter.isEmpty())
                    continue;
                if (owners.contains(letter))
                    shared += owners.value(letter) + u" and "_s + action->text();
                owners.insert(letter, action->text());
            }
        }
        QVERIFY2(shared.isEmpty(), qPrintable(shared.join(u", ")));
        QVERIFY(menus >= 6);
    }

    void everyActionSaysWhatItDoes()
    {
        for (const QAction *action : m_window->menuActions()->all()) {
            QVERIFY2(action->toolTip() != plain(action->text()), qPrintable(action->text()));
            if (!action->shortcut().isEmpty())
                QVERIFY2(
                    action->toolTip().endsWith(u"(%1)"_s.arg(action->shortcut().toString(QKeySequence::NativeText))),
                    qPrintable(action->toolTip()));
        }
    }

    void editActsOnTheUrl()
    {
        QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
        QVERIFY(tab()->address()->urlHasFocus());
        QTest::keyClicks(QApplication::focusWidget(), u"ws://a/"_s);
        choose(u"Edit"_s, u"Select all"_s);
        QVERIFY(action(u"copy"_s)->isEnabled());
        choose(u"Edit"_s, u"Cut"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"ws://a/"_s);
        QCOMPARE(tab()->address()->url(), QString());
        choose(u"Edit"_s, u"Undo"_s);
        QCOMPARE(tab()->address()->url(), u"ws://a/"_s);
        choose(u"Edit"_s, u"Redo"_s);
        choose(u"Edit"_s, u"Paste"_s);
        QCOMPARE(tab()->address()->url(), u"ws://a/"_s);
    }

    /// The keys reach the widget as they did before the menu had them.
    void keysEditToo()
    {
        m_window->documents().openNew();
        tab()->composer()->focusEditor();
        QPlainTextEdit *editor = tab()->composer()->editor();
        QTest::keyClicks(editor, u"abc"_s);
        QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(editor, Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(editor->toPlainText(), QString());
        QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(editor->toPlainText(), u"abc"_s);
        QTest::keyClick(editor, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QTest::keyClick(editor, Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(editor->toPlainText(), u"abc"_s);
    }

    void editCopiesEntriesAndBytes()
    {
        m_window->echo().connectTo();
        QTRY_COMPARE_WITH_TIMEOUT(tab()->state(), ConnectionTab::State::Open, Patience);
        tab()->composer()->editor()->setPlainText(u"hello"_s);
        tab()->composer()->send();
        QTRY_VERIFY_WITH_TIMEOUT(tab()->view()->model() && tab()->view()->model()->rowCount() == 4, Patience);
        LogView *log = tab()->view()->logView();
        log->setFocus();
        openMenu(u"Edit"_s)->close();
        QVERIFY(!action(u"paste"_s)->isEnabled());
        QVERIFY(!action(u"undo"_s)->isEnabled());
        log->setCurrentEntry(EntryId(4));
        choose(u"Edit"_s, u"Copy"_s);
        QTRY_VERIFY_WITH_TIMEOUT(QGuiApplication::clipboard()->text().contains(u"hello"), Patience);
        QCOMPARE(QGuiApplication::clipboard()->text().trimmed().count(u'\n'), 0);
        choose(u"Edit"_s, u"Select all"_s);
        choose(u"Edit"_s, u"Copy"_s);
        QTRY_COMPARE_WITH_TIMEOUT(QGuiApplication::clipboard()->text().trimmed().count(u'\n'), 3, Patience);

        auto *hex = tab()->view()->inspector()->findChild<HexPage *>()->findChild<HexView *>();
        QTRY_VERIFY_WITH_TIMEOUT(hex && hex->hexLayout().size() == 5, Patience);
        tab()->view()->inspector()->showPage(u"Hex"_s);
        QTRY_VERIFY(hex->isVisible());
        hex->setFocus();
        QVERIFY(hex->hasFocus());
        choose(u"Edit"_s, u"Select all"_s);
        choose(u"Edit"_s, u"Copy"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"68 65 6c 6c 6f"_s);
    }

    void findGoesToTheFilter()
    {
        QVERIFY(!action(u"find"_s)->isEnabled());
        m_window->documents().openNew();
        for (const Qt::KeyboardModifiers modifiers :
             {Qt::KeyboardModifiers(Qt::ControlModifier), Qt::ControlModifier | Qt::ShiftModifier}) {
            tab()->composer()->focusEditor();
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_F, modifiers);
            QVERIFY(tab()->view()->filterBar()->isAncestorOf(QApplication::focusWidget()));
        }
    }

    void keysChooseThePagesOfTheInspector()
    {
        m_window->documents().openNew();
        QStringList titles;
        for (int i = 0; i < 7; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key(Qt::Key_1 + i), Qt::ControlModifier);
            auto *pages = tab()->view()->inspector()->findChild<QTabWidget *>();
            QCOMPARE(pages->currentIndex(), i);
            titles += pages->tabText(i);
        }
        QCOMPARE(titles, inspectorPageTitles());
        action(u"showInspector"_s)->trigger();
        QVERIFY(!tab()->view()->inspector()->isVisible());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_2, Qt::ControlModifier);
        QVERIFY(tab()->view()->inspector()->isVisible());
    }

    void keysGoFromPaneToPane()
    {
        m_window->documents().openNew();
        QVERIFY(tab()->address()->urlHasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
        QVERIFY(tab()->view()->logView()->hasFocus());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(tab()->address()->urlHasFocus());
    }

    void helpIsThere()
    {
        for (const auto &[text, title] : {std::pair(u"Guide"_s, u"Help"_s), std::pair(u"What is new"_s, u"Help"_s),
                                          std::pair(u"Report a problem"_s, u"Report a problem"_s)}) {
            choose(u"Help"_s, text);
            QWidget *shown = windowCalled(title);
            QVERIFY2(shown, qPrintable(text));
            shown->close();
        }
    }

    void thePaletteOffersEveryAction()
    {
        openPalette();
        QStringList offered;
        for (int row = 0; row < palette()->model()->rowCount(); ++row)
            offered += palette()->model()->index(row, 0).data().toString();
        for (const QAction *action : m_window->menuActions()->all())
            QVERIFY2(offered.contains(plain(action->text())), qPrintable(action->text()));
        for (int row = 0; row < palette()->model()->rowCount(); ++row)
            QVERIFY(!palette()->model()->index(row, 0).data(CommandModel::PlaceRole).toString().isEmpty());
    }

    void thePaletteRunsActionsWhereTheFocusIs()
    {
        QTest::keyClick(m_window.get(), Qt::Key_T, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), u"ws://a/"_s);
        findAndRun(u"select all"_s, u"Select all"_s);
        findAndRun(u"cut"_s, u"Cut"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"ws://a/"_s);
        QCOMPARE(tab()->address()->url(), QString());
        findAndRun(u"newcon"_s, u"New connection"_s);
        QCOMPARE(m_window->documents().all().size(), 2);
        // Its key closes it, too.
        openPalette();
        QTest::keyClick(palette()->line(), Qt::Key_Escape);
        QVERIFY(!palette()->isVisible());
    }

    void thePaletteOpensProfilesCapturesPagesAndFilters()
    {
        ProfileStore store(paths::profiles());
        Profile profile;
        profile.name = u"ticker & co"_s;
        profile.endpoint.url = u"ws://127.0.0.1:9/feed"_s;
        QVERIFY(store.add(profile).ok());
        Settings settings;
        FilterStore(settings).save({u"only mine"_s, u"dir:out"_s});
        m_window = std::make_unique<MainWindow>(m_prompts);
        m_window->show();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));

        findAndRun(u"ticker"_s, u"ticker & co"_s);
        QCOMPARE(tab()->address()->url(), u"ws://127.0.0.1:9/feed"_s);
        findAndRun(u"mine"_s, u"only mine"_s);
        QCOMPARE(tab()->view()->filterBar()->text(), u"dir:out"_s);

        action(u"showInspector"_s)->trigger();
        QVERIFY(!tab()->view()->inspector()->isVisible());
        findAndRun(u"closing"_s, u"Closing"_s);
        QVERIFY(tab()->view()->inspector()->isVisible());
        QVERIFY(named<QWidget>(tab()->view()->inspector(), u"Closing"_s)->isVisible());

        m_window->echo().connectTo();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->recentCaptures().captures().isEmpty(), Patience);
        const QString path = tab()->capturePath();
        const QString title = m_window->recentCaptures().captures().constFirst().item.title;
        m_window->documents().closeCurrent();
        QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(path + u"-wal"_s), Patience);
        openPalette();
        QTest::keyClicks(palette()->line(), u"capture "_s + title);
        QVERIFY(palette()->list()->currentIndex().data().toString().startsWith(title));
        QTest::keyClick(palette()->line(), Qt::Key_Return);
        QVERIFY(qobject_cast<FileTab *>(m_window->documents().current()));
    }

private:
    [[nodiscard]] static QWidget *windowCalled(const QString &title)
    {
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (window->isVisible() && window->windowTitle() == title)
                return window;
        }
        return nullptr;
    }

    [[nodiscard]] CommandPalette *palette() const { return m_window->findChild<CommandPalette *>(); }

    void openPalette() const
    {
        QWidget *focused = QApplication::focusWidget();
        QTest::keyClick(focused ? focused : m_window.get(), Qt::Key_K, Qt::ControlModifier);
        QVERIFY(palette() && palette()->isVisible());
    }

    void findAndRun(const QString &typed, const QString &title) const
    {
        openPalette();
        QTest::keyClicks(palette()->line(), typed);
        QCOMPARE(palette()->list()->currentIndex().data().toString(), title);
        QTest::keyClick(palette()->line(), Qt::Key_Return);
        QVERIFY(!palette()->isVisible());
    }

    [[nodiscard]] ConnectionTab *tab() const { return qobject_cast<ConnectionTab *>(m_window->documents().current()); }
    [[nodiscard]] QAction *action(const QString &id) const { return m_window->menuActions()->get(id); }

    /// Opens the menu by a click on the bar.
    [[nodiscard]] QMenu *openMenu(const QString &title) const
    {
        QMenuBar *bar = m_window->menuBar();
        for (QAction *action : bar->actions()) {
            if (plain(action->text()) != title)
                continue;
            QTest::mouseClick(bar, Qt::LeftButton, {}, bar->actionGeometry(action).center());
            return action->menu();
        }
        return nullptr;
    }

    void choose(const QString &title, const QString &text) const
    {
        QMenu *menu = openMenu(title);
        QVERIFY(menu && menu->isVisible());
        for (QAction *action : menu->actions()) {
            if (plain(action->text()) != text)
                continue;
            QVERIFY2(action->isEnabled(), qPrintable(text));
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            // The offscreen platform takes the menu for the active window still.
            m_window->activateWindow();
            return;
        }
        QFAIL(qPrintable(text));
    }

    std::unique_ptr<Sandbox> m_sandbox;
    ScriptedPrompts m_prompts;
    std::unique_ptr<MainWindow> m_window;
};

SOCKEYE_TEST(WindowMenusTest, QApplication)
#include "tst_windowmenus.moc"
