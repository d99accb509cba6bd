#pragma once

#include "cli/Cli.h"

#include <QByteArrayView>
#include <QCommandLineParser>
#include <QString>

#include <optional>

/// What a command says to whom started it: answers on stdout, troubles on stderr, both in UTF-8. Lines may hold text
/// from outside: whatever a terminal would obey in it is made visible, but for line feeds and tabs.
namespace sockeye::cli::Terminal {

void print(const QString &line);
/// Bytes of a format in which nothing needs to be made visible.
void printBytes(QByteArrayView bytes);
/// "sockeye: MESSAGE" on stderr.
void error(const QString &message);
void flush();

/// Parses a command's arguments. An exit code if the command ends with that: Success after --help (which is printed),
/// Usage after a mistake (which is told). `command` is the name with its operands, "record URL".
[[nodiscard]] std::optional<int> parse(QCommandLineParser &parser, const QString &command,
                                       const QStringList &arguments);

} // namespace sockeye::cli::Terminal
