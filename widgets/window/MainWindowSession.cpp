// What lasts from one start of the program to the next: the tabs, what a crash left, how many captures are kept.
#include "widgets/controls/Banner.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/Actions.h"
#include "widgets/window/CrashOffer.h"
#include "widgets/window/DocumentTabs.h"
#include "widgets/window/MainWindow.h"

#include <QFileInfo>
#include <QTabBar>
#include <QTimer>

#include <chrono>

namespace sockeye {
namespace {

/// So long after they were shown, tabs are taken to do no harm.
constexpr auto RestoringTime = std::chrono::seconds(3);
/// More tabs are only counted.
constexpr qsizetype MaxNamed = 3;

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
            // One question after the other.
            if (m_offered.isEmpty())
                m_crashes->show();
            // Beside another window of Sockeye nobody can tell what that one has open.
            if (m_session.isAlone())
                m_retention.applyAtStart();
        },
        Qt::SingleShotConnection);
    removeMergeLeftovers();
    m_recent.refresh();
}

void MainWindow::restoreTabs()
{
    const std::optional<SessionState> state = m_session.take();
    if (!state || state->tabs.isEmpty())
        return;
    if (m_session.hasDiedRestoring())
        offerTabs(*state);
    else
        showTabs(*state);
}

void MainWindow::showTabs(const SessionState &state)
{
    m_session.setRestoring(true);
    const int before = m_tabs->count();
    for (TabState kept : state.tabs) {
        if (kept.isFile) {
            addFileTab(kept.capture, kept);
            continue;
        }
        ConnectionTab *tab = addConnectionTab();
        if (const Profile *profile = m_store.find(kept.profileId)) {
            tab->setProfile(profile->id, profile->name);
            addPasswords(kept.endpoint, profile->endpoint);
        }
        tab->restore(kept);
    }
    m_tabs->setCurrentPage(m_tabs->page(before + state.current));
    QTimer::singleShot(RestoringTime, this, [this] { m_session.setRestoring(false); });
}

/// Whatever it was that ended the program, it must not do so at every start.
void MainWindow::offerTabs(const SessionState &state)
{
    m_offered = state.tabs;
    QStringList names;
    for (const TabState &tab : state.tabs.first(qMin(state.tabs.size(), MaxNamed)))
        names += tab.isFile ? QFileInfo(tab.capture).fileName() : tab.endpoint.url;
    names.removeAll(QString());
    if (state.tabs.size() > MaxNamed)
        names += tr("%1 more").arg(state.tabs.size() - MaxNamed);
    const QString message =
        names.isEmpty()
            ? tr("Sockeye ended while it was opening the tabs of last time. Open them again?")
            : tr("Sockeye ended while it was opening these tabs: %1. Open them again?").arg(names.join(u", "));
    m_tabs->banner()->showOffer(message, {tr("Open again"), tr("Show the tabs of last time; nothing is connected to"),
                                          [this] { takeOfferedTabs(true); }});
    connect(
        m_tabs->banner(), &Banner::dismissed, this, [this] { takeOfferedTabs(false); }, Qt::SingleShotConnection);
}

void MainWindow::takeOfferedTabs(bool wanted)
{
    if (m_offered.isEmpty())
        return;
    SessionState state;
    state.tabs = std::exchange(m_offered, {});
    state.current = 0;
    m_tabs->banner()->dismiss();
    if (wanted)
        showTabs(state);
    else
        m_session.setRestoring(false);
    m_session.noteChange();
    m_crashes->show();
}

SessionState MainWindow::sessionState() const
{
    SessionState state;
    for (int i = 0; i < m_tabs->count(); ++i) {
        const std::optional<TabState> tab = tabAt(i)->tabState();
        if (!tab)
            continue;
        if (tabAt(i) == currentTab())
            state.current = static_cast<int>(state.tabs.size());
        state.tabs.append(*tab);
    }
    state.tabs.append(m_offered);
    return state;
}

void MainWindow::applyRestore()
{
    const bool on = m_actions->get(ActionId::RestoreSession)->isChecked();
    m_settings.setValue(Settings::Key::RestoreSession, on);
    m_session.setOn(on);
    if (!on)
        takeOfferedTabs(false);
}

} // namespace sockeye
