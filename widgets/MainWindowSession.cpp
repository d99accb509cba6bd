// What lasts from one start of the program to the next: the tabs, what a crash left, how many captures are kept.
#include "widgets/Actions.h"
#include "widgets/ConnectionTab.h"
#include "widgets/CrashOffer.h"
#include "widgets/DocumentTabs.h"
#include "widgets/MainWindow.h"

#include <QTabBar>

namespace sockeye {
namespace {

/// Passwords in URLs are not kept with the tabs, but where the user has saved them.
void addPasswords(Endpoint &kept, const Endpoint &saved)
{
    if (kept.url == withoutPassword(saved.url))
        kept.url = saved.url;
    if (kept.proxy == withoutPassword(saved.proxy))
        kept.proxy = saved.proxy;
}

} // namespace

void MainWindow::wireSession()
{
    m_crashes = new CrashOffer(m_recent, m_captures, *m_tabs->banner(), this);
    connect(m_crashes, &CrashOffer::openRequested, this, &MainWindow::openPath);
    connect(m_tabs, &DocumentTabs::currentChanged, &m_session, &SessionKeeper::noteChange);
    connect(m_tabs->bar(), &QTabBar::tabMoved, &m_session, &SessionKeeper::noteChange);
}

void MainWindow::start()
{
    if (m_settings.value(Settings::Key::RestoreSession).toBool())
        restoreTabs();
    connect(
        &m_recent, &RecentCaptures::completed, this,
        [this] {
            m_crashes->show();
            // Beside another window of Sockeye nobody can tell what that one has open.
            if (m_session.isAlone())
                m_retention.applyAtStart();
        },
        Qt::SingleShotConnection);
    m_recent.refresh();
}

void MainWindow::restoreTabs()
{
    const std::optional<SessionState> state = m_session.take();
    if (!state || state->tabs.isEmpty())
        return;
    for (TabState kept : state->tabs) {
        ConnectionTab *tab = addTab();
        if (const Profile *profile = m_store.find(kept.profileId)) {
            tab->setProfile(profile->id, profile->name);
            addPasswords(kept.endpoint, profile->endpoint);
        }
        tab->restore(kept);
    }
    m_tabs->setCurrentPage(m_tabs->page(state->current));
}

SessionState MainWindow::sessionState() const
{
    SessionState state;
    for (int i = 0; i < m_tabs->count(); ++i) {
        // A merge goes when its tab does.
        if (tabAt(i)->isMerge())
            continue;
        if (tabAt(i) == currentTab())
            state.current = static_cast<int>(state.tabs.size());
        state.tabs.append(tabAt(i)->tabState());
    }
    return state;
}

void MainWindow::applyRestore()
{
    const bool on = m_actions->get(ActionId::RestoreSession)->isChecked();
    m_settings.setValue(Settings::Key::RestoreSession, on);
    m_session.setOn(on);
}

} // namespace sockeye
