#pragma once

#include "profiles/ProfileStore.h"

#include <QHash>
#include <QObject>

namespace sockeye {

class ConnectionTab;
class Prompts;

/// Saves the connections of tabs as profiles: as new ones, or to the profiles that the tabs came from.
class ProfileKeeper final : public QObject
{
    Q_OBJECT

public:
    /// The store and the prompts outlive it.
    ProfileKeeper(ProfileStore &store, Prompts &prompts, QObject *parent = nullptr);

    /// Asks for name and folder, writes a new profile, and ties the tab to it.
    void saveAs(ConnectionTab *tab);
    /// Writes the tab's options to its profile. If that has been changed since the tab took it, by another window or
    /// another program, asks first.
    void save(ConnectionTab *tab);
    /// The tab shows its profile as it is now, or was made of it.
    void noteTaken(ConnectionTab *tab);

Q_SIGNALS:
    void statusText(const QString &text);

private:
    /// What a profile keeps of a tab.
    struct Kept
    {
        Endpoint endpoint;
        NotifyOptions notify;
        DecodeOptions decode;
        ColumnOptions columns;

        friend bool operator==(const Kept &, const Kept &) = default;
    };

    void add(ConnectionTab *tab, const QString &name, const QString &folder);
    void write(ConnectionTab *tab, const QString &id);
    [[nodiscard]] QStringList folders() const;

    ProfileStore &m_store;
    Prompts &m_prompts;
    /// What the profiles said when the tabs took them, by tab, which is never asked.
    QHash<const QObject *, Kept> m_taken;
};

} // namespace sockeye
