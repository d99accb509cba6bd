#include "cli/ServeCommand.h"

#include "cli/Interrupt.h"
#include "cli/Terminal.h"
#include "server/EchoServer.h"
#include "wire/HttpHead.h"

#include <QCoreApplication>

namespace sockeye::cli {

namespace {
/// The names as they go on the wire; an error if one of them cannot.
Result<QList<QByteArray>> subprotocols(const QStringList &names)
{
    QList<QByteArray> list;
    for (const QString &name : names) {
        if (!isHttpToken(name.toUtf8()))
            return Error{QCoreApplication::translate("Cli", "--subprotocol takes one name of letters, digits and the "
                                                            "marks !#$%&'*+-.^_`|~, and not “%1”. For several, give it "
                                                            "several times.")
                             .arg(name)};
        list += name.toLatin1();
    }
    return list;
}
} // namespace

int runServe(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QCoreApplication::translate("Cli", "Runs the built-in echo server on 127.0.0.1 and ::1 until Ctrl+C."));
    const QCommandLineOption port(QStringLiteral("port"),
                                  QCoreApplication::translate("Cli", "Listen on port N; a free one is chosen for 0."),
                                  QStringLiteral("N"), QStringLiteral("0"));
    const QCommandLineOption subprotocol(
        QStringLiteral("subprotocol"),
        QCoreApplication::translate("Cli",
                                    "Choose the subprotocol NAME where a client offers it; give it several times "
                                    "in the order of preference. Without it the first that a client offers is "
                                    "chosen."),
        QStringLiteral("NAME"));
    parser.addOptions({port, subprotocol});
    if (const auto code = Terminal::parse(parser, QStringLiteral("serve"), arguments))
        return *code;
    bool isNumber = false;
    const ushort number = parser.value(port).toUShort(&isNumber);
    if (!isNumber || !parser.positionalArguments().isEmpty()) {
        Terminal::error(QCoreApplication::translate(
            "Cli", "serve takes --port with a number from 0 to 65535, --subprotocol with a name, and nothing else."));
        return Usage;
    }
    const auto names = subprotocols(parser.values(subprotocol));
    if (!names) {
        Terminal::error(names.message());
        return Usage;
    }

    EchoServer server;
    QObject::connect(&server, &EchoServer::troubled, &server, [](const QString &text) { Terminal::error(text); });
    if (const auto started = server.start(number, {.subprotocols = names.value()}); !started) {
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
