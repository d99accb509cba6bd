#include "widgets/window/TabMenu.h"

#include "widgets/controls/DocumentTabs.h"
#include "widgets/controls/TabRenamer.h"
#include "widgets/library/CaptureKeeper.h"
#include "widgets/style/Icons.h"
#include "widgets/window/Documents.h"

#include <QMenu>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace sockeye {

TabMenu::TabMenu(Documents &documents, DocumentTabs &tabs, QObject *parent)
    : QObject(parent)
    , m_documents(documents)
    , m_tabs(tabs)
    , m_renamer(new TabRenamer(tabs.bar()))
{
    connect(&m_tabs, &DocumentTabs::menuRequested, this, &TabMenu::popup);
    connect(m_renamer, &TabRenamer::renamed, this, [this](const QString &name) {
        if (m_renamed)
            m_renamed->setName(name);
    });
}

void TabMenu::popup(QWidget *page, QPoint at)
{
    auto *tab = qobject_cast<DocumentTab *>(page);
    if (!tab)
        return;
    auto *menu = new QMenu(m_tabs.bar());
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setAccessibleName(tr("Tab"));
    menu->setToolTipsVisible(true);
    const auto add = [menu, tab](const QString &text, const QString &icon, const QString &toolTip, bool canRun,
                                 const auto &run) {
        QAction *action = menu->addAction(icon.isEmpty() ? QIcon() : icons::get(icon, menu->palette()), text);
        action->setToolTip(toolTip);
        action->setEnabled(canRun);
        connect(action, &QAction::triggered, tab, run);
    };
    auto *connection = qobject_cast<ConnectionTab *>(tab);
    add(tr("&Rename"), u"rename"_s, tr("Give this tab a name of its own"), true, [this, tab] { rename(tab); });
    add(tr("&Duplicate"), u"duplicate"_s, tr("Open another tab with the same URL, options and draft"),
        connection != nullptr, [this, connection] { m_documents.duplicate(connection); });
    menu->addSeparator();
    add(tr("&Copy URL"), u"copy"_s, tr("Put this tab's URL on the clipboard"), tab->can(DocumentTab::Need::Url),
        [tab] { tab->copyUrl(); });
    add(tr("R&econnect"), u"connect"_s, tr("Close the connection, if there is one, and connect again"),
        connection != nullptr && !connection->isBlank(), [connection] { connection->reconnect(); });
    add(tr("Show in &folder"), u"folder"_s, tr("Reveal this tab's capture in the file manager"),
        !tab->capturePath().isEmpty(), [tab] { CaptureKeeper::reveal(tab->capturePath()); });
    menu->addSeparator();
    addClosing(*menu, tab);
    menu->popup(at);
}

void TabMenu::addClosing(QMenu &menu, DocumentTab *tab)
{
    const QList<DocumentTab *> all = m_documents.all();
    // Queued: the menu, and what it was opened on, go with the tab.
    const auto add = [this, &menu](const QString &text, const QString &toolTip, const QList<DocumentTab *> &tabs) {
        QAction *action = menu.addAction(text);
        action->setToolTip(toolTip);
        action->setEnabled(!tabs.isEmpty());
        const QList<QPointer<DocumentTab>> closed(tabs.cbegin(), tabs.cend());
        connect(
            action, &QAction::triggered, this,
            [this, closed] {
                QList<DocumentTab *> left;
                for (const QPointer<DocumentTab> &page : closed) {
                    if (page)
                        left += page;
                }
                m_documents.closeThese(left);
            },
            Qt::QueuedConnection);
    };
    QList<DocumentTab *> others = all;
    others.removeOne(tab);
    add(tr("C&lose"), tr("Close this tab; what it recorded stays under Recent"), {tab});
    add(tr("Close &others"), tr("Close all tabs but this one; what they recorded stays under Recent"), others);
    add(tr("Close to the ri&ght"), tr("Close the tabs on the right of this one; what they recorded stays under Recent"),
        all.sliced(all.indexOf(tab) + 1));
}

void TabMenu::rename(DocumentTab *tab)
{
    m_renamed = tab;
    m_renamer->start(m_tabs.indexOf(tab), tab->name().isEmpty() ? tab->title() : tab->name());
}

} // namespace sockeye
