// Sockeye beside a bare QWebSocket that only counts, in one run: the same flood into both, and the round trip of an
// echo.

#include "bench/BareClient.h"
#include "bench/DiskRate.h"
#include "bench/RecordedClient.h"
#include "bench/WindowClient.h"
#include "peers/PeerProcess.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QTextStream>

using namespace sockeye;
using namespace sockeye::bench;

namespace {

/// From so many bytes on the disk may bound the rate, and is measured as well.
constexpr qint64 LargeMessage = 100'000;

void startFlood(test::PeerProcess &peer, const QStringList &arguments)
{
    if (!peer.start(test::floodServer(), arguments))
        qFatal("%s", qUtf8Printable(peer.errorText()));
}

void compare(const Load &load, bool withWindow)
{
    QTextStream out(stdout);
    out << load.description() << Qt::endl;
    Yardstick yardstick;
    if (load.size >= LargeMessage) {
        const DiskRate disk = diskRate(QDir::tempPath(), load.size, load.count);
        out << QStringLiteral("  plain write() of the same bytes: %1 MB/s, with a sync %2 MB/s")
                   .arg(disk.written / 1e6, 0, 'f', 0)
                   .arg(disk.synced / 1e6, 0, 'f', 0)
            << Qt::endl;
        yardstick.diskRate = disk.written;
    }
    test::PeerProcess peer;
    startFlood(peer, load.arguments());
    const Outcome bare = BareClient::run(peer.url(), BareClient::Mode::Count);
    yardstick.bareRate = bare.rate();
    printOutcome(QStringLiteral("bare QWebSocket"), load, bare, {bare.rate(), 0});
    printOutcome(QStringLiteral("record"), load, runRecorded(peer.url(), load), yardstick);
    if (withWindow)
        printOutcome(QStringLiteral("window, following"), load, runInWindow(peer.url(), load), yardstick);
}

[[nodiscard]] double roundTripMicroseconds(test::PeerProcess &peer)
{
    const QByteArray line = peer.waitForLine(5'000);
    return line.mid(static_cast<qsizetype>(qstrlen("round trip "))).trimmed().toDouble() / 1000;
}

void compareRoundTrips(qint64 count)
{
    const Load load{count, 100, false};
    test::PeerProcess peer;
    startFlood(peer, load.arguments() + QStringList{QStringLiteral("--ping-pong")});
    static_cast<void>(BareClient::run(peer.url(), BareClient::Mode::Echo));
    const double bare = roundTripMicroseconds(peer);
    static_cast<void>(runRecorded(peer.url(), load, true));
    const double tapped = roundTripMicroseconds(peer);
    QTextStream(stdout) << QStringLiteral("Echo round trip of 100 B, median of %1: bare %2 µs, recorded %3 µs, "
                                          "extra %4 µs\n")
                               .arg(count)
                               .arg(bare, 0, 'f', 1)
                               .arg(tapped, 0, 'f', 1)
                               .arg(tapped - bare, 0, 'f', 1);
}

} // namespace

int main(int argc, char *argv[])
{
    useTemporaryHome();
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Measures Sockeye beside a bare QWebSocket."));
    parser.addHelpOption();
    const QCommandLineOption scale(QStringLiteral("scale"), QStringLiteral("Part of the full load, e.g. 0.1."),
                                   QStringLiteral("FACTOR"), QStringLiteral("1"));
    const QCommandLineOption noWindow(QStringLiteral("no-window"), QStringLiteral("Leave the window out."));
    const QCommandLineOption only(QStringLiteral("only"), QStringLiteral("One measurement alone."),
                                  QStringLiteral("small|medium|large|echo"));
    parser.addOptions({scale, noWindow, only});
    parser.process(app);

    const double factor = parser.value(scale).toDouble();
    const auto scaled = [factor](qint64 count) {
        return qMax<qint64>(1, qRound64(static_cast<double>(count) * factor));
    };
    const bool withWindow = !parser.isSet(noWindow);
    const QString chosen = parser.value(only);
    const auto wants = [&chosen](const QString &measurement) { return chosen.isEmpty() || chosen == measurement; };
    if (wants(QStringLiteral("small")))
        compare({scaled(1'000'000), 100, false}, withWindow);
    if (wants(QStringLiteral("medium")))
        compare({scaled(200'000), 4096, true}, withWindow);
    if (wants(QStringLiteral("large")))
        compare({scaled(2'000), 1024 * 1024, true}, withWindow);
    if (wants(QStringLiteral("echo")))
        compareRoundTrips(scaled(20'000));
    return 0;
}
