#include "widgets/window/SessionRestorer.h"

#include "base/Paths.h"
#include "endpoint/UrlText.h"
#include "library/Settings.h"
#include "profiles/ProfileStore.h"
#include "secrets/SecretMasker.h"
#include "widgets/controls/Banner.h"
#include "widgets/controls/DocumentTabs.h"
#include "widgets/window/Documents.h"

#include <QFileInfo>
#include <QTabBar>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace sockeye {
namespace {

/// Tabs that have been open for this long are taken not to crash the program.
constexpr auto RestoringTime = std::chrono::seconds(3);
/// How many tabs an offer names; it only counts the rest.
constexpr qsizetype MaxNamed = 3;

/// The session file holds no passwords of URLs; they are added from the profile, where the user has saved them.
void addPasswords(Endpoint &kept, const Endpoint &saved)
{
    if (kept.url == withoutPassword(saved.url))
        kept.url = saved.url;
    if (kept.proxy == withoutPassword(saved.proxy))
        kept.proxy = saved.proxy;
}

} // namespace

SessionRestorer::SessionRestorer(Documents &documents, DocumentTabs &tabs, const ProfileStore &profiles,
                                 Settings &settings)
    : m_documents(documents)
    , m_banner(*tabs.banner())
    , m_profiles(profiles)
    , m_settings(settings)
    , m_keeper(paths::sessionFile(), [this] { return state(); })
{
    connect(&m_documents, &Documents::tabMade, this, &SessionRestorer::noteChangesOf);
    connect(&m_documents, &Documents::currentChanged, &m_keeper, &SessionKeeper::noteChange);
    connect(tabs.bar(), &QTabBar::tabMoved, &m_keeper, &SessionKeeper::noteChange);
}

void SessionRestorer::start()
{
    if (!isOn())
        return;
    const std::optional<SessionState> state = m_keeper.take();
    if (!m_keeper.problem().isEmpty())
        m_banner.showWarning(m_keeper.problem());
    if (!state || state->tabs.isEmpty())
        return;
    if (m_keeper.hasDiedRestoring())
        offer(*state);
    else
        show(*state);
}

void SessionRestorer::close()
{
    // If the user has not answered the offer, the next start makes it again.
    if (!isOffering())
        m_keeper.setRestoring(false);
    m_keeper.close();
}

bool SessionRestorer::isOn() const
{
    return m_settings.value(Settings::Key::RestoreSession).toBool();
}

void SessionRestorer::setOn(bool on)
{
    m_settings.setValue(Settings::Key::RestoreSession, on);
    m_keeper.setOn(on);
    if (!on)
        takeOffered(false);
}

bool SessionRestorer::isOffered(const QString &capture) const
{
    return std::any_of(m_offered.begin(), m_offered.end(),
                       [&capture](const TabState &tab) { return tab.capture == capture; });
}

void SessionRestorer::noteChangesOf(DocumentTab *tab)
{
    connect(tab, &DocumentTab::tabStateChanged, &m_keeper, &SessionKeeper::noteChange);
}

void SessionRestorer::show(const SessionState &state)
{
    m_keeper.setRestoring(true);
    const qsizetype before = m_documents.all().size();
    for (TabState kept : state.tabs) {
        const Profile *profile = m_profiles.find(kept.profileId);
        if (profile)
            addPasswords(kept.endpoint, profile->endpoint);
        m_documents.restore(kept);
        if (ConnectionTab *tab = m_documents.currentConnection(); tab && profile)
            tab->setProfile(profile->id, profile->name, profile->endpoint.url);
    }
    m_documents.setCurrent(m_documents.all().value(before + state.current));
    QTimer::singleShot(RestoringTime, this, [this] { m_keeper.setRestoring(false); });
}

/// The tabs may have crashed the program; opened without asking, they would do so at every start.
void SessionRestorer::offer(const SessionState &state)
{
    m_offered = state.tabs;
    m_banner.showOffer(
        Banner::Kind::Warning, offerText(state.tabs),
        {tr("Open again"), tr("Show the tabs of last time; nothing is connected to"), [this] { takeOffered(true); }});
    connect(
        &m_banner, &Banner::dismissed, this, [this] { takeOffered(false); }, Qt::SingleShotConnection);
}

QString SessionRestorer::offerText(const QList<TabState> &tabs)
{
    QStringList names;
    for (const TabState &tab : tabs.first(qMin(tabs.size(), MaxNamed)))
        names += tab.isFile ? QFileInfo(tab.capture).fileName() : maskSecretsInUrl(tab.endpoint.url);
    names.removeAll(QString());
    if (tabs.size() > MaxNamed)
        names += tr("%1 more").arg(tabs.size() - MaxNamed);
    return names.isEmpty()
               ? tr("Sockeye ended while it was opening the tabs of last time. Open them again?")
               : tr("Sockeye ended while it was opening these tabs: %1. Open them again?").arg(names.join(u", "));
}

void SessionRestorer::takeOffered(bool wanted)
{
    if (!isOffering())
        return;
    SessionState state;
    state.tabs = std::exchange(m_offered, {});
    state.current = 0;
    m_banner.dismiss();
    if (wanted)
        show(state);
    else
        m_keeper.setRestoring(false);
    m_keeper.noteChange();
    Q_EMIT decided();
}

SessionState SessionRestorer::state() const
{
    SessionState state;
    for (const DocumentTab *tab : m_documents.all()) {
        const std::optional<TabState> kept = tab->tabState();
        if (!kept)
            continue;
        if (tab == m_documents.current())
            state.current = static_cast<int>(state.tabs.size());
        state.tabs += *kept;
    }
    state.tabs += m_offered;
    return state;
}

} // namespace sockeye
