#pragma once

#include "widgets/profiles/ProfilesTree.h"
#include "widgets/window/ProfileKeeper.h"

namespace sockeye {

class Documents;

/// Ties tabs to the profiles they come from: opens profiles in tabs, saves tabs to profiles, lets tabs follow what
/// happens to their profiles, and tells how the connections of each stand.
class ProfileTabs final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it.
    ProfileTabs(ProfileStore &store, Documents &documents, Prompts &prompts);

    void open(const QString &id, bool andConnect);
    void saveCurrent();
    /// As a new profile.
    void saveCurrentAs();

Q_SIGNALS:
    /// Emitted when a tab changes or is closed, with the marks of all profiles that are in use.
    void marksChanged(const QHash<QString, sockeye::StateSign> &marks);
    /// A line for the status bar.
    void statusText(const QString &text);

private:
    void followStore();
    void updateMarks();

    ProfileStore &m_store;
    Documents &m_documents;
    ProfileKeeper m_keeper;
};

} // namespace sockeye
