#pragma once

#include "widgets/profiles/ProfilesTree.h"

#include <QDockWidget>

class QLineEdit;
class QMenu;

namespace sockeye {

class CaptureKeeper;
class Prompts;
class RecentCaptures;

/// The panel on the left: saved connections and recent captures, to find, open and keep in order.
class ProfilesDock final : public QDockWidget
{
    Q_OBJECT

public:
    /// All outlive the dock.
    ProfilesDock(ProfileStore &store, RecentCaptures &recent, CaptureKeeper &keeper, Prompts &prompts,
                 QWidget *parent = nullptr);

    void setMarks(const QHash<QString, StateSign> &marks) { m_tree->setMarks(marks); }
    [[nodiscard]] ProfilesTree *tree() const { return m_tree; }
    [[nodiscard]] QLineEdit *search() const { return m_search; }

Q_SIGNALS:
    void profileOpened(const QString &id, bool andConnect);
    void captureOpened(const QString &path);

private:
    void refreshProfiles();
    void showMenu(QTreeWidgetItem *item, const QPoint &at);
    void addMoves(QMenu &menu, const QString &id);
    void move(const QString &id, const QString &folder);
    void moveToNewFolder(const QString &id, const QStringList &folders);
    void rename(const QString &id, const QString &name);
    void renameFolder(const QString &from, const QString &to);
    void duplicate(const QString &id);
    void askRemove(const QString &id);
    void showRecent();
    void showProblems();
    void tell(const QString &title, const Error &error);

    ProfileStore &m_store;
    RecentCaptures &m_recent;
    CaptureKeeper &m_keeper;
    Prompts &m_prompts;
    QLineEdit *m_search;
    ProfilesTree *m_tree;
};

} // namespace sockeye
