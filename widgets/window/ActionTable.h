#pragma once

#include "widgets/window/Actions.h"

#include <QKeySequence>

#include <variant>

namespace sockeye {

class LogCommands;

/// When an action can be done.
enum class ActionNeed : quint8 { Nothing, Tab, LiveTab, Capture, Idle, LiveIdle, Active, Open, Profile, Echo };

/// The menu that an action stands in.
enum class ActionMenu : quint8 { File, Edit, Colour, CopyAs, View, Go, Theme, Connection, Tools, Help };

enum ActionFlag : quint8 {
    NoFlag = 0,
    Checkable = 1,
    Separator = 2,
    Exclusive = 4,
    InLog = 8 ///< its keys are the log's: other parts of the window use them otherwise
};

using WindowSlot = void (MainWindow::*)();
using TabSlot = void (ConnectionTab::*)();
/// Of the current tab's log.
using LogSlot = void (LogCommands::*)();

/// One action: what it is called and does, and when.
struct ActionSpec
{
    ActionId id;
    ActionMenu menu;
    const char *text;
    const char *toolTip;
    const char *icon;
    QList<QKeySequence> keys;
    std::variant<WindowSlot, TabSlot, LogSlot> slot;
    ActionNeed need = ActionNeed::Nothing;
    int flags = NoFlag;
};

/// All of them, in the order of the menus.
[[nodiscard]] const QList<ActionSpec> &actionTable();
/// The part of them that is about a log and its entries (LogActionTable.cpp).
[[nodiscard]] QList<ActionSpec> logActionTable();

} // namespace sockeye
