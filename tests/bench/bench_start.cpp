// From the start of the process to the window's first painting, as a person waits for it: each run is a process of its
// own, told when it was started.
//
//     bench_start [RUNS]

#include "bench/WindowClient.h"
#include "widgets/window/MainWindow.h"
#include "widgets/controls/Prompts.h"

#include <QApplication>
#include <QProcess>
#include <QTextStream>

#include <algorithm>
#include <chrono>

using namespace sockeye;
using namespace Qt::StringLiterals;

namespace {

qint64 nowNs()
{
    return std::chrono::steady_clock::now().time_since_epoch().count();
}

/// Ends the program with the window's first painting.
class FirstPaint final : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint && !m_seen) {
            m_seen = true;
            QMetaObject::invokeMethod(
                this, [] { QApplication::quit(); }, Qt::QueuedConnection);
        }
        return false;
    }

private:
    bool m_seen = false;
};

int runChild(int argc, char *argv[], qint64 startedNs)
{
    bench::useTemporaryHome();
    QApplication app(argc, argv);
    DialogPrompts prompts;
    MainWindow window(prompts);
    FirstPaint firstPaint;
    window.installEventFilter(&firstPaint);
    window.show();
    QApplication::exec();
    QTextStream(stdout) << nowNs() - startedNs << Qt::endl;
    return 0;
}

[[nodiscard]] double startMs()
{
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(), {u"--child"_s, QString::number(nowNs())});
    if (!child.waitForFinished(20'000))
        qFatal("%s", qUtf8Printable(child.errorString()));
    return child.readAllStandardOutput().trimmed().toDouble() / 1e6;
}

} // namespace

int main(int argc, char *argv[])
{
    if (argc == 3 && QByteArrayView(argv[1]) == "--child")
        return runChild(argc, argv, QByteArray(argv[2]).toLongLong());
    const QCoreApplication app(argc, argv);
    const int runs = argc > 1 ? QByteArray(argv[1]).toInt() : 15;
    QList<double> times;
    for (int i = 0; i < runs; ++i)
        times += startMs();
    QTextStream out(stdout);
    out << u"Start to the first window, %1 runs: first %2 ms"_s.arg(runs).arg(times.constFirst(), 0, 'f', 0);
    std::sort(times.begin(), times.end());
    out << u", median %1 ms, slowest %2 ms"_s.arg(times.at(runs / 2), 0, 'f', 0).arg(times.constLast(), 0, 'f', 0)
        << Qt::endl;
    return 0;
}
