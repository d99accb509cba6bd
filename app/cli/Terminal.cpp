#include "cli/Terminal.h"

#include "base/ControlCharacters.h"

#include <cstdio>

namespace sockeye::cli::Terminal {

void print(const QString &line)
{
    const QByteArray utf8 = withVisibleControls(line.toUtf8()) + '\n';
    printBytes(utf8);
}

void printBytes(QByteArrayView bytes)
{
    std::fwrite(bytes.data(), 1, static_cast<size_t>(bytes.size()), stdout);
}

void error(const QString &message)
{
    std::fflush(stdout);
    const QByteArray utf8 = "sockeye: " + withVisibleControls(message.toUtf8()) + '\n';
    std::fwrite(utf8.constData(), 1, static_cast<size_t>(utf8.size()), stderr);
    std::fflush(stderr);
}

void flush()
{
    std::fflush(stdout);
}

std::optional<int> parse(QCommandLineParser &parser, const QString &command, const QStringList &arguments)
{
    const QString name = command.section(u' ', 0, 0);
    parser.addHelpOption();
    if (!parser.parse(QStringList{QStringLiteral("sockeye ") + name} + arguments)) {
        error(parser.errorText());
        error(QCoreApplication::translate("Cli", "“sockeye %1 --help” tells the options.").arg(name));
        return Usage;
    }
    if (parser.isSet(QStringLiteral("help"))) {
        print(parser.helpText().trimmed());
        return Success;
    }
    return std::nullopt;
}

} // namespace sockeye::cli::Terminal
