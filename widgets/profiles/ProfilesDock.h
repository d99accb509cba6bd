#pragma once

#include "widgets/profiles/ProfilesTree.h"

#include <QDockWidget>

#include <functional>

class QLineEdit;

namespace sockeye {

class Prompts;

/// The panel on the left: saved connections and recent captures, to find, open and keep in order.
class ProfilesDock final : public QDockWidget
{
    Q_OBJECT

public:
    /// The store, the library and the prompts outlive the dock.
    ProfilesDock(ProfileStore &store, const CaptureLibrary &library, Prompts &prompts, QWidget *parent = nullptr);

    void setMarks(const QHash<QString, ProfileMark> &marks) { m_tree->setMarks(marks); }
    /// Tells whether a capture must not be deleted now because it is open or still being written.
    void setInUse(std::function<bool(const QString &path)> inUse) { m_inUse = std::move(inUse); }
    void refreshRecent();
    [[nodiscard]] ProfilesTree *tree() const { return m_tree; }
    [[nodiscard]] QLineEdit *search() const { return m_search; }

Q_SIGNALS:
    void profileOpened(const QString &id, bool andConnect);
    void captureOpened(const QString &path);
    /// After a capture was deleted here.
    void recentChanged();

private:
    void refreshProfiles();
    void showMenu(QTreeWidgetItem *item, const QPoint &at);
    void rename(const QString &id, const QString &name);
    void duplicate(const QString &id);
    void askRemove(const QString &id);
    void askRemoveCapture(const QString &path);
    void showProblems();
    void tell(const QString &title, const Error &error);

    ProfileStore &m_store;
    const CaptureLibrary &m_library;
    Prompts &m_prompts;
    std::function<bool(const QString &)> m_inUse;
    QLineEdit *m_search;
    ProfilesTree *m_tree;
};

} // namespace sockeye
