#pragma once

#include <QStringList>

/// The commands that need no window and no display: record, export, serve. They use the very classes the window uses.
namespace sockeye::cli {

/// What a command's process returns.
enum ExitCode : int {
    Success = 0,      ///< closed cleanly, or a limit was reached
    Usage = 1,        ///< the command line is wrong
    NotConnected = 2, ///< could not connect, or the handshake was refused
    Broken = 3,       ///< the connection broke, or a rule was broken
    NotWritten = 4    ///< a file could not be written or read
};

/// Whether the program's arguments (without its name) ask for something that needs no window.
[[nodiscard]] bool isCommand(const QStringList &arguments);
/// Runs it to its end under a QCoreApplication; the exit code.
[[nodiscard]] int run(const QStringList &arguments);

} // namespace sockeye::cli
