#include "widgets/window/Actions.h"

#include "support/TestProgram.h"

#include <QApplication>
#include <QMainWindow>
#include <QMenuBar>
#include <QTest>

using namespace sockeye;
using namespace Qt::StringLiterals;

/// Menus and actions made out of rows, whatever these are about.
class ActionsTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_window = std::make_unique<QMainWindow>();
        m_actions = new Actions(m_window.get());
        m_ran.clear();
    }

    void eachRowIsAnActionOfItsMenu()
    {
        m_actions->setUp({row(u"first"_s, ActionMenu::File), row(u"second"_s, ActionMenu::File),
                          row(u"other"_s, ActionMenu::Tools)});
        QCOMPARE(texts(menu(u"&File"_s)), (QStringList{u"first"_s, u"second"_s}));
        QCOMPARE(texts(menu(u"&Tools"_s)), QStringList{u"other"_s});
        m_actions->get(u"second"_s)->trigger();
        QCOMPARE(m_ran, QStringList{u"second"_s});
        QCOMPARE(m_actions->all().size(), 3);
        QCOMPARE(m_actions->get(u"unknown"_s), nullptr);
    }

    void keysStandInTheToolTip()
    {
        ActionSpec spec = row(u"a"_s, ActionMenu::File);
        spec.toolTip = u"Does it"_s;
        m_actions->setUp({spec});
        QCOMPARE(m_actions->get(u"a"_s)->toolTip(), u"Does it"_s);

        init();
        spec.keys = {QKeySequence(Qt::Key_F5), QKeySequence(Qt::Key_F6)};
        m_actions->setUp({spec});
        QCOMPARE(m_actions->get(u"a"_s)->toolTip(), u"Does it (F5)"_s);
        QCOMPARE(m_actions->get(u"a"_s)->shortcuts(), spec.keys);
    }

    void sectionsAreSeparated()
    {
        ActionSpec second = row(u"second"_s, ActionMenu::File);
        second.startsSection = true;
        m_actions->setUp({row(u"first"_s, ActionMenu::File), second});
        const QList<QAction *> actions = menu(u"&File"_s)->actions();
        QCOMPARE(actions.size(), 3);
        QVERIFY(actions.at(1)->isSeparator());
    }

    void aMenuInAMenuStandsWhereItsFirstActionDoes()
    {
        m_actions->setUp({row(u"before"_s, ActionMenu::Edit), row(u"red"_s, ActionMenu::Colour),
                          row(u"after"_s, ActionMenu::Edit), row(u"blue"_s, ActionMenu::Colour)});
        const QMenu *edit = menu(u"&Edit"_s);
        QCOMPARE(texts(edit), (QStringList{u"before"_s, u"C&olour of entries"_s, u"after"_s}));
        QCOMPARE(texts(edit->actions().at(1)->menu()), (QStringList{u"red"_s, u"blue"_s}));
    }

    void anUpdateAsksWhatCanBeRun()
    {
        bool can = false;
        ActionSpec spec = row(u"a"_s, ActionMenu::File);
        spec.canRun = [&can] { return can; };
        m_actions->setUp({spec, row(u"always"_s, ActionMenu::File)});
        QVERIFY(!m_actions->get(u"a"_s)->isEnabled());
        QVERIFY(m_actions->get(u"always"_s)->isEnabled());
        can = true;
        m_actions->update();
        QVERIFY(m_actions->get(u"a"_s)->isEnabled());
    }

    /// It may have changed what another action can do, too.
    void afterEachRunAllIsAskedAnew()
    {
        bool isOn = false;
        ActionSpec toggle = row(u"toggle"_s, ActionMenu::View);
        toggle.run = [&isOn] { isOn = !isOn; };
        toggle.isChecked = [&isOn] { return isOn; };
        toggle.currentText = [&isOn] { return isOn ? u"On"_s : u"Off"_s; };
        ActionSpec dependent = row(u"dependent"_s, ActionMenu::View);
        dependent.canRun = [&isOn] { return isOn; };
        m_actions->setUp({toggle, dependent});
        QVERIFY(!m_actions->get(u"toggle"_s)->isChecked());
        QCOMPARE(m_actions->get(u"toggle"_s)->text(), u"Off"_s);

        m_actions->get(u"toggle"_s)->trigger();
        QVERIFY(m_actions->get(u"toggle"_s)->isChecked());
        QCOMPARE(m_actions->get(u"toggle"_s)->text(), u"On"_s);
        QVERIFY(m_actions->get(u"dependent"_s)->isEnabled());
    }

    /// Qt checks an action that is triggered; what could not be done is not shown as done.
    void aToggleThatFailsIsNotChecked()
    {
        ActionSpec spec = row(u"a"_s, ActionMenu::Tools);
        spec.isChecked = [] { return false; };
        m_actions->setUp({spec});
        m_actions->get(u"a"_s)->trigger();
        QCOMPARE(m_ran, QStringList{u"a"_s});
        QVERIFY(!m_actions->get(u"a"_s)->isChecked());
    }

    void oneChoiceOfSeveralIsChecked()
    {
        QString chosen = u"b"_s;
        QList<ActionSpec> specs;
        for (const QString &id : {u"a"_s, u"b"_s, u"c"_s}) {
            ActionSpec spec = row(id, ActionMenu::Theme);
            spec.run = [&chosen, id] { chosen = id; };
            spec.isChecked = [&chosen, id] { return chosen == id; };
            spec.isExclusive = true;
            specs += spec;
        }
        m_actions->setUp(specs);
        QVERIFY(m_actions->get(u"b"_s)->isChecked());
        m_actions->get(u"c"_s)->trigger();
        QVERIFY(m_actions->get(u"c"_s)->isChecked());
        QVERIFY(!m_actions->get(u"b"_s)->isChecked());
        QVERIFY(!m_actions->get(u"a"_s)->isChecked());
        // Chosen again, it stays chosen.
        m_actions->get(u"c"_s)->trigger();
        QVERIFY(m_actions->get(u"c"_s)->isChecked());
    }

    void localKeysAreForTheWidgetsThatHaveThem()
    {
        ActionSpec local = row(u"local"_s, ActionMenu::Go);
        local.keyContext = Qt::WidgetWithChildrenShortcut;
        m_actions->setUp({row(u"everywhere"_s, ActionMenu::Go), local});
        QCOMPARE(m_actions->localActions(), QList<QAction *>{m_actions->get(u"local"_s)});
        QCOMPARE(m_actions->get(u"local"_s)->shortcutContext(), Qt::WidgetWithChildrenShortcut);
    }

    void aMenuIsFilledWhenItIsShown()
    {
        int count = 1;
        ActionSpec spec = row(u"recent"_s, ActionMenu::File);
        spec.run = nullptr;
        spec.fillMenu = [&count](QMenu &filled) {
            for (int n = 0; n < count; ++n)
                filled.addAction(QString::number(n));
        };
        m_actions->setUp({spec});
        QMenu *recent = m_actions->get(u"recent"_s)->menu();
        QVERIFY(recent);
        QVERIFY(m_actions->all().isEmpty());
        Q_EMIT recent->aboutToShow();
        QCOMPARE(texts(recent), QStringList{u"0"_s});
        count = 2;
        Q_EMIT recent->aboutToShow();
        QCOMPARE(texts(recent), (QStringList{u"0"_s, u"1"_s}));
    }

private:
    [[nodiscard]] ActionSpec row(const QString &id, ActionMenu menu)
    {
        return {.id = id, .menu = menu, .text = id, .run = [this, id] { m_ran += id; }};
    }

    [[nodiscard]] const QMenu *menu(const QString &title) const
    {
        for (const QAction *action : m_window->menuBar()->actions()) {
            if (action->text() == title)
                return action->menu();
        }
        return nullptr;
    }

    [[nodiscard]] static QStringList texts(const QMenu *menu)
    {
        QStringList texts;
        for (const QAction *action : menu->actions())
            texts += action->text();
        return texts;
    }

    std::unique_ptr<QMainWindow> m_window;
    Actions *m_actions = nullptr;
    QStringList m_ran;
};

SOCKEYE_TEST(ActionsTest, QApplication)
#include "tst_actions.moc"
