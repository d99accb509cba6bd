#include "widgets/window/ProfileTabs.h"

#include "widgets/window/Documents.h"

#include <algorithm>
#include <array>

namespace sockeye {
namespace {

/// Of several tabs of one profile, the sign that says most: what is connected, then what needs a look.
bool saysLess(StateSign one, StateSign other)
{
    constexpr std::array Order{StateSign::Idle, StateSign::Interrupted, StateSign::Failed, StateSign::Busy,
                               StateSign::Open};
    return std::ranges::find(Order, one) < std::ranges::find(Order, other);
}

} // namespace

ProfileTabs::ProfileTabs(ProfileStore &store, Documents &documents, Prompts &prompts)
    : m_store(store)
    , m_documents(documents)
    , m_keeper(store, prompts)
{
    connect(&m_store, &ProfileStore::changed, this, &ProfileTabs::followStore);
    connect(&m_documents, &Documents::tabChanged, this, &ProfileTabs::updateMarks);
    connect(&m_documents, &Documents::tabClosed, this, &ProfileTabs::updateMarks);
    connect(&m_documents, &Documents::saveToProfileRequested, &m_keeper, &ProfileKeeper::save);
    connect(&m_documents, &Documents::saveAsProfileRequested, &m_keeper, &ProfileKeeper::saveAs);
    connect(&m_keeper, &ProfileKeeper::statusText, this, &ProfileTabs::statusText);
}

void ProfileTabs::open(const QString &id, bool andConnect)
{
    const Profile *profile = m_store.find(id);
    if (!profile)
        return;
    ConnectionTab *tab = m_documents.unusedTab();
    tab->setEndpoint(profile->endpoint);
    tab->setNotifyOptions(profile->notify);
    tab->setDecodeOptions(profile->decode);
    tab->setColumnOptions(profile->columns);
    tab->setProfile(profile->id, profile->name, profile->endpoint.url);
    m_keeper.noteTaken(tab);
    if (andConnect)
        tab->connectToPeer();
    tab->focusUrl();
}

void ProfileTabs::saveCurrent()
{
    if (ConnectionTab *tab = m_documents.currentConnection())
        m_keeper.save(tab);
}

void ProfileTabs::saveCurrentAs()
{
    if (ConnectionTab *tab = m_documents.currentConnection())
        m_keeper.saveAs(tab);
}

void ProfileTabs::followStore()
{
    for (ConnectionTab *tab : m_documents.connections()) {
        if (tab->profileId().isEmpty())
            continue;
        const Profile *profile = m_store.find(tab->profileId());
        if (profile)
            tab->setProfile(profile->id, profile->name, profile->endpoint.url);
        else
            tab->setProfile({}, {});
    }
}

void ProfileTabs::updateMarks()
{
    QHash<QString, StateSign> marks;
    for (const ConnectionTab *tab : m_documents.connections()) {
        if (tab->profileId().isEmpty())
            continue;
        StateSign &mark = marks[tab->profileId()];
        mark = std::max(mark, tab->sign(), saysLess);
    }
    Q_EMIT marksChanged(marks);
}

} // namespace sockeye
