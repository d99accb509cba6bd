#pragma once

#include "widgets/controls/ActionSpec.h"

#include <QAction>
#include <QHash>
#include <QMenu>
#include <QObject>

class QActionGroup;
class QMainWindow;

namespace sockeye {

/// Makes a window's menus and actions out of the rows that their owners contribute, and keeps them up to date.
class Actions final : public QObject
{
    Q_OBJECT

public:
    /// Fills the menu bar of the window, which is the parent.
    explicit Actions(QMainWindow *window);

    /// Adds these actions, each at the end of its menu. Called once.
    void setUp(const QList<ActionSpec> &specs);

    [[nodiscard]] QAction *get(const QString &id) const { return m_byId.value(id); }
    /// In the order of the rows, without those that are menus.
    [[nodiscard]] const QList<QAction *> &all() const { return m_all; }
    /// Those whose keys hold in some widgets only, to which they are added.
    [[nodiscard]] const QList<QAction *> &localActions() const { return m_local; }
    /// Asks each action anew whether it can be run, is checked, and how it is called; done after each that was run, and
    /// whenever a menu opens.
    void update();
    /// For another palette.
    void updateIcons();

Q_SIGNALS:
    /// Emitted before the actions are asked because a menu opens.
    void menuOpening();

private:
    void buildMenus();
    [[nodiscard]] QMenu *menuOf(const ActionSpec &spec);
    [[nodiscard]] QMenu *makeMenu(ActionMenu menu) const;
    void add(const ActionSpec &spec);
    void addMenu(const ActionSpec &spec, QMenu *menu);

    QMainWindow *m_window;
    QHash<ActionMenu, QMenu *> m_menus;
    /// Of the exclusive actions of each menu.
    QHash<ActionMenu, QActionGroup *> m_groups;
    QList<ActionSpec> m_specs;
    QHash<QString, QAction *> m_byId;
    QList<QAction *> m_all;
    QList<QAction *> m_local;
};

} // namespace sockeye
