#include "cli/ServeCommand.h"

#include "cli/Interrupt.h"
#include "cli/Terminal.h"
#include "server/EchoServer.h"

#include <QCoreApplication>

namespace sockeye::cli {

int runServe(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("Cli", "Runs the built-in echo server on 127.0.0.1 until Ctrl+C."));
    const QCommandLineOption port(QStringLiteral("port"),
                                  QCoreApplication::translate("Cli", "Listen on port N; a free one is chosen for 0."),
                                  QStringLiteral("N"), QStringLiteral("0"));
    parser.addOption(port);
    if (const auto code = Terminal::parse(parser, QStringLiteral("serve"), arguments))
        return *code;
    bool isNumber = false;
    const ushort number = parser.value(port).toUShort(&isNumber);
    if (!isNumber || !parser.positionalArguments().isEmpty()) {
        Terminal::error(
            QCoreApplication::translate("Cli", "serve takes --port with a number from 0 to 65535, and nothing else."));
        return Usage;
    }

    EchoServer server;
    if (const auto started = server.start(number); !started) {
        Terminal::error(started.message());
        return NotConnected;
    }
    Terminal::print(QCoreApplication::translate("Cli", "listening on %1").arg(server.url().toString()));
    Terminal::flush();
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::interrupted, QCoreApplication::instance(), &QCoreApplication::quit);
    return QCoreApplication::exec();
}

} // namespace sockeye::cli
