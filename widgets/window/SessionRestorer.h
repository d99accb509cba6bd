#pragma once

#include "widgets/window/SessionKeeper.h"

namespace sockeye {

class Banner;
class DocumentTab;
class DocumentTabs;
class Documents;
class ProfileStore;
class Settings;

/// Opens the tabs of the last start again, and keeps those of this one for the next. If the program ended while it did
/// so, the tabs are only offered.
class SessionRestorer final : public QObject
{
    Q_OBJECT

public:
    /// All outlive it. The profiles give the passwords that are not kept with the tabs.
    SessionRestorer(Documents &documents, DocumentTabs &tabs, const ProfileStore &profiles, Settings &settings);

    /// Opens or offers the tabs of the last start, if the user wants that.
    void start();
    /// Keeps what the window holds a last time, before its tabs are closed.
    void close();

    [[nodiscard]] bool isOn() const;
    void setOn(bool on);
    /// Whether no other program keeps its tabs in the same place.
    [[nodiscard]] bool isAlone() { return m_keeper.isAlone(); }
    /// Whether the user has not said yet what to do with the tabs of the last start.
    [[nodiscard]] bool isOffering() const { return !m_offered.isEmpty(); }
    [[nodiscard]] bool isOffered(const QString &capture) const;

Q_SIGNALS:
    /// Emitted when the user has said what to do with the tabs that were offered.
    void decided();

private:
    void noteChangesOf(DocumentTab *tab);
    void show(const SessionState &state);
    void offer(const SessionState &state);
    void takeOffered(bool wanted);
    [[nodiscard]] SessionState state() const;
    [[nodiscard]] static QString offerText(const QList<TabState> &tabs);

    Documents &m_documents;
    Banner &m_banner;
    const ProfileStore &m_profiles;
    Settings &m_settings;
    SessionKeeper m_keeper;
    /// Tabs that are not shown until the user wants it, because the program ended while it showed them.
    QList<TabState> m_offered;
};

} // namespace sockeye
