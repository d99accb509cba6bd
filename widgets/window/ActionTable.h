#pragma once

#include "widgets/tab/DocumentTab.h"
#include "widgets/window/Actions.h"

#include <QKeySequence>

#include <variant>

namespace sockeye {

class ConnectionTab;
class LogCommands;

/// What an action may need of the window.
enum class WindowNeed : quint8 { Nothing, Echo };
/// When an action can be done: what it needs of the window, or of the current tab.
using ActionNeed = std::variant<WindowNeed, DocumentTab::Need>;

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
using TabSlot = void (DocumentTab::*)();
/// Of the current tab if it is a connection's.
using ConnectionSlot = void (ConnectionTab::*)();
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
    std::variant<WindowSlot, TabSlot, ConnectionSlot, LogSlot> slot;
    ActionNeed need = WindowNeed::Nothing;
    int flags = NoFlag;
};

/// All of them, in the order of the menus.
[[nodiscard]] const QList<ActionSpec> &actionTable();
/// The part of them that is about a log and its entries (LogActionTable.cpp).
[[nodiscard]] QList<ActionSpec> logActionTable();

} // namespace sockeye
