#pragma once

#include "widgets/Actions.h"

#include <QKeySequence>

#include <variant>

namespace sockeye {

/// When an action can be done.
enum class ActionNeed : quint8 { Nothing, Tab, LiveTab, Capture, Idle, LiveIdle, Active, Open, Profile, Echo };

/// The menu that an action stands in.
enum class ActionMenu : quint8 { File, Edit, View, Theme, Connection, Tools, Help };

enum ActionFlag : quint8 { NoFlag = 0, Checkable = 1, Separator = 2, Exclusive = 4 };

using WindowSlot = void (MainWindow::*)();
using TabSlot = void (ConnectionTab::*)();

/// One action: what it is called and does, and when.
struct ActionSpec
{
    ActionId id;
    ActionMenu menu;
    const char *text;
    const char *toolTip;
    const char *icon;
    QList<QKeySequence> keys;
    std::variant<WindowSlot, TabSlot> slot;
    ActionNeed need = ActionNeed::Nothing;
    int flags = NoFlag;
};

/// All of them, in the order of the menus.
[[nodiscard]] const QList<ActionSpec> &actionTable();

} // namespace sockeye
