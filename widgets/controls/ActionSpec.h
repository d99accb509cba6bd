#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

#include <functional>

class QMenu;

namespace sockeye {

/// The menus that actions stand in. Colour and CopyAs are menus within Edit, Go, Page, Theme and
/// Inspector within View.
enum class ActionMenu : quint8 {
    File,
    Edit,
    Colour,
    CopyAs,
    View,
    Go,
    Page,
    Theme,
    Inspector,
    Connection,
    Tools,
    Help
};

/// One action of the menus, as its owner contributes it: what it is called, what it runs, and when it can. What it
/// refers to outlives the action.
struct ActionSpec
{
    /// Unique among all actions; becomes the QAction's object name.
    QString id;
    ActionMenu menu = ActionMenu::File;
    /// With an ampersand before the mnemonic. Translated, as is the tool tip.
    QString text;
    QString toolTip = {};
    /// A name that icons::get() knows; empty for none.
    QString icon = {};
    /// The first is shown in the menu.
    QList<QKeySequence> keys = {};
    std::function<void()> run = {};
    /// Asked on each update; without it, the action can always be run.
    std::function<bool()> canRun = {};
    /// Makes the action checkable; asked on each update.
    std::function<bool()> isChecked = {};
    /// For a text that changes; asked on each update.
    std::function<QString()> currentText = {};
    /// Makes the action a menu of its own, filled anew each time it is about to be shown.
    std::function<void(QMenu &)> fillMenu = {};
    /// Where the keys hold: in the whole window, or only in the widgets that the action is added to
    /// (Qt::WidgetWithChildrenShortcut), or nowhere by the action (Qt::WidgetShortcut): they are shown, and the widget
    /// that has the focus knows them by itself.
    Qt::ShortcutContext keyContext = Qt::WindowShortcut;
    /// A line separates it from the action above it.
    bool startsSection = false;
    /// At most one of such actions in a menu is checked.
    bool isExclusive = false;
};

} // namespace sockeye
