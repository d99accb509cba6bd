#include "widgets/tab/InspectorWindow.h"

#include "library/Settings.h"
#include "widgets/controls/OutsideText.h"
#include "widgets/inspector/Inspector.h"
#include "widgets/style/Icons.h"
#include "widgets/style/Theme.h"
#include "widgets/tab/DocumentTab.h"

#include <QAction>
#include <QCloseEvent>
#include <QStackedLayout>

namespace sockeye {
namespace {

/// Of the first time, in letters and lines of the interface's font.
constexpr int WidthInLetters = 84;
constexpr int HeightInLines = 40;

} // namespace

InspectorWindow::InspectorWindow(Settings &settings)
    : m_settings(settings)
    , m_stack(new QStackedLayout(this))
{
    m_stack->setContentsMargins(theme::Gap, theme::Gap, theme::Gap, theme::Gap);
    setAccessibleName(tr("Inspector window"));
    setWindowIcon(icons::application());
    setAttribute(Qt::WA_ShowWithoutActivating);
}

InspectorWindow::~InspectorWindow()
{
    for (const QPointer<DocumentTab> &tab : std::as_const(m_tabs)) {
        if (tab)
            tab->view()->lendInspector(nullptr);
    }
}

void InspectorWindow::showTab(DocumentTab *tab)
{
    Inspector *inspector = tab->view()->inspector();
    if (m_stack->indexOf(inspector) < 0) {
        tab->view()->lendInspector(this);
        m_stack->addWidget(inspector);
        m_tabs.removeIf([](const QPointer<DocumentTab> &gone) { return gone.isNull(); });
        if (!m_tabs.contains(tab))
            m_tabs += tab;
    }
    m_stack->setCurrentWidget(inspector);
    setWindowTitle(tr("%1 – Inspector").arg(plainTitle(tab->title())));
    if (isVisible())
        return;
    restorePlace();
    show();
}

void InspectorWindow::shareActions(const QList<QAction *> &actions)
{
    m_shared = actions;
    addActions(m_shared);
}

void InspectorWindow::setCloseKeys(const QList<QKeySequence> &keys)
{
    auto *action = new QAction(this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, &QWidget::close);
    addAction(action);
}

void InspectorWindow::setBlocked(bool blocked)
{
    for (QAction *action : std::as_const(m_shared)) {
        if (blocked)
            removeAction(action);
        else
            addAction(action);
    }
}

void InspectorWindow::restore()
{
    if (isMinimized())
        setWindowState(windowState() & ~Qt::WindowMinimized);
}

void InspectorWindow::closeEvent(QCloseEvent *event)
{
    QWidget::closeEvent(event);
    Q_EMIT closed();
}

void InspectorWindow::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    if (!event->spontaneous())
        m_settings.setValue(Settings::Key::InspectorWindowGeometry, saveGeometry());
}

void InspectorWindow::restorePlace()
{
    if (m_hasPlace)
        return;
    m_hasPlace = true;
    if (!restoreGeometry(m_settings.value(Settings::Key::InspectorWindowGeometry).toByteArray()))
        resize(fontMetrics().averageCharWidth() * WidthInLetters, fontMetrics().height() * HeightInLines);
}

} // namespace sockeye
