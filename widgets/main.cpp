#include "base/OpenFiles.h"
#include "base/Paths.h"
#include "cli/Cli.h"
#include "cli/Interrupt.h"
#include "cli/Terminal.h"
#include "conversation/ConversationIndex.h"
#include "library/Settings.h"
#include "plot/SeriesReader.h"
#include "secrets/SecretNames.h"
#include "widgets/controls/Prompts.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>

#include <utility>

namespace {

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments += QString::fromLocal8Bit(argv[i]);
    return arguments;
}

} // namespace

int main(int argc, char **argv)
{
    using namespace sockeye;

    paths::setApplicationNames();
    openfiles::raiseLimit();
    // Without these there is no event loop to tell anything in.
    if (const Result<> room = openfiles::checkRoom(0); !room) {
        cli::Terminal::error(room.message());
        return cli::NotWritten;
    }
    paths::narrowFolders();
    ConversationIndex::setCacheFolder(paths::conversations());
    SeriesReader::setCacheFolder(paths::plots());
    SecretNames::setCurrent(Settings().secretNames());
    // Before any application object, for the commands must work where there is no display.
    if (cli::isCommand(argumentsOf(argc, argv))) {
        const QCoreApplication app(argc, argv);
        return cli::run(QCoreApplication::arguments().sliced(1));
    }
    const QApplication app(argc, argv);
    DialogPrompts prompts;
    MainWindow window(prompts);
    // A polite kill and Ctrl+C close the window, so that what is being recorded is finished. Whoever asks twice does
    // not wait for closing handshakes; the captures are complete all the same.
    const cli::Interrupt interrupt;
    QObject::connect(&interrupt, &cli::Interrupt::interrupted, &window, [&window, asked = false]() mutable {
        if (std::exchange(asked, true))
            QCoreApplication::quit();
        else
            window.closeUnasked();
    });
    window.show();
    window.start();
    const QStringList arguments = QCoreApplication::arguments().sliced(1);
    for (const QString &argument : arguments)
        window.openArgument(argument);
    return QApplication::exec();
}
