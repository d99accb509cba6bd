#include "bench/WindowClient.h"

#include "base/Paths.h"
#include "bench/Heartbeat.h"
#include "integration/Sequence.h"
#include "widgets/controls/Prompts.h"
#include "widgets/log/LogView.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"

#include <QEventLoop>
#include <QTemporaryDir>

namespace sockeye::bench {

void useTemporaryHome()
{
    static const QTemporaryDir home;
    qputenv("XDG_DATA_HOME", home.filePath(QStringLiteral("data")).toUtf8());
    qputenv("XDG_CONFIG_HOME", home.filePath(QStringLiteral("config")).toUtf8());
    paths::setApplicationNames();
}

Outcome runInWindow(const QString &url, const Load &load)
{
    DialogPrompts prompts;
    MainWindow window(prompts);
    window.resize(1440, 900);
    window.show();
    // The window has been painted once; from here on it is measured.
    QEventLoop loop;
    QTimer::singleShot(500, &loop, &QEventLoop::quit);
    loop.exec();
    resetPeakMemory();

    Outcome outcome;
    const Stopwatch stopwatch;
    QElapsedTimer connecting;
    connecting.start();
    ConnectionTab *const tab = window.documents().openUrl(url);
    outcome.connectMs = static_cast<double>(connecting.nsecsElapsed()) / 1e6;
    const Heartbeat heartbeat;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [tab, &load, &loop] {
        if (!tab->isActive() && tab->view()->model() && tab->view()->model()->rowCount() >= load.count)
            loop.quit();
    });
    poll.start(20);
    loop.exec();
    stopwatch.writeTo(outcome);
    outcome.longestStallMs = heartbeat.longestStallMs();
    outcome.longestStallAt = heartbeat.longestStallAt();
    outcome.longStalls = heartbeat.longStalls();
    outcome.peakMemory = peakMemory();
    if (!tab->view()->logView()->isFollowing())
        qFatal("The log did not follow");

    const Result<test::Sequence> sequence = test::readSequence(tab->capturePath(), load.size);
    if (!sequence || !sequence.value().problem.isEmpty())
        qFatal("%s", qUtf8Printable(sequence ? sequence.value().problem : sequence.message()));
    outcome.received = sequence.value().messages;
    return outcome;
}

} // namespace sockeye::bench
