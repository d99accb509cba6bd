#include "widgets/window/Actions.h"

#include "widgets/log/LogCommands.h"
#include "widgets/style/Icons.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/ActionTable.h"
#include "widgets/window/MainWindow.h"
#include "widgets/window/MenuKeys.h"

#include <QActionGroup>
#include <QMenuBar>

namespace sockeye {
namespace {

bool isMet(const ActionNeed &need, const DocumentTab *tab, bool echoRuns)
{
    if (const auto *ofTab = std::get_if<DocumentTab::Need>(&need))
        return tab && tab->can(*ofTab);
    return std::get<WindowNeed>(need) == WindowNeed::Nothing || echoRuns;
}

QString toolTipOf(const ActionSpec &spec)
{
    const QString text = QCoreApplication::translate("Actions", spec.toolTip);
    if (spec.keys.isEmpty())
        return text;
    return QStringLiteral("%1 (%2)").arg(text, spec.keys.first().toString(QKeySequence::NativeText));
}

void wire(QAction *action, const ActionSpec &spec, MainWindow *window)
{
    if (const WindowSlot *ofWindow = std::get_if<WindowSlot>(&spec.slot)) {
        QObject::connect(action, &QAction::triggered, window, [window, call = *ofWindow] { (window->*call)(); });
        return;
    }
    QObject::connect(action, &QAction::triggered, window, [window, slot = spec.slot] {
        DocumentTab *tab = window->currentTab();
        auto *connection = qobject_cast<ConnectionTab *>(tab);
        if (!tab)
            return;
        if (const TabSlot *ofTab = std::get_if<TabSlot>(&slot))
            (tab->**ofTab)();
        else if (const LogSlot *ofLog = std::get_if<LogSlot>(&slot))
            (tab->view()->logCommands()->**ofLog)();
        else if (connection)
            (connection->*std::get<ConnectionSlot>(slot))();
    });
}

} // namespace

Actions::Actions(MainWindow *window)
    : QObject(window)
{
    QHash<ActionMenu, QMenu *> menus;
    QMenuBar *bar = window->menuBar();
    menus[ActionMenu::File] = bar->addMenu(tr("&File"));
    menus[ActionMenu::Edit] = bar->addMenu(tr("&Edit"));
    menus[ActionMenu::View] = bar->addMenu(tr("&View"));
    menus[ActionMenu::Go] = menus[ActionMenu::View]->addMenu(tr("&Go"));
    menus[ActionMenu::Theme] = menus[ActionMenu::View]->addMenu(tr("&Theme"));
    menus[ActionMenu::Connection] = bar->addMenu(tr("&Connection"));
    menus[ActionMenu::Tools] = bar->addMenu(tr("&Tools"));
    menus[ActionMenu::Help] = bar->addMenu(tr("&Help"));
    auto *themes = new QActionGroup(this);
    for (const ActionSpec &spec : actionTable()) {
        QMenu *&menu = menus[spec.menu];
        // A menu in a menu stands where the first of its actions does.
        if (!menu)
            menu = menus[ActionMenu::Edit]->addMenu(spec.menu == ActionMenu::Colour ? tr("C&olour of entries")
                                                                                    : tr("Copy &entries as"));
        if (spec.flags & Separator)
            menu->addSeparator();
        QAction *action = menu->addAction(QCoreApplication::translate("Actions", spec.text));
        action->setToolTip(toolTipOf(spec));
        action->setStatusTip({});
        action->setShortcuts(spec.keys);
        action->setCheckable(spec.flags & Checkable);
        if (spec.flags & Exclusive)
            themes->addAction(action);
        if (spec.flags & InLog) {
            action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
            m_inLog.append(action);
        }
        wire(action, spec, window);
        m_actions.insert(spec.id, action);
        m_all.append(action);
        if (spec.id == ActionId::OpenCapture)
            m_recent = menu->addMenu(tr("Open &recent"));
    }
    for (QMenu *menu : menus)
        menu->setToolTipsVisible(true);
    updateIcons();
    new MenuKeys(m_all, window);
}

void Actions::update(const DocumentTab *tab, bool echoRuns)
{
    for (const ActionSpec &spec : actionTable())
        get(spec.id)->setEnabled(isMet(spec.need, tab, echoRuns));
}

void Actions::updateIcons()
{
    const auto *window = static_cast<const QWidget *>(parent());
    for (const ActionSpec &spec : actionTable()) {
        if (*spec.icon)
            get(spec.id)->setIcon(icons::get(QString::fromLatin1(spec.icon), window->palette()));
    }
}

} // namespace sockeye
