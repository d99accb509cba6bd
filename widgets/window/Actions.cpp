#include "widgets/window/Actions.h"

#include "widgets/style/Icons.h"
#include "widgets/window/MenuKeys.h"

#include <QActionGroup>
#include <QMainWindow>
#include <QMenuBar>

namespace sockeye {
namespace {

QString toolTipOf(const ActionSpec &spec)
{
    if (spec.keys.isEmpty())
        return spec.toolTip;
    return QStringLiteral("%1 (%2)").arg(spec.toolTip, spec.keys.first().toString(QKeySequence::NativeText));
}

} // namespace

Actions::Actions(QMainWindow *window)
    : QObject(window)
    , m_window(window)
{
    buildMenus();
}

void Actions::setUp(const QList<ActionSpec> &specs)
{
    m_specs = specs;
    for (const ActionSpec &spec : m_specs)
        add(spec);
    for (QMenu *menu : std::as_const(m_menus)) {
        menu->setToolTipsVisible(true);
        connect(menu, &QMenu::aboutToShow, this, [this] {
            Q_EMIT menuOpening();
            update();
        });
    }
    updateIcons();
    update();
    new MenuKeys(m_all, m_window);
}

void Actions::update()
{
    for (const ActionSpec &spec : std::as_const(m_specs)) {
        QAction *action = get(spec.id);
        if (spec.run)
            action->setEnabled(!spec.canRun || spec.canRun());
        if (spec.isChecked)
            action->setChecked(spec.isChecked());
        if (spec.currentText)
            action->setText(spec.currentText());
    }
}

void Actions::updateIcons()
{
    for (const ActionSpec &spec : std::as_const(m_specs)) {
        if (!spec.icon.isEmpty())
            get(spec.id)->setIcon(icons::get(spec.icon, m_window->palette()));
    }
}

void Actions::buildMenus()
{
    QMenuBar *bar = m_window->menuBar();
    m_menus[ActionMenu::File] = bar->addMenu(tr("&File"));
    m_menus[ActionMenu::Edit] = bar->addMenu(tr("&Edit"));
    m_menus[ActionMenu::View] = bar->addMenu(tr("&View"));
    m_menus[ActionMenu::Go] = m_menus[ActionMenu::View]->addMenu(tr("&Go"));
    m_menus[ActionMenu::Page] = m_menus[ActionMenu::View]->addMenu(tr("Pages of t&he inspector"));
    m_menus[ActionMenu::Theme] = m_menus[ActionMenu::View]->addMenu(tr("&Theme"));
    m_menus[ActionMenu::Connection] = bar->addMenu(tr("&Connection"));
    m_menus[ActionMenu::Tools] = bar->addMenu(tr("&Tools"));
    m_menus[ActionMenu::Help] = bar->addMenu(tr("&Help"));
}

QMenu *Actions::menuOf(const ActionSpec &spec)
{
    QMenu *&menu = m_menus[spec.menu];
    // These stand where the first of their actions does.
    if (!menu)
        menu = makeMenu(spec.menu);
    return menu;
}

QMenu *Actions::makeMenu(ActionMenu menu) const
{
    switch (menu) {
    case ActionMenu::Inspector:
        return m_menus[ActionMenu::View]->addMenu(tr("Inspector"));
    case ActionMenu::Colour:
        return m_menus[ActionMenu::Edit]->addMenu(tr("C&olour of entries"));
    default:
        return m_menus[ActionMenu::Edit]->addMenu(tr("Copy &entries as"));
    }
}

void Actions::add(const ActionSpec &spec)
{
    QMenu *menu = menuOf(spec);
    if (spec.startsSection)
        menu->addSeparator();
    if (spec.fillMenu) {
        addMenu(spec, menu->addMenu(spec.text));
        return;
    }
    QAction *action = menu->addAction(spec.text);
    action->setObjectName(spec.id);
    action->setToolTip(toolTipOf(spec));
    action->setStatusTip({});
    action->setShortcuts(spec.keys);
    action->setShortcutContext(spec.keyContext);
    action->setCheckable(spec.isChecked != nullptr);
    if (spec.isExclusive) {
        QActionGroup *&group = m_groups[spec.menu];
        if (!group)
            group = new QActionGroup(this);
        group->addAction(action);
    }
    connect(action, &QAction::triggered, this, [this, run = spec.run] {
        run();
        update();
    });
    m_byId.insert(spec.id, action);
    m_all.append(action);
    if (spec.keyContext == Qt::WidgetWithChildrenShortcut)
        m_local.append(action);
}

void Actions::addMenu(const ActionSpec &spec, QMenu *menu)
{
    m_byId.insert(spec.id, menu->menuAction());
    connect(menu, &QMenu::aboutToShow, this, [menu, fill = spec.fillMenu] {
        menu->clear();
        fill(*menu);
    });
}

} // namespace sockeye
