// What many connections of one capture cost: a capture that has them is opened, and one tab connects again and again.
//
//     bench_connections [--connections 200000] [--reconnects 2000] [--only open|reconnect]

#include "base/Units.h"
#include "bench/Figures.h"
#include "bench/Heartbeat.h"
#include "bench/Waiting.h"
#include "bench/WindowClient.h"
#include "capture/CaptureWriter.h"
#include "server/EchoServer.h"
#include "widgets/controls/Prompts.h"
#include "widgets/tab/ConnectionTab.h"
#include "widgets/window/MainWindow.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTemporaryDir>
#include <QTextStream>

using namespace sockeye;
using namespace sockeye::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize WindowSize(1440, 900);

void print(const QString &line)
{
    QTextStream(stdout) << line << Qt::endl;
}

/// A request, a reply and a message each.
void makeCapture(const QString &path, qint64 connections)
{
    const auto writer = CaptureWriter::create(path);
    if (!writer)
        qFatal("%s", qUtf8Printable(writer.message()));
    for (qint64 i = 0; i < connections; ++i) {
        ConnectionRecord record;
        record.id = writer.value()->newConnectionId();
        record.url = u"ws://127.0.0.1/feed"_s;
        record.requestHead = "GET /feed HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n\r\n";
        record.responseHead = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";
        record.endKind = EndKind::Dropped;
        record.endText = u"127.0.0.1 closed the TCP connection without a Close frame."_s;
        writer.value()->put(record);
        NewEntry entry;
        entry.connection = record.id;
        entry.time = Timestamp(std::chrono::seconds(1'700'000'000 + i));
        entry.payload = "x";
        entry.wireSize = 3;
        writer.value()->append(std::move(entry));
        if (i % 1000 == 999)
            writer.value()->flush();
    }
    if (const Result<> finished = writer.value()->finish(); !finished)
        qFatal("%s", qUtf8Printable(finished.message()));
}

void runOpen(qint64 connections)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"many.sockeye"_s);
    makeCapture(path, connections);
    DialogPrompts prompts;
    MainWindow window(prompts);
    window.resize(WindowSize);
    window.show();
    QElapsedTimer timer;
    timer.start();
    static_cast<void>(untilTrue(timer, [&timer] { return timer.elapsed() > 500; }));
    resetPeakMemory();
    const qint64 before = residentMemory();
    const Heartbeat heartbeat;
    const Stopwatch stopwatch;
    timer.start();
    window.documents().openPath(path);
    DocumentTab *tab = window.documents().current();
    const double rows = untilTrue(
        timer, [&] { return tab->view()->model() && tab->view()->model()->rowCount() >= qsizetype(connections); });
    // What goes on in the background counts as well.
    static_cast<void>(untilTrue(timer, [&] { return double(timer.elapsed()) > rows + 2'000; }));
    Outcome outcome;
    stopwatch.writeTo(outcome);
    print(u"A capture of %1 connections: rows after %2 ms, CPU %3 s, longest stall %4 ms, memory %5 (before: %6)"_s
              .arg(countText(connections))
              .arg(rows, 0, 'f', 0)
              .arg(outcome.cpuSeconds, 0, 'f', 2)
              .arg(heartbeat.longestStallMs(), 0, 'f', 0)
              .arg(sizeText(peakMemory()), sizeText(before)));
}

/// Memory per reconnect, over the last three fifths: caches fill before.
void runReconnects(int count)
{
    EchoServer echo;
    if (const Result<> started = echo.start(); !started)
        qFatal("%s", qUtf8Printable(started.message()));
    DialogPrompts prompts;
    MainWindow window(prompts);
    window.resize(WindowSize);
    window.show();
    ConnectionTab *tab = window.documents().openUrl(echo.url().toString());
    QElapsedTimer timer;
    timer.start();
    const auto waitFor = [&timer](auto condition) {
        if (untilTrue(timer, condition) < 0)
            qFatal("The connection hangs");
    };
    qint64 before = 0;
    for (int i = 0; i < count; ++i) {
        timer.start();
        waitFor([tab] { return tab->state() == DocumentTab::State::Open; });
        tab->disconnectFromPeer();
        waitFor([tab] { return !tab->isActive(); });
        if (i == 2 * count / 5)
            before = residentMemory();
        if (i + 1 < count)
            tab->connectToPeer();
    }
    const qint64 after = residentMemory();
    print(u"%1 reconnects of one tab: %2 B each over the last %3, memory %4"_s.arg(countText(count))
              .arg(double(after - before) / (count - 2.0 * count / 5), 0, 'f', 0)
              .arg(countText(count - 2 * count / 5), sizeText(after)));
}

} // namespace

int main(int argc, char *argv[])
{
    useTemporaryHome();
    QApplication app(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"What many connections of one capture cost."_s);
    parser.addHelpOption();
    const QCommandLineOption connections(u"connections"_s, u"In the capture that is opened."_s, u"N"_s, u"200000"_s);
    const QCommandLineOption reconnects(u"reconnects"_s, u"Of one tab."_s, u"N"_s, u"2000"_s);
    const QCommandLineOption only(u"only"_s, u"Run this part alone: open or reconnect."_s, u"PART"_s);
    parser.addOptions({connections, reconnects, only});
    parser.process(app);

    const auto wants = [&](const QString &part) { return !parser.isSet(only) || parser.value(only) == part; };
    if (wants(u"open"_s))
        runOpen(parser.value(connections).toLongLong());
    if (wants(u"reconnect"_s))
        runReconnects(parser.value(reconnects).toInt());
    return 0;
}
