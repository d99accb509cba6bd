#include "cli/Cli.h"

#include "cli/ExportCommand.h"
#include "cli/RecordCommand.h"
#include "cli/ServeCommand.h"
#include "cli/Terminal.h"

#include <QCoreApplication>

namespace sockeye::cli {

namespace {
QString usage()
{
    return QCoreApplication::translate(
        "Cli", "Sockeye shows what really crosses a WebSocket connection.\n"
               "\n"
               "  sockeye                     open the window\n"
               "  sockeye URL                 open it with a tab that connects to the ws:// or wss:// URL\n"
               "  sockeye FILE                open it with a capture (.sockeye)\n"
               "\n"
               "Without a window:\n"
               "  sockeye record URL          connect, print and record all that crosses the wire\n"
               "  sockeye export FILE         write a capture in another format\n"
               "  sockeye serve               run the built-in echo server\n"
               "\n"
               "“sockeye COMMAND --help” tells a command's options.");
}

bool isHelp(const QString &argument)
{
    return argument == u"--help" || argument == u"-h" || argument == u"help";
}

bool isVersion(const QString &argument)
{
    return argument == u"--version" || argument == u"-v";
}
} // namespace

bool isCommand(const QStringList &arguments)
{
    if (arguments.isEmpty())
        return false;
    const QString &first = arguments.constFirst();
    return first == u"record" || first == u"export" || first == u"serve" || isHelp(first) || isVersion(first);
}

int run(const QStringList &arguments)
{
    const QString command = arguments.value(0);
    const QStringList rest = arguments.mid(1);
    if (command == u"record")
        return runRecord(rest);
    if (command == u"export")
        return runExport(rest);
    if (command == u"serve")
        return runServe(rest);
    if (isVersion(command)) {
        Terminal::print(QStringLiteral("sockeye " SOCKEYE_VERSION));
        return Success;
    }
    Terminal::print(usage());
    return isHelp(command) ? Success : Usage;
}

} // namespace sockeye::cli
