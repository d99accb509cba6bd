#pragma once

#include "cli/Cli.h"

#include <QByteArrayView>
#include <QCommandLineParser>
#include <QString>

#include <optional>

/// What a command says to whom started it: answers on stdout, troubles on stderr, both in UTF-8.
namespace sockeye::cli::Terminal {

void print(const QString &line);
void printBytes(QByteArrayView bytes);
/// "sockeye: MESSAGE" on stderr.
void error(const QString &message);
void flush();

/// Parses a command's arguments. An exit code if the command ends with that: Success after --help (which is printed),
/// Usage after a mistake (which is told). `command` is the name with its operands, "record URL".
[[nodiscard]] std::optional<int> parse(QCommandLineParser &parser, const QString &command,
                                       const QStringList &arguments);

} // namespace sockeye::cli::Terminal
