#pragma once

#include "widgets/commands/CommandModel.h"

#include <QCoreApplication>

class QAction;

namespace sockeye {

class Actions;
class Documents;
class ProfileStore;
class ProfileTabs;
class RecentTool;
class Settings;

/// What a window's command palette offers, as it is at this moment: the actions of the menus, profiles, recent
/// captures, and the filters that have a name.
class WindowCommands final
{
    Q_DECLARE_TR_FUNCTIONS(WindowCommands)

public:
    /// All outlive the commands.
    struct Parts
    {
        const Actions &actions;
        const ProfileStore &store;
        ProfileTabs &profiles;
        RecentTool &recent;
        Documents &documents;
        Settings &settings;
    };

    explicit WindowCommands(const Parts &parts)
        : m_parts(parts)
    {
    }

    [[nodiscard]] QList<Command> all() const;

private:
    [[nodiscard]] static Command ofAction(QAction *action);
    [[nodiscard]] QList<Command> actions() const;
    [[nodiscard]] QList<Command> profiles() const;
    [[nodiscard]] QList<Command> captures() const;
    [[nodiscard]] QList<Command> filters() const;

    Parts m_parts;
};

} // namespace sockeye
