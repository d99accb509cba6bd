// A large capture in the window: opened, scrolled, filtered by each kind of term, exported. And how the cost of each
// grows with the number of entries.
//
//     bench_log [--entries 10000000] [--keep DIRECTORY]

#include "base/Units.h"
#include "bench/Figures.h"
#include "bench/LogRun.h"
#include "bench/WindowClient.h"
#include "exchange/Exporter.h"
#include "filter/Filter.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"
#include "widgets/controls/Prompts.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>
#include <QTextStream>

using namespace sockeye;
using namespace sockeye::bench;
using namespace Qt::StringLiterals;

namespace {

void print(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

QString milliseconds(double value)
{
    return value < 0 ? u"-"_s : value < 100 ? QString::number(value, 'f', 1) : countText(qRound64(value));
}

/// The generated capture of so many entries in the directory; made if it is not there.
QString captureOf(const QDir &directory, qint64 entries)
{
    const QString path = directory.filePath(u"bench-%1.sockeye"_s.arg(entries));
    if (QFileInfo::exists(path))
        return path;
    const QString generator = QCoreApplication::applicationDirPath() + u"/make_capture"_s;
    if (QProcess::execute(generator, {path, QString::number(entries)}) != 0)
        qFatal("%s could not make %s", qUtf8Printable(generator), qUtf8Printable(path));
    return path;
}

/// One of each kind, over what make_capture makes.
const QStringList &terms()
{
    static const QStringList list{u"dir:out"_s,
                                  u"type:ping"_s,
                                  u"size>1k"_s,
                                  u"wire>1k"_s,
                                  u"conn:2"_s,
                                  u"entry>5000"_s,
                                  u"time:2026-01-05T09:05:00..2026-01-05T09:06:00"_s,
                                  u"latency>20ms"_s,
                                  u"has:finding"_s,
                                  u"has:bookmark"_s,
                                  u"has:fragments"_s,
                                  u"NVDA"_s,
                                  u"\"no such words\""_s,
                                  u"/\"price\":49\\d/"_s,
                                  u"hex:00ff"_s,
                                  u"json:$.data.price>500"_s,
                                  u"dir:in size>1k levels"_s,
                                  u"-type:text or has:finding"_s};
    return list;
}

void printFilters(LogRun &run)
{
    print(u"  %1 %2 %3 %4 %5"_s.arg(u"filter"_s, -46)
              .arg(u"first rows, ms"_s, 15)
              .arg(u"all, ms"_s, 10)
              .arg(u"matches"_s, 11)
              .arg(u"longest stall, ms"_s, 18));
    static_cast<void>(run.takeLongestStallMs());
    for (const QString &term : terms()) {
        if (std::holds_alternative<FilterError>(parseFilter(term))) {
            print(u"  %1 not understood"_s.arg(term, -46));
            continue;
        }
        const FilterCost cost = run.filter(term);
        print(u"  %1 %2 %3 %4 %5"_s.arg(term, -46)
                  .arg(milliseconds(cost.firstRows), 15)
                  .arg(milliseconds(cost.all), 10)
                  .arg(countText(cost.matches), 11)
                  .arg(milliseconds(run.takeLongestStallMs()), 18));
        static_cast<void>(run.clearFilter());
    }
}

void printExport(const QString &path, qint64 entries)
{
    const QTemporaryDir directory;
    QElapsedTimer timer;
    timer.start();
    const QString target = directory.filePath(u"bench.jsonl"_s);
    const Result<> done = exportToFile(path, target, *findExporter(u"jsonl"_s), {}, {}, {});
    if (!done)
        qFatal("%s", qUtf8Printable(done.message()));
    const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    print(u"  export as JSON Lines: %1 s, %2 entries/s, %3"_s.arg(seconds, 0, 'f', 1)
              .arg(countText(qRound64(static_cast<double>(entries) / seconds)), sizeText(QFileInfo(target).size())));
}

void measure(MainWindow &window, const QString &path, qint64 entries)
{
    print(u"%1 entries, %2"_s.arg(countText(entries), sizeText(QFileInfo(path).size())));
    resetPeakMemory();
    LogRun run(window);
    const auto step = [&run](const QString &name, double took) {
        print(u"  %1 %2 ms, longest stall %3 ms, peak memory %4"_s.arg(name, -10)
                  .arg(milliseconds(took), 8)
                  .arg(milliseconds(run.takeLongestStallMs()), 6)
                  .arg(sizeText(peakMemory())));
    };
    step(u"open"_s, run.open(path));
    step(u"middle"_s, run.toMiddle());
    step(u"end"_s, run.toEnd());
    step(u"bookmark"_s, run.bookmark());
    printFilters(run);
    print(u"  peak memory %1"_s.arg(sizeText(peakMemory())));
    run.close();
    printExport(path, entries);
}

/// A line for each number of entries, so that what grows is seen beside what does not.
void printGrowth(MainWindow &window, const QDir &directory, qint64 most)
{
    print(u"How it grows, ms: open, to the middle, to the end, dir:out, \"no such words\""_s);
    for (qint64 entries = 10'000; entries <= most; entries *= 10) {
        LogRun run(window);
        const double open = run.open(captureOf(directory, entries));
        const double middle = run.toMiddle();
        const double end = run.toEnd();
        const FilterCost metadata = run.filter(u"dir:out"_s);
        const FilterCost text = run.filter(u"\"no such words\""_s);
        print(u"  %1 %2 %3 %4 %5 %6"_s.arg(countText(entries), 11)
                  .arg(milliseconds(open), 8)
                  .arg(milliseconds(middle), 8)
                  .arg(milliseconds(end), 8)
                  .arg(milliseconds(metadata.all), 8)
                  .arg(milliseconds(text.all), 8));
        run.close();
    }
}

} // namespace

int main(int argc, char *argv[])
{
    useTemporaryHome();
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures the window over a large capture."_s);
    parser.addHelpOption();
    const QCommandLineOption entries(u"entries"_s, u"The largest capture's entries."_s, u"N"_s, u"10000000"_s);
    const QCommandLineOption keep(u"keep"_s, u"Where captures are made, and stay for the next time."_s, u"DIRECTORY"_s);
    parser.addOptions({entries, keep});
    parser.process(app);

    const QTemporaryDir temporary;
    const QDir directory(parser.isSet(keep) ? parser.value(keep) : temporary.path());
    directory.mkpath(u"."_s);
    const qint64 most = parser.value(entries).toLongLong();

    DialogPrompts prompts;
    MainWindow window(prompts);
    window.resize(1440, 900);
    window.show();
    measure(window, captureOf(directory, most), most);
    printGrowth(window, directory, most);
    return 0;
}
