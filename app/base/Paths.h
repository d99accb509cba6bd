#pragma once

#include <QString>

namespace sockeye::paths {

/// Names the program for Qt's standard paths and settings: call once, before the first of these is asked. XDG_DATA_HOME
/// and XDG_CONFIG_HOME move them all.
void setApplicationNames();
/// Makes the folders of the program, where they exist, their owner's alone (0700), as they are when they are made:
/// earlier versions left them open to others. Call once, after the names are set.
void narrowFolders();
/// Where new captures live until they are saved elsewhere: ~/.local/share/sockeye/captures on Linux.
[[nodiscard]] QString captures();
/// Where the profiles are kept, one JSON file each: ~/.config/sockeye/profiles on Linux.
[[nodiscard]] QString profiles();
/// What was found out about captures and can be found out again: ~/.cache/sockeye/conversations on Linux.
[[nodiscard]] QString conversations();
/// The points of plots that were drawn, which can be read again: ~/.cache/sockeye/plots on Linux.
[[nodiscard]] QString plots();
/// The settings of the window: ~/.config/sockeye/sockeye.ini on Linux.
[[nodiscard]] QString settingsFile();
/// What the window held when it was last seen: ~/.config/sockeye/session.json on Linux.
[[nodiscard]] QString sessionFile();

} // namespace sockeye::paths
