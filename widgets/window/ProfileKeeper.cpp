#include "widgets/window/ProfileKeeper.h"

#include "widgets/controls/Prompts.h"
#include "widgets/dialogs/ProfileDialog.h"
#include "widgets/tab/ConnectionTab.h"

namespace sockeye {

ProfileKeeper::ProfileKeeper(ProfileStore &store, Prompts &prompts, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_prompts(prompts)
{
}

void ProfileKeeper::saveAs(ConnectionTab *tab)
{
    const Profile *now = m_store.find(tab->profileId());
    auto *dialog = new ProfileDialog(tab->title(), now ? now->folder : QString(), folders(), tab);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, tab, [this, tab, dialog] { add(tab, dialog->name(), dialog->folder()); });
    dialog->open();
}

void ProfileKeeper::save(ConnectionTab *tab)
{
    // What the watcher has not told of yet.
    m_store.load();
    const Profile *now = m_store.find(tab->profileId());
    if (!now) {
        // The profile was deleted meanwhile: the connection is saved as a new one.
        saveAs(tab);
        return;
    }
    const auto taken = m_taken.constFind(tab);
    const Kept there{now->endpoint, now->notify, now->decode, now->columns};
    const Kept here{tab->endpoint(), tab->notifyOptions(), tab->decodeOptions(), tab->columnOptions()};
    const bool isOthers = taken != m_taken.constEnd() && there != *taken && there != here;
    if (!isOthers)
        return write(tab, now->id);
    m_prompts.confirm(tab,
                      {.title = tr("The profile was changed elsewhere"),
                       .text = tr("The profile “%1” was changed by another window or program since this tab took it. "
                                  "Replace it with this tab's connection? To keep both, cancel and save this one as a "
                                  "new profile; to see theirs, open the profile again.")
                                   .arg(now->name),
                       .accept = tr("Replace")},
                      [this, tab, id = now->id] { write(tab, id); });
}

void ProfileKeeper::noteTaken(ConnectionTab *tab)
{
    const Profile *profile = m_store.find(tab->profileId());
    if (!profile)
        return;
    if (!m_taken.contains(tab))
        connect(tab, &QObject::destroyed, this, [this, tab] { m_taken.remove(tab); });
    m_taken.insert(tab, {profile->endpoint, profile->notify, profile->decode, profile->columns});
}

void ProfileKeeper::write(ConnectionTab *tab, const QString &id)
{
    const Profile *now = m_store.find(id);
    if (!now)
        return saveAs(tab);
    Profile profile = *now;
    profile.endpoint = tab->endpoint();
    profile.notify = tab->notifyOptions();
    profile.decode = tab->decodeOptions();
    profile.columns = tab->columnOptions();
    const Result<> saved = m_store.update(profile);
    noteTaken(tab);
    if (saved)
        Q_EMIT statusText(tr("Saved to the profile “%1”").arg(profile.name));
    else
        m_prompts.tell(tab, tr("Cannot save the profile"), tr("The profile was not saved."), saved.error().message);
}

void ProfileKeeper::add(ConnectionTab *tab, const QString &name, const QString &folder)
{
    Profile profile;
    profile.name = name;
    profile.folder = folder;
    profile.endpoint = tab->endpoint();
    profile.notify = tab->notifyOptions();
    profile.decode = tab->decodeOptions();
    profile.columns = tab->columnOptions();
    const Result<QString> id = m_store.add(profile);
    if (!id) {
        m_prompts.tell(tab, tr("Cannot save the profile"), tr("The profile was not saved."), id.error().message);
        return;
    }
    tab->setProfile(id.value(), name, profile.endpoint.url);
    noteTaken(tab);
    Q_EMIT statusText(tr("Saved as the profile “%1”").arg(name));
}

QStringList ProfileKeeper::folders() const
{
    QStringList folders;
    for (const Profile &profile : m_store.profiles()) {
        if (!profile.folder.isEmpty() && !folders.contains(profile.folder))
            folders += profile.folder;
    }
    return folders;
}

} // namespace sockeye
